#include "forms/definition/media_urls.h"

#include <catch2/catch.hpp>

using survey::forms::media_urls;

TEST_CASE("a form's media are found wherever they stand, each once", "[media]") {
    using Urls = std::set<std::string>;
    CHECK(media_urls("<instance src=\"jr://file-csv/towns.csv\"/><value form='image'>"
                     "jr://images/a.png</value><value>jr://images/a.png</value>") ==
          Urls{"jr://file-csv/towns.csv", "jr://images/a.png"});
    CHECK(media_urls("<value>\n  jr://images/our house.png \n</value>") ==
          Urls{"jr://images/our house.png"});
    CHECK(media_urls("<i src='jr://file/b c.xml'/>jr://audio/x.mp3") ==
          Urls{"jr://file/b c.xml", "jr://audio/x.mp3"});
    CHECK(media_urls("jr:/ jr//a").empty());
    CHECK(media_urls("").empty());
    CHECK(media_urls("jr://   ") == Urls{"jr://"});
}

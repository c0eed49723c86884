#include "sync-server/links/answer_sheet.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::server;

namespace {

const std::string kHash(64, 'a');

std::string with(const std::string& members) {
    return R"({"instance":"uuid:1","form":{"id":"f","version":"","hash":")" + kHash +
           R"("},"xml":"<a/>")" + members + "}";
}

}  // namespace

TEST_CASE("a sheet is read with its files and its day", "[links][sheet]") {
    const auto sheet = read_answer_sheet(with(
        R"(,"files":[{"name":"Foto ä.jpg","sha256":")" + kHash +
        R"(","type":"image/jpeg"},{"name":"x","sha256":")" + kHash + R"("}],"day":"2026-12-01")"));
    REQUIRE(sheet);
    CHECK(sheet->form == FormRef{"f", ""});
    REQUIRE(sheet->files.size() == 2);
    CHECK(sheet->files[0].name == "Foto ä.jpg");
    CHECK(sheet->files[1].type == "application/octet-stream");
    CHECK(sheet->day == std::chrono::year_month_day(std::chrono::year(2026), std::chrono::month(12),
                                                    std::chrono::day(1)));
    CHECK(read_answer_sheet(with(R"(,"files":null)")));
}

TEST_CASE("names that could leave their directory are refused", "[links][sheet]") {
    for (const std::string name : {"", "..", ".x", "a/b", "a\\\\b", "a\\nb", "a\\u0000", "a:b"}) {
        CAPTURE(name);
        CHECK_FALSE(read_answer_sheet(
            with(R"(,"files":[{"name":")" + name + R"(","sha256":")" + kHash + R"("}])")));
    }
}

TEST_CASE("a sheet has bounds", "[links][sheet]") {
    std::string files;
    for (int i = 0; i < 101; ++i)
        files += (i == 0 ? "" : ",") + (R"({"name":"f)" + std::to_string(i)) + R"(","sha256":")" +
                 kHash + "\"}";
    CHECK(read_answer_sheet(with(",\"files\":[" + files + "]")).error().code == ErrorCode::kLimit);
    CHECK_FALSE(read_answer_sheet(with(R"(,"files":[{"name":"x","sha256":")" + kHash +
                                       R"("},{"name":"x","sha256":")" + kHash + R"("}])")));
    CHECK_FALSE(read_answer_sheet(std::string(kSheetBytesMax + 1, ' ')));
}

TEST_CASE("a recording's type is taken as browsers say it, without its parameters",
          "[links][sheet]") {
    const auto typed = [](const std::string& type) {
        return read_answer_sheet(with(R"(,"files":[{"name":"x","sha256":")" + kHash +
                                      R"(","type":")" + type + R"("}])"));
    };
    for (const char* type : {"audio/webm;codecs=opus", "audio/webm; codecs=opus", "audio/webm"}) {
        CAPTURE(type);
        const auto sheet = typed(type);
        REQUIRE(sheet);
        CHECK(sheet->files.front().type == "audio/webm");
    }
    for (const char* type : {"audio", ";codecs=opus", "audio/we bm", "a/b\\r\\nX: y"}) {
        CAPTURE(type);
        CHECK_FALSE(typed(type));
    }
}

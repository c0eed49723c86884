#include <catch2/catch.hpp>

#include "sample_forms.h"

namespace survey::forms {
namespace {

constexpr std::string_view kRepeat = "<repeat nodeset='/data/r'><input ref='/data/r/x'/></repeat>";

LoadedForm with_binds(std::string_view instance, std::string_view binds,
                      std::string_view body = {}) {
    return load_xform(xform({.instance = instance, .model = binds, .body = body}));
}

TEST_CASE("loops among conditions and calculations are refused, with their nodes",
          "[xform][cycle]") {
    struct Case {
        std::string_view binds;
        std::vector<std::string> named;
    };
    const Case cases[] = {
        {"<bind nodeset='/data/a' calculate='. + 1'/>", {"calculate of /data/a"}},
        {"<bind nodeset='/data/a' calculate='/data/a + 1'/>", {"calculate of /data/a"}},
        {"<bind nodeset='/data/a' relevant='. &gt; 0'/>", {"relevant of /data/a"}},
        {"<bind nodeset='/data/a' readonly='. &gt; 0'/>", {"readonly of /data/a"}},
        {"<bind nodeset='/data/a' required='. &gt; 0'/>", {"required of /data/a"}},
        {"<bind nodeset='/data/a' calculate='../b'/><bind nodeset='/data/b' calculate='../a'/>",
         {"calculate of /data/a", "needs", "calculate of /data/b"}},
        {"<bind nodeset='/data/a' calculate='../b'/><bind nodeset='/data/b' relevant='../a = 1'/>",
         {"calculate of /data/a", "relevant of /data/b"}},
        {"<bind nodeset='/data/a' calculate='../b'/><bind nodeset='/data/b' calculate='../c'/>"
         "<bind nodeset='/data/c' calculate='../a'/>",
         {"/data/a", "/data/b", "/data/c", "/data/a"}},
        {"<bind nodeset='/data/g' relevant='/data/g/d = 1'/>", {"relevant of /data/g"}},
        {"<bind nodeset='/data/g' relevant='/data/a = 1'/>"
         "<bind nodeset='/data/a' calculate='/data/g/d'/>",
         {"relevant of /data/g", "calculate of /data/a"}},
    };
    for (const Case& one : cases) {
        CAPTURE(one.binds);
        const LoadedForm form = with_binds("<a/><b/><c/><g><d/></g>", one.binds);
        REQUIRE(codes(form) == "error dependency-cycle");
        const std::string& message = form.diagnostics[0].message;
        CHECK_THAT(message, Catch::StartsWith("Cycle detected"));
        std::size_t at = 0;
        for (const std::string& name : one.named) {
            INFO(message);
            at = message.find(name, at);
            REQUIRE(at != std::string::npos);
            at += name.size();
        }
    }
}

TEST_CASE("what only looks like a loop is accepted", "[xform][cycle]") {
    const std::string_view cases[] = {
        "<bind nodeset='/data/a' constraint='. &gt; 0 and . &lt; ../b'/>"
        "<bind nodeset='/data/b' constraint='. &gt; ../a'/>",
        "<bind nodeset='/data/a' calculate='once(random())'/>",
        "<bind nodeset='/data/a' calculate='../b'/><bind nodeset='/data/c' calculate='../a + "
        "../b'/>",
        "<bind nodeset='/data/g' relevant='/data/a = 1'/>"
        "<bind nodeset='/data/g/d' relevant='/data/b = 1' calculate='/data/c'/>",
        "<bind nodeset='/data/g/d' relevant='/data/a = 1' calculate='/data/g/e'/>"
        "<bind nodeset='/data/g/e' calculate='/data/b'/>",
    };
    for (const std::string_view binds : cases) {
        CAPTURE(binds);
        CHECK(codes(with_binds("<a/><b/><c/><g><d/><e/></g>", binds)) == "");
    }
}

TEST_CASE("loops through repeats are refused", "[xform][cycle][repeat]") {
    const std::string_view cases[] = {
        "<bind nodeset='/data/r/x' calculate='../y'/><bind nodeset='/data/r/y' calculate='../x'/>",
        "<bind nodeset='/data/sum' calculate='sum(/data/r/x)'/>"
        "<bind nodeset='/data/r/x' calculate='/data/sum'/>",
        "<bind nodeset='/data/r/x' calculate='sum(../../r/x)'/>",
        "<bind nodeset='/data/r' relevant='count(/data/r) &lt; 3'/>",
    };
    for (const std::string_view binds : cases) {
        CAPTURE(binds);
        CHECK(codes(with_binds("<sum/><r><x/><y/></r>", binds, kRepeat)) ==
              "error dependency-cycle");
    }
}

TEST_CASE("another instance of the same repeat is no loop", "[xform][cycle][repeat]") {
    const std::string_view cases[] = {
        "<bind nodeset='/data/r/x' calculate='position(..)'/>",
        "<bind nodeset='/data/sum' calculate='sum(/data/r/x)'/>"
        "<bind nodeset='/data/r/x' calculate='../y'/>",
        "<bind nodeset='/data/r/x' "
        "calculate='../y + coalesce(../../r[position() = position(current()/..) - 1]/x, 0)'/>",
        "<bind nodeset='/data/r/x' "
        "calculate='indexed-repeat( /data/r/x, /data/r, position(..) - 1) + ../y'/>",
        "<bind nodeset='/data/r/x' calculate='count(/data/r)'/>",
    };
    for (const std::string_view binds : cases) {
        CAPTURE(binds);
        CHECK(codes(with_binds("<sum/><r><x/><y/></r>", binds, kRepeat)) == "");
    }
}

TEST_CASE("a count that reads inside its repeat is no loop", "[xform][cycle][repeat]") {
    CHECK(codes(with_binds("<more/><r><x/></r>",
                           "<bind nodeset='/data/more' "
                           "calculate=\"count(/data/r) + number(/data/r[last()]/x = 'yes')\"/>",
                           "<repeat nodeset='/data/r' jr:count='/data/more'>"
                           "<input ref='/data/r/x'/></repeat>")) == "");
}

TEST_CASE("each loop is told once", "[xform][cycle]") {
    CHECK(codes(with_binds("<a/><b/><c/><g/>",
                           "<bind nodeset='/data/a' calculate='../b'/>"
                           "<bind nodeset='/data/b' calculate='../a'/>"
                           "<bind nodeset='/data/c' calculate='../g'/>"
                           "<bind nodeset='/data/g' calculate='../c'/>")) ==
          "error dependency-cycle, error dependency-cycle");
}

TEST_CASE("a long chain of calculations is no loop and no trouble", "[xform][cycle][speed]") {
    std::string instance;
    std::string binds;
    for (int i = 0; i < 3000; ++i) {
        const std::string name = "q" + std::to_string(i);
        instance += "<" + name + "/>";
        if (i > 0) {
            binds += "<bind nodeset='/data/" + name + "' calculate='../q" + std::to_string(i - 1) +
                     " + 1'/>";
        }
    }
    CHECK(codes(with_binds(instance, binds)) == "");
    binds += "<bind nodeset='/data/q0' calculate='../q2999'/>";
    CHECK(codes(with_binds(instance, binds)) == "error dependency-cycle");
}

}  // namespace
}  // namespace survey::forms

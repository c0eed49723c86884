#include "forms/simulate/simulate.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "forms/xform/load.h"
#include "forms/xlsform/convert.h"
#include "forms/xml/reader.h"
#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

std::shared_ptr<const FormDefinition> load(const std::string& xml) {
    LoadedForm loaded = load_xform(xml);
    for (const Diagnostic& diagnostic : loaded.diagnostics)
        INFO(describe(diagnostic));
    REQUIRE(loaded.form);
    return loaded.form;
}

struct World {
    HandClock clock{"2026-11-25T08:30:00Z"};
    FixedOffset zone{std::chrono::minutes(60)};
    SeededRandom random{1};
    SessionCache cache;
    SessionEnvironment environment;

    World() {
        environment.clock = &clock;
        environment.time_zone = &zone;
        environment.random = &random;
        environment.cache = &cache;
    }

    SimulatedInstance run(const std::shared_ptr<const FormDefinition>& form, std::uint64_t seed) {
        SimulateOptions options;
        options.seed = seed;
        auto result = simulate(form, environment, options);
        REQUIRE(result);
        return *std::move(result);
    }
};

std::string value_of(const SimulatedInstance& made, std::string_view name) {
    const auto document = xml::parse(made.record.xml);
    REQUIRE(document);
    const xml::Node node = document->child(document->root(), name);
    return node == xml::kNoNode ? "" : document->text(node);
}

void expect_valid(const std::string& xml, std::uint64_t seeds) {
    World world;
    const auto form = load(xml);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        INFO("seed " << seed);
        const SimulatedInstance made = world.run(form, seed);
        for (const Unsatisfied& one : made.unsatisfied) {
            INFO(one.ref << ": " << one.reason << " [" << one.rule << "]");
            CHECK(made.unsatisfied.empty());
        }
        CHECK(made.record.violations.empty());
    }
}

const std::string kChoices =
    R"x(<item><label>A</label><value>a</value></item><item><label>B</label><value>b</value></item>
        <item><label>C</label><value>c</value></item><item><label>D</label><value>d</value></item>
        <item><label>E</label><value>e</value></item>)x";

}  // namespace

TEST_CASE("made-up answers meet bounds that depend on other answers", "[simulate]") {
    expect_valid(
        xform(
            R"x(<data id="f"><heads/><of/><more/><ratio/><day/><born/><mail/><code/></data>)x",
            R"x(<bind nodeset="/data/heads" type="int" required="true()" constraint=". &gt;= 1 and . &lt;= 999999"/>
                 <bind nodeset="/data/of" type="int" required="true()" constraint=". &gt;= 0 and . &lt;= /data/heads"/>
                 <bind nodeset="/data/more" type="int" required="true()" constraint=". &gt;= 0 and . + /data/of &lt;= /data/heads"/>
                 <bind nodeset="/data/ratio" type="decimal" required="true()" constraint=". &gt; 0 and . &lt; 1"/>
                 <bind nodeset="/data/day" type="date" required="true()" constraint=". &gt; today()"/>
                 <bind nodeset="/data/born" type="date" required="true()" constraint=". &lt; today() and . &gt; date('1900-01-01')"/>
                 <bind nodeset="/data/mail" required="true()" constraint="regex(., '^[^@ ]+@[^@ ]+[.][^@ .]{2,}$')"/>
                 <bind nodeset="/data/code" required="true()" constraint="string-length(.) = 5"/>)x",
            R"x(<input ref="/data/heads"/><input ref="/data/of"/><input ref="/data/more"/>
                 <input ref="/data/ratio"/><input ref="/data/day"/><input ref="/data/born"/>
                 <input ref="/data/mail"/><input ref="/data/code"/>)x"),
        60);
}

TEST_CASE("points that must total 100 are given out", "[simulate]") {
    const std::string points =
        R"x(<bind nodeset="/data/p1" type="int" required="true()" constraint=". &gt;= 0 and . &lt;= 100"/>
           <bind nodeset="/data/p2" type="int" required="true()" constraint=". &gt;= 0 and . &lt;= 100"/>
           <bind nodeset="/data/p3" type="int" required="true()" constraint=". &gt;= 0 and . &lt;= 100"/>)x";
    const std::string inputs =
        R"x(<input ref="/data/p1"/><input ref="/data/p2"/><input ref="/data/p3"/>)x";
    SECTION("by a constraint on the last one") {
        expect_valid(xform(R"x(<data id="f"><p1/><p2/><p3/><p4/></data>)x",
                           points + R"x(<bind nodeset="/data/p4" type="int" required="true()"
                             constraint=". &gt;= 0 and . + /data/p1 + /data/p2 + /data/p3 = 100"/>)x",
                           inputs + R"x(<input ref="/data/p4"/>)x"),
                     40);
    }
    SECTION("by a gate that shows while something is left") {
        expect_valid(xform(R"x(<data id="f"><p1/><p2/><p3/><left/><gate/></data>)x",
                           points + R"x(<bind nodeset="/data/left" type="int"
                     calculate="100 - (/data/p1 + /data/p2 + /data/p3)"/>
                   <bind nodeset="/data/gate" required="true()" relevant="/data/left != 0" constraint="false()"/>)x",
                           inputs + R"x(<input ref="/data/gate"/>)x"),
                     40);
    }
}

TEST_CASE("exclusive choices, cascades, repeats and counts are respected", "[simulate]") {
    expect_valid(
        xform(
            R"x(<data id="f"><many/><state/><city/><n/><r jr:template=""><x/></r><c jr:template=""><y/></c></data>)x",
            R"x(<instance id="city"><root><item><name>do</name><state>a</state></item>
                 <item><name>m</name><state>b</state></item><item><name>k</name><state>c</state></item>
                 <item><name>l</name><state>d</state></item><item><name>o</name><state>e</state></item></root></instance>
                 <bind nodeset="/data/many" required="true()"
                   constraint="not(selected(., 'e') and count-selected(.) &gt; 1) and count-selected(.) &lt;= 2"/>
                 <bind nodeset="/data/state" required="true()"/><bind nodeset="/data/city" required="true()"/>
                 <bind nodeset="/data/n" type="int" required="true()" constraint=". &gt;= 1 and . &lt;= 4"/>
                 <bind nodeset="/data/r/x" required="true()"/><bind nodeset="/data/c/y" type="int" required="true()"/>)x",
            "<select ref=\"/data/many\">" + kChoices + "</select><select1 ref=\"/data/state\">" +
                kChoices +
                R"x(</select1><select1 ref="/data/city"><itemset nodeset="instance('city')/root/item[state = /data/state]">
                 <value ref="name"/><label ref="name"/></itemset></select1><input ref="/data/n"/>
                 <repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>
                 <repeat nodeset="/data/c" jr:count="/data/n"><input ref="/data/c/y"/></repeat>)x"),
        60);
}

TEST_CASE("what cannot be met is said with its rule", "[simulate]") {
    World world;
    const auto form = load(xform(
        R"x(<data id="f"><a/><none/><locked/></data>)x",
        R"x(<instance id="l"><root/></instance>
                 <bind nodeset="/data/a" required="true()" constraint="regex(., 'Z{7}-never')"/>
                 <bind nodeset="/data/none" required="true()"/>
                 <bind nodeset="/data/locked" required="true()" readonly="true()"/>)x",
        R"x(<input ref="/data/a"/><select1 ref="/data/none"><itemset nodeset="instance('l')/root/item">
                 <value ref="name"/><label ref="label"/></itemset></select1><input ref="/data/locked"/>)x"));
    const SimulatedInstance made = world.run(form, 1);
    REQUIRE(made.unsatisfied.size() == 3);
    CHECK(made.unsatisfied[0].ref == "/data/a");
    CHECK(made.unsatisfied[0].reason.find("Z{7}-never") != std::string::npos);
    CHECK(made.unsatisfied[1].reason.find("no choice") != std::string::npos);
    CHECK(made.unsatisfied[2].reason.find("cannot be changed") != std::string::npos);
}

TEST_CASE("the same seed makes the same record, another one another", "[simulate]") {
    World world;
    const auto form =
        load(xform(R"x(<data id="f"><a/><b/><t/></data>)x", "",
                   "<select1 ref=\"/data/a\">" + kChoices + "</select1><select1 ref=\"/data/b\">" +
                       kChoices + "</select1><input ref=\"/data/t\"/>"));
    CHECK(world.run(form, 7).record.xml == world.run(form, 7).record.xml);
    std::set<std::string> records;
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
        records.insert(world.run(form, seed).record.xml);
    CHECK(records.size() == 20);
}

TEST_CASE("answers are skewed, hang together, and some are missing", "[simulate]") {
    World world;
    std::string instance;
    std::string body;
    for (const char* name : {"q1", "q2", "q3", "q4", "q5", "q6"}) {
        instance += "<" + std::string(name) + "/>";
        body += "<select1 ref=\"/data/" + std::string(name) + "\">" + kChoices + "</select1>";
    }
    const auto form = load(xform("<data id=\"f\">" + instance + "</data>", "", body));
    std::map<std::string, std::map<std::string, int>> counts;
    std::vector<std::map<std::string, double>> people;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        const SimulatedInstance made = world.run(form, seed);
        std::map<std::string, double> person;
        for (const char* name : {"q1", "q2", "q3", "q4", "q5", "q6"}) {
            const std::string value = value_of(made, name);
            ++counts[name][value];
            if (!value.empty()) person[name] = value[0] - 'a';
        }
        people.push_back(std::move(person));
    }
    int skewed = 0;
    for (const auto& [name, values] : counts) {
        int most = 0;
        int least = 600;
        for (const auto& [value, count] : values) {
            if (value.empty()) continue;
            most = std::max(most, count);
            least = std::min(least, count);
        }
        if (most > 2 * least) ++skewed;
        CHECK(counts[name][""] > 20);
        CHECK(counts[name][""] < 240);
    }
    CHECK(skewed >= 3);
    double strongest = 0;
    const std::vector<std::string> names = {"q1", "q2", "q3", "q4", "q5", "q6"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
            for (auto& person : people) {
                if (person.count(names[i]) == 0 || person.count(names[j]) == 0) continue;
                const double a = person[names[i]];
                const double b = person[names[j]];
                n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
            }
            const double r = (n * xy - x * y) / std::sqrt((n * xx - x * x) * (n * yy - y * y));
            strongest = std::max(strongest, std::fabs(r));
        }
    }
    CHECK(strongest > 0.15);
}

TEST_CASE("the shipped questionnaires can be filled in", "[simulate][library]") {
    World world;
    int forms = 0;
    const std::filesystem::path library = std::string(SURVEY_SOURCE_DIR) + "/forms/library";
    for (const auto& entry : std::filesystem::directory_iterator(library)) {
        if (entry.path().extension() != ".md" || entry.path().stem() == "README") continue;
        std::ifstream file(entry.path());
        std::stringstream text;
        text << file.rdbuf();
        ConvertedForm converted = convert_xlsform(text.str());
        REQUIRE(converted.xform);
        LoadedForm loaded = load_xform(*std::move(converted.xform));
        REQUIRE(loaded.form);
        ++forms;
        for (std::uint64_t seed = 1; seed <= 25; ++seed) {
            INFO(entry.path().stem() << ", seed " << seed);
            const SimulatedInstance made = world.run(loaded.form, seed);
            for (const Unsatisfied& one : made.unsatisfied) {
                INFO(one.ref << ": " << one.reason << " [" << one.rule << "]");
                CHECK(made.unsatisfied.empty());
            }
        }
    }
    INFO(library);
    CHECK(forms > 0);
}

TEST_CASE("how many records a second", "[.speed]") {
    World world;
    std::string instance;
    std::string model;
    std::string body;
    for (int i = 0; i < 150; ++i) {
        const std::string path = "/data/q" + std::to_string(i);
        instance += "<q" + std::to_string(i) + "/>";
        const std::string before = "/data/q" + std::to_string(i == 0 ? 0 : i - 1);
        if (i % 3 == 0) {
            model += "<bind nodeset=\"" + path + "\" required=\"true()\"/>";
            body += "<select1 ref=\"" + path + "\">" + kChoices + "</select1>";
        } else if (i % 3 == 1) {
            model += "<bind nodeset=\"" + path + "\" type=\"int\" relevant=\"" + before +
                     " != 'a'\" constraint=\". &gt;= 0 and . &lt;= 5000\"/>";
            body += "<input ref=\"" + path + "\"/>";
        } else {
            body += "<input ref=\"" + path + "\"/>";
        }
    }
    const auto form = load(xform("<data id=\"f\">" + instance + "</data>", model, body));
    const auto start = std::chrono::steady_clock::now();
    constexpr int kRecords = 300;
    std::size_t answered = 0;
    for (int i = 0; i < kRecords; ++i)
        answered += world.run(form, static_cast<std::uint64_t>(i)).answered;
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%.0f records a second of 150 questions, %zu answers\n", kRecords / seconds,
                answered);
    CHECK(answered > 0);
}

// The module for the browser beside the same services in this process: whatever is asked, both
// answer with the same bytes, and what was computed step by step is what a fresh start computes.

#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "common/base/random.h"
#include "forms/cli/local_machine.h"
#include "forms/session/session_service.h"
#include "forms/xlsform/convert.h"
#include "forms/xml/writer.h"
#include "tests/support/engine_module.h"
#include "tests/support/process.h"
#include "tests/support/random_form.h"

namespace survey::conformance {

namespace {

using forms::answer_line;

class NoClock final : public Clock {
  public:
    Instant now() const override { return Instant{}; }
    Steady steady() const override { return Steady{0}; }
};

/// Asks the services in this process, and remembers what was said for the module to repeat.
class Talk {
  public:
    json::Value ask(json::Object request) {
        request["now"] = "2026-11-25T08:30:00Z";
        requests_ += json::serialise(request) + "\n";
        answers_.push_back(answer_line(service_, json::serialise(request)));
        auto answer = json::parse(answers_.back(), json::Limits{std::size_t{64} << 20, 64});
        REQUIRE(answer);
        return *std::move(answer);
    }

    /// The same to the module.
    void repeat() const {
        tests::ProcessOptions options;
        options.input = requests_;
        options.environment = {"LANG=C", "TZ=UTC"};
        options.timeout = std::chrono::minutes(5);  // on a machine with other work to do
        const auto module = tests::run_process(tests::engine_module(), options);
        INFO(module.err);
        REQUIRE(module.status == 0);
        std::istringstream lines(module.out);
        std::string line;
        for (const std::string& answer : answers_) {
            REQUIRE(std::getline(lines, line));
            const bool same = line == answer;
            if (!same) INFO(answer << "\n" << line);
            REQUIRE(same);
        }
        CHECK_FALSE(std::getline(lines, line));
    }

  private:
    NoClock clock_;
    SeededRandom random_{1};
    forms::LocalMachine machine_;
    forms::SessionService service_{clock_, random_, machine_};
    std::string requests_;
    std::vector<std::string> answers_;
};

std::string text_of(const json::Value& object, std::string_view name) {
    return json::find_text(object, name).value_or("");
}

/// Everything a screen could show, without the ids, which differ from instance to instance.
std::string picture(const json::Value& answer) {
    std::string all;
    const json::Value* nodes = json::find(answer, "nodes");
    REQUIRE(nodes != nullptr);
    for (json::Value node : nodes->as_array()) {
        for (const char* name : {"id", "parent", "children"})
            node.as_object().erase(name);
        all += json::serialise(node) + "\n";
    }
    return all;
}

/// One instance, filled in at random.
class RandomFilling {
  public:
    RandomFilling(Talk& talk, SeededRandom& random, const std::string& xml)
        : talk_(talk), random_(random) {
        form_ = text_of(talk_.ask({{"op", "loadForm"}, {"xml", xml}, {"missingMedia", "blank"}}),
                        "form");
        if (form_.empty()) return;
        instance_ = open({{"mode", "new"}});
    }

    bool is_open() const { return !instance_.empty(); }

    void step() {
        const json::Value answer = talk_.ask({{"op", "nodes"}, {"instance", instance_}});
        const json::Array& nodes = json::find(answer, "nodes")->as_array();
        const json::Value& node = nodes[random_.below(nodes.size())];
        const std::string kind = text_of(node, "kind");
        const std::string id = text_of(node, "id");
        if (kind == "repeat-range") {
            if (json::find(node, "children")->as_array().size() > 4) return;
            talk_.ask({{"op", "addRepeat"}, {"instance", instance_}, {"node", id}});
        } else if (kind == "repeat") {
            talk_.ask({{"op", "removeRepeat"}, {"instance", instance_}, {"node", id}});
        } else if (kind == "value") {
            answer_question(node, id);
        }
    }

    /// A second instance from the draft shows what the first shows, and gives the same draft.
    void compare_with_a_fresh_start() {
        const std::string draft = serialise(instance_);
        const std::string afresh = open({{"mode", "restore"}, {"xml", draft}});
        CHECK(serialise(afresh) == draft);
        const auto shown = [this](const std::string& instance) {
            return picture(talk_.ask({{"op", "nodes"}, {"instance", instance}}));
        };
        CHECK(shown(afresh) == shown(instance_));
        talk_.ask({{"op", "close"}, {"instance", afresh}});
    }

    void finish() { talk_.ask({{"op", "finalize"}, {"instance", instance_}}); }

  private:
    std::string open(json::Object request) {
        request["op"] = "open";
        request["form"] = form_;
        request["timezone"] = "Europe/Berlin";
        request["seed"] = 7;
        request["changes"] = true;
        request["formatted"] = true;
        return text_of(talk_.ask(std::move(request)), "instance");
    }

    std::string serialise(const std::string& instance) {
        return text_of(
            talk_.ask({{"op", "serialize"}, {"instance", instance}, {"includeNonRelevant", true}}),
            "xml");
    }

    void answer_question(const json::Value& node, const std::string& id) {
        // A written answer may differ from its calculation until something it needs changes.
        if (text_of(node, "control").empty() || text_of(node, "control") == "note") return;
        std::string value = std::to_string(random_.below(6));
        if (value == "5") value = "";
        if (const json::Value* choices = json::find(node, "choices")) {
            const json::Array& all = choices->as_array();
            if (!all.empty()) value = text_of(all[random_.below(all.size())], "value");
        }
        talk_.ask({{"op", "setValue"}, {"instance", instance_}, {"node", id}, {"value", value}});
    }

    Talk& talk_;
    SeededRandom& random_;
    std::string form_;
    std::string instance_;
};

std::string shipped_form(const std::string& name) {
    const std::string file = SURVEY_SOURCE_DIR "/forms/library/" + name;
    auto converted = forms::convert_xlsform(tests::file_content(file), {"form"});
    REQUIRE(converted.xform);
    return xml::write(*converted.xform);
}

}  // namespace

TEST_CASE("the module answers byte for byte, and step by step as afresh", "[module][property]") {
    Talk talk;
    int forms = 0;
    for (std::uint64_t seed = 200; seed < 230; ++seed) {
        INFO("seed " << seed);
        SeededRandom random(seed);
        const forms::RandomForm shape(random);
        RandomFilling filling(talk, random, shape.xml());
        if (!filling.is_open()) continue;  // it contains a loop, which the loader refuses
        ++forms;
        for (int step = 0; step < 20; ++step) {
            filling.step();
            if (step % 4 == 3) filling.compare_with_a_fresh_start();
        }
        filling.finish();
    }
    CHECK(forms > 15);
    talk.repeat();
}

TEST_CASE("the module fills in the shipped forms byte for byte", "[module][property]") {
    for (const char* form : {"fit_check.md", "firm_visit.md"}) {
        Talk talk;
        const std::string xml = shipped_form(form);
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
            INFO(form << " seed " << seed);
            SeededRandom random(seed);
            RandomFilling filling(talk, random, xml);
            REQUIRE(filling.is_open());
            for (int step = 0; step < 25; ++step)
                filling.step();
            filling.compare_with_a_fresh_start();
            filling.finish();
        }
        talk.repeat();
    }
}

TEST_CASE("local time means the same moment in the module, whatever the zone does", "[module]") {
    Talk talk;
    talk.ask({{"op", "loadForm"}, {"xml", forms::xform("<data id=\"f\"><a/></data>", "", "")}});
    // Half an hour of summer time, a day left out, no whole hour, a change in the middle of
    // Ramadan.
    const char* const zones[] = {
        "Europe/Berlin",  "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
        "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca",   "UTC"};
    const char* const days[] = {"2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01",
                                "2026-04-05", "2026-10-04", "2011-12-29", "2011-12-30",
                                "2011-12-31", "2026-02-15", "2026-03-22", "1969-12-31"};
    int instance = 0;
    for (const char* zone : zones) {
        talk.ask({{"op", "open"}, {"form", "f1"}, {"timezone", zone}, {"seed", 1}});
        const std::string name = "i" + std::to_string(++instance);
        for (const std::string day : days) {
            for (const int half_hour : {0, 1, 3, 4, 5, 6, 7, 9, 24, 47}) {
                const std::string hour = std::to_string(100 + half_hour / 2).substr(1);
                const std::string local = day + "T" + hour + (half_hour % 2 == 0 ? ":00" : ":30");
                talk.ask({{"op", "evaluate"},
                          {"instance", name},
                          {"expression", "decimal-date-time('" + local + ":00')"}});
            }
        }
    }
    talk.repeat();
}

TEST_CASE("every character composes alike in the module", "[module]") {
    Talk talk;
    talk.ask({{"op", "loadForm"},
              {"xml", forms::xform("<data id=\"f\"><a/></data>",
                                   "<bind nodeset=\"/data/a\" type=\"string\"/>",
                                   "<input ref=\"/data/a\"/>")}});
    talk.ask({{"op", "open"}, {"form", "f1"}, {"timezone", "UTC"}, {"seed", 1}, {"changes", true}});
    const auto set = [&talk](const std::string& text) {
        talk.ask({{"op", "setValue"}, {"instance", "i1"}, {"ref", "/data/a"}, {"value", text}});
    };
    const auto add = [](std::string& text, std::uint32_t character) {
        if (character < 0x800) {
            text += static_cast<char>(0xC0 | character >> 6);
        } else {
            if (character < 0x10000) {
                text += static_cast<char>(0xE0 | character >> 12);
            } else {
                text += static_cast<char>(0xF0 | character >> 18);
                text += static_cast<char>(0x80 | (character >> 12 & 0x3F));
            }
            text += static_cast<char>(0x80 | (character >> 6 & 0x3F));
        }
        text += static_cast<char>(0x80 | (character & 0x3F));
    };
    constexpr std::uint32_t kLast = 0x323AF;  // past the last ideograph that decomposes
    std::string text;
    for (std::uint32_t character = 0xA0; character <= kLast; ++character) {
        if (character >= 0xD800 && character < 0xE000) continue;
        add(text, character);
        text += '.';
        if (character % 0x1000 == 0xFFF || character == kLast) {
            set(text);
            text.clear();
        }
    }
    SeededRandom random(3);
    for (int round = 0; round < 40; ++round) {
        for (int i = 0; i < 1000; ++i) {
            // A letter of the alphabets of Europe, or an Indic one, or a Korean part, and marks.
            static constexpr std::pair<std::uint32_t, std::uint32_t> kRanges[] = {
                {0xC0, 0x5FF}, {0x900, 0xDFF}, {0x1100, 0x11FF}, {0x1E00, 0x1FFF}};
            const auto [first, last] = kRanges[random.below(4)];
            if (random.below(2) == 0) {
                text += static_cast<char>('A' + random.below(58));
            } else {
                add(text, first + static_cast<std::uint32_t>(random.below(last - first + 1)));
            }
            for (std::uint64_t marks = random.below(4); marks > 0; --marks) {
                add(text, 0x300 + static_cast<std::uint32_t>(random.below(0x70)));
            }
        }
        set(text);
        text.clear();
    }
    talk.repeat();
}

TEST_CASE("what the program bears, the module bears on its smaller stack", "[module]") {
    Talk talk;
    const auto repeated = [](const std::string& text, int times) {
        std::string all;
        for (int i = 0; i < times; ++i)
            all += text;
        return all;
    };
    talk.ask({{"op", "loadForm"}, {"xml", forms::xform("<data id=\"f\"><a/></data>", "", "")}});
    talk.ask({{"op", "open"}, {"form", "f1"}, {"timezone", "UTC"}, {"seed", 1}});
    for (const int depth : {10, 50, 90, 100, 150, 200, 250, 1000, 100'000}) {
        const std::string expressions[] = {
            repeated("(", depth) + "1" + repeated(")", depth),
            repeated("not(", depth) + "1" + repeated(")", depth),
            repeated("-", depth) + "1",
            "1" + repeated("+1", depth),
            "0" + repeated(" or 0", depth),
            "/data" + repeated("[1", depth) + repeated("]", depth),
            "/data" + repeated("/..", depth),
            "/data" + repeated("[1]", depth),
            "concat(''" + repeated(",'x'", depth) + ")",
            "regex('a', '" + repeated("(", depth) + "a" + repeated(")", depth) + "')",
            "regex('" + repeated("a", depth) + "', '^(a|b|(?:aa)+)*$')",
        };
        for (const std::string& expression : expressions) {
            talk.ask({{"op", "evaluate"}, {"instance", "i1"}, {"expression", expression}});
        }
        talk.ask({{"op", "loadForm"}, {"xml", repeated("<a>", depth) + repeated("</a>", depth)}});
        const std::string groups = repeated("<g>", depth) + "<q/>" + repeated("</g>", depth);
        talk.ask({{"op", "loadForm"},
                  {"xml", forms::xform("<data id=\"f\">" + groups + "</data>", "", "")}});
    }
    // A chain of calculations, each of which needs the next.
    std::string instance;
    std::string binds;
    constexpr int kChain = 3000;
    for (int i = 0; i < kChain; ++i) {
        const std::string name = "q" + std::to_string(i);
        instance += "<" + name + "/>";
        binds += "<bind nodeset=\"/data/" + name + "\" calculate=\"" +
                 (i + 1 < kChain ? "/data/q" + std::to_string(i + 1) + " + 1" : "1") + "\"/>";
    }
    const json::Value loaded =
        talk.ask({{"op", "loadForm"},
                  {"xml", forms::xform("<data id=\"f\">" + instance + "</data>", binds, "")}});
    talk.ask({{"op", "open"}, {"form", text_of(loaded, "form")}, {"timezone", "UTC"}});
    talk.ask({{"op", "evaluate"}, {"instance", "i2"}, {"expression", "string(/data/q0)"}});
    talk.repeat();
}

TEST_CASE("a page can rely on the module when it ends", "[module]") {
    tests::ProcessOptions options;
    options.environment = {"LANG=C", "TZ=UTC"};
    options.timeout = std::chrono::minutes(5);
    const auto run = tests::run_process(
        {SURVEY_NODE, SURVEY_SOURCE_DIR "/tests/wasm/engine_test.mjs", SURVEY_ENGINE_WASM},
        options);
    INFO(run.out << run.err);
    CHECK(run.status == 0);
    CHECK(run.out.find("# pass 6") != std::string::npos);
}

}  // namespace survey::conformance

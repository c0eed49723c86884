// The module for the browser beside the same services in this process: whatever is asked, both
// answer with the same bytes, and what was computed step by step is what a fresh start computes.

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
            for (int step = 0; step < 40; ++step)
                filling.step();
            filling.compare_with_a_fresh_start();
            filling.finish();
        }
        talk.repeat();
    }
}

}  // namespace survey::conformance

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "forms/cli/local_machine.h"
#include "forms/session/session_service.h"

using namespace survey;
using namespace survey::forms;

namespace {

class FixedClock final : public Clock {
  public:
    Instant now() const override { return *parse_instant("2026-11-25T08:30:00Z"); }
    Steady steady() const override { return Steady{0}; }
};

/// A host that keeps its picture of the instance from the changes alone, as a user interface does.
class Host {
  public:
    Host(const std::string& form, std::uint64_t seed, bool lean)
        : random_(seed), engine_random_(seed), service_(clock_, engine_random_, machine_) {
        ask({{"op", "loadForm"}, {"file", SURVEY_SOURCE_DIR "/forms/library/" + form}});
        const json::Object opened = ask({{"op", "open"},
                                         {"form", "f1"},
                                         {"changes", true},
                                         {"formatted", lean},
                                         {"lean", lean}});
        for (const json::Value& node : opened.at("nodes").as_array())
            picture_[name_of(node)] = node;
    }

    /// Does one thing that somebody filling in the form might do.
    void act() {
        const std::uint64_t what = random_.below(100);
        if (what < 10) {
            act_on_repeat();
        } else if (what < 14) {
            ask({{"op", "setLanguage"},
                 {"language", random_.below(2) == 0 ? "English (en)" : "Deutsch (de)"}});
        } else if (what < 16) {
            ask({{"op", "finalize"}});
        } else {
            answer_something();
        }
    }

    std::map<std::string, json::Value> truth() {
        std::map<std::string, json::Value> all;
        const json::Object answer = ask({{"op", "nodes"}});
        for (const json::Value& node : answer.at("nodes").as_array())
            all[name_of(node)] = node;
        return all;
    }
    const std::map<std::string, json::Value>& picture() const { return picture_; }

  private:
    static std::string name_of(const json::Value& node) { return *json::find_text(node, "id"); }

    json::Object ask(json::Object request) {
        if (!request.contains("form")) request["instance"] = "i1";
        auto answer = service_.answer(request);
        CAPTURE(json::serialise(request));
        REQUIRE(answer);
        if (const json::Value* changes = answer->if_contains("changes")) {
            for (const json::Value& node : changes->at("changed").as_array()) {
                json::Value& seen = picture_[name_of(node)];
                json::Object now = node.as_object();
                if (now.erase("choicesKept") != 0) now["choices"] = seen.at("choices");
                seen = std::move(now);
            }
            for (const json::Value& gone : changes->at("removed").as_array())
                picture_.erase(std::string(gone.as_string()));
        }
        return *std::move(answer);
    }

    template <typename Wanted>
    const json::Value* pick(const Wanted& wanted) {
        std::vector<const json::Value*> fitting;
        for (const auto& [name, node] : picture_) {
            if (*json::find_flag(node, "relevant") && wanted(node)) fitting.push_back(&node);
        }
        return fitting.empty() ? nullptr : fitting[random_.below(fitting.size())];
    }

    void act_on_repeat() {
        const json::Value* range = pick([](const json::Value& node) {
            return json::find_flag(node, "canAdd").value_or(false);
        });
        if (range == nullptr) return;
        const json::Array& instances = range->at("children").as_array();
        if (instances.empty() || random_.below(2) == 0) {
            ask({{"op", "addRepeat"}, {"node", range->at("id")}});
        } else {
            const json::Value gone = instances[random_.below(instances.size())];
            ask({{"op", "removeRepeat"}, {"node", gone}});
        }
    }

    void answer_something() {
        const json::Value* question = pick([](const json::Value& node) {
            const auto control = json::find_text(node, "control");
            return json::find_text(node, "kind") == "value" && control && *control != "note" &&
                   !json::find_flag(node, "readonly").value_or(false);
        });
        json::Value value = random_.below(10) != 0;
        if (const json::Value* choices = json::find(*question, "choices")) {
            std::string chosen;
            for (const json::Value& choice : choices->as_array()) {
                const bool take = random_.below(choices->as_array().size()) < 2;
                if (take) chosen += *json::find_text(choice, "value") + " ";
            }
            const bool one = json::find_text(*question, "control") == "select1";
            value = one ? chosen.substr(0, chosen.find(' ')) : chosen;
        } else if (json::find_text(*question, "control") != "trigger") {
            const std::vector<json::Value> some = {"5", "20", "x", "a@b.de", nullptr, 40};
            value = some[random_.below(some.size())];
        }
        ask({{"op", "setValue"}, {"node", question->at("id")}, {"value", value}});
    }

    FixedClock clock_;
    SeededRandom random_;
    SeededRandom engine_random_;
    LocalMachine machine_;
    SessionService service_;
    std::map<std::string, json::Value> picture_;
};

}  // namespace

TEST_CASE("the changes that a host was sent add up to the instance as it is", "[session]") {
    for (const char* form : {"fit_check.md", "firm_visit.md"}) {
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            Host host(form, seed, seed % 2 == 0);
            for (int step = 0; step < 80; ++step) {
                host.act();
                if (step % 20 != 19) continue;
                CAPTURE(form, seed, step);
                const auto picture = host.picture();  // what follows counts as sent
                const bool same = host.truth() == picture;
                CHECK(same);
            }
        }
    }
}

namespace {

/// A form with one long-standing list, one that follows an answer, and a range with texts.
constexpr const char* kLists = R"(<h:html xmlns="http://www.w3.org/2002/xforms"
 xmlns:h="http://www.w3.org/1999/xhtml" xmlns:odk="http://www.opendatakit.org/xforms"><h:head>
 <h:title>t</h:title><model><instance><data id="lists"><a/><b/><r/></data></instance>
 <instance id="x"><root><item><name>1</name><label>*one*</label></item>
 <item><name>2</name><label>two</label></item></root></instance>
 <bind nodeset="/data/a" type="string"/><bind nodeset="/data/b" type="string"/>
 <bind nodeset="/data/r" type="int" odk:quality="low"/></model></h:head><h:body>
 <select1 ref="/data/a"><label>A</label><itemset nodeset="instance('x')/root/item">
 <value ref="name"/><label ref="label"/></itemset></select1>
 <select1 ref="/data/b"><label>B</label><itemset nodeset="instance('x')/root/item[name != /data/a]">
 <value ref="name"/><label ref="label"/></itemset></select1>
 <range ref="/data/r" start="1" end="5" step="1" odk:tick-interval="2" odk:placeholder="3">
 <label>R</label><itemset nodeset="instance('x')/root/item"><value ref="name"/>
 <label ref="label"/></itemset></range></h:body></h:html>)";

class Lists {
  public:
    explicit Lists(bool lean) : random_(1), service_(clock_, random_, machine_) {
        ask({{"op", "loadForm"}, {"xml", kLists}});
        opened = ask({{"op", "open"},
                      {"form", "f1"},
                      {"changes", true},
                      {"formatted", true},
                      {"lean", lean}});
    }

    json::Object ask(json::Object request) {
        request["instance"] = "i1";
        auto answer = service_.answer(request);
        REQUIRE(answer);
        return *std::move(answer);
    }
    /// What came about `ref` after `value` was given to /data/a.
    json::Object after(const char* value, const char* ref) {
        const auto answer = ask({{"op", "setValue"}, {"ref", "/data/a"}, {"value", value}});
        return find(answer.at("changes").at("changed").as_array(), ref);
    }
    static json::Object find(const json::Array& nodes, const char* ref) {
        for (const json::Value& node : nodes) {
            if (json::find_text(node, "ref") == std::string_view(ref)) return node.as_object();
        }
        return {};
    }
    json::Object opened;

  private:
    FixedClock clock_;
    SeededRandom random_;
    LocalMachine machine_;
    SessionService service_;
};

}  // namespace

TEST_CASE("a lean host is not told choices again that it has", "[session]") {
    Lists lists(true);
    const json::Object first = Lists::find(lists.opened.at("nodes").as_array(), "/data/a");
    CHECK(first.at("choices").as_array().size() == 2);
    const json::Object again = lists.after("1", "/data/a");
    CHECK_FALSE(again.contains("choices"));
    CHECK(again.at("choicesKept") == true);
    CHECK(lists.after("2", "/data/b").at("choices").as_array().size() == 1);  // another one
    CHECK(lists.after("2", "/data/b").empty());
}

TEST_CASE("a lean host gets markup only where there is some", "[session]") {
    Lists lists(true);
    const json::Object node = Lists::find(lists.opened.at("nodes").as_array(), "/data/a");
    const json::Array& choices = node.at("choices").as_array();
    CHECK(choices.at(0).at("label").as_object().contains("formatted"));
    CHECK_FALSE(choices.at(1).at("label").as_object().contains("formatted"));
    CHECK_FALSE(node.at("label").as_object().contains("formatted"));
}

TEST_CASE("a host that did not ask for it gets everything each time", "[session]") {
    Lists lists(false);
    const json::Object again = lists.after("1", "/data/a");
    CHECK(again.at("choices").as_array().size() == 2);
    CHECK_FALSE(again.contains("choicesKept"));
    CHECK(again.at("label").as_object().contains("formatted"));
}

TEST_CASE("a range comes with its ticks", "[session]") {
    Lists lists(false);
    const json::Object range = Lists::find(lists.opened.at("nodes").as_array(), "/data/r");
    CHECK(range.at("options").at("tickInterval") == "2");
    CHECK(range.at("options").at("placeholder") == "3");
    CHECK(range.at("options").at("quality") == "low");
    CHECK(range.at("choices").as_array().size() == 2);
}

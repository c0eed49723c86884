// Fills in through the program `forms session`, or through the engine module that a page has and
// that speaks alike: one line of JSON there and one back.

#include <catch2/catch.hpp>

#include "common/json/json.h"
#include "forms/xlsform/convert.h"
#include "forms/xml/writer.h"
#include "tests/conformance/filling.h"
#include "tests/support/conversation.h"
#include "tests/support/engine_module.h"
#include "tests/support/process.h"

namespace survey::conformance {

namespace {

std::string text_of(const json::Value* value) {
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

// The member `text` of a label or hint.
std::string shown(const json::Value& node, std::string_view member) {
    const json::Value* text = json::find(node, member);
    return text == nullptr || !text->is_object() ? "" : text_of(json::find(*text, "text"));
}

enum class Engine : std::uint8_t { kProgram, kModule };

std::vector<std::string> program() {
    return {SURVEY_BIN_DIR "/forms", "session"};
}

class ProgramFilling final : public Filling {
  public:
    explicit ProgramFilling(Engine engine)
        : engine_(engine),
          program_(engine == Engine::kProgram ? program() : tests::engine_module(),
                   {"LANG=C", "TZ=UTC"}, tests::Conversation::Channel::kPipes) {}

    std::string load(const FillingSetup& setup) override {
        entities_.clear();
        now_ = setup.now;
        zone_ = setup.zone;
        json::Object media;
        for (const auto& [address, content] : setup.media) {
            media[address] = json::Object{{"text", content}};
        }
        json::Object request{{"op", "loadForm"}, {"media", media}};
        if (setup.missing_media_is_blank) request["missingMedia"] = "blank";
        if (setup.source[0] == '<') {
            request["xml"] = setup.source;
        } else if (engine_ == Engine::kModule) {
            // A page is given what the converter made of the workbook.
            auto converted = forms::convert_xlsform(setup.source, {"fallback"});
            if (!converted.xform) return "form";
            request["xml"] = xml::write(*converted.xform);
        } else {
            request["file"] = folder_.write("fallback.md", setup.source);
        }
        const json::Value answer = ask(request);
        form_ = text_of(json::find(answer, "form"));
        return error_of(answer);
    }

    std::string open(const Opening& opening) override {
        json::Object request{{"op", "open"},
                             {"form", form_},
                             {"mode", opening.mode},
                             {"timezone", zone_},
                             {"seed", 1}};
        if (!opening.xml.empty()) request["xml"] = opening.xml;
        if (!opening.language.empty()) request["language"] = opening.language;
        if (!opening.last_saved.empty()) request["lastSaved"] = opening.last_saved;
        request["properties"] = object_of(opening.properties);
        request["defaults"] = object_of(opening.defaults);
        if (opening.keeps_entities) request["entities"] = entities_;
        const json::Value answer = ask(request);
        const std::string error = error_of(answer);
        if (error.empty()) {
            instance_ = text_of(json::find(answer, "instance"));
            requests_.clear();
            note_requests(answer);
        }
        return error;
    }

    void set_time(const std::string& now) override { now_ = now; }

    Seen look(const std::string& ref) override {
        Seen seen;
        const json::Value answer = ask({{"op", "node"}, {"instance", instance_}, {"ref", ref}});
        const json::Value* node = json::find(answer, "node");
        if (node == nullptr) return seen;
        seen.exists = true;
        seen.kind = text_of(json::find(*node, "kind"));
        seen.value = text_of(json::find(*node, "value"));
        seen.relevant = json::find_flag(*node, "relevant").value_or(false);
        seen.readonly = json::find_flag(*node, "readonly").value_or(false);
        seen.required = json::find_flag(*node, "required").value_or(false);
        seen.can_add = json::find_flag(*node, "canAdd").value_or(false);
        seen.fault = json::find(*node, "fault") != nullptr;
        seen.violation = "none";
        const json::Value* violation = json::find(*node, "violation");
        if (violation != nullptr && violation->is_object()) {
            seen.violation = text_of(json::find(*violation, "condition"));
            seen.message = text_of(json::find(*violation, "message"));
        }
        seen.soft = "none";
        if (const json::Value* soft = json::find(*node, "softViolation")) {
            CHECK(text_of(json::find(*soft, "condition")) == "soft");
            seen.soft = text_of(json::find(*soft, "message"));
            const std::string reason = text_of(json::find(*soft, "reason"));
            if (!reason.empty()) seen.soft += " (" + reason + ")";
        }
        seen.label = shown(*node, "label");
        seen.hint = shown(*node, "hint");
        if (const json::Value* children = json::find(*node, "children")) {
            seen.children = children->as_array().size();
        }
        if (const json::Value* choices = json::find(*node, "choices")) {
            for (const json::Value& choice : choices->as_array()) {
                seen.choices.push_back(text_of(json::find(choice, "value")));
                seen.choice_labels.push_back(shown(choice, "label"));
            }
        }
        return seen;
    }

    std::string set(const std::string& ref, const std::string& value) override {
        return change({{"op", "setValue"}, {"ref", ref}, {"value", value}});
    }
    std::string overrule(const std::string& ref, const std::string& reason) override {
        return change({{"op", "overrule"}, {"ref", ref}, {"reason", reason}});
    }
    std::string add(const std::string& range) override {
        return change({{"op", "addRepeat"}, {"ref", range}});
    }
    std::string remove(const std::string& instance) override {
        return change({{"op", "removeRepeat"}, {"ref", instance}});
    }
    std::string speak(const std::string& language) override {
        return change({{"op", "setLanguage"}, {"language", language}});
    }

    std::string answer(const std::string& kind, const std::string& value) override {
        for (auto request = requests_.begin(); request != requests_.end(); ++request) {
            if (request->second != kind) continue;
            const std::string id = request->first;
            requests_.erase(request);
            return change({{"op", "answerRequest"}, {"request", id}, {"value", value}});
        }
        return "no-such-request";
    }

    std::string events() override {
        const json::Value answer = ask({{"op", "events"}, {"instance", instance_}});
        std::string all;
        const json::Value* events = json::find(answer, "events");
        if (events == nullptr) return error_of(answer);
        for (const json::Value& event : events->as_array()) {
            all += (all.empty() ? "" : ", ") + text_of(json::find(event, "event"));
            const std::string ref = text_of(json::find(event, "ref"));
            if (!ref.empty()) all += " " + ref;
        }
        return all;
    }

    std::string finalise(std::string& record) override {
        const json::Value answer = ask({{"op", "finalize"}, {"instance", instance_}});
        record = text_of(json::find(answer, "xml"));
        if (const json::Value* entities = json::find(answer, "entities")) {
            for (const json::Value& one : entities->as_array())
                entities_.push_back(one);
        }
        std::string all;
        const json::Value* violations = json::find(answer, "violations");
        if (violations == nullptr) return error_of(answer);
        for (const json::Value& violation : violations->as_array()) {
            all += (all.empty() ? "" : ", ") + text_of(json::find(violation, "condition")) + " " +
                   text_of(json::find(violation, "ref"));
        }
        CHECK(json::find_flag(answer, "ready") == all.empty());
        return all;
    }

    std::string draft() override {
        const json::Value answer =
            ask({{"op", "serialize"}, {"instance", instance_}, {"includeNonRelevant", true}});
        return text_of(json::find(answer, "xml"));
    }

    std::string evaluate(const std::string& ref, const std::string& expression) override {
        const json::Value answer = ask({{"op", "evaluate"},
                                        {"instance", instance_},
                                        {"ref", ref},
                                        {"expression", expression},
                                        {"resultType", "string"}});
        const std::string error = error_of(answer);
        return error.empty() ? text_of(json::find(answer, "value")) : "error " + error;
    }

  private:
    json::Value ask(json::Object request) {
        request["now"] = now_;
        const std::size_t before = program_.transcript().size();
        program_.send(json::serialise(request));
        REQUIRE(program_.hears("\n"));
        const std::string line = program_.transcript().substr(before);
        INFO(json::serialise(request) << "\n" << line);
        auto answer = json::parse(line, json::Limits{std::size_t{16} << 20, 64});
        REQUIRE(answer);
        return *std::move(answer);
    }

    std::string change(json::Object request) {
        request["instance"] = instance_;
        const json::Value answer = ask(std::move(request));
        note_requests(answer);
        return error_of(answer);
    }

    void note_requests(const json::Value& answer) {
        const json::Value* requests = json::find(answer, "requests");
        if (requests == nullptr) return;
        for (const json::Value& one : requests->as_array()) {
            requests_.emplace_back(text_of(json::find(one, "request")),
                                   text_of(json::find(one, "kind")));
        }
    }

    static std::string error_of(const json::Value& answer) {
        const json::Value* error = json::find(answer, "error");
        return error == nullptr ? "" : text_of(json::find(*error, "code"));
    }

    static json::Object object_of(const std::vector<std::pair<std::string, std::string>>& pairs) {
        json::Object object;
        for (const auto& [name, value] : pairs)
            object[name] = value;
        return object;
    }

    Engine engine_;
    tests::TemporaryDirectory folder_;
    tests::Conversation program_;
    std::string now_;
    std::string zone_;
    std::string form_;
    json::Array entities_;  // of all records that were finished
    std::string instance_;
    std::vector<std::pair<std::string, std::string>> requests_;
};

}  // namespace

std::unique_ptr<Filling> make_program_filling() {
    return std::make_unique<ProgramFilling>(Engine::kProgram);
}

std::unique_ptr<Filling> make_module_filling() {
    return std::make_unique<ProgramFilling>(Engine::kModule);
}

}  // namespace survey::conformance

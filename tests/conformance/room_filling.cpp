// Fills in through the rooms themselves.

#include <map>

#include "common/base/random.h"
#include "common/host/host.h"
#include "forms/expr/expr.h"
#include "forms/runtime/form_session.h"
#include "forms/xform/load.h"
#include "forms/xlsform/convert.h"
#include "tests/conformance/filling.h"

namespace survey::conformance {

namespace {

using forms::NodeRole;

class CaseClock final : public Clock {
  public:
    void set(const std::string& now) { now_ = *parse_instant(now); }
    Instant now() const override { return now_; }
    Steady steady() const override { return Steady(now_.time_since_epoch()); }

  private:
    Instant now_;
};

class CaseMedia final : public forms::MediaSource {
  public:
    std::map<std::string, std::string, std::less<>> files;
    Result<std::string> read(std::string_view url) const override {
        const auto found = files.find(url);
        if (found == files.end()) return fail(ErrorCode::kNotFound, std::string(url));
        return found->second;
    }
};

std::string kind_name(NodeRole role) {
    switch (role) {
        case NodeRole::kRoot:
            return "root";
        case NodeRole::kGroup:
            return "group";
        case NodeRole::kRepeatRange:
            return "repeat-range";
        case NodeRole::kRepeatInstance:
            return "repeat";
        case NodeRole::kValue:
            return "value";
    }
    return "";
}

std::string event_name(forms::FormEvent::Kind kind) {
    using Kind = forms::FormEvent::Kind;
    switch (kind) {
        case Kind::kBeginning:
            return "beginning-of-form";
        case Kind::kGroup:
            return "group";
        case Kind::kRepeat:
            return "repeat";
        case Kind::kQuestion:
            return "question";
        case Kind::kPromptNewRepeat:
            return "prompt-new-repeat";
        case Kind::kEnd:
            return "end-of-form";
    }
    return "";
}

std::string violation_name(forms::ViolationKind kind) {
    return std::string(forms::violation_word(kind));
}

std::string first_error(const std::vector<forms::Diagnostic>& diagnostics) {
    for (const auto& found : diagnostics) {
        if (found.severity == forms::Severity::kError) return found.code;
    }
    return {};
}

class RoomFilling final : public Filling {
  public:
    std::string load(const FillingSetup& setup) override {
        clock_.set(setup.now);
        entities_.clear();
        media_.files = {setup.media.begin(), setup.media.end()};
        auto zone = find_time_zone(setup.zone);
        if (!zone) return "zone";
        zone_ = *std::move(zone);
        missing_media_is_blank_ = setup.missing_media_is_blank;
        forms::LoadedForm loaded;
        if (setup.source[0] == '<') {
            loaded = forms::load_xform(setup.source);
        } else {
            auto converted = forms::convert_xlsform(setup.source, {"fallback"});
            if (!converted.xform) return first_error(converted.diagnostics);
            loaded = forms::load_xform(*std::move(converted.xform));
        }
        form_ = loaded.form;
        return first_error(loaded.diagnostics);
    }

    std::string open(const Opening& opening) override {
        forms::OpenOptions options;
        if (opening.mode == "restore") options.mode = forms::OpenOptions::Mode::kRestore;
        if (opening.mode == "edit") options.mode = forms::OpenOptions::Mode::kEdit;
        options.xml = opening.xml;
        options.language = opening.language;
        options.last_saved = opening.last_saved;
        options.properties = opening.properties;
        options.defaults = opening.defaults;
        if (opening.keeps_entities) options.entities = entities_;
        const forms::SessionEnvironment environment{
            &clock_, zone_.get(), &random_, &media_, missing_media_is_blank_, nullptr};
        auto opened = forms::FormSession::open(form_, environment, options);
        if (!opened) return "refused";
        session_ = std::make_unique<forms::FormSession>(*std::move(opened));
        return {};
    }

    void set_time(const std::string& now) override { clock_.set(now); }

    Seen look(const std::string& ref) override {
        Seen seen;
        const auto node = session_->find(ref);
        if (!node) return seen;
        const forms::NodeState state = session_->state(*node);
        seen.exists = true;
        seen.kind = kind_name(state.role);
        seen.value = state.value;
        seen.relevant = state.relevant;
        seen.readonly = state.readonly;
        seen.required = state.required;
        seen.can_add = state.can_add;
        seen.children = state.children.size();
        seen.fault = !state.fault.empty();
        seen.violation = "none";
        if (state.violation) {
            seen.violation = violation_name(state.violation->kind);
            seen.message = state.violation->message;
        }
        seen.soft = "none";
        if (state.warning) {
            seen.soft = state.warning->message;
            if (!state.warning->reason.empty()) seen.soft += " (" + state.warning->reason + ")";
        }
        seen.label = session_->label(*node).text;
        seen.hint = session_->hint(*node).text;
        if (const auto choices = session_->choices(*node)) {
            for (const auto& choice : *choices) {
                seen.choices.push_back(choice.value);
                seen.choice_labels.push_back(choice.label.text);
            }
        }
        return seen;
    }

    std::string set(const std::string& ref, const std::string& value) override {
        const auto node = session_->find(ref);
        if (!node) return "no-such-node";
        return session_->set_value(*node, value) ? "" : "refused";
    }

    std::string overrule(const std::string& ref, const std::string& reason) override {
        const auto node = session_->find(ref);
        if (!node) return "no-such-node";
        return session_->overrule(*node, reason) ? "" : "refused";
    }

    std::string add(const std::string& range) override {
        const auto node = session_->find(range);
        if (!node) return "no-such-node";
        forms::NodeId id = *node;
        if (session_->state(id).role == NodeRole::kRepeatInstance) id = session_->state(id).parent;
        forms::Change change;
        return session_->add_repeat(id, forms::kNoNodeId, change) ? "" : "refused";
    }

    std::string remove(const std::string& instance) override {
        const auto node = session_->find(instance);
        if (!node) return "no-such-node";
        return session_->remove_repeat(*node) ? "" : "refused";
    }

    std::string speak(const std::string& language) override {
        return session_->set_language(language) ? "" : "no-such-language";
    }

    std::string answer(const std::string& kind, const std::string& value) override {
        for (const auto& request : session_->requests()) {
            if (request.kind != kind) continue;
            const std::string id = request.id;
            return session_->answer_request(id, value) ? "" : "refused";
        }
        return "no-such-request";
    }

    std::string events() override {
        std::string all;
        for (const auto& event : session_->events()) {
            all += (all.empty() ? "" : ", ") + event_name(event.kind);
            if (event.node != forms::kNoNodeId) all += " " + session_->state(event.node).ref;
        }
        return all;
    }

    std::string finalise(std::string& record) override {
        forms::Change change;
        const auto finalised = session_->finalise(change);
        record = finalised.xml;
        entities_.insert(entities_.end(), finalised.entities.begin(), finalised.entities.end());
        std::string all;
        for (const auto& violation : finalised.violations) {
            all += (all.empty() ? "" : ", ") + violation_name(violation.kind) + " " + violation.ref;
        }
        return all;
    }

    std::string draft() override { return session_->serialize({true, forms::kNoNodeId}); }

    std::string evaluate(const std::string& ref, const std::string& expression) override {
        const auto compiled = expr::Expr::compile(expression);
        if (!compiled.expr) return "cannot be compiled";
        const auto node = session_->find(ref);
        if (!node) return "no-such-node";
        const auto value = session_->evaluate(*compiled.expr, *node);
        return value ? expr::to_string(*value) : "cannot be evaluated";
    }

  private:
    CaseClock clock_;
    CaseMedia media_;
    std::unique_ptr<TimeZone> zone_;
    SeededRandom random_{1};
    bool missing_media_is_blank_ = false;
    std::shared_ptr<const forms::FormDefinition> form_;
    std::vector<forms::EntityChange> entities_;  // of all records that were finished
    std::unique_ptr<forms::FormSession> session_;
};

}  // namespace

std::unique_ptr<Filling> make_room_filling() {
    return std::make_unique<RoomFilling>();
}

}  // namespace survey::conformance

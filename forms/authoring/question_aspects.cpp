#include "forms/authoring/question_aspects.h"

#include <algorithm>

#include "forms/authoring/nodeset_text.h"
#include "forms/xlsform/cell_text.h"

namespace survey::forms {

namespace {

// What other converters write where a translation is missing.
constexpr std::string_view kFiller = "-";

std::string_view control_word(ControlKind kind) {
    switch (kind) {
        case ControlKind::kInput:
            return "input";
        case ControlKind::kSelectMany:
            return "select_multiple";
        case ControlKind::kSelectOne:
            return "select_one";
        case ControlKind::kRank:
            return "rank";
        case ControlKind::kRange:
            return "range";
        case ControlKind::kTrigger:
            return "acknowledge";
        case ControlKind::kUpload:
            return "upload";
        case ControlKind::kSecret:
            return "secret";
        case ControlKind::kGroup:
            return "group";
        case ControlKind::kRepeat:
            return "repeat";
    }
    return "";
}

std::string rendered(const RichText& text) {
    std::string out;
    for (const TextPart& part : text) {
        out += part.text;
        if (part.output) out += "{" + squeezed(part.output->source()) + "}";
    }
    // A blank that shows nothing, as the way back writes for no label.
    return out == "\u200B" ? std::string() : out;
}

const Language& language_of(const FormDefinition& form, const std::string& name) {
    for (const Language& language : form.languages) {
        if (language.name == name) return language;
    }
    return form.languages[form.default_language()];
}

class AspectReader {
  public:
    AspectReader(const FormDefinition& form, const std::vector<std::string>& languages)
        : form_(form), languages_(languages) {}

    Aspects take() { return std::move(aspects_); }

    void say(const std::string& what, std::string_view value) {
        if (!value.empty()) aspects_[Aspect{what, {}}] = std::string(value);
    }
    void say(const std::string& what, const std::optional<expr::Expr>& expression) {
        if (expression) say(what, squeezed(expression->source()));
    }

    void say_text(const std::string& what, const TextSource& text) {
        for (const std::string& name : languages_) {
            if (text.itext_id.empty()) {
                const std::string shown = rendered(text.literal);
                if (!shown.empty()) aspects_[Aspect{what, name}] = shown;
                continue;
            }
            const Language& fallback = form_.languages[form_.default_language()];
            for (const Language* from : {&fallback, &language_of(form_, name)}) {
                const auto found = from->texts.find(text.itext_id);
                if (found == from->texts.end()) continue;
                for (const ItextValue& value : found->second) {
                    const std::string shown = rendered(value.text);
                    if (shown.empty() || (shown == kFiller && from != &fallback)) continue;
                    aspects_[Aspect{value.form.empty() ? what : value.form, name}] = shown;
                }
            }
        }
    }

    void read_bind(const Bind& bind) {
        say("relevant", bind.relevant);
        say("required", bind.required);
        say("readonly", bind.readonly);
        say("constraint", bind.constraint);
        say("calculation", bind.calculate);
        say("warn_if", bind.warn_if);
        say("preload", bind.preload.kind + bind.preload.params);
        say("save_to", bind.save_to);
        say_text("constraint_message", bind.constraint_message);
        say_text("required_message", bind.required_message);
        say_text("warn_message", bind.warn_message);
        for (const auto& [key, value] : bind.extra)
            say(key.substr(key.find('}') + 1), squeezed(value));
    }

    void read_control(const Control& control) {
        const Control* heading = &control;
        if (control.kind == ControlKind::kRepeat && control.parent != kNoControl &&
            form_.controls[control.parent].children.size() == 1) {
            heading = &form_.controls[control.parent];
        }
        say_text("label", heading->label);
        say_text("hint", control.hint);
        std::string words;
        for (const std::string& word : control.appearances)
            words += (words.empty() ? "" : " ") + word;
        say("appearance", words);
        say("media type", control.media_type);
        say("repeat_count", control.repeat_count);
        if (control.kind == ControlKind::kRange) {
            say("range",
                control.range_start + " to " + control.range_end + ", step " + control.range_step);
        }
        if (control.itemset) read_itemset(*control.itemset);
        for (const auto& [key, value] : control.extra)
            say(key.substr(key.find('}') + 1), squeezed(value));
    }

    void read_actions(NodeRef ref) {
        for (const Action& action : form_.actions) {
            if (action.target != ref) continue;
            std::string from;
            if (action.nested_in != kNoControl && form_.controls[action.nested_in].ref != kNoRef) {
                from = form_.nodes[form_.controls[action.nested_in].ref].path;
            }
            const bool changed = std::find(action.events.begin(), action.events.end(),
                                           "xforms-value-changed") != action.events.end();
            const std::string value =
                action.value ? squeezed(action.value->source()) : action.literal;
            const std::string what = action.kind == ActionKind::kSetValue      ? "set"
                                     : action.kind == ActionKind::kSetGeopoint ? "place"
                                                                               : "recording";
            if (changed) {
                aspects_[Aspect{"trigger", {}}] += (what + " by " + from + ": " + value + "; ");
            } else {
                aspects_[Aspect{"default", {}}] = what + ": " + value;
            }
        }
    }

  private:
    void read_itemset(const Itemset& itemset) {
        const NodesetText nodeset = read_nodeset(itemset.nodeset.source());
        const SecondaryInstance* instance = form_.find_instance(nodeset.instance);
        say("choice_filter", squeezed(nodeset.predicate));
        if (nodeset.randomized) say("randomize", "true, seed " + squeezed(nodeset.seed));
        if (instance == nullptr) {
            say("choices from", squeezed(nodeset.path) + " " + itemset.value_ref);
        } else if (!instance->src.empty()) {
            say("choices from", instance->src);
        }
    }

    const FormDefinition& form_;
    const std::vector<std::string>& languages_;
    Aspects aspects_;
};

}  // namespace

std::string squeezed(std::string_view expression) {
    std::string out;
    for (std::size_t at = 0; at < expression.size(); ++at) {
        const char c = expression[at];
        if (c == '\'' || c == '"') {
            const std::size_t close = std::min(expression.find(c, at + 1), expression.size() - 1);
            const std::string_view inside = expression.substr(at + 1, close - at - 1);
            const std::string_view path = trim(inside);
            out += c;
            out += path.starts_with('/') || path.starts_with("..") ? path : inside;
            out += c;
            at = close;
        } else if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
            out += c;
        } else if (!out.empty() && at + 1 < expression.size()) {
            // A blank between two names parts words: "a or b".
            const auto is_word = [](char b) {
                return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') ||
                       b == '_' || b == '.' || b == '-';
            };
            const std::size_t next = expression.find_first_not_of(" \n\t\r", at);
            if (next != std::string_view::npos && is_word(out.back()) &&
                is_word(expression[next])) {
                out += ' ';
            }
            at = next == std::string_view::npos ? expression.size() : next - 1;
        }
    }
    return out;
}

Aspects aspects_of(const FormDefinition& form, NodeRef ref,
                   const std::vector<std::string>& languages) {
    const FormNode& node = form.nodes[ref];
    AspectReader reader(form, languages);
    const Control* control = node.control == kNoControl ? nullptr : &form.controls[node.control];
    std::string asked = control != nullptr ? std::string(control_word(control->kind)) : "not shown";
    if (control == nullptr && !node.children.empty()) asked = "group";
    reader.say("asked as", asked);
    if (node.children.empty() && (control == nullptr || control->kind != ControlKind::kGroup)) {
        std::string type = node.bind ? node.bind->type_name : "";
        if (type.empty() || type == "select1" || type == "select") type = "string";
        reader.say("type", type);
        reader.say("default", node.default_value);
    }
    if (node.bind) reader.read_bind(*node.bind);
    if (control != nullptr) reader.read_control(*control);
    reader.read_actions(ref);
    return reader.take();
}

std::vector<OfferedChoice> choices_of(const FormDefinition& form, NodeRef ref,
                                      const std::vector<std::string>& languages) {
    std::vector<OfferedChoice> out;
    const FormNode& node = form.nodes[ref];
    if (node.control == kNoControl) return out;
    const Control& control = form.controls[node.control];
    const auto add = [&](std::string value, const TextSource& label) {
        AspectReader reader(form, languages);
        reader.say_text("label", label);
        OfferedChoice choice{std::move(value), {}};
        for (const auto& [aspect, text] : reader.take()) {
            if (aspect.what == "label") choice.labels[aspect.language] = text;
        }
        out.push_back(std::move(choice));
    };
    for (const InlineChoice& choice : control.items)
        add(choice.value, choice.label);
    if (!control.itemset) return out;
    const SecondaryInstance* list = form.find_instance(control.itemset->instance_id);
    if (list == nullptr || list->content == nullptr || !list->src.empty()) return out;
    const xml::Document& document = *list->content;
    const std::string label = control.itemset->label ? control.itemset->label->source() : "";
    const xml::Node root = document.root();
    for (xml::Node item = document.element_from(document.first_child(root)); item != xml::kNoNode;
         item = document.element_from(document.next_sibling(item))) {
        const xml::Node value = document.child(item, control.itemset->value_ref);
        const xml::Node shown = document.child(item, label);
        TextSource text;
        if (shown != xml::kNoNode && control.itemset->label_is_itext) {
            text.itext_id = document.text(shown);
        } else if (shown != xml::kNoNode) {
            text.literal.push_back(TextPart{document.text(shown), std::nullopt});
        }
        if (value != xml::kNoNode) add(document.text(value), text);
    }
    return out;
}

AnswerClass answer_class(const FormDefinition& form, NodeRef ref) {
    const FormNode& node = form.nodes[ref];
    if (!node.children.empty() || node.is_repeat) return AnswerClass::kNone;
    if (node.control != kNoControl) {
        const ControlKind kind = form.controls[node.control].kind;
        if (kind == ControlKind::kSelectOne) return AnswerClass::kOneChoice;
        if (kind == ControlKind::kSelectMany) return AnswerClass::kChoices;
        if (kind == ControlKind::kRank) return AnswerClass::kRanking;
        if (kind == ControlKind::kGroup) return AnswerClass::kNone;
    }
    switch (node.bind ? node.bind->type : AnswerType::kString) {
        case AnswerType::kInt:
            return AnswerClass::kInteger;
        case AnswerType::kDecimal:
            return AnswerClass::kDecimal;
        case AnswerType::kDate:
            return AnswerClass::kDate;
        case AnswerType::kTime:
            return AnswerClass::kTime;
        case AnswerType::kDateTime:
            return AnswerClass::kDateTime;
        case AnswerType::kGeopoint:
        case AnswerType::kGeotrace:
        case AnswerType::kGeoshape:
            return AnswerClass::kPlace;
        case AnswerType::kBinary:
            return AnswerClass::kFile;
        default:
            return AnswerClass::kText;
    }
}

}  // namespace survey::forms

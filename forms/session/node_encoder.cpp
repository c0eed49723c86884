#include "forms/session/node_encoder.h"

#include <utility>

#include "common/base/number.h"
#include "forms/session/markup.h"
#include "forms/session/node_names.h"

namespace survey::forms {

namespace {

std::vector<std::string> tokens_of(std::string_view list) {
    std::vector<std::string> tokens;
    while (!list.empty()) {
        const auto end = list.find_first_of(" \t\r\n");
        if (end != 0) tokens.emplace_back(list.substr(0, end));
        if (end == std::string_view::npos) break;
        list.remove_prefix(end + 1);
    }
    return tokens;
}

json::Array texts_json(const std::vector<std::string>& texts) {
    json::Array all;
    for (const std::string& text : texts)
        all.push_back(json::Value(text));
    return all;
}

const ItextValue* plain_value(const std::vector<ItextValue>& values) {
    for (const ItextValue& value : values) {
        if (value.form.empty()) return &value;
    }
    return nullptr;
}

}  // namespace

std::string node_name(NodeId node) {
    return "n" + std::to_string(node);
}

std::optional<NodeId> node_of_name(std::string_view name) {
    if (name.substr(0, 1) != "n") return std::nullopt;
    const auto number = parse_int(name.substr(1));
    if (!number || *number < 0 || *number >= kNoNodeId) return std::nullopt;
    return static_cast<NodeId>(*number);
}

json::Object violation_json(const Violation& violation) {
    json::Object one;
    one["condition"] = violation_word(violation.kind);
    one["message"] = nullptr;
    if (!violation.message.empty()) one["message"] = violation.message;
    if (!violation.reason.empty()) one["reason"] = violation.reason;
    return one;
}

json::Object NodeEncoder::describe(NodeId node, bool choices) const {
    const NodeState state = session_.state(node);
    json::Object out;
    out["id"] = node_name(state.id);
    out["parent"] = nullptr;
    if (state.parent != kNoNodeId) out["parent"] = node_name(state.parent);
    out["ref"] = state.ref;
    out["kind"] = role_name(state.role);
    out["control"] = nullptr;
    const std::string_view control = control_name(session_.form(), state);
    if (!control.empty()) out["control"] = control;
    out["relevant"] = state.relevant;
    if (state.readonly) out["readonly"] = true;
    if (state.required) out["required"] = true;
    if (state.role == NodeRole::kValue) {
        add_value(state, out);
    } else {
        json::Array children;
        for (const NodeId child : state.children)
            children.push_back(json::Value(node_name(child)));
        out["children"] = std::move(children);
    }
    if (state.role == NodeRole::kRoot && !session_.form().body_classes.empty()) {
        out["classes"] = texts_json(session_.form().body_classes);
    }
    if (state.role == NodeRole::kRepeatRange) {
        out["canAdd"] = state.can_add;
        out["canRemove"] = state.can_remove;
    }
    add_texts(state, out);
    if (choices) add_choices(node, out);
    add_control(state, out);
    add_attributes(state, out);
    if (state.violation) out["violation"] = violation_json(*state.violation);
    if (state.warning) out["softViolation"] = violation_json(*state.warning);
    if (!state.fault.empty()) out["fault"] = state.fault;
    return out;
}

void NodeEncoder::add_value(const NodeState& state, json::Object& out) const {
    const FormNode& definition = session_.form().nodes[state.definition];
    out["type"] = type_name(definition.bind ? definition.bind->type : AnswerType::kString);
    if (!state.value.empty()) out["value"] = state.value;
    if (state.control == kNoControl || state.value.empty()) return;
    switch (session_.form().controls[state.control].kind) {
        case ControlKind::kSelectOne:
            out["values"] = texts_json({state.value});
            break;
        case ControlKind::kSelectMany:
        case ControlKind::kRank:
            out["values"] = texts_json(tokens_of(state.value));
            break;
        default:
            break;
    }
}

json::Object NodeEncoder::text_json(const ShownText& shown, const TextSource* source,
                                    NodeId node) const {
    json::Object out;
    out["text"] = shown.text;
    if (!shown.image.empty()) out["image"] = shown.image;
    if (!shown.audio.empty()) out["audio"] = shown.audio;
    if (!shown.video.empty()) out["video"] = shown.video;
    if (!formatted_) return out;

    const RichText* parts = source == nullptr ? nullptr : &source->literal;
    if (source != nullptr && !source->itext_id.empty()) {
        for (const Language& language : session_.form().languages) {
            if (language.name != session_.language()) continue;
            const auto found = language.texts.find(source->itext_id);
            if (found == language.texts.end()) continue;
            if (const ItextValue* value = plain_value(found->second)) parts = &value->text;
        }
    }
    std::vector<std::string> outputs;
    std::vector<MarkupPiece> pieces;
    if (parts != nullptr) {
        outputs.reserve(parts->size());  // the pieces refer into it
        for (const TextPart& part : *parts) {
            pieces.push_back({part.text, false});
            if (!part.output) continue;
            const auto value = session_.evaluate(*part.output, node);
            outputs.push_back(value ? expr::to_string(*value) : std::string());
            pieces.push_back({outputs.back(), true});
        }
    }
    if (pieces.empty()) pieces.push_back({shown.text, false});
    json::Array formatted = markup_json(pieces);
    if (lean_ && pieces.size() == 1 && formatted.size() == 1) {
        const json::Object* only = formatted[0].if_object();
        const json::Value* text = only == nullptr ? nullptr : only->if_contains("text");
        if (text != nullptr && text->is_string() && text->get_string() == shown.text) return out;
    }
    out["formatted"] = std::move(formatted);
    return out;
}

void NodeEncoder::add_texts(const NodeState& state, json::Object& out) const {
    if (state.control == kNoControl) return;
    const Control& control = session_.form().controls[state.control];
    const auto shows = [](const ShownText& text) {
        return !(text.text.empty() && text.image.empty() && text.audio.empty() &&
                 text.video.empty());
    };
    const ShownText label = session_.label(state.id);
    if (shows(label)) out["label"] = text_json(label, &control.label, state.id);
    const ShownText hint = session_.hint(state.id);
    if (shows(hint)) out["hint"] = text_json(hint, &control.hint, state.id);
    if (!hint.guidance.empty()) out["guidance"] = json::Object{{"text", hint.guidance}};
}

bool NodeEncoder::has_choices(NodeId node) const {
    const NodeState state = session_.state(node);
    if (state.control == kNoControl || state.role != NodeRole::kValue) return false;
    const Control& control = session_.form().controls[state.control];
    switch (control.kind) {
        case ControlKind::kSelectOne:
        case ControlKind::kSelectMany:
        case ControlKind::kRank:
            return true;
        case ControlKind::kRange:  // texts of its ticks
            return control.itemset.has_value() || !control.items.empty();
        default:
            return false;
    }
}

bool NodeEncoder::list_texts_stand() const {
    for (const Language& language : session_.form().languages) {
        for (const auto& [id, values] : language.texts) {
            if (id.substr(0, 1) == "/") continue;  // of a question, whose texts always come
            for (const ItextValue& value : values) {
                for (const TextPart& part : value.text) {
                    if (part.output) return false;
                }
            }
        }
    }
    return true;
}

bool NodeEncoder::choices_stand(NodeId node) const {
    const Control& control = session_.form().controls[session_.state(node).control];
    if (!control.items.empty() || !control.itemset) return false;
    const std::string_view source = control.itemset->nodeset.source();
    const bool whole = source.substr(0, 9) == "instance(" &&
                       source.find_first_of("[$") == std::string_view::npos &&
                       source.find('(', 9) == std::string_view::npos;
    if (!whole) return false;
    if (!control.itemset->label_is_itext) return true;
    if (!list_texts_stand_) list_texts_stand_ = list_texts_stand();
    return *list_texts_stand_;
}

void NodeEncoder::add_choices(NodeId node, json::Object& out) const {
    if (!has_choices(node)) return;
    const auto choices = session_.choices(node);
    json::Array all;
    if (choices) {
        for (const Choice& choice : *choices) {
            json::Object one;
            one["value"] = choice.value;
            one["label"] = text_json(choice.label, nullptr, node);
            if (!choice.properties.empty()) {
                json::Array properties;
                for (const auto& [name, value] : choice.properties)
                    properties.push_back(json::Array{json::Value(name), json::Value(value)});
                one["properties"] = std::move(properties);
            }
            all.push_back(std::move(one));
        }
    } else {
        out["fault"] = choices.error().message;
    }
    out["choices"] = std::move(all);
}

void NodeEncoder::add_control(const NodeState& state, json::Object& out) const {
    if (state.control == kNoControl) return;
    const Control& control = session_.form().controls[state.control];
    const auto appearances = with_current_names(control.appearances);
    if (!appearances.empty()) out["appearances"] = texts_json(appearances);

    json::Object options;
    for (const char* name : {"rows", "accuracyThreshold", "unacceptableAccuracyThreshold"}) {
        if (const std::string* value = control.extra_value(name)) options[name] = *value;
    }
    if (control.kind == ControlKind::kUpload && !control.media_type.empty()) {
        const std::string& accept = control.media_type;
        const auto slash = accept.find('/');
        json::Object media;
        media["accept"] = accept;
        media["type"] = accept.substr(0, slash);
        media["subtype"] = slash == std::string::npos ? "*" : accept.substr(slash + 1);
        options["media"] = std::move(media);
    }
    if (control.kind == ControlKind::kRange) {
        options["start"] = control.range_start;
        options["end"] = control.range_end;
        options["step"] = control.range_step;
    }
    const std::string odk = "{http://www.opendatakit.org/xforms}";
    if (const auto* tick = control.extra_value(odk + "tick-interval"))
        options["tickInterval"] = *tick;
    if (const auto* rest = control.extra_value(odk + "placeholder")) options["placeholder"] = *rest;
    const auto& bind = session_.form().nodes[state.definition].bind;
    const std::string* quality = bind ? bind->extra_value(odk + "quality") : nullptr;
    if (quality != nullptr) options["quality"] = *quality;
    if (!options.empty()) out["options"] = std::move(options);

    const std::string* pixels =
        bind ? bind->extra_value("{http://openrosa.org/xforms}max-pixels") : nullptr;
    if (pixels == nullptr) return;
    if (const auto number = parse_int(*pixels)) out["maxPixels"] = *number;
}

void NodeEncoder::add_attributes(const NodeState& state, json::Object& out) const {
    if (state.role == NodeRole::kRepeatRange) return;
    json::Array all;
    for (const NodeRef ref : session_.form().nodes[state.definition].attributes) {
        const xml::Name& name = session_.form().nodes[ref].name;
        const std::string path = state.ref + "/@" + name.qualified();
        const auto attribute = session_.find(path);
        if (!attribute) continue;
        json::Object one;
        one["name"] = name.local;
        if (!name.uri.empty()) one["namespace"] = name.uri;
        one["ref"] = path;
        one["value"] = session_.state(*attribute).value;
        all.push_back(std::move(one));
    }
    if (!all.empty()) out["attributes"] = std::move(all);
}

}  // namespace survey::forms

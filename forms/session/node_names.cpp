#include "forms/session/node_names.h"

#include <utility>

namespace survey::forms {

std::string_view role_name(NodeRole role) {
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
    return "value";
}

std::string_view type_name(AnswerType type) {
    switch (type) {
        case AnswerType::kString:
        case AnswerType::kSelectOne:
        case AnswerType::kSelectMany:
            return "string";
        case AnswerType::kInt:
            return "int";
        case AnswerType::kDecimal:
            return "decimal";
        case AnswerType::kBoolean:
            return "boolean";
        case AnswerType::kDate:
            return "date";
        case AnswerType::kTime:
            return "time";
        case AnswerType::kDateTime:
            return "dateTime";
        case AnswerType::kGeopoint:
            return "geopoint";
        case AnswerType::kGeotrace:
            return "geotrace";
        case AnswerType::kGeoshape:
            return "geoshape";
        case AnswerType::kBinary:
            return "binary";
        case AnswerType::kBarcode:
            return "barcode";
        case AnswerType::kIntent:
            return "intent";
    }
    return "string";
}

std::string_view control_name(const FormDefinition& form, const NodeState& state) {
    if (state.control == kNoControl) return {};
    const auto& bind = form.nodes[state.definition].bind;
    switch (form.controls[state.control].kind) {
        case ControlKind::kInput:
            return bind && bind->readonly && !bind->calculate &&
                           bind->readonly->source() == "true()"
                       ? "note"
                       : "input";
        case ControlKind::kSecret:
            return "input";
        case ControlKind::kSelectMany:
            return "select";
        case ControlKind::kSelectOne:
            return "select1";
        case ControlKind::kRank:
            return "rank";
        case ControlKind::kRange:
            return "range";
        case ControlKind::kTrigger:
            return "trigger";
        case ControlKind::kUpload:
            return "upload";
        case ControlKind::kGroup:
            return "group";
        case ControlKind::kRepeat:
            return "repeat";
    }
    return {};
}

std::string_view event_name(FormEvent::Kind kind) {
    switch (kind) {
        case FormEvent::Kind::kBeginning:
            return "beginning-of-form";
        case FormEvent::Kind::kGroup:
            return "group";
        case FormEvent::Kind::kRepeat:
            return "repeat";
        case FormEvent::Kind::kQuestion:
            return "question";
        case FormEvent::Kind::kPromptNewRepeat:
            return "prompt-new-repeat";
        case FormEvent::Kind::kEnd:
            return "end-of-form";
    }
    return {};
}

std::vector<std::string> with_current_names(const std::vector<std::string>& appearances) {
    // docs.getodk.org, "Form widget appearances": names that were in use before 2020.
    static constexpr std::pair<std::string_view, std::string_view> kOlder[] = {
        {"search", "autocomplete"},       {"compact", "columns-pack"},
        {"horizontal", "columns"},        {"horizontal-compact", "columns-pack"},
        {"quickcompact", "columns-pack"}, {"quickcompact", "quick"},
    };
    std::vector<std::string> tokens;
    for (const std::string& token : appearances) {
        for (const auto& [older, current] : kOlder) {
            if (token == older) tokens.emplace_back(current);
        }
        if (token.rfind("compact-", 0) == 0) tokens.push_back("columns-" + token.substr(8));
        tokens.push_back(token);
    }
    return tokens;
}

}  // namespace survey::forms

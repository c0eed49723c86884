#include "forms/xlsform/header_names.h"

#include <algorithm>

#include "forms/xlsform/cell_text.h"

namespace survey::forms {

const HeaderRules& survey_headers() {
    static const HeaderRules rules{{{"type", "type"},
                                    {"command", "type"},
                                    {"name", "name"},
                                    {"tag", "name"},
                                    {"value", "name"},
                                    {"label", "label"},
                                    {"caption", "label"},
                                    {"hint", "hint"},
                                    {"guidance_hint", "guidance_hint"},
                                    {"image", "media::image"},
                                    {"big-image", "media::big-image"},
                                    {"big_image", "media::big-image"},
                                    {"audio", "media::audio"},
                                    {"video", "media::video"},
                                    {"required", "bind::required"},
                                    {"required_message", "bind::jr:requiredMsg"},
                                    {"requiredmsg", "bind::jr:requiredMsg"},
                                    {"relevant", "bind::relevant"},
                                    {"relevance", "bind::relevant"},
                                    {"constraint", "bind::constraint"},
                                    {"constraint_message", "bind::jr:constraintMsg"},
                                    {"constraining_message", "bind::jr:constraintMsg"},
                                    {"warn_if", "bind::werkstatt:warnIf"},
                                    {"warn_message", "bind::werkstatt:warnMsg"},
                                    {"calculation", "bind::calculate"},
                                    {"calculate", "bind::calculate"},
                                    {"readonly", "bind::readonly"},
                                    {"read_only", "bind::readonly"},
                                    {"noapperrorstring", "bind::jr:noAppErrorString"},
                                    {"no_app_error_string", "bind::jr:noAppErrorString"},
                                    {"save_to", "save_to"},
                                    {"trigger", "trigger"},
                                    {"default", "default"},
                                    {"parameters", "parameters"},
                                    {"choice_filter", "choice_filter"},
                                    {"appearance", "control::appearance"},
                                    {"autoplay", "control::autoplay"},
                                    {"rows", "control::rows"},
                                    {"intent", "control::intent"},
                                    {"repeat_count", "control::jr:count"},
                                    {"count", "control::jr:count"},
                                    {"jr:count", "control::jr:count"},
                                    {"compact_tag", "instance::odk:tag"},
                                    {"sms_field", "sms_field"},
                                    {"sms_option", "sms_option"},
                                    {"disabled", "disabled"}},
                                   {{"media", "media"},
                                    {"bind", "bind"},
                                    {"body", "control"},
                                    {"control", "control"},
                                    {"instance", "instance"}}};
    return rules;
}

const HeaderRules& choices_headers() {
    static const HeaderRules rules{{{"list_name", "list_name"},
                                    {"name", "name"},
                                    {"value", "name"},
                                    {"label", "label"},
                                    {"caption", "label"},
                                    {"image", "media::image"},
                                    {"big-image", "media::big-image"},
                                    {"big_image", "media::big-image"},
                                    {"audio", "media::audio"},
                                    {"video", "media::video"},
                                    {"sms_option", "sms_option"}},
                                   {{"media", "media"}}};
    return rules;
}

const HeaderRules& settings_headers() {
    static const HeaderRules rules{{{"form_title", "form_title"},
                                    {"set_form_title", "form_title"},
                                    {"title", "form_title"},
                                    {"form_id", "form_id"},
                                    {"set_form_id", "form_id"},
                                    {"id_string", "id_string"},
                                    {"version", "version"},
                                    {"instance_name", "instance_name"},
                                    {"instance_id", "instance_id"},
                                    {"instance_xmlns", "instance_xmlns"},
                                    {"default_language", "default_language"},
                                    {"public_key", "public_key"},
                                    {"submission_url", "submission_url"},
                                    {"style", "style"},
                                    {"name", "name"},
                                    {"auto_send", "auto_send"},
                                    {"auto_delete", "auto_delete"},
                                    {"client_editable", "client_editable"},
                                    {"allow_choice_duplicates", "allow_choice_duplicates"},
                                    {"clean_text_values", "clean_text_values"},
                                    {"omit_instanceid", "omit_instanceID"},
                                    {"namespaces", "namespaces"},
                                    {"prefix", "prefix"},
                                    {"delimiter", "delimiter"},
                                    {"add_none_option", "add_none_option"},
                                    {"flat", "flat"},
                                    {"sms_keyword", "sms_keyword"},
                                    {"sms_separator", "sms_separator"},
                                    {"sms_allow_media", "sms_allow_media"},
                                    {"sms_date_format", "sms_date_format"},
                                    {"sms_datetime_format", "sms_datetime_format"},
                                    {"sms_response", "sms_response"}},
                                   {{"attribute", "attribute"}}};
    return rules;
}

const HeaderRules& entities_headers() {
    static const HeaderRules rules{{{"list_name", "list_name"},
                                    {"dataset", "list_name"},
                                    {"label", "label"},
                                    {"entity_id", "entity_id"},
                                    {"create_if", "create_if"},
                                    {"update_if", "update_if"},
                                    {"repeat", "repeat"}},
                                   {}};
    return rules;
}

const HeaderRules& osm_headers() {
    static const HeaderRules rules{
        {{"list_name", "list_name"}, {"name", "name"}, {"label", "label"}}, {}};
    return rules;
}

namespace {

std::string_view find(const std::vector<std::pair<std::string_view, std::string_view>>& pairs,
                      std::string_view name) {
    const auto found = std::find_if(pairs.begin(), pairs.end(),
                                    [&](const auto& pair) { return pair.first == name; });
    return found == pairs.end() ? std::string_view() : found->second;
}

/// The parts of a grouped header. In the single colon dialect "bind:jr:constraintMsg" has two.
std::vector<std::string> header_parts(std::string_view header, bool double_colon) {
    const std::string_view separator = double_colon ? "::" : ":";
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = header.find(separator);
        const std::string part(trim(header.substr(0, end)));
        if (!double_colon && !parts.empty() && parts.back() == "jr") {
            parts.back() += ":" + part;
        } else {
            parts.push_back(part);
        }
        if (end == std::string_view::npos) return parts;
        header.remove_prefix(end + separator.size());
    }
}

std::string joined_from(const std::vector<std::string>& parts, std::size_t first) {
    std::string joined;
    for (std::size_t i = first; i < parts.size(); ++i) {
        if (!joined.empty()) joined += "::";
        joined += parts[i];
    }
    return joined;
}

}  // namespace

HeaderName read_header(std::string_view header, const HeaderRules& rules, bool double_colon) {
    if (const auto key = find(rules.names, snake_case(header)); !key.empty()) {
        return HeaderName{std::string(key), "", true};
    }
    const std::vector<std::string> parts = header_parts(header, double_colon);
    const std::string head = snake_case(parts.front());
    HeaderName name{std::string(trim(header)), "", false};
    if (parts.size() < 2) return name;
    std::size_t next = 1;
    std::string key;
    if (const auto plain = find(rules.names, head); !plain.empty()) {
        key = plain;
    } else if (const auto group = find(rules.groups, head); !group.empty()) {
        const std::string second = group == "media" ? lower(parts[1]) : parts[1];
        // "bind::relevance" is the column "relevance".
        const auto alias = find(rules.names, snake_case(second));
        const std::string prefix = std::string(group) + "::";
        key = alias.starts_with(prefix) ? std::string(alias) : prefix + second;
        next = 2;
    }
    if (key.empty()) return name;
    const std::string language = joined_from(parts, next);
    if (!language.empty() && !is_translatable(key)) return name;
    return HeaderName{std::move(key), language, true};
}

bool is_translatable(std::string_view key) {
    return key == "label" || key == "hint" || key == "guidance_hint" ||
           key.starts_with("media::") || key == "bind::jr:constraintMsg" ||
           key == "bind::jr:requiredMsg" || key == "bind::jr:noAppErrorString" ||
           key == "bind::werkstatt:warnMsg";
}

bool has_language_tag(std::string_view language) {
    if (language.empty() || language.back() != ')') return false;
    const std::size_t open = language.rfind('(');
    if (open == std::string_view::npos) return false;
    std::string_view tag = trim(language.substr(open + 1, language.size() - open - 2));
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const std::size_t primary =
        static_cast<std::size_t>(std::find_if_not(tag.begin(), tag.end(), is_letter) - tag.begin());
    if (primary < 2 || primary > 3) return false;
    return std::all_of(tag.begin(), tag.end(),
                       [&](char c) {
                           return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
                       }) &&
           (primary == tag.size() || tag[primary] == '-' || tag[primary] == '_');
}

}  // namespace survey::forms

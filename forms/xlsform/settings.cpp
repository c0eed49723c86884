#include "forms/xlsform/settings.h"

#include <algorithm>

#include "forms/xlsform/names.h"

namespace survey::forms {

namespace {

/// Reads `esri="http://…" ns2="…"`.
void read_namespaces(Settings& settings, Findings& findings) {
    const Cell& cell = settings.get("namespaces");
    std::string_view rest = trim(cell.text);
    while (!rest.empty()) {
        const std::size_t equals = rest.find('=');
        const std::string_view prefix = trim(rest.substr(0, equals));
        std::size_t open = equals == std::string_view::npos ? equals : equals + 1;
        while (open < rest.size() && rest[open] == ' ')
            ++open;
        const char quote = open < rest.size() ? rest[open] : '\0';
        const std::size_t close =
            quote == '"' || quote == '\'' ? rest.find(quote, open + 1) : std::string_view::npos;
        if (close == std::string_view::npos || !is_xml_name(prefix)) {
            findings.error(cell.place, "malformed-namespaces",
                           "The namespaces \"" + cell.text + "\" cannot be read.", cell.text,
                           "Write prefix=\"http://address\", several with a blank between them.");
            return;
        }
        settings.namespaces.emplace_back(prefix, rest.substr(open + 1, close - open - 1));
        rest = trim(rest.substr(close + 1));
    }
}

}  // namespace

const Cell& Settings::get(std::string_view key) const {
    static const Cell none;
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return value.first == key; });
    return found == values.end() ? none : found->second;
}

void Settings::set(std::string_view key, Cell cell) {
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return value.first == key; });
    if (found == values.end()) {
        values.emplace_back(key, std::move(cell));
    } else {
        found->second = std::move(cell);
    }
}

bool Settings::flag(std::string_view key, bool fallback) const {
    const std::string& text = get(key).text;
    if (is_yes(text)) return true;
    if (is_no(text)) return false;
    return fallback;
}

std::string Settings::default_language() const {
    const std::string& language = get("default_language").text;
    return language.empty() ? "default" : language;
}

Settings read_settings(const Table* sheet, Findings& findings) {
    Settings settings;
    if (sheet == nullptr) return settings;
    std::vector<std::string> known;
    for (const auto& [name, key] : settings_headers().names)
        known.emplace_back(name);
    for (const Column& column : sheet->columns) {
        if (column.name.known) continue;
        const std::string hint = did_you_mean(column.header, known);
        if (hint.empty()) continue;
        findings.warn(column.place, "unknown-column",
                      "The settings column \"" + column.header + "\" is not known and not used.",
                      column.header, hint);
    }
    if (sheet->rows.empty()) return settings;
    for (const auto& [index, cell] : sheet->rows.front().cells) {
        settings.set(sheet->columns[index].name.key, cell);
    }
    return settings;
}

void finish_settings(Settings& settings, const std::string& fallback_id, Findings& findings) {
    const Cell& form_id = settings.get("form_id");
    const Cell& id_string = settings.get("id_string");
    if (!form_id.empty() && !id_string.empty()) {
        findings.warn(id_string.place, "two-form-ids",
                      "The settings have both form_id and id_string; form_id is used.",
                      id_string.text, "Remove the column id_string.");
    }
    settings.id = !form_id.empty() ? form_id : id_string;
    if (settings.id.empty()) settings.id.text = fallback_id;
    settings.title = settings.get("form_title");
    if (settings.title.empty()) settings.title = settings.id;
    if (const Cell& name = settings.get("name"); !name.empty()) {
        settings.root_name = name;
        if (!is_xml_name(name.text)) {
            findings.error(
                name.place, "invalid-name",
                "The name \"" + name.text + "\" of the form cannot be an XML name.", name.text,
                "Begin with a letter or \"_\"; go on with letters, digits, \"_\", \"-\" or "
                "\".\".");
            settings.root_name.text = "data";
        }
    }
    const Cell& omit = settings.get("omit_instanceID");
    if (settings.flag("omit_instanceID", false) && !settings.get("public_key").empty()) {
        findings.error(omit.place, "omitted-instance-id",
                       "An encrypted form (public_key) needs its instance id, but omit_instanceID "
                       "leaves it out.",
                       omit.text, "Remove omit_instanceID.");
    }
    read_namespaces(settings, findings);
}

}  // namespace survey::forms

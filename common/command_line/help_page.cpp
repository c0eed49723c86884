#include "common/command_line/help_page.h"

#include <algorithm>

#include "common/base/phrase.h"

namespace survey {

namespace {

// What the parser and the programs put into their pages. Placeholders of the parser's own for
// texts and numbers have a short word in English too.
struct Label {
    const char* name;
    Phrase phrase;
};
constexpr Label kLabels[] = {
    {"Usage", {"Usage", "Aufruf"}},
    {"OPTIONS", {"OPTIONS", "OPTIONEN"}},
    {"SUBCOMMAND", {"COMMAND", "BEFEHL"}},
    {"SUBCOMMANDS", {"COMMANDS", "BEFEHLE"}},
    {"Positionals", {"Arguments", "Angaben"}},
    {"REQUIRED", {"(required)", "(nötig)"}},
    {"TEXT", {"TEXT", "TEXT"}},
    {"INT", {"N", "N"}},
    {"UINT", {"N", "N"}},
    {"FILE", {"FILE", "DATEI"}},
    {"DIR", {"DIR", "ORDNER"}},
    {"PATH", {"PATH", "PFAD"}},
    {"NAME", {"NAME", "NAME"}},
    {"TITLE", {"TITLE", "TITEL"}},
    {"ADDRESS:PORT", {"ADDR:PORT", "ADRESSE:PORT"}},
};

// "{de,en}" as "de|en"; "UINT in [1 - 500]" as "N (1–500)"; what else there is as it is.
std::string readable(const std::string& check, const std::string& kind) {
    if (check.size() > 2 && check.front() == '{' && check.back() == '}') {
        return CLI::detail::find_and_replace(check.substr(1, check.size() - 2), ",", "|");
    }
    const std::size_t range = check.find(" in [");
    if (range == std::string::npos || check.back() != ']') return kind;
    const std::string ends = check.substr(range + 5, check.size() - range - 6);
    return kind + " (" + CLI::detail::find_and_replace(ends, " - ", "–") + ")";
}

}  // namespace

HelpPage::HelpPage(bool is_german) {
    for (const Label& each : kLabels)
        label(each.name, std::string(each.phrase.in(is_german)));
    column_width(24);  // with descriptions of up to 56, the 80 columns of a terminal
}

std::string HelpPage::usage(const CLI::App& command, const std::string& name) const {
    return CLI::detail::trim_copy(make_usage(&command, name));
}

std::string HelpPage::make_option(const CLI::Option* option, bool is_positional) const {
    std::string line = "  " + make_option_name(option, is_positional) + make_option_opts(option);
    // Characters, not bytes: the parser itself would put "(nötig)" one column too far left.
    const auto columns =
        static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
        }));
    const std::size_t wanted = get_column_width();
    line += columns < wanted ? std::string(wanted - columns, ' ') : "\n" + std::string(wanted, ' ');
    return line + make_option_desc(option) + "\n";
}

std::string HelpPage::make_option_name(const CLI::Option* option, bool is_positional) const {
    const std::string name = Formatter::make_option_name(option, is_positional);
    return is_positional ? shown(name) : name;
}

std::string HelpPage::make_option_opts(const CLI::Option* option) const {
    if (option->get_expected_max() == 0) return {};  // a flag
    std::string kind = option->get_type_name();
    if (const std::string known = shown(kind); known != kind) {
        kind = known;
    } else if (const std::size_t colon = kind.find(':'); colon != std::string::npos) {
        kind = readable(kind.substr(colon + 1), shown(kind.substr(0, colon)));
    }
    std::string text = option->get_positional() && kind == shown("TEXT") ? "" : " " + kind;
    if (option->get_expected_max() >= CLI::detail::expected_max_vector_size) text += " ...";
    if (option->get_required()) text += " " + shown("REQUIRED");
    return text;
}

}  // namespace survey

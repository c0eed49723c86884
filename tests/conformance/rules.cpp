#include "tests/conformance/rules.h"

#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/conformance/case_file.h"

namespace survey::conformance {

namespace {

// The next part of "a | b | c", without the blanks round it.
std::string next_part(std::string& rest) {
    const std::size_t bar = rest.find(" | ");
    const std::string part = rest.substr(0, bar);
    rest = bar == std::string::npos ? "" : rest.substr(bar + 3);
    return part;
}

}  // namespace

std::vector<Rule> read_rules(const std::string& path) {
    std::ifstream file(path);
    INFO(path);
    REQUIRE(file.is_open());
    std::vector<Rule> rules;
    std::string line;
    while (std::getline(file, line)) {
        if (line.empty() || line[0] == '#') continue;
        INFO(line);
        Rule rule;
        rule.id = next_part(line);
        rule.source = next_part(line);
        rule.text = line;
        REQUIRE_FALSE(rule.text.empty());
        rules.push_back(std::move(rule));
    }
    return rules;
}

std::map<std::string, std::size_t> count_cases() {
    std::map<std::string, std::size_t> counts;
    for (const char* area : {"convert", "session", "xpath"}) {
        for (const std::string& file : case_files(area)) {
            for (const Case& one : read_cases(file)) {
                const auto expressions =
                    std::count_if(one.lines.begin(), one.lines.end(),
                                  [](const Line& line) { return line.word == "eval"; });
                counts[one.rule] += expressions > 0 ? static_cast<std::size_t>(expressions) : 1;
            }
        }
    }
    return counts;
}

std::string rules_page(const std::vector<Rule>& rules,
                       const std::map<std::string, std::size_t>& cases) {
    std::size_t covered = 0;
    std::size_t total = 0;
    std::string table;
    for (const Rule& rule : rules) {
        const auto found = cases.find(rule.id);
        const std::size_t count = found == cases.end() ? 0 : found->second;
        covered += count > 0 ? 1 : 0;
        total += count;
        table += "| `" + rule.id + "` | " + (count > 0 ? std::to_string(count) : "**none**") +
                 " | " + rule.text + " | " + rule.source + " |\n";
    }
    return "# The rules of the standard, and how many cases each has\n\n"
           "Written by the test `conformance_forms` from `rules.txt` and the case files; do not "
           "edit.\n"
           "Set `SURVEY_WRITE_RULES=1` to write it anew.\n\n" +
           std::to_string(covered) + " of " + std::to_string(rules.size()) + " rules have cases; " +
           std::to_string(total) + " cases.\n\n" +
           "| rule | cases | what must hold | from |\n|---|---:|---|---|\n" + table;
}

}  // namespace survey::conformance

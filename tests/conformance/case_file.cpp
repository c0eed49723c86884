#include "tests/conformance/case_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

namespace survey::conformance {

std::string trimmed(const std::string& text) {
    const std::size_t from = text.find_first_not_of(" \t\r");
    if (from == std::string::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::pair<std::string, std::string> split_word(const std::string& text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string::npos) return {text, {}};
    return {text.substr(0, blank), trimmed(text.substr(blank))};
}

std::pair<std::string, std::string> split_arrow(const std::string& text) {
    const std::size_t arrow = text.rfind("=>");
    if (arrow == std::string::npos) return {trimmed(text), {}};
    return {trimmed(text.substr(0, arrow)), trimmed(text.substr(arrow + 2))};
}

std::vector<Case> read_cases(const std::string& path) {
    std::ifstream file(path);
    INFO(path);
    REQUIRE(file.is_open());
    const std::string file_name = std::filesystem::path(path).filename().string();
    std::vector<Case> cases;
    std::string rule;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const std::string place = file_name + ":" + std::to_string(number);
        if (trimmed(line).empty() || line[0] == '#') continue;
        const auto [word, rest] = split_word(line);
        if (word == "rule") {
            rule = rest;
            continue;
        }
        if (word == "case") {
            cases.push_back({place, rest, rule, {}, {}, {}});
            continue;
        }
        INFO(place << ": a line before the first case");
        REQUIRE_FALSE(cases.empty());
        Case& one = cases.back();
        if (line[0] == '|' || line[0] == '<' || line[0] == ' ') {
            one.source += line + "\n";
        } else if (word == "csv") {
            one.source += rest + "\n";
        } else if (word == "media") {
            one.media.emplace_back(rest, "");
        } else if (word == "+") {
            INFO(place << ": a line of a file without the file");
            REQUIRE_FALSE(one.media.empty());
            one.media.back().second += rest + "\n";
        } else {
            one.lines.push_back({place, word, rest});
        }
    }
    return cases;
}

std::vector<std::string> case_files(const std::string& area) {
    std::vector<std::string> files;
    const std::string folder = std::string(SURVEY_TEST_DATA) + "/conformance/" + area;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".case") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace survey::conformance

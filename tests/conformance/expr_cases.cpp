#include "tests/conformance/expr_cases.h"

#include <fstream>

#include <catch2/catch.hpp>

namespace survey::test {

namespace {

// "word rest" → word, rest
std::pair<std::string, std::string> split(const std::string& line) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) return {line, ""};
    return {line.substr(0, space), line.substr(space + 1)};
}

std::chrono::minutes parse_zone(const std::string& text) {
    const int sign = text[0] == '-' ? -1 : 1;
    return std::chrono::minutes(sign *
                                (std::stoi(text.substr(1, 2)) * 60 + std::stoi(text.substr(4, 2))));
}

}  // namespace

std::vector<ExprCase> read_expr_cases(const std::string& path) {
    std::ifstream file(path);
    INFO(path);
    REQUIRE(file.is_open());
    std::vector<ExprCase> cases;
    ExprCase now;
    const std::string file_name = path.substr(path.rfind('/') + 1);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line[0] == '#') continue;
        const auto [word, rest] = split(line);
        if (word == "case") {
            now.name = rest;
        } else if (word == "given") {
            now.document = rest;
            now.context = "/";
            now.current.clear();
            now.instances.clear();
        } else if (word == "more") {
            now.document += rest;
        } else if (word == "instance") {
            now.instances.push_back(split(rest));
        } else if (word == "context") {
            now.context = rest;
            now.current.clear();
        } else if (word == "current") {
            now.current = rest;
        } else if (word == "now") {
            now.now = rest;
        } else if (word == "zone") {
            now.zone = parse_zone(rest);
        } else if (word == "library") {
            now.core = rest == "core";
        } else if (word == "absolute") {
            now.contextualize = rest == "contextualized";
        } else if (word == "eval") {
            now.expression = rest;
        } else if (word == "gives" || word == "fails") {
            now.place = file_name + ":" + std::to_string(number);
            now.outcome = line;
            cases.push_back(now);
        } else {
            FAIL(file_name << ":" << number << ": unknown word " << word);
        }
    }
    return cases;
}

}  // namespace survey::test

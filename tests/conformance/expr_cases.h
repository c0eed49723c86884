#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace survey::test {

/// One expression and what must come of it. Format of the files: tests/data/expr/README.md.
struct ExprCase {
    std::string place;  ///< "paths.case:12", for messages.
    std::string name;
    std::string document = "<data/>";
    std::vector<std::pair<std::string, std::string>> instances;  ///< id → XML
    std::string context = "/";
    std::string current;
    std::string now = "2026-11-25T08:30:00.000Z";
    std::chrono::minutes zone{0};
    bool core = false;
    bool contextualize = true;
    std::string expression;
    std::string outcome;  ///< "gives …" or "fails …"
};

/// Reads all cases of a file; ends the test run where the file cannot be read.
std::vector<ExprCase> read_expr_cases(const std::string& path);

}  // namespace survey::test

#pragma once

#include <string>
#include <utility>
#include <vector>

namespace survey::conformance {

/// One line of a case that does or expects something: "expect /data/a value 3".
struct Line {
    std::string place;  ///< "repeats.case:12", for messages.
    std::string word;
    std::string rest;
};

/// One case of a file. Format: tests/data/conformance/README.md.
struct Case {
    std::string place;
    std::string name;
    std::string rule;
    std::string source;  ///< The form as it stands in the file: a workbook as text, or XML.
    std::vector<std::pair<std::string, std::string>> media;  ///< jr:// address → content
    std::vector<Line> lines;
};

/// All cases of a file; ends the test run where it cannot be read.
std::vector<Case> read_cases(const std::string& path);
/// Paths of the case files of an area ("convert"), in order of their names.
std::vector<std::string> case_files(const std::string& area);

/// Without blanks at both ends.
std::string trimmed(const std::string& text);
/// "left => right", both trimmed; right is empty where there is no arrow.
std::pair<std::string, std::string> split_arrow(const std::string& text);
/// Up to the first blank, and the rest without leading blanks.
std::pair<std::string, std::string> split_word(const std::string& text);

}  // namespace survey::conformance

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "forms/cli/console.h"
#include "forms/definition/diagnostic.h"

namespace survey::forms {

struct Tally {
    std::size_t errors = 0;
    std::size_t warnings = 0;
};
Tally tally(const std::vector<Diagnostic>& diagnostics);

/// Each diagnostic on standard error: "error: survey row 12, constraint: …", its hint below it.
void print(const std::vector<Diagnostic>& diagnostics, Console& console);

/// "2 errors, 1 warning", in the language of the console.
std::string count_in_words(const Tally& count, const Console& console);

}  // namespace survey::forms

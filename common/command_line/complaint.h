#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "common/command_line/command_line.h"
#include "common/command_line/help_page.h"

namespace survey {

/// What was wrong with a command line, and what to type instead.
CommandLineOutcome complaint(const CLI::App& program, const CLI::ParseError& problem,
                             const HelpPage& page, bool is_german);

}  // namespace survey

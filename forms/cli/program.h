#pragma once

#include <string>
#include <vector>

#include "forms/cli/console.h"

namespace survey::forms {

/// The program `forms` between its command line and its exit status.
/// \param arguments without the program's name.
ExitCode run_program(std::vector<std::string> arguments, Console& console);

/// The same with the process's own streams, and the language of its environment.
int run_on_terminal(int count, const char* const* arguments, const char* const* environment);

}  // namespace survey::forms

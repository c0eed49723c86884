#pragma once

#include "forms/cli/console.h"

namespace CLI {
class App;
}

namespace survey::forms {

/// Each adds one subcommand to `program`. Its callback writes how it ended to `status`; both and
/// the console outlive the parse.
void add_validate(CLI::App& program, Console& console, ExitCode& status);
void add_convert(CLI::App& program, Console& console, ExitCode& status);
void add_diff(CLI::App& program, Console& console, ExitCode& status);
void add_xpath(CLI::App& program, Console& console, ExitCode& status);
void add_session(CLI::App& program, Console& console, ExitCode& status);
void add_simulate(CLI::App& program, Console& console, ExitCode& status);

}  // namespace survey::forms

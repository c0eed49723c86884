#pragma once

namespace survey::collector {

/// The program `collector`: reads the command line and the environment, opens the desk, runs one
/// command. Returns the exit code (ExitCode in desk.h).
int run_program(int argc, const char* const* argv);

}  // namespace survey::collector

#pragma once

namespace survey::server {

/// The program `sync-server`: its exit status.
int run_program(int count, char** arguments, char** environment);

}  // namespace survey::server

#include "sync-server/app/program.h"

int main(int count, char** arguments, char** environment) {
    return survey::server::run_program(count, arguments, environment);
}

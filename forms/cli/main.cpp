#include "forms/cli/program.h"

int main(int count, char** arguments, char** environment) {
    return survey::forms::run_on_terminal(count, arguments, environment);
}

#include "collector/app/program.h"

int main(int argc, char** argv) {
    return survey::collector::run_program(argc, argv);
}

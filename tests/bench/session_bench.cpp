// Answers the session requests on standard input, several times over with a fresh engine, and
// prints how many nanoseconds each took: one line per round. Run by tests/bench/engine_ratio.mjs.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "common/crypto/crypto.h"
#include "common/host/host.h"
#include "forms/cli/local_machine.h"
#include "forms/session/session_service.h"

int main(int count, char** arguments) {
    using namespace survey;
    using Time = std::chrono::steady_clock;
    const int rounds = count > 1 ? std::atoi(arguments[1]) : 1;
    std::vector<std::string> requests;
    for (std::string line; std::getline(std::cin, line);)
        requests.push_back(line);
    for (int round = 0; round < rounds; ++round) {
        const SystemClock clock;
        SystemRandom random;
        const forms::LocalMachine machine;
        forms::SessionService service(clock, random, machine);
        for (const std::string& request : requests) {
            const auto start = Time::now();
            const std::string answer = forms::answer_line(service, request);
            const auto took = std::chrono::nanoseconds(Time::now() - start).count();
            if (answer.find("\"error\"") != std::string::npos) {
                std::fprintf(stderr, "refused: %s\n", answer.c_str());
                return 1;
            }
            std::printf("%lld ", static_cast<long long>(took));
        }
        std::printf("\n");
    }
    return 0;
}

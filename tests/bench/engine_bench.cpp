// How fast a questionnaire becomes usable and how fast an answer is. Prints medians of many runs.
// Run by `bash tests/bench/run`; arguments: the workbook, the folder of the programs.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/crypto/crypto.h"
#include "common/host/host.h"
#include "forms/runtime/form_session.h"
#include "forms/xform/load.h"
#include "forms/xlsform/convert.h"

namespace {

using namespace survey;
using Time = std::chrono::steady_clock;

double milliseconds_of(const std::function<void()>& work) {
    const auto start = Time::now();
    work();
    return std::chrono::duration<double, std::milli>(Time::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double median_of_runs(int runs, const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i)
        times.push_back(milliseconds_of(work));
    return median(times);
}

void print(const char* what, double value, const char* unit, const char* wanted) {
    std::printf("%-46s %10.3f %-4s (to reach: %s)\n", what, value, unit, wanted);
}

// Runs a program to its end with its output thrown away; false if it failed.
bool run(const std::vector<std::string>& command) {
    const pid_t child = fork();
    if (child == 0) {
        if (std::freopen("/dev/null", "w", stdout) == nullptr) _exit(127);
        std::vector<char*> arguments;
        for (const std::string& word : command)
            arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Consent and everything that concerns somebody, so that the whole form is asked.
std::string a_value(forms::ControlKind kind, const std::vector<forms::Choice>& choices, int round) {
    if (kind == forms::ControlKind::kTrigger) return "OK";
    if (kind == forms::ControlKind::kSelectMany || kind == forms::ControlKind::kRank) {
        std::string all;
        for (const forms::Choice& choice : choices)
            all += (all.empty() ? "" : " ") + choice.value;
        return all;
    }
    if (!choices.empty()) return choices[static_cast<std::size_t>(round) % choices.size()].value;
    return std::to_string(round + 1);
}

// One answer to every question that can take it, as often as asked; the time of each.
std::vector<double> answer_times(forms::FormSession& session, int rounds) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        for (const forms::FormEvent& event : session.events()) {
            if (event.kind != forms::FormEvent::Kind::kQuestion) continue;
            if (!session.exists(event.node)) continue;
            const forms::NodeState node = session.state(event.node);
            if (!node.relevant || node.readonly) continue;
            const auto choices = session.choices(event.node);
            if (!choices) continue;
            const std::string value =
                a_value(session.form().controls[node.control].kind, *choices, round);
            times.push_back(milliseconds_of([&] {
                if (!session.set_value(event.node, value)) std::abort();
            }));
        }
    }
    return times;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench_engine WORKBOOK BIN_DIR\n");
        return 2;
    }
    std::ifstream file(argv[1], std::ios::binary);
    const std::string workbook((std::istreambuf_iterator<char>(file)), {});
    const std::string bin = argv[2];

    const std::string output = std::string(argv[1]) + ".bench.xml";
    print("forms convert, whole process",
          median_of_runs(15,
                         [&] {
                             if (!run({bin + "/forms", "convert", argv[1], "/dev/null"}) &&
                                 !run({bin + "/forms", "convert", argv[1], output})) {
                                 std::abort();
                             }
                         }),
          "ms", "50");
    std::remove(output.c_str());

    print("workbook to XForm, in process",
          median_of_runs(15, [&] { (void)forms::convert_xlsform(workbook); }), "ms", "-");
    forms::ConvertedForm converted = forms::convert_xlsform(workbook);
    if (!converted.xform) return 1;
    print("XForm to loaded form",
          median_of_runs(15, [&] { (void)forms::load_xform(*converted.xform); }), "ms", "-");
    const forms::LoadedForm loaded = forms::load_xform(*converted.xform);
    if (!loaded.form) return 1;

    SystemClock clock;
    SystemRandom random;
    const auto zone = local_time_zone();
    forms::SessionEnvironment environment{&clock, zone.get(), &random, nullptr, false};
    print("session opened",
          median_of_runs(31,
                         [&] {
                             if (!forms::FormSession::open(loaded.form, environment)) std::abort();
                         }),
          "ms", "20");
    auto session = forms::FormSession::open(loaded.form, environment);
    std::vector<double> times = answer_times(*session, 5);
    std::sort(times.begin(), times.end());
    print("an answer, median", times[times.size() / 2], "ms", "1");
    print("an answer, 99th of 100", times[times.size() * 99 / 100], "ms", "1");
    print("an answer, slowest", times.back(), "ms", "1");
    std::printf("%-46s %10zu\n", "answers given", times.size());

    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%-46s %10.1f MB\n", "largest resident size of this bench",
                static_cast<double>(usage.ru_maxrss) / 1024);
    return 0;
}

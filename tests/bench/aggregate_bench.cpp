// Counting and protecting tables over many answers: milliseconds, and ratios that do not depend on
// the machine. `bench_aggregate [answers]`.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "common/base/random.h"
#include "sync-server/aggregate/exact_table.h"
#include "sync-server/aggregate/release.h"

namespace {

using namespace survey;
using namespace survey::server;

constexpr int kRuns = 7;

std::vector<std::string> options(const std::string& letter, int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
        names.push_back(letter + std::to_string(i));
    return names;
}

Columns make_answers(std::uint32_t count) {
    auto columns =
        Columns::create({{"opinion", QuestionKind::kSelectOne, options("o", 5), {}, {}, false},
                         {"branch", QuestionKind::kSelectOne, options("b", 78), {}, {}, true},
                         {"district", QuestionKind::kSelectOne, options("d", 13), {}, {}, true},
                         {"topics", QuestionKind::kSelectMany, options("t", 8), {}, {}, false},
                         {"turnover", QuestionKind::kNumber, {}, {}, {}, false}});
    SeededRandom random(1);
    const auto pick = [&random](const char* letter, std::uint64_t of) {
        // The smaller of two: uneven, as branches are.
        return letter + std::to_string(std::min(random.below(of), random.below(of)));
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        std::vector<std::string> topics{pick("t", 8), pick("t", 8)};
        const auto put = columns->put(
            std::to_string(i), "r", "org" + std::to_string(random.below(count)),
            {Answer::of(pick("o", 5)), Answer::of(pick("b", 78)), Answer::of(pick("d", 13)),
             Answer::of(std::move(topics)), Answer::of(random.unit() * 1000)});
        if (!put) std::exit(1);
    }
    return *std::move(columns);
}

/// Median of several runs in milliseconds.
double measure(const std::function<void()>& run) {
    std::vector<double> times;
    for (int i = 0; i < kRuns; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        run();
        const std::chrono::duration<double, std::milli> time =
            std::chrono::steady_clock::now() - begin;
        times.push_back(time.count());
    }
    std::sort(times.begin(), times.end());
    return times[kRuns / 2];
}

Tabulation table(std::string row, std::string column) {
    Tabulation tabulation;
    tabulation.id = row + "/" + column;
    tabulation.row.question = std::move(row);
    if (!column.empty()) tabulation.column = Dimension{std::move(column), {}};
    return tabulation;
}

void report(const Columns& columns, const Tabulation& tabulation) {
    const Version now = columns.version();
    const double counting = measure([&] { (void)tabulate(columns, tabulation, now); });
    std::size_t hidden = 0;
    const double releasing = measure([&] {
        Ledger ledger;
        const auto released = release(columns, {&tabulation, 1}, Rules{}, now, ledger);
        if (released) hidden = released->tables.front().suppressed_cells();
    });
    std::printf("%-22s %10.2f %14.2f %8.1f %10zu\n", tabulation.id.c_str(), counting, releasing,
                releasing / counting, hidden);
}

}  // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 100'000;
    if (count < 1) return 2;
    const auto begin = std::chrono::steady_clock::now();
    const Columns columns = make_answers(static_cast<std::uint32_t>(count));
    const std::chrono::duration<double> filling = std::chrono::steady_clock::now() - begin;
    std::printf("%d answers, %zu organisations, taken in at %.0f per second\n", count,
                columns.organisations(), count / filling.count());
    std::printf("%-22s %10s %14s %8s %10s\n", "table", "count, ms", "release, ms", "ratio",
                "hidden");
    report(columns, table("opinion", ""));
    report(columns, table("opinion", "district"));
    report(columns, table("opinion", "branch"));
    report(columns, table("district", "branch"));
    report(columns, table("topics", "district"));
    Tabulation mean = table("branch", "district");
    mean.mean_of = "turnover";
    mean.id += " mean";
    report(columns, mean);
    return 0;
}

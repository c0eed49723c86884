#include "sync-server/aggregate/protection.h"

#include <set>
#include <string>

#include <catch2/catch.hpp>

using namespace survey::server;

namespace {

/// A two-way table of counts with margins; each answer is an organisation.
struct Grid {
    Atoms atoms;
    Problem problem;
    std::vector<std::string> names;

    Grid(const std::vector<std::vector<unsigned>>& counts, const std::set<std::string>& primary) {
        const std::size_t rows = counts.size();
        const std::size_t columns = counts[0].size();
        std::vector<std::vector<OrganisationIndex>> organisations(1);
        OrganisationIndex next = 0;
        for (const auto& row : counts) {
            for (const unsigned count : row) {
                organisations.emplace_back();
                for (unsigned i = 0; i < count; ++i, ++next) {
                    if (i < kSampleMax) organisations.back().push_back(next);
                }
            }
        }
        atoms = Atoms::of(organisations);
        for (std::size_t r = 0; r <= rows; ++r) {
            for (std::size_t c = 0; c <= columns; ++c)
                add(counts, r, c, primary);
        }
        for (std::size_t r = 0; r <= rows; ++r) {
            Line line{at(r, columns, columns), {}};
            for (std::size_t c = 0; c < columns; ++c)
                line.children.push_back(at(r, c, columns));
            problem.lines.push_back(line);
        }
        for (std::size_t c = 0; c <= columns; ++c) {
            Line line{at(rows, c, columns), {}};
            for (std::size_t r = 0; r < rows; ++r)
                line.children.push_back(at(r, c, columns));
            problem.lines.push_back(line);
        }
    }

    static std::size_t at(std::size_t r, std::size_t c, std::size_t columns) {
        return r * (columns + 1) + c;
    }

    void add(const std::vector<std::vector<unsigned>>& counts, std::size_t r, std::size_t c,
             const std::set<std::string>& primary) {
        const std::size_t rows = counts.size();
        const std::size_t columns = counts[0].size();
        Publishable number;
        number.width = (r == rows ? 0 : 1) + (c == columns ? 0 : 1);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                if ((r != rows && r != i) || (c != columns && c != j) || counts[i][j] == 0)
                    continue;
                number.atoms.push_back(static_cast<AtomId>(1 + i * columns + j));
                number.answers += counts[i][j];
            }
        }
        const auto digit = [](std::size_t i, std::size_t end) {
            return i == end ? std::string("T") : std::to_string(i + 1);
        };
        names.push_back(digit(r, rows) + "/" + digit(c, columns));
        number.withheld = number.guard_count = primary.contains(names.back());
        problem.numbers.push_back(number);
    }

    std::set<std::string> secondary(const std::vector<bool>& published) const {
        std::set<std::string> hidden;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!published[i] && !problem.numbers[i].withheld) hidden.insert(names[i]);
        }
        return hidden;
    }
};

}  // namespace

TEST_CASE("the worked 3 by 3 example of secondary suppression", "[aggregate][suppression]") {
    const Grid grid({{20, 50, 10}, {8, 19, 22}, {17, 32, 12}}, {"1/3"});
    const std::vector<std::string> order{"T/T", "T/2", "1/T", "3/T", "2/T", "T/1", "T/3", "1/2",
                                         "3/2", "2/3", "1/1", "2/2", "3/1", "3/3", "1/3", "2/1"};
    std::vector<std::string> offered;
    for (const std::size_t i : offering_order(grid.problem.numbers)) {
        offered.push_back(grid.names[i]);
    }
    CHECK(offered == order);
    Knowledge known;
    const Protection protection = protect(grid.atoms, grid.problem, 5, known);
    CHECK(grid.secondary(protection.published) == std::set<std::string>{"1/1", "3/1", "3/3"});
    CHECK(protection.settled);
}

TEST_CASE("hidden children of a published total are not few together", "[aggregate][suppression]") {
    const Grid grid({{2, 14, 9, 7}, {2, 8, 11, 6}, {12, 3, 10, 9}}, {"1/1", "2/1", "3/2"});
    Knowledge known;
    const Protection protection = protect(grid.atoms, grid.problem, 5, known);
    CHECK(grid.secondary(protection.published) ==
          std::set<std::string>{"1/4", "2/2", "2/4", "3/1"});
}

TEST_CASE("a safe table keeps every number", "[aggregate][suppression]") {
    const Grid grid({{20, 50}, {8, 19}}, {});
    Knowledge known;
    const Protection protection = protect(grid.atoms, grid.problem, 5, known);
    CHECK(grid.secondary(protection.published).empty());
    CHECK(known.counts.rank() == 4);
}

TEST_CASE("a number that equals a guarded one is hidden with it", "[aggregate][suppression]") {
    const Grid grid({{3, 0}, {8, 19}}, {"1/1"});
    Knowledge known;
    const Protection protection = protect(grid.atoms, grid.problem, 5, known);
    CHECK(grid.secondary(protection.published).contains("1/T"));
}

TEST_CASE("what an earlier release gives away is reported as implied", "[aggregate][suppression]") {
    const Grid open({{3, 9}, {8, 19}}, {});
    Knowledge known;
    protect(open.atoms, open.problem, 2, known);
    const Grid closed({{3, 9}, {8, 19}}, {"1/1"});
    const Protection protection = protect(closed.atoms, closed.problem, 5, known);
    CHECK(protection.implied.size() == 1);
    CHECK_FALSE(protection.published[0]);
}

TEST_CASE("arithmetic modulo the prime inverts", "[aggregate][suppression]") {
    for (const std::uint64_t a : {std::uint64_t{1}, std::uint64_t{2}, modular::kPrime - 1,
                                  std::uint64_t{0x123456789ABCDEF}}) {
        CHECK(modular::multiply(a, modular::inverse(a)) == 1);
    }
    CHECK(modular::subtract(0, 1) == modular::kPrime - 1);
}

TEST_CASE("an atom told apart stands wherever it stood before", "[aggregate][suppression]") {
    GuardedSpace space;
    const std::vector<AtomId> both{1, 2};
    space.insert(space.prepare(space.reduce(row_of(both)).scaled));
    CHECK(space.guard(row_of(std::vector<AtomId>{2})));
    space.split({{}, {3}, {4}});
    CHECK(space.reduce(row_of(std::vector<AtomId>{1, 2, 3, 4})).scaled.empty());
    CHECK_FALSE(space.reduce(row_of(both)).scaled.empty());
    CHECK(space.exposes(space.reduce(row_of(std::vector<AtomId>{1, 3})).scaled));
    CHECK_FALSE(space.exposes(space.reduce(row_of(std::vector<AtomId>{1})).scaled));
}

TEST_CASE("a row guarded twice is kept once", "[aggregate][suppression]") {
    GuardedSpace space;
    const SparseRow row = row_of(std::vector<AtomId>{1, 2});
    CHECK(space.guard(row));
    CHECK(space.guard(row));
    CHECK(space.guards() == 1);
}

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <catch2/catch.hpp>

#include "sync-server/aggregate/exact_table.h"
#include "sync-server/aggregate/release.h"
#include "tests/unit/sync-server/aggregate/attacker.h"
#include "tests/unit/sync-server/aggregate/sample.h"

using namespace survey;
using namespace survey::server;

namespace {

constexpr std::uint32_t kMinimum = 5;

/// Random answers of one to three questions and a filter, released over one or two epochs, and what
/// a reader makes of it. The reader's unknowns: combinations of answers by revision group.
struct Scene {
    Columns columns = make_columns(
        {select_one("a", {"a1", "a2", "a3"}), select_one("b", {"b1", "b2", "b3", "b4"}, true),
         select_one("c", {"c1", "c2"}), select_many("m", {"m1", "m2"}), number("n")});
    std::vector<Tabulation> tables;
    Ledger ledger;
    std::vector<Version> epochs;

    explicit Scene(Random& random) {
        tables.push_back(table_of("ab", "a", "b"));
        if (random.below(2) == 0) tables.push_back(table_of("ac", "a", "c"));
        if (random.below(2) == 0) tables.push_back(table_of("bc", "b", "c"));
        if (random.below(3) == 0) tables.push_back(table_of("a", "a"));
        if (random.below(3) == 0) {
            tables.push_back(table_of("filtered", "a"));
            tables.back().filter = Filter{"b", {"b1", "b2"}};
        }
        if (random.below(3) == 0) tables.push_back(table_of("mb", "m", "b"));
        for (const char* row : {"a", "b"}) {
            if (random.below(3) != 0) continue;
            tables.push_back(table_of(std::string("mean by ") + row, row));
            if (random.below(2) == 0) tables.back().column = Dimension{"c", {}};
            tables.back().mean_of = std::string("n");
        }
    }

    void answer(Random& random, int count) {
        const auto pick = [&random](const char* letter, std::uint64_t options) {
            // Squared: some options are rare, as in life.
            const std::uint64_t raw = random.below(options * options);
            std::uint64_t option = 0;
            while ((option + 1) * (option + 1) <= raw)
                ++option;
            return Answer::of(letter + std::to_string(option + 1));
        };
        for (int i = 0; i < count; ++i) {
            const std::string name = std::to_string(columns.slots());
            const std::string organisation =
                random.below(6) == 0 ? "holding" + std::to_string(random.below(3)) : "o" + name;
            REQUIRE(columns.put(
                name, "r", organisation,
                {pick("a", 3), pick("b", 4), pick("c", 2), marks(random), amount(random)}));
        }
    }

    static Answer marks(Random& random) {
        switch (random.below(4)) {
            case 0:
                return Answer::of(std::vector<std::string>{"m1"});
            case 1:
                return Answer::of(std::vector<std::string>{"m2"});
            case 2:
                return Answer::of(std::vector<std::string>{"m1", "m2"});
            default:
                return Answer::blank();
        }
    }
    /// Mostly alike, now and then a giant, sometimes nothing.
    static Answer amount(Random& random) {
        if (random.below(12) == 0) return Answer::blank();
        return Answer::of(random.below(20) == 0 ? 500.0 : 1 + 10 * random.unit());
    }

    void correct(Random& random) {
        const std::string name = std::to_string(random.below(columns.slots()));
        REQUIRE(columns.put(
            name, "r" + std::to_string(columns.slots()), "o" + name,
            {Answer::of("a1"), Answer::of("b1"), Answer::of("c1"), marks(random), amount(random)}));
    }
};

struct Target {
    std::string name;
    Attacker::Row row;
    std::size_t equations_before = 0;  ///< Released before it was a number of any table.
};

/// All that was published, as equations, and every small number that was not.
struct Attack {
    std::map<std::string, std::size_t> groups;  // membership pattern -> unknown
    std::vector<std::size_t> group_of_slot;
    std::vector<std::set<OrganisationIndex>> organisations;
    std::vector<std::pair<Attacker::Row, long>> equations;
    std::vector<Target> targets;

    Attack(const Columns& columns, const std::vector<Version>& epochs) {
        for (Slot slot = 0; slot < columns.slots(); ++slot) {
            std::string pattern;
            for (QuestionIndex q = 0; q < 3; ++q) {
                pattern += static_cast<char>('0' + columns.column(q).option(slot));
            }
            for (const OptionIndex mark : columns.column(3).marked(slot)) {
                pattern += static_cast<char>('m' + mark);
            }
            pattern += columns.column(4).standing(slot) == Standing::kBlank ? '_' : '#';
            for (const Version epoch : epochs) {
                pattern += columns.live_at(slot, epoch) ? 'L' : '-';
            }
            const auto [entry, added] = groups.try_emplace(pattern, groups.size());
            if (added) organisations.emplace_back();
            group_of_slot.push_back(entry->second);
            organisations[entry->second].insert(columns.organisation(slot));
        }
    }

    /// Of a table of means the reader has two systems: the counts, and with `amounts` the sums.
    void read(const Columns& columns, const Tabulation& tabulation, Version as_of,
              const ReleasedTable& released, bool amounts, std::size_t before) {
        const auto exact = tabulate(columns, tabulation, as_of);
        for (std::size_t i = 0; i < exact->sets.size(); ++i) {
            const ExactSet& set = exact->sets[i];
            const bool left_out = set.key.kind == SetKind::kExcluded;
            if (left_out && amounts) continue;
            Attacker::Row row(groups.size(), 0);
            for (Slot slot = 0; slot < columns.slots(); ++slot) {
                const std::uint32_t signature = exact->signature_of_slot[slot];
                if (signature == kNoSignature || !columns.live_at(slot, as_of)) continue;
                const auto& sets = exact->signatures[signature].sets;
                if (std::find(sets.begin(), sets.end(), i) != sets.end()) {
                    row[group_of_slot[slot]] = 1;
                }
            }
            const ReleasedNumber* number = released.find(set.key);
            if (number != nullptr && number->as_of == as_of) {
                equations.emplace_back(row, static_cast<long>(number->answers));
                REQUIRE(number->answers == set.answers);
            }
            const bool dominated =
                amounts && fails_p_percent({set.absolute, set.largest, set.second}, 15);
            // Not answering is no secret.
            if (left_out && set.key.column != static_cast<std::uint32_t>(Standing::kNotAsked)) {
                continue;
            }
            if (set.organisations == 0 || (set.organisations >= kMinimum && !dominated)) continue;
            if (number != nullptr && number->as_of == as_of) FAIL("a small number was released");
            targets.push_back({tabulation.id + "#" + std::to_string(i), std::move(row), before});
        }
    }

    Attacker attacker(std::size_t equations_read) const {
        Attacker attacker(groups.size());
        for (std::size_t i = 0; i < equations_read; ++i) {
            attacker.learn(equations[i].first, equations[i].second);
        }
        return attacker;
    }
};

void attack_all(const Scene& scene, const std::vector<std::vector<ReleasedTable>>& released,
                bool insiders, bool amounts) {
    Attack attack(scene.columns, scene.epochs);
    for (std::size_t epoch = 0; epoch < released.size(); ++epoch) {
        const std::size_t before = attack.equations.size();
        for (std::size_t t = 0; t < scene.tables.size(); ++t) {
            if (amounts && !scene.tables[t].mean_of) continue;
            attack.read(scene.columns, scene.tables[t], scene.epochs[epoch], released[epoch][t],
                        amounts, before);
        }
    }
    const Attacker reader = attack.attacker(attack.equations.size());
    for (const Target& target : attack.targets) {
        INFO(target.name);
        CHECK_FALSE(reader.compute(target.row));
    }
    if (!insiders) return;
    for (std::size_t own = 0; own < attack.groups.size(); ++own) {
        if (attack.organisations[own].size() != 1) continue;
        Attacker insider = reader;
        Attacker::Row row(attack.groups.size(), 0);
        row[own] = 1;
        insider.learn(row, 0);
        for (const Target& target : attack.targets) {
            if (target.row == row) continue;
            // A safe number less oneself: whoever is one of five knows about four others.
            Attacker::Row with_own = target.row;
            if (std::exchange(with_own[own], 1) == 0 && reader.compute(with_own)) continue;
            if (!insider.compute(target.row)) continue;
            // Corrections can make a number of what was none when its parts were released. Whoever
            // is alone somewhere may have known it before; a plain reader may not (above).
            Attacker earlier = attack.attacker(target.equations_before);
            earlier.learn(row, 0);
            INFO(target.name << " by the only one in group " << own);
            CHECK(earlier.compute(target.row));
        }
    }
}

void play(std::uint64_t seed, bool insiders) {
    INFO("seed " << seed);
    SeededRandom random(seed);
    Scene scene(random);
    scene.answer(random, static_cast<int>(10 + random.below(150)));
    const std::uint64_t epochs = 1 + random.below(3);
    std::vector<std::vector<ReleasedTable>> released;
    for (std::uint64_t epoch = 0; epoch < epochs; ++epoch) {
        scene.epochs.push_back(scene.columns.version());
        released.emplace_back();
        if (epoch == 0 || random.below(2) == 0) {
            auto all = release(scene.columns, scene.tables, Rules{}, scene.columns.version(),
                               scene.ledger);
            REQUIRE(all.has_value());
            released.back() = std::move(all->tables);
        } else {  // one after the other, the later ones adapt
            for (const Tabulation& table : scene.tables) {
                auto one = release(scene.columns, {&table, 1}, Rules{}, scene.columns.version(),
                                   scene.ledger);
                REQUIRE(one.has_value());
                released.back().push_back(std::move(one->tables.front()));
            }
        }
        scene.answer(random, static_cast<int>(random.below(40)));
        for (std::uint64_t i = random.below(4); i > 0; --i)
            scene.correct(random);
        if (random.below(3) == 0) {
            scene.columns.remove(std::to_string(random.below(scene.columns.slots())));
        }
    }
    attack_all(scene, released, insiders, false);
    attack_all(scene, released, insiders, true);
}

}  // namespace

TEST_CASE("no small number follows from everything released, over tables and epochs",
          "[aggregate][attack]") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed)
        play(seed, false);
}

TEST_CASE("nor for somebody who knows the only answer of a group", "[aggregate][attack]") {
    for (std::uint64_t seed = 10'001; seed <= 10'006; ++seed)
        play(seed, true);
}

TEST_CASE("no small cell of a two-way table is pinned down by bounds", "[aggregate][attack]") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        INFO("seed " << seed);
        SeededRandom random(seed);
        const std::size_t rows = 2 + random.below(3);
        const std::size_t columns = 2 + random.below(4);
        std::vector<std::vector<int>> counts(rows, std::vector<int>(columns));
        for (auto& row : counts) {
            for (int& count : row)
                count = static_cast<int>(random.below(random.below(30) + 1));
        }
        const Columns answers = from_counts(counts);
        const Tabulation tabulation = table_of("t", "opinion", "district");
        Ledger ledger;
        const auto released =
            release(answers, {&tabulation, 1}, Rules{}, answers.version(), ledger);
        REQUIRE(released.has_value());
        Attacker reader(rows * columns);
        for (const auto& [key, number] : released->tables.front().numbers) {
            if (key.kind == SetKind::kExcluded) continue;
            Attacker::Row row(rows * columns, 0);
            for (std::size_t i = 0; i < row.size(); ++i) {
                const bool in_row = key.row == kAll || key.row == i / columns;
                const bool in_column = key.column == kAll || key.column == i % columns;
                row[i] = in_row && in_column ? 1 : 0;
            }
            reader.learn(row, static_cast<long>(number.answers));
        }
        const Attacker::Bounds bounds = reader.bounds();
        for (std::size_t i = 0; i < rows * columns; ++i) {
            const int count = counts[i / columns][i % columns];
            if (count == 0 || count >= static_cast<int>(kMinimum)) continue;
            INFO("cell " << i / columns << "/" << i % columns << " of " << count);
            CHECK(bounds.low[i] < bounds.high[i]);
        }
    }
}

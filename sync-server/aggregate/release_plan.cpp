#include "sync-server/aggregate/release_plan.h"

#include <algorithm>
#include <utility>

#include "sync-server/aggregate/increments.h"

namespace survey::server {

namespace {

/// Wider numbers are offered first, so that a table loses cells before margins, and a summary of a
/// scale survives when one of its options is small.
unsigned width_of(const ExactTable& table, SetKind kind) {
    switch (kind) {
        case SetKind::kTotal:
            return 0;
        case SetKind::kRow:
            return table.column ? 1 : 3;
        case SetKind::kColumn:
            return 1;
        case SetKind::kPositive:
        case SetKind::kNegative:
        case SetKind::kExcluded:
            return 2;
        case SetKind::kInner:
            break;
    }
    return 3;
}

bool nonresponse(SetKey key) {
    return key.kind == SetKind::kExcluded &&
           key.column != static_cast<std::uint32_t>(Standing::kNotAsked);
}

/// Whether everybody in a small group to which this number belongs is in it.
bool is_unanimous(const ExactTable& table, const ExactSet& set, const Rules& rules) {
    const auto whole = [&](SetKey group) {
        return unanimous(set, table.sets[table.index(group)], rules);
    };
    const SetKey key = set.key;
    const bool row_is_answer = !table.row.identifying;
    const bool column_is_answer = table.column && !table.column->identifying;
    const SetKey column_base =
        key.column == kAll ? SetKey{} : SetKey{SetKind::kColumn, kAll, key.column};
    switch (key.kind) {
        case SetKind::kRow:
            return row_is_answer && whole({});
        case SetKind::kColumn:
            return column_is_answer && whole({});
        case SetKind::kInner:
            return (row_is_answer && whole(column_base)) ||
                   (column_is_answer && whole({SetKind::kRow, key.row, kAll}));
        case SetKind::kPositive:
        case SetKind::kNegative:
            return row_is_answer && whole(column_base);
        case SetKind::kTotal:
        case SetKind::kExcluded:
            break;
    }
    return false;
}

Publishable publishable(const PlannedTable& table, std::size_t index) {
    const ExactSet& set = table.exact.sets[index];
    Publishable number;
    number.atoms = table.atoms[index];
    number.width = width_of(table.exact, set.key.kind);
    number.answers = set.answers;
    if (set.key.kind != SetKind::kExcluded) number.amount = table.measure;
    const Plan plan = table.plans[index];
    number.already = plan == Plan::kConfirm;
    const bool small = too_few(set, table.rules);
    const bool dominated = number.amount && fails_p_percent({set.absolute, set.largest, set.second},
                                                            table.rules.p_percent);
    number.withheld = table.withheld[index] || plan == Plan::kKeep;
    number.guard_count = !nonresponse(set.key) && (small || table.unanimous[index]);
    number.guard_amount = number.amount && (small || dominated);
    // What is known cannot be guarded: the ledger has it.
    if (plan == Plan::kConfirm) number.guard_count = number.guard_amount = false;
    return number;
}

bool is_withheld(const PlannedTable& table, std::size_t index) {
    const ExactSet& set = table.exact.sets[index];
    if (table.unanimous[index]) return true;
    if (nonresponse(set.key)) return false;
    if (set.key.kind == SetKind::kExcluded) return set.answers > 0 && too_few(set, table.rules);
    if (too_few(set, table.rules)) return true;
    return table.measure &&
           fails_p_percent({set.absolute, set.largest, set.second}, table.rules.p_percent);
}

void plan_increments(const Columns& columns, const std::string& id, Version as_of,
                     const Ledger& ledger, PlannedTable& table) {
    std::vector<std::optional<Version>> counted_at(table.exact.sets.size());
    for (std::size_t i = 0; i < counted_at.size(); ++i) {
        const auto shown = ledger.shown.find({id, table.exact.sets[i].key});
        if (shown != ledger.shown.end()) counted_at[i] = shown->second.counted_at;
    }
    const auto difference = involved(columns, table.exact, counted_at, table.measure, as_of);
    table.plans.assign(counted_at.size(), Plan::kNew);
    for (std::size_t i = 0; i < counted_at.size(); ++i) {
        if (!counted_at[i]) continue;
        table.plans[i] = Plan::kRefresh;
        if (difference[i].empty()) {
            table.plans[i] = Plan::kConfirm;
        } else if (difference[i].size() < table.rules.organisations_min) {
            table.plans[i] = Plan::kKeep;
        }
    }
}

void add_lines(const PlannedTable& table, std::size_t offset, std::vector<Line>& lines) {
    const ExactTable& exact = table.exact;
    const auto at = [&](SetKind kind, std::uint32_t r, std::uint32_t c) {
        return offset + exact.index({kind, r, c});
    };
    const auto rows = static_cast<std::uint32_t>(exact.rows());
    const auto columns = static_cast<std::uint32_t>(exact.columns());
    if (!exact.row.overlapping) {
        Line total{at(SetKind::kTotal, kAll, kAll), {}};
        for (std::uint32_t r = 0; r < rows; ++r) {
            total.children.push_back(at(SetKind::kRow, r, kAll));
        }
        lines.push_back(std::move(total));
        for (std::uint32_t c = 0; c < columns; ++c) {
            Line line{at(SetKind::kColumn, kAll, c), {}};
            for (std::uint32_t r = 0; r < rows; ++r) {
                line.children.push_back(at(SetKind::kInner, r, c));
            }
            lines.push_back(std::move(line));
        }
    }
    if (!exact.column || exact.column->overlapping) return;
    Line total{at(SetKind::kTotal, kAll, kAll), {}};
    for (std::uint32_t c = 0; c < columns; ++c) {
        total.children.push_back(at(SetKind::kColumn, kAll, c));
    }
    lines.push_back(std::move(total));
    for (std::uint32_t r = 0; r < rows; ++r) {
        Line line{at(SetKind::kRow, r, kAll), {}};
        for (std::uint32_t c = 0; c < columns; ++c) {
            line.children.push_back(at(SetKind::kInner, r, c));
        }
        lines.push_back(std::move(line));
    }
}

/// The new answers in a number that keeps its old value: few, so their count must stay unknown.
void guard_increments(const std::string& id, const PlannedTable& table, const Ledger& ledger,
                      Problem& problem) {
    for (std::size_t i = 0; i < table.plans.size(); ++i) {
        const SetKey key = table.exact.sets[i].key;
        if (table.plans[i] != Plan::kKeep || nonresponse(key)) continue;
        const auto shown = ledger.shown.find({id, key});
        SparseRow row = minus(row_of(table.atoms[i]), row_of(shown->second.atoms), 1);
        if (row.empty()) continue;
        if (table.measure) problem.amount_guards[*table.measure].push_back(row);
        problem.guards.push_back(std::move(row));
    }
}

std::vector<Tabulation> with_declared(std::span<const Tabulation> requested, const Ledger& ledger) {
    std::vector<Tabulation> all(requested.begin(), requested.end());
    for (const auto& [id, declared] : ledger.declared) {
        const bool asked = std::any_of(
            requested.begin(), requested.end(),
            [&name = id](const Tabulation& tabulation) { return tabulation.id == name; });
        if (!asked) all.push_back(declared.tabulation);
    }
    return all;
}

}  // namespace

std::optional<std::size_t> PlannedTable::find(SetKey key) const {
    for (std::size_t i = 0; i < exact.sets.size(); ++i) {
        if (exact.sets[i].key == key) return i;
    }
    return std::nullopt;
}

Result<ReleasePlan> make_plan(const Columns& columns, std::span<const Tabulation> requested,
                              const Rules& rules, Version as_of, Ledger& ledger) {
    const std::vector<Tabulation> tabulations = with_declared(requested, ledger);
    ReleasePlan plan;
    for (const Tabulation& tabulation : tabulations) {
        PlannedTable table;
        table.rules = rules;
        if (tabulation.mean_of) table.measure = columns.find(*tabulation.mean_of);
        TRY_ASSIGN(table.exact, tabulate(columns, tabulation, as_of));
        ledger.refine(columns, table.exact, as_of);
        plan.tables.push_back(std::move(table));
    }
    for (std::size_t t = 0; t < plan.tables.size(); ++t) {
        PlannedTable& table = plan.tables[t];
        const std::size_t offset = plan.problem.numbers.size();
        // Only now: a later table may have told apart what an earlier one had together.
        table.atoms = ledger.atoms.of_sets(columns, table.exact, as_of);
        plan_increments(columns, tabulations[t].id, as_of, ledger, table);
        std::vector<AtomId> missing;
        for (std::size_t i = 0; i < table.exact.sets.size(); ++i) {
            const ExactSet& set = table.exact.sets[i];
            table.unanimous.push_back(is_unanimous(table.exact, set, rules));
            table.withheld.push_back(is_withheld(table, i));
            plan.problem.numbers.push_back(publishable(table, i));
            if (t >= requested.size()) plan.problem.numbers.back().withheld = true;
            if (!nonresponse(set.key)) continue;
            missing.insert(missing.end(), table.atoms[i].begin(), table.atoms[i].end());
        }
        std::sort(missing.begin(), missing.end());
        auto& known = ledger.known.nonresponse;
        if (!missing.empty() && std::find(known.begin(), known.end(), missing) == known.end()) {
            known.push_back(std::move(missing));
        }
        add_lines(table, offset, plan.problem.lines);
        guard_increments(tabulations[t].id, table, ledger, plan.problem);
    }
    return plan;
}

Protection protect_plan(ReleasePlan& plan, const Rules& rules, Ledger& ledger) {
    const Knowledge before = ledger.known;
    Protection protection =
        protect(ledger.atoms, plan.problem, rules.organisations_min, ledger.known);
    bool again = false;
    std::size_t offset = 0;
    for (PlannedTable& table : plan.tables) {
        const std::size_t size = table.exact.sets.size();
        const bool given_away = std::any_of(protection.implied.begin(), protection.implied.end(),
                                            [&](std::size_t number) {
                                                return number >= offset && number < offset + size &&
                                                       table.unanimous[number - offset];
                                            });
        for (std::size_t i = 0; given_away && i < size; ++i) {
            const SetKind kind = table.exact.sets[i].key.kind;
            const bool cell = kind == SetKind::kInner || kind == SetKind::kPositive ||
                              kind == SetKind::kNegative ||
                              (kind == SetKind::kRow && !table.exact.column);
            if (!cell || plan.problem.numbers[offset + i].withheld) continue;
            table.withheld[i] = true;
            plan.problem.numbers[offset + i].withheld = true;
            again = true;
        }
        offset += size;
    }
    if (!again) return protection;
    ledger.known = before;
    return protect(ledger.atoms, plan.problem, rules.organisations_min, ledger.known);
}

void admit(const PlannedTable& table, std::size_t set, Knowledge& known) {
    const std::vector<AtomId>& atoms = table.atoms[set];
    if (atoms.empty()) return;
    const SparseRow row = row_of(atoms);
    known.rows.push_back(atoms);
    const Residual count = known.counts.reduce(row);
    if (!count.scaled.empty()) known.counts.insert(known.counts.prepare(count.scaled));
    if (!table.measure || table.exact.sets[set].key.kind == SetKind::kExcluded) return;
    GuardedSpace& sums = known.amounts[*table.measure];
    const Residual sum = sums.reduce(row);
    if (!sum.scaled.empty()) sums.insert(sums.prepare(sum.scaled));
}

void guard_plan(const ReleasePlan& plan, Knowledge& known) {
    for (const Publishable& number : plan.problem.numbers) {
        if (number.atoms.empty()) continue;
        const SparseRow row = row_of(number.atoms);
        if (number.guard_count) known.counts.guard(row);
        if (number.guard_amount) known.amounts[*number.amount].guard(row);
    }
    for (const SparseRow& row : plan.problem.guards)
        known.counts.guard(row);
    for (const auto& [question, rows] : plan.problem.amount_guards) {
        for (const SparseRow& row : rows)
            known.amounts[question].guard(row);
    }
}

}  // namespace survey::server

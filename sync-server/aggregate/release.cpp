#include "sync-server/aggregate/release.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "sync-server/aggregate/release_plan.h"

namespace survey::server {

namespace {

Result<void> check_request(const Columns& columns, std::span<const Tabulation> tabulations,
                           const Rules& rules, Version as_of, const Ledger& ledger) {
    if (rules.organisations_min < 3 || rules.organisations_min > kSampleMax ||
        !(rules.p_percent > 0)) {
        return fail(ErrorCode::kInvalidInput, "the disclosure rules are out of range");
    }
    if (as_of > columns.version()) {
        return fail(ErrorCode::kInvalidInput, "the release lies ahead of the answers");
    }
    if (tabulations.size() > kTablesMax) {
        return fail(ErrorCode::kLimit, "more than " + std::to_string(kTablesMax) + " tables");
    }
    std::set<std::string> ids;
    for (const Tabulation& tabulation : tabulations) {
        if (tabulation.id.empty() || !ids.insert(tabulation.id).second) {
            return fail(ErrorCode::kInvalidInput,
                        "a table has no id, or two have the id '" + tabulation.id + "'");
        }
        TRY(check(columns, tabulation));
        const auto declared = ledger.declared.find(tabulation.id);
        if (declared == ledger.declared.end()) continue;
        if (declared->second.tabulation != tabulation) {
            return fail(ErrorCode::kConflict, "table " + tabulation.id +
                                                  " was released with another definition; give "
                                                  "the new one a new id");
        }
        if (declared->second.released_at > as_of) {
            return fail(ErrorCode::kInvalidInput,
                        "table " + tabulation.id + " was released for a later state already");
        }
    }
    return {};
}

ReleasedAxis released(const Columns& columns, const Axis& axis, const Dimension& dimension) {
    ReleasedAxis result;
    result.question = dimension.question;
    result.categories = axis.categories;
    result.breaks = dimension.breaks;
    result.overlapping = axis.overlapping;
    result.number = columns.column(axis.question).question().kind == QuestionKind::kNumber;
    return result;
}

ReleasedTable frame(const Columns& columns, const Tabulation& tabulation, const ExactTable& exact,
                    Version as_of) {
    ReleasedTable table;
    table.id = tabulation.id;
    table.as_of = as_of;
    table.row = released(columns, exact.row, tabulation.row);
    if (exact.column) table.column = released(columns, *exact.column, *tabulation.column);
    table.mean_of = tabulation.mean_of;
    table.has_scale = tabulation.scale.has_value();
    return table;
}

ReleasedNumber fresh_number(const PlannedTable& table, std::size_t set, Version as_of) {
    const ExactSet& exact = table.exact.sets[set];
    ReleasedNumber number{exact.answers, std::nullopt, as_of};
    if (table.measure && exact.key.kind != SetKind::kExcluded && exact.answers > 0) {
        number.mean = exact.sum / static_cast<double>(exact.answers);
    }
    return number;
}

/// What one number of the table shows after this release, and why not if it does not.
void settle(const PlannedTable& table, std::size_t set, bool published, Version as_of,
            Ledger& ledger, ReleasedTable& result, ReleaseReport& report) {
    const ExactSet& exact = table.exact.sets[set];
    const auto before = ledger.shown.find({result.id, exact.key});
    const Plan plan = table.plans[set];
    if (plan == Plan::kNew || plan == Plan::kRefresh) {
        if (published) {
            const ReleasedNumber number = fresh_number(table, set, as_of);
            ledger.shown.insert_or_assign({result.id, exact.key},
                                          Shown{number, table.atoms[set], as_of});
            ledger.entries.push_back({result.id, exact.key, number});
            result.numbers.emplace(exact.key, number);
            return;
        }
        if (plan == Plan::kNew || table.withheld[set]) {
            if (plan == Plan::kRefresh) ledger.shown.erase(before);
            if (exact.answers == 0) {
                ++report.empty;
            } else if (table.withheld[set]) {
                ++report.small;
            } else {
                ++report.secondary;
            }
            return;
        }
    }
    // What was released once is known anyway. It stays with its old date, whether nobody or a few
    // would make a difference: a new date would tell which.
    ++report.kept;
    result.numbers.emplace(exact.key, before->second.number);
}

void declare(std::span<const Tabulation> tabulations, Version as_of, Ledger& ledger) {
    for (const Tabulation& tabulation : tabulations) {
        ledger.declared.insert_or_assign(tabulation.id, Declared{tabulation, as_of});
    }
}

Result<void> admit_entry(const ReleasePlan& plan, std::span<const Tabulation> tabulations,
                         Version as_of, const LedgerEntry& entry, Ledger& ledger) {
    const auto table = std::find_if(
        tabulations.begin(), tabulations.end(),
        [&entry](const Tabulation& tabulation) { return tabulation.id == entry.table; });
    const Error broken =
        fail(ErrorCode::kCorrupt, "the ledger and the answers disagree about table " + entry.table);
    if (table == tabulations.end() || entry.number.as_of != as_of) return broken;
    const PlannedTable& planned =
        plan.tables[static_cast<std::size_t>(table - tabulations.begin())];
    const auto set = planned.find(entry.key);
    if (!set || planned.exact.sets[*set].answers != entry.number.answers) return broken;
    admit(planned, *set, ledger.known);
    ledger.shown.insert_or_assign({entry.table, entry.key},
                                  Shown{entry.number, planned.atoms[*set], as_of});
    ledger.entries.push_back(entry);
    return {};
}

}  // namespace

Result<Release> release(const Columns& columns, std::span<const Tabulation> tabulations,
                        const Rules& rules, Version as_of, Ledger& ledger) {
    TRY(check_request(columns, tabulations, rules, as_of, ledger));
    Ledger next = ledger;
    TRY_ASSIGN(ReleasePlan plan, make_plan(columns, tabulations, rules, as_of, next));
    const Protection protection = protect_plan(plan, rules, next);

    Release result;
    result.report.rounds = protection.rounds;
    std::size_t number = 0;
    for (std::size_t t = 0; t < tabulations.size(); ++t) {
        const PlannedTable& table = plan.tables[t];
        ReleasedTable shown = frame(columns, tabulations[t], table.exact, as_of);
        for (std::size_t set = 0; set < table.exact.sets.size(); ++set, ++number) {
            settle(table, set, protection.published[number], as_of, next, shown, result.report);
        }
        result.tables.push_back(std::move(shown));
    }
    result.report.implied = static_cast<std::size_t>(
        std::count_if(protection.implied.begin(), protection.implied.end(),
                      [number](std::size_t implied) { return implied < number; }));
    declare(tabulations, as_of, next);
    ledger = std::move(next);
    return result;
}

Result<void> replay(const Columns& columns, std::span<const Tabulation> tabulations,
                    const Rules& rules, Version as_of, std::span<const LedgerEntry> entries,
                    Ledger& ledger) {
    // The rule that decided is deterministic, so as a rule it decides the same again.
    Ledger next = ledger;
    const auto known_entries = static_cast<std::ptrdiff_t>(next.entries.size());
    TRY(release(columns, tabulations, rules, as_of, next));
    if (std::equal(next.entries.begin() + known_entries, next.entries.end(), entries.begin(),
                   entries.end())) {
        ledger = std::move(next);
        return {};
    }
    // Rules or program have changed since: what was published stays published.
    next = ledger;
    TRY_ASSIGN(ReleasePlan plan, make_plan(columns, tabulations, rules, as_of, next));
    for (const LedgerEntry& entry : entries)
        TRY(admit_entry(plan, tabulations, as_of, entry, next));
    guard_plan(plan, next.known);
    declare(tabulations, as_of, next);
    ledger = std::move(next);
    return {};
}

}  // namespace survey::server

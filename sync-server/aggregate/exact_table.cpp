#include "sync-server/aggregate/exact_table.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "common/base/ensure.h"
#include "sync-server/aggregate/axis_codes.h"

namespace survey::server {

namespace {

constexpr std::uint32_t kStandings = 4;

struct Sides {
    AxisCodes row;
    std::optional<AxisCodes> column;
    const Column* measure = nullptr;
    std::vector<bool> positive;  // by row category
    std::vector<bool> negative;
};

std::vector<bool> marks(const Axis& axis, const std::vector<std::string>& options) {
    std::vector<bool> marked(axis.categories.size());
    for (std::size_t i = 0; i < marked.size(); ++i) {
        marked[i] = std::find(options.begin(), options.end(), axis.categories[i]) != options.end();
    }
    return marked;
}

/// Every number that the table has, in the order that `index` counts on: total, rows, columns,
/// inner cells row by row, the scale (positive then negative per column, last for all), the left
/// out.
std::vector<ExactSet> all_sets(const Sides& sides, bool scale) {
    std::vector<ExactSet> sets;
    const auto add = [&sets](SetKind kind, std::uint32_t row, std::uint32_t column) {
        ExactSet set;
        set.key = {kind, row, column};
        sets.push_back(set);
    };
    const auto rows = static_cast<std::uint32_t>(sides.row.axis.categories.size());
    const auto columns =
        static_cast<std::uint32_t>(sides.column ? sides.column->axis.categories.size() : 0);
    add(SetKind::kTotal, kAll, kAll);
    for (std::uint32_t r = 0; r < rows; ++r)
        add(SetKind::kRow, r, kAll);
    for (std::uint32_t c = 0; c < columns; ++c)
        add(SetKind::kColumn, kAll, c);
    for (std::uint32_t r = 0; r < rows; ++r) {
        for (std::uint32_t c = 0; c < columns; ++c)
            add(SetKind::kInner, r, c);
    }
    for (std::uint32_t c = 0; scale && c <= columns; ++c) {
        add(SetKind::kPositive, kAll, c == columns ? kAll : c);
        add(SetKind::kNegative, kAll, c == columns ? kAll : c);
    }
    for (const Side side : {Side::kRow, Side::kColumn, Side::kMeasure}) {
        if (side == Side::kColumn && !sides.column) continue;
        if (side == Side::kMeasure && sides.measure == nullptr) continue;
        for (const Standing standing :
             {Standing::kCannotSay, Standing::kBlank, Standing::kNotAsked}) {
            add(SetKind::kExcluded, static_cast<std::uint32_t>(side),
                static_cast<std::uint32_t>(standing));
        }
    }
    return sets;
}

/// The numbers in which an answer with these states counts.
std::vector<std::uint32_t> sets_of(const ExactTable& table, const Sides& sides, bool scale,
                                   const AxisState& row, const AxisState* column,
                                   Standing measure) {
    std::vector<std::uint32_t> sets;
    const auto add = [&](SetKind kind, std::uint32_t r, std::uint32_t c) {
        sets.push_back(static_cast<std::uint32_t>(table.index({kind, r, c})));
    };
    const auto leave_out = [&](Side side, Standing standing) {
        add(SetKind::kExcluded, static_cast<std::uint32_t>(side),
            static_cast<std::uint32_t>(standing));
        return sets;
    };
    if (row.standing != Standing::kSubstantive) return leave_out(Side::kRow, row.standing);
    if (column != nullptr && column->standing != Standing::kSubstantive) {
        return leave_out(Side::kColumn, column->standing);
    }
    if (measure != Standing::kSubstantive) return leave_out(Side::kMeasure, measure);

    add(SetKind::kTotal, kAll, kAll);
    std::vector<std::uint32_t> groups;
    if (column != nullptr) groups = column->categories;
    for (const std::uint32_t c : groups)
        add(SetKind::kColumn, kAll, c);
    if (scale) groups.push_back(kAll);
    for (const std::uint32_t r : row.categories) {
        add(SetKind::kRow, r, kAll);
        for (const std::uint32_t c : groups) {
            if (c != kAll) add(SetKind::kInner, r, c);
            if (scale && sides.positive[r]) add(SetKind::kPositive, kAll, c);
            if (scale && sides.negative[r]) add(SetKind::kNegative, kAll, c);
        }
    }
    return sets;
}

std::vector<bool> passing(const Columns& columns, const std::optional<Filter>& filter) {
    std::vector<bool> passes(columns.slots(), true);
    if (!filter) return passes;
    const Column& column = columns.column(*columns.find(filter->question));
    std::vector<bool> wanted(column.options().size());
    for (const std::string& option : filter->options)
        wanted[*column.find(option)] = true;
    const bool many = column.question().kind == QuestionKind::kSelectMany;
    for (Slot slot = 0; slot < passes.size(); ++slot) {
        passes[slot] = false;
        if (column.standing(slot) != Standing::kSubstantive) continue;
        if (!many) {
            passes[slot] = wanted[column.option(slot)];
            continue;
        }
        for (const OptionIndex option : column.marked(slot)) {
            if (wanted[option]) passes[slot] = true;
        }
    }
    return passes;
}

/// Numbers the combinations of states that occur. A flat table while it is small, else a hash.
class SignatureIndex {
  public:
    explicit SignatureIndex(std::uint64_t combinations) {
        constexpr std::uint64_t kFlatMax = 1U << 20U;
        if (combinations <= kFlatMax) flat_.assign(combinations, kNoSignature);
    }
    std::uint32_t& of(std::uint64_t combination) {
        if (!flat_.empty()) return flat_[combination];
        return hashed_.try_emplace(combination, kNoSignature).first->second;
    }

  private:
    std::vector<std::uint32_t> flat_;
    std::unordered_map<std::uint64_t, std::uint32_t> hashed_;
};

void sign_slots(const Columns& columns, const Tabulation& tabulation, const Sides& sides,
                ExactTable& table) {
    const bool scale = tabulation.scale.has_value();
    const std::uint64_t across = sides.column ? sides.column->states.size() : 1;
    SignatureIndex index(sides.row.states.size() * across * kStandings);
    const std::vector<bool> passes = passing(columns, tabulation.filter);
    table.signature_of_slot.assign(columns.slots(), kNoSignature);
    for (Slot slot = 0; slot < columns.slots(); ++slot) {
        if (!passes[slot]) continue;
        const std::uint32_t row = sides.row.state_of_slot[slot];
        const std::uint32_t column = sides.column ? sides.column->state_of_slot[slot] : 0;
        const Standing measure =
            sides.measure != nullptr ? sides.measure->standing(slot) : Standing::kSubstantive;
        std::uint32_t& signature =
            index.of((row * across + column) * kStandings + static_cast<std::uint64_t>(measure));
        if (signature == kNoSignature) {
            signature = static_cast<std::uint32_t>(table.signatures.size());
            const AxisState* group = sides.column ? &sides.column->states[column] : nullptr;
            table.signatures.push_back(
                {sets_of(table, sides, scale, sides.row.states[row], group, measure), {}, 0});
        }
        table.signature_of_slot[slot] = signature;
    }
}

/// Current slots of the table, those of one organisation together (counting sort).
std::vector<Slot> by_organisation(const Columns& columns, const ExactTable& table, Version as_of) {
    std::vector<std::uint32_t> begin(columns.organisations() + 1);
    std::vector<Slot> counted;
    counted.reserve(columns.slots());
    for (Slot slot = 0; slot < columns.slots(); ++slot) {
        if (table.signature_of_slot[slot] == kNoSignature || !columns.live_at(slot, as_of)) {
            continue;
        }
        counted.push_back(slot);
        ++begin[columns.organisation(slot) + 1];
    }
    for (std::size_t i = 1; i < begin.size(); ++i)
        begin[i] += begin[i - 1];
    std::vector<Slot> ordered(counted.size());
    for (const Slot slot : counted)
        ordered[begin[columns.organisation(slot)]++] = slot;
    return ordered;
}

/// One organisation's part of a number, while its answers pass by.
struct Contribution {
    OrganisationIndex organisation = std::numeric_limits<OrganisationIndex>::max();
    double sum = 0;

    void close(ExactSet& set) {
        const double size = std::abs(sum);
        sum = 0;
        set.absolute += size;
        if (size > set.largest) {
            set.second = std::exchange(set.largest, size);
        } else if (size > set.second) {
            set.second = size;
        }
    }
};

void count(const Columns& columns, const Column* measure, Version as_of, ExactTable& table) {
    std::vector<Contribution> open(table.sets.size());
    for (const Slot slot : by_organisation(columns, table, as_of)) {
        const OrganisationIndex organisation = columns.organisation(slot);
        Signature& signature = table.signatures[table.signature_of_slot[slot]];
        ++signature.answers;
        auto& sample = signature.organisations;
        // Answers of one organisation are together, so only the last entry can be the same.
        if (sample.size() < kSampleMax && (sample.empty() || sample.back() != organisation)) {
            sample.push_back(organisation);
        }
        for (const std::uint32_t index : signature.sets) {
            ExactSet& set = table.sets[index];
            Contribution& own = open[index];
            ++set.answers;
            if (own.organisation != organisation) {
                own.close(set);
                own.organisation = organisation;
                ++set.organisations;
            }
            if (measure == nullptr || measure->standing(slot) != Standing::kSubstantive) continue;
            set.sum += measure->number(slot);
            own.sum += measure->number(slot);
        }
    }
    for (std::size_t i = 0; i < open.size(); ++i)
        open[i].close(table.sets[i]);
}

}  // namespace

std::size_t ExactTable::index(SetKey key) const {
    const std::size_t inner = 1 + rows() + columns();
    switch (key.kind) {
        case SetKind::kTotal:
            return 0;
        case SetKind::kRow:
            return 1 + key.row;
        case SetKind::kColumn:
            return 1 + rows() + key.column;
        case SetKind::kInner:
            return inner + key.row * columns() + key.column;
        case SetKind::kPositive:
        case SetKind::kNegative:
        case SetKind::kExcluded:
            break;
    }
    // The scale is there or not, so look it up; few numbers come after the inner cells.
    for (std::size_t i = inner + rows() * columns(); i < sets.size(); ++i) {
        if (sets[i].key == key) return i;
    }
    ENSURE(false);
    return 0;
}

Result<ExactTable> tabulate(const Columns& columns, const Tabulation& tabulation, Version as_of) {
    TRY(check(columns, tabulation));
    Sides sides;
    TRY_ASSIGN(sides.row, code_axis(columns, tabulation.row));
    if (tabulation.column) {
        TRY_ASSIGN(sides.column, code_axis(columns, *tabulation.column));
    }
    if (tabulation.mean_of) sides.measure = &columns.column(*columns.find(*tabulation.mean_of));
    if (tabulation.scale) {
        sides.positive = marks(sides.row.axis, tabulation.scale->positive);
        sides.negative = marks(sides.row.axis, tabulation.scale->negative);
    }
    ExactTable table;
    table.row = sides.row.axis;
    if (sides.column) table.column = sides.column->axis;
    table.sets = all_sets(sides, tabulation.scale.has_value());
    sign_slots(columns, tabulation, sides, table);
    count(columns, sides.measure, as_of, table);
    return table;
}

}  // namespace survey::server

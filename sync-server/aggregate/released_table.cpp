#include "sync-server/aggregate/released_table.h"

#include "sync-server/aggregate/statistics.h"

namespace survey::server {

const ReleasedNumber* ReleasedTable::find(SetKey key) const {
    const auto found = numbers.find(key);
    return found == numbers.end() ? nullptr : &found->second;
}

const ReleasedNumber* ReleasedTable::cell(std::uint32_t r, std::uint32_t c) const {
    return find({c == kAll ? SetKind::kRow : SetKind::kInner, r, c});
}

const ReleasedNumber* ReleasedTable::excluded(Side side, Standing standing) const {
    return find({SetKind::kExcluded, static_cast<std::uint32_t>(side),
                 static_cast<std::uint32_t>(standing)});
}

std::optional<double> ReleasedTable::share(SetKey part, SetKey base) const {
    const ReleasedNumber* of = find(part);
    const ReleasedNumber* all = find(base);
    if (of == nullptr || all == nullptr || of->as_of != all->as_of || all->answers == 0) {
        return std::nullopt;
    }
    return static_cast<double>(of->answers) / static_cast<double>(all->answers);
}

std::optional<double> ReleasedTable::column_share(std::uint32_t r, std::uint32_t c) const {
    if (c == kAll) return share({SetKind::kRow, r, kAll}, {});
    return share({SetKind::kInner, r, c}, {SetKind::kColumn, kAll, c});
}

std::optional<double> ReleasedTable::row_share(std::uint32_t r, std::uint32_t c) const {
    return share({SetKind::kInner, r, c}, {SetKind::kRow, r, kAll});
}

std::optional<double> ReleasedTable::total_share(std::uint32_t r, std::uint32_t c) const {
    return share({SetKind::kInner, r, c}, {});
}

ScaleSummary ReleasedTable::scale(std::uint32_t c) const {
    const SetKey base = c == kAll ? SetKey{} : SetKey{SetKind::kColumn, kAll, c};
    ScaleSummary summary;
    summary.positive = share({SetKind::kPositive, kAll, c}, base);
    summary.negative = share({SetKind::kNegative, kAll, c}, base);
    if (summary.positive && summary.negative) {
        const Balance result =
            balance(*summary.positive, *summary.negative, static_cast<double>(find(base)->answers));
        summary.balance = result.value;
        summary.balance_se = result.standard_error;
    }
    return summary;
}

std::optional<double> ReleasedTable::item_nonresponse() const {
    const ReleasedNumber* base = total();
    const ReleasedNumber* cannot_say = excluded(Side::kRow, Standing::kCannotSay);
    const ReleasedNumber* blank = excluded(Side::kRow, Standing::kBlank);
    if (column || mean_of || base == nullptr || cannot_say == nullptr || blank == nullptr ||
        cannot_say->as_of != base->as_of || blank->as_of != base->as_of) {
        return std::nullopt;
    }
    const auto missing = static_cast<double>(cannot_say->answers + blank->answers);
    const double applicable = missing + static_cast<double>(base->answers);
    return applicable > 0 ? std::optional(missing / applicable) : std::nullopt;
}

bool ReleasedTable::complete() const {
    const ReleasedNumber* base = total();
    if (base == nullptr) return false;
    const auto there = [this, base](SetKey key) {
        const ReleasedNumber* number = find(key);
        return number != nullptr && number->as_of == base->as_of;
    };
    for (std::uint32_t r = 0; r < rows(); ++r) {
        if (!there({SetKind::kRow, r, kAll})) return false;
        for (std::uint32_t c = 0; c < columns(); ++c) {
            if (!there({SetKind::kInner, r, c})) return false;
        }
    }
    for (std::uint32_t c = 0; c < columns(); ++c) {
        if (!there({SetKind::kColumn, kAll, c})) return false;
    }
    return true;
}

std::size_t ReleasedTable::suppressed_cells() const {
    std::size_t hidden = 0;
    for (std::uint32_t r = 0; r < rows(); ++r) {
        if (!column && cell(r, kAll) == nullptr) ++hidden;
        for (std::uint32_t c = 0; c < columns(); ++c) {
            if (cell(r, c) == nullptr) ++hidden;
        }
    }
    return hidden;
}

}  // namespace survey::server

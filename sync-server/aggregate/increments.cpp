#include "sync-server/aggregate/increments.h"

#include <algorithm>
#include <limits>

namespace survey::server {

namespace {

/// The revisions of one instance, newest first, back to where nothing shown is older.
std::vector<Slot> history(const Columns& columns, Slot newest, Version oldest_shown) {
    std::vector<Slot> chain{newest};
    while (columns.born(chain.back()) > oldest_shown) {
        const auto before = columns.replaced(chain.back());
        if (!before) break;
        chain.push_back(*before);
    }
    return chain;
}

std::optional<Slot> current_at(const Columns& columns, const std::vector<Slot>& chain,
                               Version version) {
    for (const Slot slot : chain) {
        if (columns.live_at(slot, version)) return slot;
    }
    return std::nullopt;
}

bool counts_in(const ExactTable& table, std::optional<Slot> slot, std::uint32_t set) {
    if (!slot || table.signature_of_slot[*slot] == kNoSignature) return false;
    const auto& sets = table.signatures[table.signature_of_slot[*slot]].sets;
    return std::find(sets.begin(), sets.end(), set) != sets.end();
}

bool same_number(const Columns& columns, std::optional<QuestionIndex> measure, Slot a, Slot b) {
    if (!measure || a == b) return true;
    const Column& column = columns.column(*measure);
    if (column.standing(a) != column.standing(b)) return false;
    return column.standing(a) != Standing::kSubstantive || column.number(a) == column.number(b);
}

void add(std::vector<OrganisationIndex>& found, OrganisationIndex organisation) {
    if (found.size() >= kSampleMax) return;
    if (std::find(found.begin(), found.end(), organisation) == found.end()) {
        found.push_back(organisation);
    }
}

}  // namespace

std::vector<std::vector<OrganisationIndex>> involved(
    const Columns& columns, const ExactTable& table,
    const std::vector<std::optional<Version>>& counted_at, std::optional<QuestionIndex> measure,
    Version as_of) {
    std::vector<std::vector<OrganisationIndex>> found(table.sets.size());
    Version oldest = std::numeric_limits<Version>::max();
    for (const auto& version : counted_at)
        oldest = std::min(oldest, version.value_or(oldest));
    if (oldest >= as_of) return found;

    for (Slot slot = 0; slot < columns.slots(); ++slot) {
        const bool live = columns.live_at(slot, as_of);
        const auto next = columns.replacement(slot);
        const bool last = columns.born(slot) <= as_of && (!next || columns.born(*next) > as_of);
        const Version changed = live ? columns.born(slot) : columns.died(slot);
        if (!last || changed <= oldest) continue;
        const std::vector<Slot> chain = history(columns, slot, oldest);
        const std::optional<Slot> now = live ? std::optional(slot) : std::nullopt;
        std::vector<std::uint32_t> touched;
        for (const Slot any : chain) {
            if (table.signature_of_slot[any] == kNoSignature) continue;
            const auto& sets = table.signatures[table.signature_of_slot[any]].sets;
            touched.insert(touched.end(), sets.begin(), sets.end());
        }
        std::sort(touched.begin(), touched.end());
        touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
        for (const std::uint32_t set : touched) {
            if (!counted_at[set]) continue;
            const std::optional<Slot> then = current_at(columns, chain, *counted_at[set]);
            const bool in_now = counts_in(table, now, set);
            const bool in_then = counts_in(table, then, set);
            if (in_now && in_then && same_number(columns, measure, *now, *then)) continue;
            if (in_now) add(found[set], columns.organisation(*now));
            if (in_then) add(found[set], columns.organisation(*then));
        }
    }
    return found;
}

}  // namespace survey::server

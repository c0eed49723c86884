#include "forms/expr/index_cache.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace survey::expr {

void EqualityIndex::add(std::string_view key, double number, NodeIndex item) {
    if (!std::isnan(number)) numbers_.emplace_back(number, item);
    const auto place = static_cast<std::uint32_t>(entries_.size());
    const auto [at, is_new] = texts_.try_emplace(std::string(key), Chain{place, place});
    if (!is_new) {
        Entry& last = entries_[at->second.last];
        if (last.item == item) return;
        last.next = place;
        at->second.last = place;
    }
    entries_.push_back({item, place});
}

void EqualityIndex::finish() {
    if (!std::is_sorted(numbers_.begin(), numbers_.end())) {
        std::sort(numbers_.begin(), numbers_.end());
    }
}

void EqualityIndex::by_text(const std::string& text, Items& items) const {
    const auto found = texts_.find(text);
    if (found == texts_.end()) return;
    for (std::uint32_t at = found->second.first;; at = entries_[at].next) {
        items.push_back(entries_[at].item);
        if (entries_[at].next == at) return;
    }
}

void EqualityIndex::by_number(double number, double tolerance, Items& items) const {
    auto at = std::lower_bound(numbers_.begin(), numbers_.end(),
                               std::pair<double, NodeIndex>(number - tolerance, 0));
    for (; at != numbers_.end() && at->first <= number + tolerance; ++at) {
        items.push_back(at->second);
    }
}

IndexCache::IndexCache() = default;
IndexCache::IndexCache(IndexCache&&) noexcept = default;
IndexCache& IndexCache::operator=(IndexCache&&) noexcept = default;
IndexCache::~IndexCache() = default;

std::size_t IndexCache::PlaceHash::operator()(const Place& place) const {
    const std::size_t tree = std::hash<const void*>()(place.tree);
    return (tree * 31 + place.parent) * 31 + std::hash<std::string>()(place.names);
}

namespace {

// A line break is in no name.
std::string joined(std::string_view item, std::string_view key) {
    std::string names(item);
    names += '\n';
    names += key;
    return names;
}

}  // namespace

const EqualityIndex* IndexCache::find(const NodeView& parent, std::string_view item,
                                      std::string_view key) const {
    const auto found = indexes_.find(Place{parent.tree, parent.index, joined(item, key)});
    return found == indexes_.end() ? nullptr : found->second.get();
}

const EqualityIndex& IndexCache::keep(const NodeView& parent, std::string_view item,
                                      std::string_view key, EqualityIndex index) {
    std::unique_ptr<EqualityIndex>& place =
        indexes_[Place{parent.tree, parent.index, joined(item, key)}];
    place = std::make_unique<EqualityIndex>(std::move(index));
    return *place;
}

void IndexCache::forget(const NodeTree& tree) {
    std::erase_if(indexes_, [&](const auto& entry) { return entry.first.tree == &tree; });
}

}  // namespace survey::expr

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/expr/node_tree.h"

namespace survey::expr {

/// Children of one node by the value of one key: answers `item[key = value]`.
class EqualityIndex {
  public:
    using Items = std::vector<NodeIndex>;

    /// Items come in document order; one item may have several keys. NaN: not a number.
    void add(std::string_view key, double number, NodeIndex item);
    /// After the last `add`.
    void finish();

    /// Appends the items with a key node of that string-value, in document order.
    void by_text(const std::string& text, Items& items) const;
    /// Appends the items with a key node within `tolerance` of that number.
    void by_number(double number, double tolerance, Items& items) const;

  private:
    struct Entry {
        NodeIndex item;
        std::uint32_t next;  // with the same key; itself at the end
    };
    struct Chain {
        std::uint32_t first;
        std::uint32_t last;
    };
    std::vector<Entry> entries_;
    std::unordered_map<std::string, Chain> texts_;
    std::vector<std::pair<double, NodeIndex>> numbers_;  // sorted by finish(), without NaN
};

/// Indexes of trees that never change (revision 0), made on first use. Owned by whoever evaluates
/// many expressions over the same trees, typically a session; reached through Host::indexes().
/// The trees must live as long as the cache, or be forgotten before they end. One thread at a time.
class IndexCache {
  public:
    IndexCache();
    IndexCache(IndexCache&&) noexcept;
    IndexCache& operator=(IndexCache&&) noexcept;
    ~IndexCache();

    /// The index kept for items `item` below `parent` by `key`; nullptr before it was made.
    const EqualityIndex* find(const NodeView& parent, std::string_view item,
                              std::string_view key) const;
    const EqualityIndex& keep(const NodeView& parent, std::string_view item, std::string_view key,
                              EqualityIndex index);
    void forget(const NodeTree& tree);
    std::size_t size() const { return indexes_.size(); }

  private:
    struct Place {
        const NodeTree* tree;
        NodeIndex parent;
        std::string names;  // item and key path
        friend bool operator==(const Place&, const Place&) = default;
    };
    struct PlaceHash {
        std::size_t operator()(const Place& place) const;
    };
    std::unordered_map<Place, std::unique_ptr<EqualityIndex>, PlaceHash> indexes_;
};

}  // namespace survey::expr

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "common/model/ids.h"
#include "common/model/revision.h"

namespace survey {

/// The revisions of one submission and who replaced whom. A pure function of the set that was
/// added: order and repetition do not matter. A parent that has not arrived counts as absent until
/// it does.
class RevisionGraph {
  public:
    struct Node {
        RevisionId rev;
        std::vector<RevisionId> parents;
        Hlc hlc;
    };

    /// False if it was there already.
    bool add(Node node);
    bool contains(const RevisionId& rev) const { return nodes_.contains(rev); }
    std::size_t size() const { return nodes_.size(); }
    /// What `rev` replaces; empty for an unknown one.
    std::vector<RevisionId> parents(const RevisionId& rev) const;

    /// Revisions that no known revision replaces, ascending. Empty only for an empty graph; more
    /// than one is a conflict that a person settles.
    std::vector<RevisionId> heads() const;

    /// The head that results count: the only one, or provisionally the one with the highest clock
    /// reading, then the highest hash. Nothing for an empty graph.
    std::optional<RevisionId> policy_head() const;

    /// Whether `ancestor` is reached from `rev` through parents (not itself).
    bool is_ancestor(const RevisionId& ancestor, const RevisionId& rev) const;

  private:
    std::map<RevisionId, Node> nodes_;
    std::set<RevisionId> replaced_;  ///< Named as a parent by somebody; may not have arrived.
};

/// What became of a revision that was merged in.
enum class MergeOutcome : std::uint8_t {
    kAlreadyKnown,
    kFastForward,  ///< It is now the only head.
    kSuperseded,   ///< It arrived late: something known already builds on it.
    kDiverged,     ///< It is one of several heads.
};

/// Adds `node` to `graph` and says what that means.
MergeOutcome merge(RevisionGraph& graph, RevisionGraph::Node node);

}  // namespace survey

#include "common/sync/merge.h"

#include <utility>

namespace survey {

bool RevisionGraph::add(Node node) {
    if (nodes_.contains(node.rev)) return false;
    for (const RevisionId& parent : node.parents)
        replaced_.insert(parent);
    const RevisionId rev = node.rev;
    nodes_.emplace(rev, std::move(node));
    return true;
}

std::vector<RevisionId> RevisionGraph::parents(const RevisionId& rev) const {
    const auto found = nodes_.find(rev);
    return found == nodes_.end() ? std::vector<RevisionId>() : found->second.parents;
}

std::vector<RevisionId> RevisionGraph::heads() const {
    std::vector<RevisionId> heads;
    for (const auto& [rev, node] : nodes_) {
        if (!replaced_.contains(rev)) heads.push_back(rev);
    }
    return heads;
}

std::optional<RevisionId> RevisionGraph::policy_head() const {
    const Node* best = nullptr;
    for (const auto& [rev, node] : nodes_) {
        if (replaced_.contains(rev)) continue;
        // Ascending by hash, so an equal clock reading lets the higher hash win.
        if (best == nullptr || node.hlc >= best->hlc) best = &node;
    }
    if (best == nullptr) return std::nullopt;
    return best->rev;
}

bool RevisionGraph::is_ancestor(const RevisionId& ancestor, const RevisionId& rev) const {
    std::set<RevisionId> seen;
    std::vector<RevisionId> open{rev};
    while (!open.empty()) {
        const RevisionId next = open.back();
        open.pop_back();
        const auto found = nodes_.find(next);
        if (found == nodes_.end()) continue;
        for (const RevisionId& parent : found->second.parents) {
            if (parent == ancestor) return true;
            if (seen.insert(parent).second) open.push_back(parent);
        }
    }
    return false;
}

MergeOutcome merge(RevisionGraph& graph, RevisionGraph::Node node) {
    const RevisionId rev = node.rev;
    if (!graph.add(std::move(node))) return MergeOutcome::kAlreadyKnown;
    const std::vector<RevisionId> heads = graph.heads();
    bool is_head = false;
    for (const RevisionId& head : heads)
        is_head = is_head || head == rev;
    if (!is_head) return MergeOutcome::kSuperseded;
    return heads.size() == 1 ? MergeOutcome::kFastForward : MergeOutcome::kDiverged;
}

}  // namespace survey

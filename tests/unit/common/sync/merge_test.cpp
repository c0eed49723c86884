#include "common/sync/merge.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "common/base/random.h"

using namespace survey;

namespace {

RevisionId rev(std::uint8_t number) {
    RevisionId id;
    id.bytes[0] = number;
    return id;
}

RevisionGraph::Node node(std::uint8_t number, std::vector<RevisionId> parents = {},
                         std::uint64_t hlc = 0) {
    return {rev(number), std::move(parents), Hlc{hlc}};
}

using Revs = std::vector<RevisionId>;

}  // namespace

TEST_CASE("each way in which a revision can arrive has its outcome", "[sync][merge]") {
    RevisionGraph graph;
    CHECK(merge(graph, node(1)) == MergeOutcome::kFastForward);
    CHECK(merge(graph, node(1)) == MergeOutcome::kAlreadyKnown);
    CHECK(merge(graph, node(2, {rev(1)})) == MergeOutcome::kFastForward);
    CHECK(merge(graph, node(3, {rev(1)})) == MergeOutcome::kDiverged);
    CHECK(graph.heads() == Revs{rev(2), rev(3)});
    CHECK(merge(graph, node(4, {rev(2), rev(3)})) == MergeOutcome::kFastForward);
    CHECK(graph.heads() == Revs{rev(4)});
}

TEST_CASE("a parent that arrives after its child is superseded at once", "[sync][merge]") {
    RevisionGraph graph;
    CHECK(merge(graph, node(2, {rev(1)})) == MergeOutcome::kFastForward);
    CHECK(merge(graph, node(1)) == MergeOutcome::kSuperseded);
    CHECK(graph.heads() == Revs{rev(2)});
}

TEST_CASE("of two heads the later clock counts for now, then the higher hash", "[sync][merge]") {
    RevisionGraph graph;
    CHECK_FALSE(graph.policy_head());
    graph.add(node(1, {}, 20));
    graph.add(node(2, {}, 10));
    CHECK(graph.policy_head() == rev(1));
    graph.add(node(3, {}, 20));
    CHECK(graph.policy_head() == rev(3));
    // A replaced revision never counts, however late its clock.
    graph.add(node(4, {rev(3)}, 1));
    CHECK(graph.policy_head() == rev(1));
}

TEST_CASE("ancestors are found through both parents", "[sync][merge]") {
    RevisionGraph graph;
    graph.add(node(1));
    graph.add(node(2, {rev(1)}));
    graph.add(node(3, {rev(1)}));
    graph.add(node(4, {rev(2), rev(3)}));
    CHECK(graph.is_ancestor(rev(1), rev(4)));
    CHECK(graph.is_ancestor(rev(3), rev(4)));
    CHECK_FALSE(graph.is_ancestor(rev(4), rev(1)));
    CHECK_FALSE(graph.is_ancestor(rev(4), rev(4)));
    CHECK_FALSE(graph.is_ancestor(rev(2), rev(3)));
    // A circle cannot be made with hashes, but must not hang us.
    RevisionGraph circle;
    circle.add(node(1, {rev(2)}));
    circle.add(node(2, {rev(1)}));
    CHECK_FALSE(circle.is_ancestor(rev(9), rev(1)));
    CHECK(circle.heads().empty());
}

TEST_CASE("the view is a function of the set, whatever the order", "[sync][merge]") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        SeededRandom random(seed);
        std::vector<RevisionGraph::Node> nodes;
        for (std::uint8_t i = 1; i <= 8; ++i) {
            Revs parents;
            for (std::uint8_t p = 1; p < i && parents.size() < 2; ++p) {
                if (random.below(3) == 0) parents.push_back(rev(p));
            }
            nodes.push_back(node(i, parents, random.below(4)));
        }
        RevisionGraph in_order;
        for (const auto& each : nodes)
            in_order.add(each);
        for (std::size_t i = nodes.size(); i > 1; --i) {
            std::swap(nodes[i - 1], nodes[random.below(i)]);
        }
        RevisionGraph shuffled;
        for (const auto& each : nodes) {
            merge(shuffled, each);
            if (random.below(2) == 0) merge(shuffled, each);
        }
        CHECK(shuffled.heads() == in_order.heads());
        CHECK(shuffled.policy_head() == in_order.policy_head());
    }
}

#include <algorithm>
#include <deque>

#include "forms/definition/dependency_graph.h"
#include "forms/definition/strong_components.h"

namespace survey::forms {

namespace {

constexpr std::uint32_t kUnseen = 0xFFFFFFFF;

/// The shortest way from the first member back to itself, over members only.
Cycle shortest_loop(const Edges& needs, const std::vector<std::uint32_t>& members) {
    const std::uint32_t start = members.front();
    std::vector<std::uint32_t> reached_from(needs.size(), kUnseen);
    std::deque<std::uint32_t> queue{start};
    while (!queue.empty()) {
        const std::uint32_t at = queue.front();
        queue.pop_front();
        for (const std::uint32_t next : needs[at]) {
            if (next == start) {
                Cycle loop;
                for (std::uint32_t i = at; i != start; i = reached_from[i])
                    loop.push_back(i);
                loop.push_back(start);
                std::reverse(loop.begin(), loop.end());
                return loop;
            }
            const bool member = std::binary_search(members.begin(), members.end(), next);
            if (!member || reached_from[next] != kUnseen) continue;
            reached_from[next] = at;
            queue.push_back(next);
        }
    }
    return {};
}

}  // namespace

std::vector<Cycle> DependencyGraph::cycles() const {
    std::vector<Cycle> out;
    for (const auto& component : strong_components(needs_)) {
        Cycle loop;
        if (component.size() > 1) {
            loop = shortest_loop(needs_, component);
        } else if (std::binary_search(needs_[component.front()].begin(),
                                      needs_[component.front()].end(), component.front())) {
            loop = {component.front()};
        }
        if (!loop.empty()) out.push_back(std::move(loop));
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace survey::forms

#include "forms/definition/strong_components.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace survey::forms {

namespace {

constexpr std::uint32_t kUnseen = 0xFFFFFFFF;

}  // namespace

// Tarjan 1972, with a stack of its own: a form may chain thousands of calculations, and the
// browser's stack is small.
std::vector<std::vector<std::uint32_t>> strong_components(const Edges& needs) {
    struct Visit {
        std::uint32_t vertex;
        std::size_t next_edge;
    };
    const std::size_t count = needs.size();
    std::vector<std::uint32_t> number(count, kUnseen);
    std::vector<std::uint32_t> low(count, 0);
    std::vector<char> open(count, 0);
    std::vector<std::uint32_t> members;
    std::vector<Visit> visits;
    std::vector<std::vector<std::uint32_t>> components;
    std::uint32_t next_number = 0;
    const auto enter = [&](std::uint32_t vertex) {
        number[vertex] = low[vertex] = next_number++;
        open[vertex] = 1;
        members.push_back(vertex);
        visits.push_back({vertex, 0});
    };
    for (std::uint32_t start = 0; start < count; ++start) {
        if (number[start] != kUnseen) continue;
        enter(start);
        while (!visits.empty()) {
            const std::uint32_t vertex = visits.back().vertex;
            if (visits.back().next_edge < needs[vertex].size()) {
                const std::uint32_t needed = needs[vertex][visits.back().next_edge++];
                if (number[needed] == kUnseen) {
                    enter(needed);
                } else if (open[needed] != 0) {
                    low[vertex] = std::min(low[vertex], number[needed]);
                }
                continue;
            }
            visits.pop_back();
            if (!visits.empty()) {
                std::uint32_t& above = low[visits.back().vertex];
                above = std::min(above, low[vertex]);
            }
            if (low[vertex] != number[vertex]) continue;
            // From the end: what is searched is what is taken out, so that all of it is linear.
            auto first = std::prev(members.end());
            while (*first != vertex)
                --first;
            components.emplace_back(first, members.end());
            members.erase(first, members.end());
            for (const std::uint32_t member : components.back())
                open[member] = 0;
            std::sort(components.back().begin(), components.back().end());
        }
    }
    return components;
}

}  // namespace survey::forms

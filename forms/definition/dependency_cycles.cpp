#include "forms/definition/dependency_cycles.h"

#include <algorithm>
#include <deque>

#include "forms/definition/path_resolution.h"
#include "forms/definition/strong_components.h"

namespace survey::forms {

namespace {

constexpr std::uint32_t kUnseen = 0xFFFFFFFF;

struct Computation {
    CycleStep step;
    const expr::Expr* expr = nullptr;
};

std::vector<Computation> computations_of(const FormDefinition& form) {
    std::vector<Computation> out;
    const auto add = [&](NodeRef node, Property property, const std::optional<expr::Expr>& expr) {
        if (expr) out.push_back({{node, property}, &*expr});
    };
    for (NodeRef node = 0; node < form.nodes.size(); ++node) {
        if (!form.nodes[node].bind) continue;
        const Bind& bind = *form.nodes[node].bind;
        add(node, Property::kRelevant, bind.relevant);
        add(node, Property::kReadonly, bind.readonly);
        add(node, Property::kRequired, bind.required);
        add(node, Property::kCalculate, bind.calculate);
    }
    return out;
}

/// Whether the path at `offset` is the first argument of a call of that function.
bool is_first_argument(std::string_view source, std::size_t offset, std::string_view function) {
    source = source.substr(0, offset);
    const auto trim = [&source] {
        while (!source.empty() && static_cast<unsigned char>(source.back()) <= ' ') {
            source.remove_suffix(1);
        }
    };
    trim();
    if (source.empty() || source.back() != '(') return false;
    source.remove_suffix(1);
    trim();
    return source.ends_with(function);
}

/// Whether what is read may stand in another instance of a repeat than the reader, although both
/// are in it: a predicate chooses, or the path is part of one and climbed out of the repeat.
bool chooses_instance(const FormDefinition& form, NodeRef reader, NodeRef read,
                      const expr::PathReference& reference, const ResolvedPath& path) {
    const auto holds_both = [&](NodeRef repeat) {
        return form.nodes[repeat].is_repeat && is_at_or_below(form, reader, repeat) &&
               is_at_or_below(form, read, repeat);
    };
    if (std::any_of(path.filtered.begin(), path.filtered.end(), holds_both)) return true;
    if (!reference.in_predicate) return false;
    for (NodeRef at = form.nodes[read].repeat_scope; at != kNoRef && at != path.shared_repeat;) {
        if (holds_both(at)) return true;
        const NodeRef outside = form.nodes[at].parent;
        at = outside == kNoRef ? kNoRef : form.nodes[outside].repeat_scope;
    }
    return false;
}

Edges needs_of(const FormDefinition& form, const std::vector<Computation>& computations) {
    std::vector<std::vector<std::uint32_t>> own(form.nodes.size());
    for (std::uint32_t i = 0; i < computations.size(); ++i) {
        own[computations[i].step.node].push_back(i);
    }
    Edges needs(computations.size());
    for (std::uint32_t reader = 0; reader < computations.size(); ++reader) {
        const NodeRef context = computations[reader].step.node;
        const expr::Expr& expression = *computations[reader].expr;
        for (const expr::PathReference& path : expression.references()) {
            // It picks another instance.
            if (is_first_argument(expression.source(), path.offset, "indexed-repeat")) continue;
            const ResolvedPath resolved = resolve_path(form, context, path);
            for (const NodeRef read : resolved.nodes) {
                if (chooses_instance(form, context, read, path, resolved)) continue;
                for (const std::uint32_t i : own[read]) {
                    // What is required or readonly changes no value that another could read.
                    const Property decides = computations[i].step.property;
                    const bool is_seen =
                        decides == Property::kCalculate || decides == Property::kRelevant;
                    if (is_seen || i == reader) needs[reader].push_back(i);
                }
                for (NodeRef at = form.nodes[read].parent; at != kNoRef;
                     at = form.nodes[at].parent) {
                    for (const std::uint32_t i : own[at]) {
                        if (computations[i].step.property == Property::kRelevant) {
                            needs[reader].push_back(i);
                        }
                    }
                }
            }
        }
    }
    return needs;
}

/// The shortest way from the first member back to itself, over members only.
std::vector<std::uint32_t> shortest_loop(const Edges& needs,
                                         const std::vector<std::uint32_t>& members) {
    const std::uint32_t start = members.front();
    std::vector<std::uint32_t> reached_from(needs.size(), kUnseen);
    std::deque<std::uint32_t> queue{start};
    while (!queue.empty()) {
        const std::uint32_t at = queue.front();
        queue.pop_front();
        for (const std::uint32_t next : needs[at]) {
            if (next == start) {
                std::vector<std::uint32_t> loop;
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

std::string_view property_name(Property property) {
    switch (property) {
        case Property::kRelevant:
            return "relevant";
        case Property::kReadonly:
            return "readonly";
        case Property::kRequired:
            return "required";
        case Property::kCalculate:
            break;
    }
    return "calculate";
}

std::vector<Cycle> dependency_cycles(const FormDefinition& form) {
    const std::vector<Computation> computations = computations_of(form);
    const Edges needs = needs_of(form, computations);
    std::vector<std::vector<std::uint32_t>> loops;
    for (const auto& component : strong_components(needs)) {
        std::vector<std::uint32_t> loop = shortest_loop(needs, component);
        if (!loop.empty()) loops.push_back(std::move(loop));
    }
    std::sort(loops.begin(), loops.end());  // By the form's order, not the search's.
    std::vector<Cycle> out;
    for (const auto& loop : loops) {
        Cycle& cycle = out.emplace_back();
        for (const std::uint32_t i : loop)
            cycle.push_back(computations[i].step);
    }
    return out;
}

}  // namespace survey::forms

#include "forms/definition/dependency_graph.h"

#include <algorithm>

#include "forms/definition/path_resolution.h"
#include "forms/definition/strong_components.h"

namespace survey::forms {

namespace {

using Outcome = ResolvedPath::Outcome;

void make_unique(std::vector<std::uint32_t>& indices) {
    std::sort(indices.begin(), indices.end());
    indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
}

/// Whether the path at `offset` is what `indexed-repeat(…, repeat, index)` picks from.
bool is_indexed_target(std::string_view source, std::size_t offset) {
    constexpr std::string_view kFunction = "indexed-repeat";
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
    return source.ends_with(kFunction);
}

/// All nodes at or below `top`, attributes included.
template <typename Visit>
void for_each_below(const FormDefinition& form, NodeRef top, const Visit& visit) {
    visit(top);
    for (const NodeRef attribute : form.nodes[top].attributes)
        visit(attribute);
    for (const NodeRef child : form.nodes[top].children)
        for_each_below(form, child, visit);
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
        at = form.nodes[at].parent == kNoRef ? kNoRef
                                             : form.nodes[form.nodes[at].parent].repeat_scope;
    }
    return false;
}

void add_reads(const FormDefinition& form, Computation& computation) {
    const std::vector<expr::PathReference>& paths = computation.expr->references();
    // A path from a computed node-set starts at something that another path of the expression
    // names.
    const bool open_ended = std::any_of(paths.begin(), paths.end(), [](const auto& path) {
        return path.origin == expr::PathReference::Origin::kUnknown;
    });
    for (const expr::PathReference& path : paths) {
        const ResolvedPath resolved = resolve_path(form, computation.node, path);
        if (resolved.outcome == Outcome::kCannotBeSaid &&
            path.origin != expr::PathReference::Origin::kUnknown) {
            computation.reads_anything = true;
        }
        const bool indexed = is_indexed_target(computation.expr->source(), path.offset);
        for (const NodeRef node : resolved.nodes) {
            const bool group_text = !path.as_node_set && !form.nodes[node].children.empty();
            computation.reads.push_back(
                {.node = node,
                 .shared_repeat = indexed ? kNoRef : resolved.shared_repeat,
                 .as_node_set = path.as_node_set,
                 .below = open_ended || group_text,
                 .other_instance =
                     indexed || chooses_instance(form, computation.node, node, path, resolved)});
        }
        for (const NodeRef node : resolved.filtered) {
            computation.reads.push_back({.node = node,
                                         .shared_repeat = resolved.shared_repeat,
                                         .as_node_set = true,
                                         .below = true,
                                         .other_instance = true});
        }
    }
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
            return "calculate";
        case Property::kRepeatCount:
            break;
    }
    return "jr:count";
}

DependencyGraph::DependencyGraph(const FormDefinition& form) {
    collect(form);
    connect(form);
    sort();
    readers_.resize(form.nodes.size());
    own_.resize(form.nodes.size());
    for (std::uint32_t i = 0; i < computations_.size(); ++i) {
        own_[computations_[i].node].push_back(i);
        for (const Read& read : computations_[i].reads) {
            if (!read.below) {
                readers_[read.node].push_back(i);
                continue;
            }
            for_each_below(form, read.node, [&](NodeRef node) { readers_[node].push_back(i); });
        }
    }
    for (auto& readers : readers_)
        make_unique(readers);
}

void DependencyGraph::collect(const FormDefinition& form) {
    const auto add = [&](NodeRef node, Property property, const std::optional<expr::Expr>& expr) {
        if (!expr) return;
        Computation computation;
        computation.node = node;
        computation.property = property;
        computation.expr = &*expr;
        add_reads(form, computation);
        computations_.push_back(std::move(computation));
    };
    for (NodeRef node = 0; node < form.nodes.size(); ++node) {
        if (!form.nodes[node].bind) continue;
        const Bind& bind = *form.nodes[node].bind;
        add(node, Property::kRelevant, bind.relevant);
        add(node, Property::kReadonly, bind.readonly);
        add(node, Property::kRequired, bind.required);
        add(node, Property::kCalculate, bind.calculate);
    }
    for (const Control& control : form.controls) {
        if (control.ref != kNoRef) add(control.ref, Property::kRepeatCount, control.repeat_count);
    }
}

void DependencyGraph::connect(const FormDefinition& form) {
    std::vector<std::vector<std::uint32_t>> own(form.nodes.size());
    for (std::uint32_t i = 0; i < computations_.size(); ++i) {
        own[computations_[i].node].push_back(i);
    }
    needs_.resize(computations_.size());
    better_after_.resize(computations_.size());
    for (std::uint32_t reader = 0; reader < computations_.size(); ++reader) {
        const Computation& computation = computations_[reader];
        const auto relevance_above = [&](NodeRef node, std::vector<std::uint32_t>& to) {
            for (; node != kNoRef; node = form.nodes[node].parent) {
                for (const std::uint32_t i : own[node]) {
                    if (computations_[i].property == Property::kRelevant) to.push_back(i);
                }
            }
        };
        for (const Read& read : computation.reads) {
            const bool strict =
                !read.other_instance && computation.property != Property::kRepeatCount;
            std::vector<std::uint32_t>& to = strict ? needs_[reader] : better_after_[reader];
            for (const std::uint32_t i : own[read.node]) {
                const bool count = computations_[i].property == Property::kRepeatCount;
                (count ? better_after_[reader] : to).push_back(i);
            }
            relevance_above(read.node, to);
            for (NodeRef at = read.node; read.as_node_set && at != kNoRef;
                 at = form.nodes[at].parent) {
                for (const std::uint32_t i : own[at]) {
                    if (computations_[i].property == Property::kRepeatCount) {
                        better_after_[reader].push_back(i);
                    }
                }
            }
            if (!read.below) continue;
            for_each_below(form, read.node, [&](NodeRef node) {
                better_after_[reader].insert(better_after_[reader].end(), own[node].begin(),
                                             own[node].end());
            });
        }
        relevance_above(computation.node, better_after_[reader]);
        make_unique(needs_[reader]);
        make_unique(better_after_[reader]);
    }
}

void DependencyGraph::sort() {
    Edges all = needs_;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].insert(all[i].end(), better_after_[i].begin(), better_after_[i].end());
    }
    // Within a loop that only the wishes close, what is strictly needed still goes first.
    std::vector<std::uint32_t> strict_rank(all.size(), 0);
    std::uint32_t next = 0;
    for (const auto& component : strong_components(needs_)) {
        for (const std::uint32_t i : component)
            strict_rank[i] = next++;
    }
    std::vector<std::uint32_t> order;
    for (auto& component : strong_components(all)) {
        std::sort(component.begin(), component.end(), [&](std::uint32_t a, std::uint32_t b) {
            return strict_rank[a] < strict_rank[b];
        });
        order.insert(order.end(), component.begin(), component.end());
    }
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        place[order[i]] = i;
    std::vector<Computation> sorted(order.size());
    Edges needs(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        sorted[i] = std::move(computations_[order[i]]);
        for (const std::uint32_t needed : needs_[order[i]])
            needs[i].push_back(place[needed]);
        std::sort(needs[i].begin(), needs[i].end());
    }
    computations_ = std::move(sorted);
    needs_ = std::move(needs);
    better_after_.clear();
}

}  // namespace survey::forms

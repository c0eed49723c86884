#include "forms/xform/node_finder.h"

#include <optional>
#include <string>
#include <vector>

#include "forms/xform/names.h"

namespace survey::forms::xform_reading {

namespace {

struct Step {
    std::string_view text;  // without the predicate
    bool has_predicate = false;
};

/// Splits at '/' outside of predicates and literals. Nothing where brackets do not match.
std::optional<std::vector<Step>> split(std::string_view path) {
    std::vector<Step> steps;
    std::size_t begin = 0;
    std::size_t bracket = std::string_view::npos;  // where the predicate of this step begins
    int depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i <= path.size(); ++i) {
        const char c = i == path.size() ? '/' : path[i];
        if (quote != 0 && i < path.size()) {
            if (c == quote) quote = 0;
            continue;
        }
        if (c == '\'' || c == '"') quote = c;
        if (c == '[' && depth++ == 0 && bracket == std::string_view::npos) bracket = i;
        if (c == ']' && --depth < 0) return std::nullopt;
        if (c != '/' || (depth != 0 && i < path.size())) continue;
        const std::size_t end = bracket == std::string_view::npos ? i : bracket;
        steps.push_back({trimmed(path.substr(begin, end - begin)), end != i});
        begin = i + 1;
        bracket = std::string_view::npos;
    }
    if (depth != 0 || quote != 0) return std::nullopt;
    return steps;
}

class Finder {
  public:
    Finder(const FormDefinition& form, const xml::Document& document, xml::Node where)
        : form_(form), document_(document), where_(where) {}

    /// \param from kNoRef: the document node.
    FoundNode walk(const std::vector<Step>& steps, NodeRef from) const {
        FoundNode found{from, false};
        for (const Step& step : steps) {
            found.has_predicate = found.has_predicate || step.has_predicate;
            if (step.text == "." || step.text == "current()") continue;
            if (step.text == "..") {
                if (found.node == kNoRef) return {};
                found.node = form_.nodes[found.node].parent;
                continue;
            }
            found.node = child(found.node, step.text);
            if (found.node == kNoRef) return {};
        }
        return found;
    }

  private:
    NodeRef child(NodeRef parent, std::string_view name) const {
        const bool attribute = name.starts_with('@');
        if (attribute) name.remove_prefix(1);
        if (parent == kNoRef && (attribute || form_.nodes.empty())) return kNoRef;
        const std::size_t colon = name.find(':');
        const bool prefixed = colon != std::string_view::npos;
        const std::string_view prefix = prefixed ? name.substr(0, colon) : std::string_view();
        const std::string_view local = prefixed ? name.substr(colon + 1) : name;
        const std::string* uri = prefixed ? document_.namespace_for(where_, prefix) : nullptr;
        const std::vector<NodeRef> candidates =
            parent == kNoRef ? std::vector<NodeRef>{0}
                             : (attribute ? form_.nodes[parent].attributes
                                          : form_.children_named(parent, local));
        NodeRef second_best = kNoRef;
        for (const NodeRef candidate : candidates) {
            const xml::Name& at = form_.nodes[candidate].name;
            if (at.local != local) continue;
            const bool exact = prefixed ? (uri != nullptr ? at.uri == *uri : at.prefix == prefix)
                                        : at.uri.empty() || at.uri == form_.instance_namespace ||
                                              at.uri == kXFormsUri;
            if (exact) return candidate;
            if (!prefixed && second_best == kNoRef) second_best = candidate;
        }
        return second_best;
    }

    const FormDefinition& form_;
    const xml::Document& document_;
    xml::Node where_;
};

}  // namespace

FoundNode find_node(const FormDefinition& form, const xml::Document& document, xml::Node where,
                    std::string_view path, NodeRef context) {
    path = trimmed(path);
    if (path.empty()) return {};
    const bool absolute = path.starts_with('/');
    const auto steps = split(absolute ? path.substr(1) : path);
    if (!steps) return {};
    const Finder finder(form, document, where);
    if (absolute) return finder.walk(*steps, kNoRef);
    const FoundNode found = finder.walk(*steps, context);
    return found.node != kNoRef ? found : finder.walk(*steps, kNoRef);
}

}  // namespace survey::forms::xform_reading

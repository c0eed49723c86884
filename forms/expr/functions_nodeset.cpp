// Functions about nodes: XPath 1.0 section 4.1, and those of ODK XForms that pick nodes.
#include <algorithm>
#include <cmath>

#include "forms/expr/conversion.h"
#include "forms/expr/digest.h"
#include "forms/expr/functions.h"

namespace survey::expr {

std::string Call::string_or_context(std::size_t i) {
    return i < size() ? string(i) : evaluator_.to_text(frame_.node);
}

NodeView Call::node_or_context(std::size_t i) {
    if (i >= size()) return frame_.node;
    const NodeSet found = nodes(i);
    return found.empty() ? NodeView() : found.front();
}

std::vector<Value> Call::flattened(std::size_t from) {
    std::vector<Value> values;
    for (std::size_t i = from; i < size() && !evaluator_.stopped(); ++i) {
        Value one = value(i);
        if (const auto* nodes = std::get_if<NodeSet>(&one)) {
            for (const NodeView& node : *nodes)
                values.emplace_back(evaluator_.to_text(node));
        } else {
            values.push_back(std::move(one));
        }
    }
    return values;
}

Value Call::fail(ErrorCode code, std::string message) {
    evaluator_.stop(code, node_.name + "(): " + std::move(message));
    return false;
}

namespace fn {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::vector<std::string> tokens(std::string_view text) {
    std::vector<std::string> all;
    std::size_t at = 0;
    while (at < text.size()) {
        while (at < text.size() && is_blank(text[at]))
            ++at;
        std::size_t end = at;
        while (end < text.size() && !is_blank(text[end]))
            ++end;
        if (end > at) all.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return all;
}

std::string_view attribute(const NodeTree& tree, NodeIndex element, std::string_view local,
                           std::string_view uri, std::string& storage) {
    for (NodeIndex node = tree.first_attribute(element); node != kNoNode;
         node = tree.next_sibling(node)) {
        if (tree.local_name(node) != local || tree.namespace_uri(node) != uri) continue;
        storage.clear();
        tree.append_string_value(node, storage);
        return storage;
    }
    return {};
}

}  // namespace

Value last(Call& call) {
    return static_cast<double>(call.frame().size);
}

Value position_core(Call& call) {
    return static_cast<double>(call.frame().position);
}

// With an argument: the place among the siblings of the same name, whether relevant or not; that is
// the number that a path would need to find the node.
Value position(Call& call) {
    if (call.size() == 0) return position_core(call);
    const NodeView node = call.node_or_context(0);
    if (node.is_null()) return std::nan("");
    return static_cast<double>(node.tree->sibling_position(node.index));
}

Value count(Call& call) {
    return static_cast<double>(call.nodes(0).size());
}

Value count_non_empty(Call& call) {
    double found = 0;
    for (const NodeView& node : call.nodes(0)) {
        if (!call.evaluator().to_text(node).empty()) ++found;
    }
    return found;
}

// Without document types there are no attributes of type ID: the attribute called `id` is meant.
Value id(Call& call) {
    std::vector<std::string> wanted;
    const Value argument = call.value(0);
    if (const auto* nodes = std::get_if<NodeSet>(&argument)) {
        for (const NodeView& node : *nodes) {
            for (std::string& one : tokens(call.evaluator().to_text(node))) {
                wanted.push_back(std::move(one));
            }
        }
    } else {
        wanted = tokens(to_string(argument));
    }
    std::sort(wanted.begin(), wanted.end());
    NodeSet found;
    if (call.frame().node.is_null() || wanted.empty()) return found;
    const NodeTree& tree = *call.frame().node.tree;
    std::string value;
    NodeIndex node = tree.document();
    const NodeIndex top = node;
    while (call.evaluator().charge(1)) {
        if (tree.kind(node) == NodeKind::kElement) {
            attribute(tree, node, "id", "", value);
            if (!value.empty() && std::binary_search(wanted.begin(), wanted.end(), value)) {
                // The first element in document order has the id (section 5.2.1).
                wanted.erase(std::lower_bound(wanted.begin(), wanted.end(), value));
                found.push_back({&tree, node});
            }
            value.clear();
        }
        NodeIndex next = tree.first_child(node);
        while (next == kNoNode && node != top) {
            next = tree.next_sibling(node);
            if (next == kNoNode) node = tree.parent(node);
        }
        if (next == kNoNode) break;
        node = next;
    }
    return found;
}

Value local_name(Call& call) {
    const NodeView node = call.node_or_context(0);
    return node.is_null() ? std::string() : std::string(node.tree->local_name(node.index));
}

Value namespace_uri(Call& call) {
    const NodeView node = call.node_or_context(0);
    return node.is_null() ? std::string() : std::string(node.tree->namespace_uri(node.index));
}

Value name(Call& call) {
    const NodeView node = call.node_or_context(0);
    return node.is_null() ? std::string() : node.tree->qualified_name(node.index);
}

Value lang(Call& call) {
    const auto lower = [](std::string text) {
        for (char& c : text) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        return text;
    };
    const std::string wanted = lower(call.string(0));
    const NodeView node = call.frame().node;
    if (node.is_null()) return false;
    std::string storage;
    for (NodeIndex up = node.index; up != kNoNode; up = node.tree->parent(up)) {
        if (node.tree->kind(up) != NodeKind::kElement) continue;
        const std::string found = lower(std::string(
            attribute(*node.tree, up, "lang", "http://www.w3.org/XML/1998/namespace", storage)));
        if (found.empty()) continue;
        return found == wanted || found.starts_with(wanted + "-");
    }
    return false;
}

Value current(Call& call) {
    const NodeView node = call.evaluator().current();
    return node.is_null() ? NodeSet{} : NodeSet{node};
}

// What `instance('x')/root/item` starts from is the parent of the element `root`.
Value instance(Call& call) {
    const std::string wanted = call.string(0);
    if (call.evaluator().stopped()) return false;
    const NodeView root = call.host().instance(wanted);
    if (call.evaluator().stopped()) return false;
    if (root.is_null()) {
        return call.fail(ErrorCode::kNotFound, "the form has no instance \"" + wanted + "\"");
    }
    return NodeSet{{root.tree, root.tree->parent(root.index)}};
}

namespace {

// Park and Miller's minimal standard generator, as the ODK XForms specification demands.
class ParkMiller {
  public:
    explicit ParkMiller(std::int64_t seed) : seed_(seed % kModulus) {
        if (seed_ <= 0) seed_ += kModulus - 1;
    }
    double next() {
        seed_ = seed_ * 16807 % kModulus;
        return static_cast<double>(seed_ - 1) / static_cast<double>(kModulus - 1);
    }

  private:
    static constexpr std::int64_t kModulus = 2147483647;
    std::int64_t seed_;
};

// The whole part of a number; texts that are none are hashed; blank is 0.
std::int64_t seed_of(Call& call) {
    const Value given = call.value(1);
    const std::string text = call.evaluator().text_of(given);
    const auto* number = std::get_if<double>(&given);
    const double seed = number != nullptr ? *number : plain_number(text);
    if (!std::isnan(seed)) {
        constexpr double kMax = 9.2e18;
        return static_cast<std::int64_t>(std::clamp(seed, -kMax, kMax));
    }
    if (number != nullptr || text.empty()) return 0;
    const auto hash = sha256(text);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i)
        bits = bits << 8 | hash[i];
    return static_cast<std::int64_t>(bits);
}

}  // namespace

Value randomize(Call& call) {
    const NodeSet nodes = call.nodes(0);
    if (call.evaluator().stopped()) return false;
    std::int64_t seed = 0;
    if (call.size() == 2) {
        seed = seed_of(call);
    } else {
        Random& random = call.host().random();
        if (call.evaluator().stopped()) return false;
        seed = static_cast<std::int64_t>(random.next() >> 2);
    }
    ParkMiller random(seed);
    // Inside-out Fisher–Yates: the order is the same on every engine for the same seed.
    NodeSet shuffled;
    shuffled.reserve(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto j = static_cast<std::size_t>(random.next() * static_cast<double>(i + 1));
        const std::size_t place = std::min(j, i);
        shuffled.push_back(nodes[i]);
        std::swap(shuffled[place], shuffled[i]);
    }
    return shuffled;
}

// indexed-repeat(target, repeat, index, …): pairs in any order; an index below 1 is 1 (JavaRosa).
Value indexed_repeat(Call& call) {
    Evaluator& evaluator = call.evaluator();
    if (call.size() % 2 == 0) {
        return call.fail(ErrorCode::kInvalidInput, "each repeat needs its index");
    }
    std::vector<std::string_view> target;
    std::vector<Evaluator::Chosen> chosen;
    bool simple = evaluator.absolute_names(call.argument(0), target);
    for (std::size_t i = 1; i + 1 < call.size(); i += 2) {
        Evaluator::Chosen one;
        simple = simple && evaluator.absolute_names(call.argument(i), one.names);
        const double index = call.number(i + 1);
        if (evaluator.stopped()) return false;
        if (std::isnan(index) || index > 1e9) return NodeSet{};
        one.position = index < 1 ? 1 : static_cast<std::size_t>(index);
        chosen.push_back(std::move(one));
    }
    if (simple) {
        for (const Evaluator::Chosen& one : chosen) {
            if (one.names.size() <= target.size() &&
                std::equal(one.names.begin(), one.names.end(), target.begin())) {
                continue;
            }
            return call.fail(ErrorCode::kInvalidInput,
                             "the first argument must be a question inside the repeats named");
        }
        return evaluator.walk(target, chosen);
    }
    // Computed paths: the nodes below the repeat instances picked.
    NodeSet found = call.nodes(0);
    for (std::size_t i = 0; i < chosen.size() && !evaluator.stopped(); ++i) {
        const NodeSet repeats = call.nodes(1 + 2 * i);
        if (chosen[i].position > repeats.size()) return NodeSet{};
        const NodeView picked = repeats[chosen[i].position - 1];
        std::erase_if(found, [&](const NodeView& node) {
            NodeIndex up = node.index;
            while (up != kNoNode && up != picked.index)
                up = node.tree->parent(up);
            return node.tree != picked.tree || up == kNoNode;
        });
    }
    return found;
}

Value pulldata(Call& call) {
    const std::string id = call.string(0);
    const std::string wanted = call.string(1);
    const std::string key = call.string(2);
    const std::string value = call.string(3);
    if (call.evaluator().stopped()) return false;
    const NodeView root = call.host().instance(id);
    if (call.evaluator().stopped()) return false;
    if (root.is_null()) {
        return call.fail(ErrorCode::kNotFound, "there is no list \"" + id + "\"");
    }
    const NodeSet rows = call.evaluator().lookup(root, "item", key, value);
    if (rows.empty()) return std::string();
    const NodeIndex cell = root.tree->first_child_named(rows.front().index, wanted);
    return cell == kNoNode ? std::string() : call.evaluator().to_text({root.tree, cell});
}

}  // namespace fn
}  // namespace survey::expr

#include <algorithm>
#include <utility>

#include "forms/runtime/session_host.h"

namespace survey::forms {

namespace {

constexpr std::uint64_t kSeedStep = 0x9E3779B97F4A7C15;  // spreads node numbers over the seed

const Control* select_of(const FormDefinition& form, const InstanceNode& node) {
    const ControlIndex index = form.nodes[node.ref].control;
    if (index == kNoControl || node.role != NodeRole::kValue) return nullptr;
    const Control& control = form.controls[index];
    const bool is_select = control.kind == ControlKind::kSelectOne ||
                           control.kind == ControlKind::kSelectMany ||
                           control.kind == ControlKind::kRank;
    return is_select ? &control : nullptr;
}

/// `search('file')` fills the list from elsewhere: what the form writes are column names.
bool uses_search(const Control& control) {
    for (const std::string& appearance : control.appearances) {
        if (appearance.starts_with("search(") || appearance.starts_with("search (")) return true;
    }
    return false;
}

bool is_plain_name(std::string_view ref) {
    return !ref.empty() && ref.find_first_of("/()[]@.:*| ") == std::string_view::npos;
}

std::optional<std::string> child_text(const expr::NodeView& item, std::string_view name) {
    for (expr::NodeIndex at = item.tree->first_child(item.index); at != expr::kNoNode;
         at = item.tree->next_sibling(at)) {
        if (item.tree->kind(at) != expr::NodeKind::kElement) continue;
        if (item.tree->local_name(at) != name) continue;
        std::string text;
        item.tree->append_string_value(at, text);
        return text;
    }
    return std::nullopt;
}

}  // namespace

expr::EvalContext SessionHost::item_context(const expr::NodeView& item, NodeId node) const {
    expr::EvalContext at = context(node);
    at.node = item;
    at.current = view(node);
    at.root = {&tree_, tree_.document()};
    return at;
}

Result<expr::NodeSet> SessionHost::items(NodeId node, const Itemset& itemset) const {
    // The same chance for the same question each time, so that an unseeded order stands.
    SeededRandom fixed(shuffle_seed_ ^ (kSeedStep * (node + 1)));
    Random* const usual = random_;
    random_ = &fixed;
    auto found = itemset.nodeset.evaluate_nodes(context(node));
    random_ = usual;
    return found;
}

std::string SessionHost::item_value(const expr::NodeView& item, const Itemset& itemset,
                                    NodeId node) const {
    if (is_plain_name(itemset.value_ref)) {
        return child_text(item, itemset.value_ref).value_or("");
    }
    if (!itemset.value) return {};
    return itemset.value->evaluate_string(item_context(item, node)).value_or("");
}

ShownText SessionHost::item_label(const expr::NodeView& item, const Itemset& itemset,
                                  NodeId node) const {
    ShownText shown;
    if (!itemset.label) return shown;
    // Nearly always a column, which needs no evaluation.
    const std::string& source = itemset.label->source();
    auto label = is_plain_name(source) ? Result<std::string>(child_text(item, source).value_or(""))
                                       : itemset.label->evaluate_string(item_context(item, node));
    if (!label) return shown;
    if (itemset.label_is_itext) {
        if (auto translated = itext_at(*label, node)) return *std::move(translated);
    }
    shown.text = *std::move(label);
    return shown;
}

Result<std::vector<Choice>> SessionHost::choices(NodeId node) const {
    std::vector<Choice> out;
    const Control* control = select_of(form_, tree_.at(node));
    if (control == nullptr) {
        // Ranges and geo questions may have choices as hints only.
        const ControlIndex index = tree_.definition(node).control;
        if (index == kNoControl || tree_.at(node).role != NodeRole::kValue) return out;
        control = &form_.controls[index];
    }
    for (const InlineChoice& item : control->items) {
        out.push_back({item.value, text(item.label, node), {}});
    }
    if (!control->itemset) return out;
    const Itemset& itemset = *control->itemset;
    auto found = items(node, itemset);
    if (!found) return std::move(found).error();
    out.reserve(out.size() + found->size());
    const std::string_view label_ref =
        itemset.label ? std::string_view(itemset.label->source()) : std::string_view();
    for (const expr::NodeView& item : *found) {
        Choice choice;
        choice.value = item_value(item, itemset, node);
        choice.label = item_label(item, itemset, node);
        if (!out.empty()) choice.properties.reserve(out.back().properties.size());
        for (expr::NodeIndex at = item.tree->first_child(item.index); at != expr::kNoNode;
             at = item.tree->next_sibling(at)) {
            if (item.tree->kind(at) != expr::NodeKind::kElement) continue;
            const std::string_view name = item.tree->local_name(at);
            if (name == label_ref) continue;
            std::string value;
            item.tree->append_string_value(at, value);
            choice.properties.emplace_back(std::string(name), std::move(value));
        }
        out.push_back(std::move(choice));
    }
    return out;
}

bool SessionHost::restricts_answer(NodeId node) const {
    const Control* control = select_of(form_, tree_.at(node));
    if (control == nullptr || uses_search(*control)) return false;
    if (!control->itemset) return !control->items.empty();
    return std::find(placeholders_.begin(), placeholders_.end(), control->itemset->instance_id) ==
           placeholders_.end();
}

Result<std::string> SessionHost::keep_offered(NodeId node, const std::string& answer) const {
    const Control* control = select_of(form_, tree_.at(node));
    if (control == nullptr || answer.empty()) return answer;
    const bool several = control->kind != ControlKind::kSelectOne;
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= answer.size();) {
        const std::size_t end =
            several ? std::min(answer.find(' ', at), answer.size()) : answer.size();
        if (end > at) parts.push_back(answer.substr(at, end - at));
        at = end + 1;
    }
    std::vector<bool> offered(parts.size(), false);
    std::size_t missing = parts.size();
    const auto offer = [&](std::string_view value) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (offered[i] || parts[i] != value) continue;
            offered[i] = true;
            --missing;
        }
    };
    for (const InlineChoice& item : control->items)
        offer(item.value);
    if (control->itemset && missing > 0) {
        auto found = items(node, *control->itemset);
        if (!found) return std::move(found).error();
        for (const expr::NodeView& item : *found) {
            if (missing == 0) break;
            offer(item_value(item, *control->itemset, node));
        }
    }
    std::string kept;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!offered[i]) continue;
        if (!kept.empty()) kept += ' ';
        kept += parts[i];
    }
    return kept;
}

std::optional<std::string> SessionHost::choice_text(NodeId node, std::string_view value) const {
    const ControlIndex index = tree_.definition(node).control;
    if (index == kNoControl) return std::nullopt;
    const Control& control = form_.controls[index];
    for (const InlineChoice& item : control.items) {
        if (item.value == value) return text(item.label, node).text;
    }
    if (!control.itemset) return std::nullopt;
    const auto found = items(node, *control.itemset);
    if (!found) return std::nullopt;
    for (const expr::NodeView& item : *found) {
        if (item_value(item, *control.itemset, node) == value) {
            return item_label(item, *control.itemset, node).text;
        }
    }
    return std::nullopt;
}

}  // namespace survey::forms

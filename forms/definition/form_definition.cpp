#include "forms/definition/form_definition.h"

#include <functional>

namespace survey::forms {

namespace {

using Extra = std::vector<std::pair<std::string, std::string>>;

const std::string* find_extra(const Extra& extra, std::string_view expanded_name) {
    for (const auto& [name, value] : extra) {
        if (name == expanded_name) return &value;
    }
    return nullptr;
}

}  // namespace

const std::string* Bind::extra_value(std::string_view expanded_name) const {
    return find_extra(extra, expanded_name);
}

const std::string* Control::extra_value(std::string_view expanded_name) const {
    return find_extra(extra, expanded_name);
}

NodeRef FormDefinition::find(std::string_view path) const {
    const auto found = by_path.find(std::string(path));
    return found == by_path.end() ? kNoRef : found->second;
}

const SecondaryInstance* FormDefinition::find_instance(std::string_view wanted_id) const {
    for (const SecondaryInstance& instance : instances) {
        if (instance.id == wanted_id) return &instance;
    }
    return nullptr;
}

namespace {

std::size_t name_key(NodeRef parent, std::string_view local) {
    constexpr std::size_t kSpread = 0x9E3779B9;  // keeps (parent, name) pairs apart
    return std::hash<std::string_view>()(local) ^ ((parent + std::size_t{1}) * kSpread);
}

}  // namespace

void FormDefinition::note_child(NodeRef child) {
    const FormNode& node = nodes[child];
    if (node.parent != kNoRef) by_name_[name_key(node.parent, node.name.local)].push_back(child);
}

std::vector<NodeRef> FormDefinition::children_named(NodeRef parent, std::string_view local) const {
    const std::vector<NodeRef>* candidates = &nodes[parent].children;
    if (!by_name_.empty()) {
        const auto found = by_name_.find(name_key(parent, local));
        if (found == by_name_.end()) return {};
        candidates = &found->second;
    }
    std::vector<NodeRef> out;
    for (const NodeRef child : *candidates) {
        if (nodes[child].parent == parent && nodes[child].name.local == local) out.push_back(child);
    }
    return out;
}

std::size_t FormDefinition::default_language() const {
    for (std::size_t i = 0; i < languages.size(); ++i) {
        if (languages[i].is_default) return i;
    }
    return 0;
}

}  // namespace survey::forms

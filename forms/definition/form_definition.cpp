#include "forms/definition/form_definition.h"

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

std::size_t FormDefinition::default_language() const {
    for (std::size_t i = 0; i < languages.size(); ++i) {
        if (languages[i].is_default) return i;
    }
    return 0;
}

}  // namespace survey::forms

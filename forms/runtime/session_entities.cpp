#include "forms/runtime/session_state_internal.h"

// ODK Entities specification: an element `entity` in the `meta` of a container says what happens to
// one entity; questions of that container, and of those in it that have no entity of their own,
// save to its properties.

namespace survey::forms {

namespace {

bool is_entity(const FormDefinition& form, NodeRef ref) {
    const FormNode& node = form.nodes[ref];
    if (node.is_attribute || node.name.local != "entity" || node.parent == kNoRef) return false;
    if (form.nodes[node.parent].name.local != "meta") return false;
    for (const NodeRef attribute : node.attributes) {
        if (form.nodes[attribute].name.local == "dataset") return true;
    }
    return false;
}

bool has_entity(const FormDefinition& form, NodeRef container) {
    for (const NodeRef meta : form.nodes[container].children) {
        if (form.nodes[meta].name.local != "meta") continue;
        for (const NodeRef child : form.nodes[meta].children) {
            if (is_entity(form, child)) return true;
        }
    }
    return false;
}

/// "list#property" names one of several entities.
std::string property_of(const std::string& save_to, const std::string& dataset) {
    const std::size_t hash = save_to.find('#');
    if (hash == std::string::npos) return save_to;
    return save_to.substr(0, hash) == dataset ? save_to.substr(hash + 1) : std::string();
}

class EntityReader {
  public:
    EntityReader(const InstanceTree& tree, const FormDefinition& form) : tree_(tree), form_(form) {}

    EntityChange read(NodeId entity) {
        change_ = {};
        for (NodeId at = tree_.at(entity).first_attribute; at != kNoNodeId; at = tree_.at(at).next)
            read_attribute(at);
        for (NodeId at = tree_.at(entity).first_child; at != kNoNodeId; at = tree_.at(at).next) {
            if (tree_.definition(at).name.local == "label" && tree_.at(at).relevant) {
                change_.label = tree_.at(at).value;
            }
        }
        read_properties(tree_.at(tree_.at(entity).parent).parent);
        return std::move(change_);
    }

  private:
    void read_attribute(NodeId node) {
        if (!tree_.at(node).relevant) return;
        const std::string& name = tree_.definition(node).name.local;
        const std::string& value = tree_.at(node).value;
        const bool holds = value == "1" || value == "true";
        if (name == "dataset") change_.dataset = value;
        if (name == "id") change_.id = value;
        if (name == "create") change_.create = holds;
        if (name == "update") change_.update = holds;
        if (name == "baseVersion") change_.base_version = value;
        if (name == "trunkVersion") change_.trunk_version = value;
        if (name == "branchId") change_.branch_id = value;
    }

    void read_properties(NodeId container) {
        for (NodeId at = tree_.at(container).first_child; at != kNoNodeId; at = tree_.at(at).next) {
            if (!tree_.at(at).relevant) continue;  // what is not sent changes nothing
            const FormNode& definition = tree_.definition(at);
            if (definition.bind && !definition.bind->save_to.empty()) {
                std::string property = property_of(definition.bind->save_to, change_.dataset);
                if (!property.empty()) {
                    change_.properties.emplace_back(std::move(property), tree_.at(at).value);
                }
            }
            if (!has_entity(form_, tree_.at(at).ref)) read_properties(at);
        }
    }

    const InstanceTree& tree_;
    const FormDefinition& form_;
    EntityChange change_;
};

}  // namespace

std::vector<EntityChange> FormSession::State::entity_changes() const {
    std::vector<EntityChange> out;
    std::vector<NodeId> all;
    tree_.collect(tree_.root(), all);
    for (const NodeId node : all) {
        if (!tree_.at(node).relevant || !is_entity(form_, tree_.at(node).ref)) continue;
        EntityChange change = EntityReader(tree_, form_).read(node);
        if (!change.id.empty() && (change.create || change.update)) {
            out.push_back(std::move(change));
        }
    }
    return out;
}

}  // namespace survey::forms

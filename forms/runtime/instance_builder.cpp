#include "forms/runtime/instance_builder.h"

#include <optional>
#include <utility>

#include "forms/runtime/child_index.h"

namespace survey::forms {

namespace {

constexpr std::string_view kJavaRosa = "http://openrosa.org/javarosa";

std::vector<xml::Node> without_templates(const xml::Document& document,
                                         const std::vector<xml::Node>& found) {
    std::vector<xml::Node> out;
    for (const xml::Node node : found) {
        if (!document.has_attribute(node, "template", kJavaRosa)) out.push_back(node);
    }
    return out;
}

}  // namespace

void InstanceBuilder::build_from_model() {
    build_root({nullptr, xml::kNoNode, form_.primary_root, false});
}

void InstanceBuilder::build_from_record(const xml::Document& record) {
    build_root({&record, record.root(), form_.primary_root, false});
}

void InstanceBuilder::build_root(const Origin& origin) {
    fill(tree_.create(0, NodeRole::kRoot, kNoNodeId), origin);
}

NodeId InstanceBuilder::add_instance(NodeId range, std::size_t index) {
    const NodeRef ref = tree_.at(range).ref;
    const RecalculationPlan::Template from = plan_.template_of(ref);
    const NodeId instance = tree_.create(ref, NodeRole::kRepeatInstance, tree_.at(range).parent);
    tree_.put_instance(range, index, instance);
    fill(instance, {nullptr, xml::kNoNode, from.node, !from.is_explicit});
    return instance;
}

NodeId InstanceBuilder::revive_instance(NodeId range, std::size_t index, NodeId removed) {
    const NodeId instance =
        tree_.create(tree_.at(range).ref, NodeRole::kRepeatInstance, tree_.at(range).parent);
    tree_.put_instance(range, index, instance);
    copy(removed, instance);
    return instance;
}

void InstanceBuilder::add_model_instances(NodeId range) {
    const NodeId parent = tree_.at(range).parent;
    // The form's own place for it: below the templates of the repeats around it.
    xml::Node around = form_.primary_root;
    std::vector<NodeRef> steps;
    for (NodeRef up = tree_.at(parent).ref; up != 0; up = form_.nodes[up].parent) {
        steps.push_back(up);
    }
    for (auto step = steps.rbegin(); step != steps.rend() && around != xml::kNoNode; ++step) {
        const FormNode& node = form_.nodes[*step];
        if (node.is_repeat) {
            around = plan_.template_of(*step).node;
        } else {
            around = form_.source->child(around, node.name.uri, node.name.local);
        }
    }
    if (around == xml::kNoNode) return;
    const ChildIndex index(*form_.source, around);
    const auto modelled = index.find(form_.nodes[tree_.at(range).ref].name);
    fill_range(range, {nullptr, xml::kNoNode, around, false}, {}, modelled);
}

void InstanceBuilder::fill(NodeId node, const Origin& origin) {
    const FormNode& definition = form_.nodes[tree_.at(node).ref];
    for (const NodeRef ref : definition.attributes) {
        const NodeId attribute = tree_.create(ref, NodeRole::kValue, node);
        tree_.put_attribute(node, attribute);
        fill_value(attribute, origin);
    }
    if (definition.children.empty()) {
        fill_value(node, origin);
        return;
    }
    std::optional<ChildIndex> record;
    std::optional<ChildIndex> model;
    if (origin.record_node != xml::kNoNode) record.emplace(*origin.record, origin.record_node);
    if (origin.model_node != xml::kNoNode) model.emplace(*form_.source, origin.model_node);
    for (const NodeRef ref : definition.children) {
        const FormNode& child = form_.nodes[ref];
        const auto recorded = record ? record->find(child.name) : std::vector<xml::Node>();
        const auto modelled = model ? model->find(child.name) : std::vector<xml::Node>();
        if (child.is_repeat) {
            const NodeId range = tree_.create(ref, NodeRole::kRepeatRange, node);
            tree_.put_child(node, range);
            fill_range(range, origin, recorded, modelled);
            continue;
        }
        const NodeRole role = child.children.empty() ? NodeRole::kValue : NodeRole::kGroup;
        const NodeId element = tree_.create(ref, role, node);
        tree_.put_child(node, element);
        Origin below = origin;
        below.record_node = recorded.empty() ? xml::kNoNode : recorded.front();
        below.model_node = modelled.empty() ? xml::kNoNode : modelled.front();
        fill(element, below);
    }
}

void InstanceBuilder::fill_range(NodeId range, const Origin& origin,
                                 const std::vector<xml::Node>& recorded,
                                 const std::vector<xml::Node>& modelled) {
    const NodeRef ref = tree_.at(range).ref;
    const auto add = [&](const Origin& from) {
        const NodeId instance =
            tree_.create(ref, NodeRole::kRepeatInstance, tree_.at(range).parent);
        tree_.put_instance(range, tree_.at(range).slots.size(), instance);
        fill(instance, from);
    };
    if (origin.record_node != xml::kNoNode) {
        const RecalculationPlan::Template from = plan_.template_of(ref);
        std::vector<NodeId> taken_away;
        for (const xml::Node node : without_templates(*origin.record, recorded)) {
            add({origin.record, node, from.node, !from.is_explicit});
            if (origin.record->has_attribute(node, kRemoved, kWerkstatt)) {
                taken_away.push_back(tree_.at(range).slots.back());
            }
        }
        for (auto gone = taken_away.rbegin(); gone != taken_away.rend(); ++gone) {
            tree_.take_instance(*gone);
            paradata_.surplus[range].push_back(*gone);
        }
        return;
    }
    if (origin.is_copy) return;
    for (const xml::Node node : without_templates(*form_.source, modelled)) {
        add({nullptr, xml::kNoNode, node, false});
    }
}

void InstanceBuilder::fill_value(NodeId node, const Origin& origin) {
    const FormNode& definition = form_.nodes[tree_.at(node).ref];
    std::string text = definition.default_value;
    const auto read = [&](const xml::Document& document, xml::Node element) {
        if (element == xml::kNoNode) return false;
        if (!definition.is_attribute) {
            text = document.text(element);
            return true;
        }
        const xml::Node attribute =
            document.attribute(element, definition.name.uri, definition.name.local);
        if (attribute == xml::kNoNode) return false;
        text = document.value(attribute);
        return true;
    };
    // Of a record's root the form's own attributes stand: its id and its version.
    const bool is_recorded = origin.record != nullptr &&
                             !(definition.is_attribute && definition.parent == 0) &&
                             read(*origin.record, origin.record_node);
    if (!is_recorded && form_.source) read(*form_.source, origin.model_node);
    const AnswerType type = definition.bind ? definition.bind->type : AnswerType::kString;
    std::optional<ControlKind> control;
    if (definition.control != kNoControl) control = form_.controls[definition.control].kind;
    tree_.set_value(node, read_answer(type, control, text, moment_).value_or(""));
    if (!is_recorded || definition.is_attribute) return;
    const xml::Node reason = origin.record->attribute(origin.record_node, kWerkstatt, kOverruled);
    if (reason == xml::kNoNode) return;
    tree_.at(node).overruled = true;
    paradata_.reasons[node] = origin.record->value(reason);
}

void InstanceBuilder::copy(NodeId from, NodeId to) {
    // Numbers are looked up anew after each create(): the block of nodes may move.
    if (!tree_.at(from).value.empty()) tree_.set_value(to, tree_.at(from).value);
    if (tree_.at(from).overruled) {
        tree_.at(to).overruled = true;
        paradata_.reasons[to] = std::string(paradata_.reason(from));
    }
    for (NodeId at = tree_.at(from).first_attribute; at != kNoNodeId; at = tree_.at(at).next) {
        const NodeId attribute = tree_.create(tree_.at(at).ref, NodeRole::kValue, to);
        tree_.put_attribute(to, attribute);
        copy(at, attribute);
    }
    const std::vector<NodeId> slots = tree_.at(from).slots;
    for (const NodeId slot : slots) {
        if (slot == kNoNodeId) continue;
        const NodeRole role = tree_.at(slot).role;
        const NodeId made = tree_.create(tree_.at(slot).ref, role, to);
        tree_.put_child(to, made);
        if (role != NodeRole::kRepeatRange) {
            copy(slot, made);
            continue;
        }
        if (const auto inner = paradata_.surplus.find(slot); inner != paradata_.surplus.end()) {
            // What an inner count had taken away waits at the new range.
            std::vector<NodeId> waiting = std::move(inner->second);
            paradata_.surplus[made] = std::move(waiting);
        }
        const std::vector<NodeId> instances = tree_.at(slot).slots;
        for (std::size_t i = 0; i < instances.size(); ++i) {
            const NodeId instance = tree_.create(tree_.at(slot).ref, NodeRole::kRepeatInstance, to);
            tree_.put_instance(made, i, instance);
            copy(instances[i], instance);
        }
    }
}

}  // namespace survey::forms

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "forms/xform/form_reader.h"

namespace survey::forms::xform_reading {

namespace {

bool is_template(const xml::Document& document, xml::Node node) {
    return document.has_attribute(node, "template", kJavaRosaUri);
}

bool holds_elements(const xml::Document& document, xml::Node node) {
    return document.element_from(document.first_child(node)) != xml::kNoNode;
}

/// Elements without a prefix lose their namespace: what they inherit from the form says nothing
/// about a list, and paths to them are written without prefixes.
void strip_inherited_namespaces(xml::Document& to, xml::Node parent, const xml::Document& from,
                                xml::Node source) {
    xml::Node at = source;
    xml::Node into = parent;
    while (true) {
        if (from.kind(at) == xml::NodeKind::kElement) {
            xml::Name name = from.name(at);
            if (name.prefix.empty()) name.uri.clear();
            const xml::Node copy = to.append_element(into, name, from.place(at));
            for (xml::Node one = from.first_attribute(at); one != xml::kNoNode;
                 one = from.next_sibling(one)) {
                to.set_attribute(copy, from.name(one), from.value(one), from.place(one));
            }
            if (from.first_child(at) != xml::kNoNode) {
                at = from.first_child(at);
                into = copy;
                continue;
            }
        } else if (from.kind(at) == xml::NodeKind::kText) {
            // White space between the elements of a list is layout, and half of its nodes.
            const bool layout =
                trimmed(from.value(at)).empty() && holds_elements(from, from.parent(at));
            if (!layout) to.append_text(into, from.value(at), from.place(at));
        }
        while (at != source && from.next_sibling(at) == xml::kNoNode) {
            at = from.parent(at);
            into = to.parent(into);
        }
        if (at == source) return;
        at = from.next_sibling(at);
    }
}

}  // namespace

void FormReader::read_primary_instance() {
    xml::Node instance = xml::kNoNode;
    for (xml::Node at = document_.element_from(document_.first_child(model_)); at != xml::kNoNode;
         at = document_.element_from(document_.next_sibling(at))) {
        if (!is_xforms(document_.name(at), "instance")) continue;
        instance = at;
        break;
    }
    const xml::Node root = instance == xml::kNoNode
                               ? xml::kNoNode
                               : document_.element_from(document_.first_child(instance));
    if (root == xml::kNoNode) {
        findings_.error(mark(instance == xml::kNoNode ? model_ : instance),
                        {"no-primary-instance",
                         "The model has no primary instance: the first <instance> must hold the "
                         "form's data element.",
                         {},
                         "Write <instance><data id=\"…\">…</data></instance> first in the model."});
        return;
    }
    form_.primary_root = root;
    form_.primary_instance_id = document_.attribute_value(instance, "id");
    form_.instance_namespace = document_.name(root).uri;
    form_.id = document_.attribute_value(root, "id");
    form_.version = document_.attribute_value(root, "version");
    if (!document_.has_attribute(root, "version")) {
        form_.version = document_.attribute_value(root, "version", kOpenRosaUri);
    }
    if (form_.id.empty()) {
        // Before ids there were namespaces (OpenRosa, "form identity").
        form_.id = form_.instance_namespace == kXFormsUri ? "" : form_.instance_namespace;
        if (form_.id.empty()) form_.id = document_.name(root).local;
        findings_.warning(mark(root),
                          {"no-form-id",
                           "The form has no id; " + quoted(form_.id) + " is used.",
                           {},
                           "Write an id attribute on <" + document_.name(root).qualified() + ">."});
    }
    ensure_instance_id(root);
    add_node(root, kNoRef, false);
    read_instance_node(root, 0, false);
}

/// Every record has an instanceID. A form that does not provide for one gets it, in the document
/// too, so that what is written again is complete.
void FormReader::ensure_instance_id(xml::Node root) {
    xml::Node meta = document_.child(root, kOpenRosaUri, "meta");
    if (meta == xml::kNoNode) meta = document_.child(root, "meta");
    if (meta != xml::kNoNode && document_.child(meta, "instanceID") != xml::kNoNode) return;
    if (meta == xml::kNoNode) {
        meta = document_.append_element(root, {std::string(kOpenRosaUri), "meta", "orx"});
    }
    const xml::Name inside = document_.name(meta);
    document_.append_element(meta, {inside.uri, "instanceID", inside.prefix});
    if (!inside.prefix.empty() && document_.namespace_for(model_, inside.prefix) == nullptr) {
        document_.declare_namespace(model_, inside.prefix, inside.uri);
    }
    if (document_.namespace_for(model_, "jr") == nullptr) {
        document_.declare_namespace(model_, "jr", kJavaRosaUri);
    }
    const xml::Node bind = document_.append_element(
        model_, {document_.name(model_).uri, "bind", document_.name(model_).prefix});
    document_.set_attribute(bind, "nodeset",
                            "/" + document_.name(root).qualified() + "/" + inside.qualified() +
                                "/" +
                                xml::Name{inside.uri, "instanceID", inside.prefix}.qualified());
    document_.set_attribute(bind, "type", "string");
    document_.set_attribute(bind, "readonly", "true()");
    document_.set_attribute(bind, {std::string(kJavaRosaUri), "preload", "jr"}, "uid");
}

NodeRef FormReader::add_node(xml::Node source, NodeRef parent, bool is_attribute) {
    const auto ref = static_cast<NodeRef>(form_.nodes.size());
    FormNode node;
    node.name = document_.name(source);
    node.parent = parent;
    node.is_attribute = is_attribute;
    node.path = (parent == kNoRef ? "" : form_.nodes[parent].path) + (is_attribute ? "/@" : "/") +
                node.name.qualified();
    form_.by_path.try_emplace(node.path, ref);
    if (parent != kNoRef) {
        FormNode& above = form_.nodes[parent];
        (is_attribute ? above.attributes : above.children).push_back(ref);
    }
    form_.nodes.push_back(std::move(node));
    if (!is_attribute) form_.note_child(ref);
    return ref;
}

/// \param seen this nodeset was read before, from its template or its first instance: only what is
/// new below it is added, and the value stays.
void FormReader::read_instance_node(xml::Node source, NodeRef ref, bool seen) {
    for (xml::Node at = document_.first_attribute(source); at != xml::kNoNode;
         at = document_.next_sibling(at)) {
        if (document_.name(at).is(kJavaRosaUri, "template")) continue;
        const std::vector<NodeRef>& known = form_.nodes[ref].attributes;
        const auto same = std::find_if(known.begin(), known.end(), [&](NodeRef one) {
            return form_.nodes[one].name.is(document_.name(at).uri, document_.name(at).local);
        });
        if (same != known.end()) continue;
        form_.nodes[add_node(at, ref, true)].default_value = document_.value(at);
    }
    if (!holds_elements(document_, source)) {
        std::string text = document_.text(source);
        if (!seen && !trimmed(text).empty()) form_.nodes[ref].default_value = std::move(text);
        return;
    }
    form_.nodes[ref].default_value.clear();
    // Templates first: they decide the defaults, wherever they stand among the instances.
    struct Child {
        xml::Node source;
        NodeRef ref;
    };
    std::vector<Child> children;
    std::unordered_map<std::string, NodeRef>
        known;  // thousands of questions may stand side by side
    for (const NodeRef one : form_.nodes[ref].children)
        known.try_emplace(expanded(form_.nodes[one].name), one);
    for (xml::Node at = document_.element_from(document_.first_child(source)); at != xml::kNoNode;
         at = document_.element_from(document_.next_sibling(at))) {
        const auto [child, is_new] = known.try_emplace(expanded(document_.name(at)), kNoRef);
        if (is_new) child->second = add_node(at, ref, false);
        children.push_back({at, child->second});
    }
    std::stable_partition(children.begin(), children.end(), [this](const Child& child) {
        return is_template(document_, child.source);
    });
    std::unordered_set<NodeRef> filled;
    for (const Child& child : children) {
        const bool again = !filled.insert(child.ref).second || seen;
        read_instance_node(child.source, child.ref, again);
    }
}

void FormReader::read_secondary_instances() {
    bool primary = true;
    for (xml::Node at = document_.element_from(document_.first_child(model_)); at != xml::kNoNode;
         at = document_.element_from(document_.next_sibling(at))) {
        if (!is_xforms(document_.name(at), "instance")) continue;
        if (std::exchange(primary, false)) continue;
        SecondaryInstance instance;
        instance.id = document_.attribute_value(at, "id");
        instance.src = document_.attribute_value(at, "src");
        instance.place = mark(at);
        if (instance.id.empty()) {
            findings_.error(mark(at),
                            {"instance-without-id",
                             "A secondary <instance> has no id, so nothing can refer to it.",
                             {},
                             "Give it an id, or take it out."});
            continue;
        }
        if (form_.find_instance(instance.id) != nullptr) {
            findings_.error(mark(at),
                            {"duplicate-instance",
                             "There are two instances with the id " + quoted(instance.id) + ".",
                             instance.id, "Rename one of them."});
            continue;
        }
        if (instance.src.empty()) {
            auto content = std::make_shared<xml::Document>();
            const xml::Node root = document_.element_from(document_.first_child(at));
            if (root != xml::kNoNode) strip_inherited_namespaces(*content, 0, document_, root);
            instance.content = content;
            instance.tree = std::make_shared<DocumentTree>(*content);
        }
        form_.instances.push_back(std::move(instance));
    }
}

}  // namespace survey::forms::xform_reading

#include "forms/xform/form_reader.h"

namespace survey::forms::xform_reading {

void FormReader::find_parts() {
    const xml::Node root = document.root();
    if (root == xml::kNoNode) {
        findings.error(0, {"not-xform", "The document is empty.", {}, "Choose another file."});
        return;
    }
    // The model stands in the head by rule; the body may stand before it, and tools that wrap
    // forms nest the whole. Elements of the instance are not searched.
    std::vector<xml::Node> open{root};
    for (std::size_t i = 0; i < open.size(); ++i) {
        const xml::Node at = open[i];
        const xml::Name& name = document.name(at);
        if (is_xforms(name, "model")) {
            const bool has_instance = document.child(at, "instance") != xml::kNoNode;
            const bool better = model == xml::kNoNode ||
                                (has_instance && document.child(model, "instance") == xml::kNoNode);
            if (model != xml::kNoNode) {
                findings.warning(mark(better ? model : at),
                                 {"extra-model",
                                  "The form has several models; only one is read.",
                                  {},
                                  "Join them into one model."});
            }
            if (better) model = at;
            continue;
        }
        if (name.local == "body") {
            if (body == xml::kNoNode) body = at;
            continue;
        }
        if (name.local == "title" && form.title.empty()) form.title = trimmed(document.text(at));
        for (xml::Node child = document.element_from(document.first_child(at));
             child != xml::kNoNode; child = document.element_from(document.next_sibling(child))) {
            open.push_back(child);
        }
    }
    if (model == xml::kNoNode) {
        findings.error(mark(root), {"not-xform",
                                    "This is not an XForm: there is no <model> in <" +
                                        document.name(root).qualified() + ">.",
                                    document.name(root).qualified(),
                                    "An XForm is <h:html> with <h:head><model>…</model></h:head> "
                                    "and <h:body>."});
        return;
    }
    if (body == xml::kNoNode) {
        findings.warning(mark(root), {"no-body",
                                      "The form has no <h:body>, so it asks nothing.",
                                      {},
                                      "Add the body with its controls."});
    }
}

void FormReader::finish() {
    for (NodeRef ref = 0; ref < form.nodes.size(); ++ref) {
        FormNode& node = form.nodes[ref];
        if (node.is_repeat) {
            node.repeat_scope = ref;
        } else if (node.parent != kNoRef) {
            node.repeat_scope = form.nodes[node.parent].repeat_scope;
        }
    }
    for (const NodeRef child : form.nodes[0].children) {
        if (form.nodes[child].name.local != "meta") continue;
        for (const NodeRef inner : form.nodes[child].children) {
            const std::string& name = form.nodes[inner].name.local;
            if (name == "instanceID" && form.instance_id == kNoRef) form.instance_id = inner;
            if (name == "instanceName" && form.instance_name == kNoRef) form.instance_name = inner;
        }
    }
    if (form.instance_id != kNoRef) {
        // An instanceID that nothing fills would leave every record without identity.
        FormNode& node = form.nodes[form.instance_id];
        bool filled = node.bind && (node.bind->calculate || !node.bind->preload.kind.empty());
        for (const Action& action : form.actions) {
            filled = filled || action.target == form.instance_id;
        }
        if (!node.bind) node.bind.emplace();
        if (!filled) node.bind->preload.kind = "uid";
    }
    const xml::Node submission = document.child(model, "submission");
    if (submission == xml::kNoNode) return;
    for (xml::Node at = document.first_attribute(submission); at != xml::kNoNode;
         at = document.next_sibling(at)) {
        const std::string key = expanded(document.name(at));
        const std::string& value = document.value(at);
        if (key == "action") {
            form.submission.action = value;
        } else if (key == "method") {
            form.submission.method = value;
        } else if (key == "base64RsaPublicKey") {
            form.submission.public_key = value;
        } else {
            form.submission.extra.emplace_back(key, value);
        }
    }
}

void FormReader::read() {
    find_parts();
    if (model == xml::kNoNode) return;
    read_primary_instance();
    if (form.nodes.empty()) return;
    read_secondary_instances();
    read_itext();
    read_binds();
    // Actions run in document order, and the body may stand first.
    const bool body_first = body != xml::kNoNode && body < model;
    if (!body_first) read_model_actions();
    read_body();
    if (body_first) read_model_actions();
    finish();
    check_scopes();
    check_itext();
    check_itemsets();
    // With broken expressions the graph would miss edges; the author mends those first.
    if (!findings.has_errors()) check_cycles();
}

}  // namespace survey::forms::xform_reading

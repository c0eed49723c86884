#include "forms/xform/form_reader.h"

namespace survey::forms::xform_reading {

void FormReader::find_parts() {
    const xml::Node root = document_.root();
    if (root == xml::kNoNode) {
        findings_.error(0, {"not-xform", "The document is empty.", {}, "Choose another file."});
        return;
    }
    // The model stands in the head by rule; the body may stand before it, and tools that wrap
    // forms nest the whole. Elements of the instance are not searched.
    std::vector<xml::Node> open{root};
    for (std::size_t i = 0; i < open.size(); ++i) {
        const xml::Node at = open[i];
        const xml::Name& name = document_.name(at);
        if (is_xforms(name, "model")) {
            const bool has_instance = document_.child(at, "instance") != xml::kNoNode;
            const bool better =
                model_ == xml::kNoNode ||
                (has_instance && document_.child(model_, "instance") == xml::kNoNode);
            if (model_ != xml::kNoNode) {
                findings_.warning(mark(better ? model_ : at),
                                  {"extra-model",
                                   "The form has several models; only one is read.",
                                   {},
                                   "Join them into one model."});
            }
            if (better) model_ = at;
            continue;
        }
        if (name.local == "body") {
            if (body_ == xml::kNoNode) body_ = at;
            continue;
        }
        if (name.local == "title" && form_.title.empty()) form_.title = trimmed(document_.text(at));
        for (xml::Node child = document_.element_from(document_.first_child(at));
             child != xml::kNoNode; child = document_.element_from(document_.next_sibling(child))) {
            open.push_back(child);
        }
    }
    if (model_ == xml::kNoNode) {
        findings_.error(mark(root), {"not-xform",
                                     "This is not an XForm: there is no <model> in <" +
                                         document_.name(root).qualified() + ">.",
                                     document_.name(root).qualified(),
                                     "An XForm is <h:html> with <h:head><model>…</model></h:head> "
                                     "and <h:body>."});
        return;
    }
    if (body_ == xml::kNoNode) {
        findings_.warning(mark(root), {"no-body",
                                       "The form has no <h:body>, so it asks nothing.",
                                       {},
                                       "Add the body with its controls."});
    }
}

void FormReader::finish() {
    for (NodeRef ref = 0; ref < form_.nodes.size(); ++ref) {
        FormNode& node = form_.nodes[ref];
        if (node.is_repeat) {
            node.repeat_scope = ref;
        } else if (node.parent != kNoRef) {
            node.repeat_scope = form_.nodes[node.parent].repeat_scope;
        }
    }
    for (const NodeRef child : form_.nodes[0].children) {
        if (form_.nodes[child].name.local != "meta") continue;
        for (const NodeRef inner : form_.nodes[child].children) {
            const std::string& name = form_.nodes[inner].name.local;
            if (name == "instanceID" && form_.instance_id == kNoRef) form_.instance_id = inner;
            if (name == "instanceName" && form_.instance_name == kNoRef)
                form_.instance_name = inner;
        }
    }
    if (form_.instance_id != kNoRef) {
        // An instanceID that nothing fills would leave every record without identity.
        FormNode& node = form_.nodes[form_.instance_id];
        bool filled = node.bind && (node.bind->calculate || !node.bind->preload.kind.empty());
        for (const Action& action : form_.actions) {
            filled = filled || action.target == form_.instance_id;
        }
        if (!node.bind) node.bind.emplace();
        if (!filled) node.bind->preload.kind = "uid";
    }
    const xml::Node submission = document_.child(model_, "submission");
    if (submission == xml::kNoNode) return;
    for (xml::Node at = document_.first_attribute(submission); at != xml::kNoNode;
         at = document_.next_sibling(at)) {
        const std::string key = expanded(document_.name(at));
        const std::string& value = document_.value(at);
        if (key == "action") {
            form_.submission.action = value;
        } else if (key == "method") {
            form_.submission.method = value;
        } else if (key == "base64RsaPublicKey") {
            form_.submission.public_key = value;
        } else {
            form_.submission.extra.emplace_back(key, value);
        }
    }
}

std::uint32_t FormReader::mark(xml::Node node) const {
    if (node == xml::kNoNode) return 0;
    if (document_.place(node) != 0 || document_.parent(node) == xml::kNoNode) {
        return document_.place(node);
    }
    return document_.place(document_.parent(node));
}

bool FormReader::read() {
    find_parts();
    if (model_ == xml::kNoNode) return false;
    read_primary_instance();
    if (form_.nodes.empty()) return false;
    read_secondary_instances();
    read_itext();
    read_binds();
    // Actions run in document order, and the body may stand first.
    const bool body_first = body_ != xml::kNoNode && body_ < model_;
    if (!body_first) read_model_actions();
    read_body();
    if (body_first) read_model_actions();
    finish();
    check_scopes();
    check_itext();
    check_itemsets();
    // With broken expressions the graph would miss edges; the author mends those first.
    if (!findings_.has_errors()) check_cycles();
    return !findings_.has_errors();
}

}  // namespace survey::forms::xform_reading

#include "forms/session/xpath_document.h"

#include <utility>

namespace survey::forms {

namespace {

using xml::kNoNode;
using xml::Node;

constexpr std::string_view kXForms = "http://www.w3.org/2002/xforms";

Node first_element(const xml::Document& document, Node parent) {
    return document.element_from(document.first_child(parent));
}

Node next_element(const xml::Document& document, Node node) {
    return document.element_from(document.next_sibling(node));
}

}  // namespace

XPathDocument::XPathDocument(xml::Document document) : xml_(std::move(document)), tree_(xml_) {
    const Node root = xml_.root();
    if (root == kNoNode) return;
    const Node head = xml_.child(root, "head");
    const Node model = head == kNoNode ? kNoNode : xml_.child(head, kXForms, "model");
    if (model != kNoNode) read_model(model);
}

void XPathDocument::read_model(Node model) {
    for (Node node = first_element(xml_, model); node != kNoNode; node = next_element(xml_, node)) {
        if (xml_.name(node).is(kXForms, "instance")) {
            if (primary_ == kNoNode) primary_ = node;
            const Node content = first_element(xml_, node);
            const std::string& id = xml_.attribute_value(node, "id");
            if (!id.empty() && content != kNoNode) instances_.emplace(id, content);
        } else if (xml_.name(node).is(kXForms, "itext")) {
            for (Node one = first_element(xml_, node); one != kNoNode;
                 one = next_element(xml_, one)) {
                if (xml_.name(one).is(kXForms, "translation")) read_translation(one);
            }
        }
    }
}

void XPathDocument::read_translation(Node translation) {
    const std::string& language = xml_.attribute_value(translation, "lang");
    if (languages_.empty() || xml_.has_attribute(translation, "default")) {
        default_language_ = language;
    }
    Texts& texts = languages_[language];
    for (Node text = first_element(xml_, translation); text != kNoNode;
         text = next_element(xml_, text)) {
        for (Node value = first_element(xml_, text); value != kNoNode;
             value = next_element(xml_, value)) {
            if (xml_.has_attribute(value, "form")) continue;
            texts.emplace(xml_.attribute_value(text, "id"), value);
            break;
        }
    }
}

Node XPathDocument::instance(std::string_view id) const {
    const auto found = instances_.find(id);
    return found == instances_.end() ? kNoNode : found->second;
}

Node XPathDocument::itext(std::string_view id, std::string_view language) const {
    const auto texts = languages_.find(language.empty() ? default_language_ : language);
    if (texts == languages_.end()) return kNoNode;
    const auto found = texts->second.find(id);
    return found == texts->second.end() ? kNoNode : found->second;
}

std::string_view SubtreeView::local_name(expr::NodeIndex node) const {
    return whole_.local_name(node);
}
std::string_view SubtreeView::namespace_uri(expr::NodeIndex node) const {
    return whole_.namespace_uri(node);
}
std::string SubtreeView::qualified_name(expr::NodeIndex node) const {
    return whole_.qualified_name(node);
}
expr::NodeIndex SubtreeView::parent(expr::NodeIndex node) const {
    return node == root_ ? expr::kNoNode : whole_.parent(node);
}
expr::NodeIndex SubtreeView::first_child(expr::NodeIndex node) const {
    return whole_.first_child(node);
}
expr::NodeIndex SubtreeView::last_child(expr::NodeIndex node) const {
    return whole_.last_child(node);
}
expr::NodeIndex SubtreeView::next_sibling(expr::NodeIndex node) const {
    return node == root_ ? expr::kNoNode : whole_.next_sibling(node);
}
expr::NodeIndex SubtreeView::previous_sibling(expr::NodeIndex node) const {
    return node == root_ ? expr::kNoNode : whole_.previous_sibling(node);
}
expr::NodeIndex SubtreeView::first_attribute(expr::NodeIndex node) const {
    return whole_.first_attribute(node);
}
void SubtreeView::append_string_value(expr::NodeIndex node, std::string& out) const {
    whole_.append_string_value(node, out);
}
bool SubtreeView::precedes(expr::NodeIndex a, expr::NodeIndex b) const {
    return whole_.precedes(a, b);
}

bool SubtreeView::contains(expr::NodeIndex node) const {
    while (node != expr::kNoNode && node != root_)
        node = whole_.parent(node);
    return node == root_;
}

}  // namespace survey::forms

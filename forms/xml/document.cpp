#include "forms/xml/document.h"

#include <utility>

#include "common/base/ensure.h"

namespace survey::xml {

namespace {

// Namespaces in XML 1.0, section 3: bound to "xml" without a declaration.
const std::string kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

}  // namespace

Document::Document() {
    names_.emplace_back();
    values_.emplace_back();
    nodes_.push_back(Record{.kind = NodeKind::kDocument});
}

Node Document::root() const {
    return element_from(nodes_[0].first_child);
}

Node Document::element_from(Node node) const {
    while (node != kNoNode && nodes_[node].kind != NodeKind::kElement)
        node = nodes_[node].next;
    return node;
}

std::string Document::text(Node node) const {
    const NodeKind own = kind(node);
    if (own != NodeKind::kElement && own != NodeKind::kDocument) return value(node);
    std::string out;
    Node at = nodes_[node].first_child;
    while (at != kNoNode) {
        if (nodes_[at].kind == NodeKind::kText) out += value(at);
        if (nodes_[at].first_child != kNoNode) {
            at = nodes_[at].first_child;
            continue;
        }
        while (at != node && nodes_[at].next == kNoNode)
            at = nodes_[at].parent;
        if (at == node) break;
        at = nodes_[at].next;
    }
    return out;
}

Node Document::child(Node parent, std::string_view uri, std::string_view local) const {
    Node at = element_from(nodes_[parent].first_child);
    while (at != kNoNode && !name(at).is(uri, local))
        at = element_from(nodes_[at].next);
    return at;
}

Node Document::child(Node parent, std::string_view local) const {
    Node at = element_from(nodes_[parent].first_child);
    while (at != kNoNode && name(at).local != local)
        at = element_from(nodes_[at].next);
    return at;
}

Node Document::attribute(Node element, std::string_view uri, std::string_view local) const {
    Node at = nodes_[element].first_attribute;
    while (at != kNoNode && !name(at).is(uri, local))
        at = nodes_[at].next;
    return at;
}

const std::string& Document::attribute_value(Node element, std::string_view local,
                                             std::string_view uri) const {
    const Node found = attribute(element, uri, local);
    return found == kNoNode ? values_.front() : value(found);
}

bool Document::has_attribute(Node element, std::string_view local, std::string_view uri) const {
    return attribute(element, uri, local) != kNoNode;
}

const std::vector<Document::NamespaceDeclaration>& Document::declarations(Node element) const {
    static const std::vector<NamespaceDeclaration> kNone;
    const auto found = declarations_.find(element);
    return found == declarations_.end() ? kNone : found->second;
}

std::vector<Document::NamespaceDeclaration> Document::namespaces_at(Node element) const {
    std::vector<NamespaceDeclaration> seen;
    for (Node at = element; at != kNoNode; at = nodes_[at].parent) {
        for (const NamespaceDeclaration& declaration : declarations(at)) {
            bool hidden = false;
            for (const NamespaceDeclaration& inner : seen) {
                hidden = hidden || inner.prefix == declaration.prefix;
            }
            if (!hidden) seen.push_back(declaration);
        }
    }
    // xmlns="" takes the default namespace away: it hides, but is not itself in scope.
    std::erase_if(seen, [](const NamespaceDeclaration& one) { return one.uri.empty(); });
    return seen;
}

const std::string* Document::namespace_for(Node element, std::string_view prefix) const {
    if (prefix == "xml") return &kXmlNamespace;
    for (Node at = element; at != kNoNode; at = nodes_[at].parent) {
        for (const NamespaceDeclaration& declaration : declarations(at)) {
            if (declaration.prefix != prefix) continue;
            return declaration.uri.empty() ? nullptr : &declaration.uri;
        }
    }
    return nullptr;
}

Node Document::append(Node parent, Record record) {
    ENSURE(parent < nodes_.size() && nodes_.size() < kNoNode);
    const Node node = static_cast<Node>(nodes_.size());
    record.parent = parent;
    Record& above = nodes_[parent];
    if (record.kind == NodeKind::kAttribute) {
        Node last = above.first_attribute;
        while (last != kNoNode && nodes_[last].next != kNoNode)
            last = nodes_[last].next;
        record.previous = last;
        (last == kNoNode ? above.first_attribute : nodes_[last].next) = node;
    } else {
        record.previous = above.last_child;
        (above.last_child == kNoNode ? above.first_child : nodes_[above.last_child].next) = node;
        above.last_child = node;
    }
    nodes_.push_back(record);
    return node;
}

std::uint32_t Document::intern(const Name& name) {
    std::string key;
    key.reserve(name.uri.size() + name.prefix.size() + name.local.size() + 3);
    key.append("{").append(name.uri).append("}").append(name.prefix);
    key.append(":").append(name.local);
    const auto next = static_cast<std::uint32_t>(names_.size());
    const auto [found, added] = name_index_.try_emplace(std::move(key), next);
    if (added) names_.push_back(name);
    return found->second;
}

std::uint32_t Document::store(std::string_view value) {
    if (value.empty()) return 0;
    values_.emplace_back(value);
    return static_cast<std::uint32_t>(values_.size() - 1);
}

Node Document::append_element(Node parent, const Name& name, std::uint32_t place) {
    return append(parent, Record{.kind = NodeKind::kElement, .name = intern(name), .place = place});
}

Node Document::append_element(Node parent, std::string_view local, std::uint32_t place) {
    const std::string* uri = namespace_for(parent, "");
    return append_element(
        parent, Name{uri == nullptr ? std::string() : *uri, std::string(local), {}}, place);
}

void Document::append_text(Node parent, std::string_view text, std::uint32_t place) {
    if (text.empty()) return;
    const Node last = nodes_[parent].last_child;
    if (last != kNoNode && nodes_[last].kind == NodeKind::kText) {
        Record& joined = nodes_[last];
        if (joined.value == 0) {
            joined.value = store(text);
        } else {
            values_[joined.value].append(text);
        }
        return;
    }
    append(parent, Record{.kind = NodeKind::kText, .value = store(text), .place = place});
}

Node Document::append_comment(Node parent, std::string_view text) {
    return append(parent, Record{.kind = NodeKind::kComment, .value = store(text)});
}

Node Document::append_instruction(Node parent, std::string_view target, std::string_view text) {
    return append(parent, Record{.kind = NodeKind::kProcessingInstruction,
                                 .name = intern(Name{{}, std::string(target), {}}),
                                 .value = store(text)});
}

Node Document::set_attribute(Node element, const Name& name, std::string_view value,
                             std::uint32_t place) {
    const Node found = attribute(element, name.uri, name.local);
    if (found != kNoNode) {
        set_value(found, value);
        return found;
    }
    return append(element, Record{.kind = NodeKind::kAttribute,
                                  .name = intern(name),
                                  .value = store(value),
                                  .place = place});
}

Node Document::set_attribute(Node element, std::string_view local, std::string_view value,
                             std::uint32_t place) {
    return set_attribute(element, Name{{}, std::string(local), {}}, value, place);
}

void Document::declare_namespace(Node element, std::string_view prefix, std::string_view uri) {
    std::vector<NamespaceDeclaration>& own = declarations_[element];
    for (NamespaceDeclaration& declaration : own) {
        if (declaration.prefix != prefix) continue;
        declaration.uri = uri;
        return;
    }
    own.push_back({std::string(prefix), std::string(uri)});
}

void Document::set_value(Node node, std::string_view value) {
    Record& record = nodes_[node];
    ENSURE(record.kind != NodeKind::kElement && record.kind != NodeKind::kDocument);
    if (record.value == 0) {
        record.value = store(value);
    } else {
        values_[record.value] = value;
    }
}

void Document::remove(Node node) {
    Record& gone = nodes_[node];
    ENSURE(node != 0);
    if (gone.parent == kNoNode) return;
    Record& above = nodes_[gone.parent];
    if (gone.previous != kNoNode) nodes_[gone.previous].next = gone.next;
    if (gone.next != kNoNode) nodes_[gone.next].previous = gone.previous;
    if (above.first_child == node) above.first_child = gone.next;
    if (above.last_child == node) above.last_child = gone.previous;
    if (above.first_attribute == node) above.first_attribute = gone.next;
    gone.parent = gone.previous = gone.next = kNoNode;
}

Node Document::append_copy(Node parent, const Document& from, Node subtree) {
    struct Source {
        Node node;
        std::size_t above;  // index of its parent in `sources`
    };
    // Listed before anything is appended: `parent` may stand inside the subtree.
    std::vector<Source> sources{{subtree, 0}};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const Record& record = from.nodes_[sources[i].node];
        for (Node at = record.first_attribute; at != kNoNode; at = from.nodes_[at].next) {
            sources.push_back({at, i});
        }
        for (Node at = record.first_child; at != kNoNode; at = from.nodes_[at].next) {
            sources.push_back({at, i});
        }
    }
    std::vector<std::uint32_t> names(from.names_.size(), 0);
    std::vector<Node> copies;
    copies.reserve(sources.size());
    for (const Source& source : sources) {
        const Record record = from.nodes_[source.node];
        ENSURE(record.kind != NodeKind::kDocument);
        std::uint32_t& name = names[record.name];
        if (name == 0 && record.name != 0) name = intern(Name(from.names_[record.name]));
        const Node above = copies.empty() ? parent : copies[source.above];
        copies.push_back(
            append(above, Record{.kind = record.kind,
                                 .name = name,
                                 .value = record.value == 0 ? 0 : store(from.values_[record.value]),
                                 .place = record.place}));
        for (const NamespaceDeclaration& one : from.declarations(source.node)) {
            declare_namespace(copies.back(), one.prefix, one.uri);
        }
    }
    return copies.front();
}

}  // namespace survey::xml

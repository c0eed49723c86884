#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace survey::xml {

/// The kinds of the XPath 1.0 data model (section 5). Namespace nodes are not stored: see
/// `Document::namespaces_at`.
enum class NodeKind : std::uint8_t {
    kDocument,
    kElement,
    kAttribute,
    kText,
    kComment,
    kProcessingInstruction,
};

/// A node of one document. Stable for the life of the document; never reused.
using Node = std::uint32_t;
inline constexpr Node kNoNode = 0xFFFFFFFF;

/// An expanded name with the prefix that it was written with. The prefix has no meaning in
/// comparisons.
struct Name {
    std::string uri;
    std::string local;
    std::string prefix;

    /// "jr:template", or "template" without a prefix.
    std::string qualified() const { return prefix.empty() ? local : prefix + ":" + local; }
    bool is(std::string_view other_uri, std::string_view other_local) const {
        return local == other_local && uri == other_uri;
    }
};

/// An XML document as a tree in one block of memory. Adjacent text and CDATA are one text node,
/// there is no node for a document type, and namespace declarations are kept apart from the
/// attributes. Node 0 is the document node. Values, not references: a Document can be copied and
/// moved. One thread while it is changed; any thread once it is only read.
class Document {
  public:
    Document();

    // Reading. kNoNode where there is none. All REQUIRE a node of this document.
    NodeKind kind(Node node) const { return nodes_[node].kind; }
    const Name& name(Node node) const {
        return names_[nodes_[node].name];
    }  ///< Element, attribute, PI.
    Node parent(Node node) const { return nodes_[node].parent; }
    Node first_child(Node node) const { return nodes_[node].first_child; }
    Node last_child(Node node) const { return nodes_[node].last_child; }
    Node next_sibling(Node node) const { return nodes_[node].next; }  ///< Among attributes too.
    Node previous_sibling(Node node) const { return nodes_[node].previous; }
    Node first_attribute(Node node) const { return nodes_[node].first_attribute; }
    /// The text of a text, comment, attribute or PI node; empty for the others.
    const std::string& value(Node node) const { return values_[nodes_[node].value]; }
    /// Line where parsed (from 1), or the mark that the maker of the document gave; 0 is none.
    std::uint32_t place(Node node) const { return nodes_[node].place; }
    std::size_t node_count() const { return nodes_.size(); }

    /// The one element below the document node; kNoNode in an empty document.
    Node root() const;
    /// XPath 1.0 string-value: for an element all text below it, in order.
    std::string text(Node node) const;
    /// First child element of that name.
    Node child(Node parent, std::string_view uri, std::string_view local) const;
    /// First child element of that local name in any namespace.
    Node child(Node parent, std::string_view local) const;
    /// The next sibling that is an element, starting with `node` itself.
    Node element_from(Node node) const;
    /// The attribute node, or kNoNode.
    Node attribute(Node element, std::string_view uri, std::string_view local) const;
    /// Its value, or an empty text where it is absent.
    const std::string& attribute_value(Node element, std::string_view local,
                                       std::string_view uri = {}) const;
    bool has_attribute(Node element, std::string_view local, std::string_view uri = {}) const;

    struct NamespaceDeclaration {
        std::string prefix;  ///< Empty: the default namespace.
        std::string uri;
    };
    /// What is declared on this element itself.
    const std::vector<NamespaceDeclaration>& declarations(Node element) const;
    /// All that is in scope at `element`, inner declarations first winning. Without "xml".
    std::vector<NamespaceDeclaration> namespaces_at(Node element) const;
    /// The URI for a prefix in scope; nullptr where it is not declared.
    const std::string* namespace_for(Node element, std::string_view prefix) const;

    // Building. Children are appended in document order; nodes keep their number.
    Node append_element(Node parent, const Name& name, std::uint32_t place = 0);
    Node append_element(Node parent, std::string_view local,
                        std::uint32_t place = 0);  ///< Inherits the
                                                   ///< parent's default namespace.
    /// Joins a text node that is already last.
    void append_text(Node parent, std::string_view text, std::uint32_t place = 0);
    Node append_comment(Node parent, std::string_view text);
    Node append_instruction(Node parent, std::string_view target, std::string_view text);
    /// Sets or replaces.
    Node set_attribute(Node element, const Name& name, std::string_view value,
                       std::uint32_t place = 0);
    Node set_attribute(Node element, std::string_view local, std::string_view value,
                       std::uint32_t place = 0);
    void declare_namespace(Node element, std::string_view prefix, std::string_view uri);
    void set_value(Node node, std::string_view value);  ///< Text, attribute, comment.
    /// Unlinks the subtree from its parent; the numbers are not used again.
    void remove(Node node);
    /// Appends a deep copy of a subtree of any document (also this one) under `parent`.
    Node append_copy(Node parent, const Document& from, Node subtree);

  private:
    struct Record {
        NodeKind kind = NodeKind::kElement;
        std::uint32_t name = 0;
        std::uint32_t value = 0;
        std::uint32_t place = 0;
        Node parent = kNoNode;
        Node first_child = kNoNode;
        Node last_child = kNoNode;
        Node next = kNoNode;
        Node previous = kNoNode;
        Node first_attribute = kNoNode;
    };

    Node append(Node parent, Record record);
    std::uint32_t intern(const Name& name);
    std::uint32_t store(std::string_view value);

    std::vector<Record> nodes_;
    std::vector<Name> names_;
    std::unordered_map<std::string, std::uint32_t> name_index_;  // "{uri}prefix:local"
    std::deque<std::string> values_;                             // 0 is the empty text
    std::unordered_map<Node, std::vector<NamespaceDeclaration>> declarations_;
};

}  // namespace survey::xml

#include "forms/xml/writer.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace survey::xml {

namespace {

constexpr std::string_view kXmlUri = "http://www.w3.org/XML/1998/namespace";

/// The bytes of the character at the start of `text`, and whether XML 1.0 (section 2.2) has it.
/// Bytes that are not UTF-8 count one by one.
std::pair<std::size_t, bool> next_character(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) return {1, lead >= 0x20 || lead == '\t' || lead == '\n' || lead == '\r'};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {1, false};
    std::uint32_t code = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0u) != 0x80u) return {1, false};
        code = (code << 6) | (byte & 0x3Fu);
    }
    constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    if (code < kSmallest[length] || code > 0x10FFFF) return {1, false};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return {length, !surrogate && code != 0xFFFE && code != 0xFFFF};
}

void append_escaped(std::string& out, std::string_view text, bool attribute) {
    while (!text.empty()) {
        const auto [length, allowed] = next_character(text);
        const char first = text[0];
        if (first == '&') {
            out += "&amp;";
        } else if (first == '<') {
            out += "&lt;";
        } else if (first == '>') {
            out += "&gt;";
        } else if (first == '\r') {
            out += "&#13;";  // A reader would turn the bare character into a line feed.
        } else if (attribute && first == '"') {
            out += "&quot;";
        } else if (attribute && first == '\n') {
            out += "&#10;";
        } else if (attribute && first == '\t') {
            out += "&#9;";
        } else if (allowed) {
            out.append(text.substr(0, length));
        }
        text.remove_prefix(length);
    }
}

/// Text of a comment or an instruction, which know no escapes: `forbidden` is broken with a blank.
void append_verbatim(std::string& out, std::string_view text, std::string_view forbidden) {
    std::string kept;
    while (!text.empty()) {
        const auto [length, allowed] = next_character(text);
        if (allowed && text[0] != '\r') kept.append(text.substr(0, length));
        text.remove_prefix(length);
    }
    for (std::size_t i = 0; i < kept.size(); ++i) {
        out += kept[i];
        if (std::string_view(kept).substr(i, forbidden.size()) == forbidden) out += ' ';
    }
}

class Writer {
  public:
    Writer(const Document& document, const WriteOptions& options)
        : document_(document), options_(options) {}

    std::string write(Node top) {
        if (options_.declaration) {
            out_ += "<?xml version=\"1.0\"?>";
            if (options_.indent) out_ += '\n';
        }
        inherited_ = top == 0 ? Declarations{} : document_.namespaces_at(top);
        Node at = top;
        while (at != kNoNode) {
            open(at, at == top);
            if (document_.first_child(at) != kNoNode) {
                at = document_.first_child(at);
                continue;
            }
            while (at != top && document_.next_sibling(at) == kNoNode) {
                at = document_.parent(at);
                close(at);
            }
            if (at == top) break;
            at = document_.next_sibling(at);
        }
        if (options_.indent) out_ += '\n';
        return std::move(out_);
    }

  private:
    using Declarations = std::vector<Document::NamespaceDeclaration>;

    struct Level {
        std::size_t scope_size;  // of scope_ outside the element
        std::string name;
        bool spread;  // its children stand on lines of their own
    };

    void open(Node node, bool top) {
        if (!levels_.empty() && levels_.back().spread) break_line(levels_.size());
        switch (document_.kind(node)) {
            case NodeKind::kDocument:
                break;
            case NodeKind::kElement:
                open_element(node, top);
                break;
            case NodeKind::kAttribute:
            case NodeKind::kText:
                append_escaped(out_, document_.value(node), false);
                break;
            case NodeKind::kComment:
                out_ += "<!--";
                append_verbatim(out_, document_.value(node), "--");
                if (out_.back() == '-' && !document_.value(node).empty()) out_ += ' ';
                out_ += "-->";
                break;
            case NodeKind::kProcessingInstruction:
                out_.append("<?").append(document_.name(node).local).append(" ");
                append_verbatim(out_, document_.value(node), "?>");
                out_ += "?>";
                break;
        }
    }

    void open_element(Node node, bool top) {
        const std::size_t outside = scope_.size();
        for (const auto& one : top ? inherited_ : document_.declarations(node)) {
            // Namespaces in XML 1.0 cannot take back a prefix, only the default namespace.
            if (one.prefix.empty() || !one.uri.empty()) scope_.push_back(one);
        }
        used_.clear();
        std::string name = bind_element(document_.name(node), outside);
        std::string attributes;
        for (Node at = document_.first_attribute(node); at != kNoNode;
             at = document_.next_sibling(at)) {
            attributes += ' ' + bind_attribute(document_.name(at), outside) + "=\"";
            append_escaped(attributes, document_.value(at), true);
            attributes += '"';
        }
        out_.append("<").append(name);
        for (std::size_t i = outside; i < scope_.size(); ++i) {
            out_.append(scope_[i].prefix.empty() ? " xmlns" : " xmlns:").append(scope_[i].prefix);
            out_ += "=\"";
            append_escaped(out_, scope_[i].uri, true);
            out_ += '"';
        }
        out_ += attributes;
        if (document_.first_child(node) == kNoNode) {
            out_ += "/>";
            scope_.resize(outside);
            return;
        }
        out_ += '>';
        levels_.push_back({outside, std::move(name), options_.indent && !holds_text(node)});
    }

    void close(Node node) {
        if (document_.kind(node) != NodeKind::kElement) return;
        Level level = std::move(levels_.back());
        levels_.pop_back();
        if (level.spread) break_line(levels_.size());
        out_.append("</").append(level.name).append(">");
        scope_.resize(level.scope_size);
    }

    void break_line(std::size_t depth) {
        out_ += '\n';
        out_.append(2 * depth, ' ');
    }

    bool holds_text(Node element) const {
        Node at = document_.first_child(element);
        while (at != kNoNode && document_.kind(at) != NodeKind::kText) {
            at = document_.next_sibling(at);
        }
        return at != kNoNode;
    }

    /// What `prefix` means inside the element being opened; empty: nothing.
    std::string_view meaning(std::string_view prefix) const {
        for (auto one = scope_.rbegin(); one != scope_.rend(); ++one) {
            if (one->prefix == prefix) return one->uri;
        }
        return {};
    }

    Document::NamespaceDeclaration* own_declaration(std::string_view prefix, std::size_t outside) {
        for (std::size_t i = outside; i < scope_.size(); ++i) {
            if (scope_[i].prefix == prefix) return &scope_[i];
        }
        return nullptr;
    }

    std::string bind_element(const Name& name, std::size_t outside) {
        if (!name.uri.empty()) return bind(name, outside);
        if (!meaning("").empty()) {
            // An element in no namespace cannot keep a default namespace, not even its own.
            if (auto* own = own_declaration("", outside)) {
                own->uri.clear();
            } else {
                scope_.push_back({});
            }
        }
        return name.local;
    }

    std::string bind_attribute(const Name& name, std::size_t outside) {
        if (name.uri.empty()) return name.local;
        return bind(name, outside, true);
    }

    std::string bind(const Name& name, std::size_t outside, bool attribute = false) {
        if (name.uri == kXmlUri) return "xml:" + name.local;
        const bool usable =
            name.prefix != "xml" && name.prefix != "xmlns" && !(attribute && name.prefix.empty());
        if (usable && meaning(name.prefix) == name.uri) return with_prefix(name.prefix, name);
        // A prefix means one thing on one element: what it declares or what it used already.
        const bool taken = own_declaration(name.prefix, outside) != nullptr ||
                           std::find(used_.begin(), used_.end(), name.prefix) != used_.end();
        if (usable && !taken) {
            scope_.push_back({name.prefix, name.uri});
            return with_prefix(name.prefix, name);
        }
        for (const auto& one : scope_) {
            if (one.uri == name.uri && !one.prefix.empty() && meaning(one.prefix) == name.uri) {
                return with_prefix(one.prefix, name);
            }
        }
        std::string made;
        for (std::size_t i = 1; made.empty() || !meaning(made).empty(); ++i) {
            made = "ns" + std::to_string(i);
        }
        scope_.push_back({made, name.uri});
        return with_prefix(made, name);
    }

    std::string with_prefix(const std::string& prefix, const Name& name) {
        used_.push_back(prefix);
        return prefix.empty() ? name.local : prefix + ":" + name.local;
    }

    const Document& document_;
    const WriteOptions& options_;
    std::string out_;
    Declarations inherited_;
    Declarations scope_;
    std::vector<std::string> used_;  // prefixes written on the element being opened
    std::vector<Level> levels_;
};

}  // namespace

std::string write(const Document& document, const WriteOptions& options) {
    return Writer(document, options).write(0);
}

std::string write(const Document& document, Node subtree, const WriteOptions& options) {
    return Writer(document, options).write(subtree);
}

std::string escape_text(std::string_view text) {
    std::string out;
    append_escaped(out, text, false);
    return out;
}

std::string escape_attribute(std::string_view text) {
    std::string out;
    append_escaped(out, text, true);
    return out;
}

}  // namespace survey::xml

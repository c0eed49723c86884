#include <algorithm>

#include "forms/xform/form_reader.h"
#include "forms/xml/writer.h"

namespace survey::forms::xform_reading {

namespace {

/// The content of a string literal that fills `source`.
std::optional<std::string_view> literal_content(std::string_view source) {
    if (source.size() < 2 || (source[0] != '\'' && source[0] != '"')) return std::nullopt;
    if (source.find(source[0], 1) != source.size() - 1) return std::nullopt;
    return source.substr(1, source.size() - 2);
}

void trim_ends(RichText& text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    if (text.empty()) return;
    std::string& first = text.front().text;
    first.erase(0, std::min(first.find_first_not_of(kBlanks), first.size()));
    if (!text.back().output) {
        std::string& last = text.back().text;
        last.erase(last.find_last_not_of(kBlanks) + 1);
        if (last.empty()) text.pop_back();
    }
}

}  // namespace

std::optional<std::string_view> itext_argument(std::string_view source) {
    source = trimmed(source);
    constexpr std::string_view kFunction = "jr:itext";
    if (!source.starts_with(kFunction) || !source.ends_with(')')) return std::nullopt;
    source = trimmed(source.substr(kFunction.size()));
    if (!source.starts_with('(')) return std::nullopt;
    return trimmed(source.substr(1, source.size() - 2));
}

RichText FormReader::read_rich_text(xml::Node element, std::string_view what, NodeRef context) {
    RichText out;
    bool open = false;  // The last part still takes text.
    const auto literal = [&](std::string_view text) {
        if (!open) out.emplace_back();
        open = true;
        out.back().text += text;
    };
    // Elements other than outputs are markup and stay text, as JavaRosa and pyxform's own escaped
    // markup have it.
    const auto tag = [&](xml::Node node) {
        std::string text = "<" + document_.name(node).local;
        for (xml::Node at = document_.first_attribute(node); at != xml::kNoNode;
             at = document_.next_sibling(at)) {
            text += " " + document_.name(at).local + "=\"" +
                    xml::escape_attribute(document_.value(at)) + "\"";
        }
        literal(text + (document_.first_child(node) == xml::kNoNode ? "/>" : ">"));
    };
    xml::Node at = document_.first_child(element);
    while (at != xml::kNoNode) {
        const bool output =
            document_.kind(at) == xml::NodeKind::kElement && document_.name(at).local == "output";
        if (document_.kind(at) == xml::NodeKind::kText) {
            literal(document_.value(at));
        } else if (output) {
            const xml::Node value = attribute(at, "value") != xml::kNoNode ? attribute(at, "value")
                                                                           : attribute(at, "ref");
            if (value == xml::kNoNode) {
                findings_.error(mark(at), {"output-without-value",
                                           "An <output> in " + std::string(what) +
                                               " does not say what to show.",
                                           {},
                                           "Write <output value=\"…\"/>."});
            } else if (auto compiled = compile(value, document_.value(value),
                                               "the <output> in " + std::string(what), context)) {
                literal({});
                out.back().output = std::move(compiled);
                open = false;
            }
        } else if (document_.kind(at) == xml::NodeKind::kElement) {
            tag(at);
            if (document_.first_child(at) != xml::kNoNode) {
                at = document_.first_child(at);
                continue;
            }
        }
        while (at != element && document_.next_sibling(at) == xml::kNoNode) {
            at = document_.parent(at);
            if (at != element) literal("</" + document_.name(at).local + ">");
        }
        if (at == element) break;
        at = document_.next_sibling(at);
    }
    trim_ends(out);
    return out;
}

TextSource FormReader::read_text(xml::Node element, std::string_view what, NodeRef context) {
    TextSource out;
    const xml::Node ref = attribute(element, "ref");
    if (ref != xml::kNoNode && !trimmed(document_.value(ref)).empty()) {
        if (itext_argument(document_.value(ref))) {
            out = read_message(ref, what, context);
        } else if (auto value = compile(ref, document_.value(ref), what, context)) {
            // <label ref="/data/x"/>: XForms shows the value of the node.
            out.literal.push_back({{}, std::move(value)});
            return out;
        }
    }
    out.literal = read_rich_text(element, what, context);
    return out;
}

TextSource FormReader::read_message(xml::Node attribute_node, std::string_view what,
                                    NodeRef context) {
    TextSource out;
    const std::string& source = document_.value(attribute_node);
    const auto argument = itext_argument(source);
    if (!argument) {
        if (!source.empty()) out.literal.push_back({source, std::nullopt});
        return out;
    }
    if (const auto id = literal_content(*argument)) {
        out.itext_id = *id;
        itext_uses_.push_back({out.itext_id, mark(attribute_node), context, std::string(what)});
    } else {
        out.itext = compile(attribute_node, *argument, what, context);
    }
    return out;
}

}  // namespace survey::forms::xform_reading

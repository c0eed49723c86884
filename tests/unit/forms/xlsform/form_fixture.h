#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "forms/xform/load.h"
#include "forms/xlsform/convert.h"
#include "forms/xml/document.h"
#include "forms/xml/writer.h"

namespace survey::forms {

/// A converted form with the look-ups that tests need.
struct Converted {
    ConvertedForm form;

    bool accepted() const { return form.xform.has_value(); }
    /// The first element that the words describe, each below the one before:
    /// "bind[nodeset=/data/q]", "select1[ref=/data/q] itemset value".
    xml::Node find(std::string_view words) const {
        if (!form.xform) return xml::kNoNode;
        xml::Node node = 0;
        while (!words.empty() && node != xml::kNoNode) {
            // Values in brackets may hold blanks.
            const std::size_t bracket = words.find('[');
            std::size_t end = words.find(' ');
            if (bracket < end) end = words.find(' ', words.find(']', bracket));
            end = std::min(end, words.size());
            node = below(node, words.substr(0, end));
            words.remove_prefix(std::min(end + 1, words.size()));
        }
        return node;
    }
    bool has(std::string_view words) const { return find(words) != xml::kNoNode; }
    std::string attribute(std::string_view words, std::string_view name) const {
        const xml::Node node = find(words);
        if (node == xml::kNoNode) return "(no such element)";
        for (xml::Node a = form.xform->first_attribute(node); a != xml::kNoNode;
             a = form.xform->next_sibling(a)) {
            if (form.xform->name(a).qualified() == name) return form.xform->value(a);
        }
        return "(no such attribute)";
    }
    std::string text(std::string_view words) const {
        const xml::Node node = find(words);
        return node == xml::kNoNode ? "(no such element)" : form.xform->text(node);
    }
    /// The element as XML, without namespace declarations.
    std::string markup(std::string_view words) const {
        const xml::Node node = find(words);
        if (node == xml::kNoNode) return "(no such element)";
        std::string text = xml::write(*form.xform, node, xml::WriteOptions{false, false});
        for (std::size_t at = text.find(" xmlns"); at != std::string::npos;
             at = text.find(" xmlns")) {
            text.erase(at, text.find('"', text.find('"', at) + 1) + 1 - at);
        }
        return text;
    }
    std::string bind(std::string_view path, std::string_view name) const {
        return attribute("bind[nodeset=" + std::string(path) + "]", name);
    }
    std::size_t count(std::string_view code) const {
        return static_cast<std::size_t>(
            std::count_if(form.diagnostics.begin(), form.diagnostics.end(),
                          [&](const Diagnostic& found) { return found.code == code; }));
    }
    /// The first finding of that code; an empty one where there is none.
    Diagnostic finding(std::string_view code) const {
        for (const Diagnostic& found : form.diagnostics) {
            if (found.code == code) return found;
        }
        return Diagnostic{};
    }
    /// All error codes, for messages and comparisons.
    std::vector<std::string> errors() const { return codes(Severity::kError); }
    std::vector<std::string> warnings() const { return codes(Severity::kWarning); }
    /// What still stops the form from being used once it is loaded, each with its place.
    std::vector<std::string> load_errors() const {
        if (!form.xform) return {"not converted"};
        const LoadedForm loaded =
            load_xform(*form.xform, [&](std::uint32_t mark) { return form.places.at(mark); });
        std::vector<std::string> errors;
        for (const Diagnostic& found : loaded.diagnostics) {
            if (found.severity == Severity::kError) errors.push_back(describe(found));
        }
        return errors;
    }

  private:
    std::vector<std::string> codes(Severity severity) const {
        std::vector<std::string> all;
        for (const Diagnostic& found : form.diagnostics) {
            if (found.severity == severity) all.push_back(found.code);
        }
        return all;
    }

    xml::Node below(xml::Node from, std::string_view word) const {
        const std::size_t open = word.find('[');
        const std::string_view name = word.substr(0, open);
        std::string_view attribute;
        std::string_view wanted;
        if (open != std::string_view::npos) {
            const std::size_t equals = word.find('=', open);
            attribute = word.substr(open + 1, equals - open - 1);
            wanted = word.substr(equals + 1, word.size() - equals - 2);
        }
        return search(from, name, attribute, wanted);
    }

    xml::Node search(xml::Node from, std::string_view name, std::string_view attribute,
                     std::string_view wanted) const {
        const xml::Document& document = *form.xform;
        for (xml::Node child = document.element_from(document.first_child(from));
             child != xml::kNoNode; child = document.element_from(document.next_sibling(child))) {
            const bool named = document.name(child).local == name;
            if (named &&
                (attribute.empty() || document.attribute_value(child, attribute) == wanted)) {
                return child;
            }
            if (const xml::Node deeper = search(child, name, attribute, wanted);
                deeper != xml::kNoNode) {
                return deeper;
            }
        }
        return xml::kNoNode;
    }
};

/// Converts a form written as Markdown tables.
inline Converted convert(std::string_view markdown) {
    return Converted{convert_xlsform(markdown, ConvertOptions{"form"})};
}

/// Markdown from the short form of tests: a line that is only a word begins a sheet, every other
/// line holds the cells of a row with bars between.
inline std::string tables(std::string_view text) {
    std::string markdown;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (line.empty()) continue;
        const bool is_row = line.find('|') != std::string_view::npos;
        markdown += (is_row ? "| | " : "| ") + std::string(line) + " |\n";
    }
    return markdown;
}

/// The same for a survey sheet with the columns type, name and label.
inline Converted convert_rows(std::string_view rows) {
    return convert("| survey |\n| | type | name | label |\n" + tables(rows));
}

}  // namespace survey::forms

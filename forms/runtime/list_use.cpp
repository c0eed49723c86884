#include "forms/runtime/list_use.h"

#include <algorithm>
#include <optional>
#include <string>

namespace survey::forms {

namespace {

/// Whether a text literal of the source is that word: instance('trees'), pulldata("trees", …).
bool mentions(std::string_view source, std::string_view word) {
    for (std::size_t at = source.find(word); at != std::string_view::npos;
         at = source.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if (at == 0 || end == source.size()) continue;
        const char quote = source[at - 1];
        if ((quote == '\'' || quote == '"') && source[end] == quote) return true;
    }
    return false;
}

bool mentions(const std::optional<expr::Expr>& expression, std::string_view word) {
    return expression && mentions(std::string_view(expression->source()), word);
}

bool mentions(const RichText& text, std::string_view word) {
    return std::any_of(text.begin(), text.end(),
                       [&](const TextPart& part) { return mentions(part.output, word); });
}

bool mentions(const TextSource& text, std::string_view word) {
    return mentions(text.itext, word) || mentions(text.literal, word);
}

bool mentions(const Bind& bind, std::string_view word) {
    for (const auto* rule : {&bind.relevant, &bind.required, &bind.readonly, &bind.constraint,
                             &bind.calculate, &bind.warn_if}) {
        if (mentions(*rule, word)) return true;
    }
    return mentions(bind.constraint_message, word) || mentions(bind.required_message, word) ||
           mentions(bind.warn_message, word);
}

bool mentions(const Control& control, std::string_view word) {
    if (control.itemset && mentions(std::string_view(control.itemset->nodeset.source()), word)) {
        return true;
    }
    return mentions(control.repeat_count, word) || mentions(control.label, word) ||
           mentions(control.hint, word);
}

bool mentions(const Language& language, std::string_view word) {
    for (const auto& [id, values] : language.texts) {
        for (const ItextValue& value : values) {
            if (mentions(value.text, word)) return true;
        }
    }
    return false;
}

/// The name of a column that a value is, not a path or a call.
std::string_view column_of(const std::optional<expr::Expr>& expression) {
    if (!expression) return {};
    const std::string_view source = expression->source();
    return source.find_first_of("/()[]@.:*| '\"") == std::string_view::npos ? source
                                                                            : std::string_view();
}

}  // namespace

bool reads_instance(const FormDefinition& form, std::string_view id) {
    const auto in = [&](const auto& part) { return mentions(part, id); };
    return std::any_of(form.nodes.begin(), form.nodes.end(),
                       [&](const FormNode& node) { return node.bind && in(*node.bind); }) ||
           std::any_of(form.controls.begin(), form.controls.end(), in) ||
           std::any_of(form.languages.begin(), form.languages.end(), in) ||
           std::any_of(form.actions.begin(), form.actions.end(), [&](const Action& action) {
               return in(action.value) || in(action.target_path);
           });
}

Result<void> check_columns(const FormDefinition& form, std::string_view id,
                           const xml::Document& list) {
    const std::string items = "instance('" + std::string(id) + "')/root/item";
    const xml::Node root = list.root();
    if (root == xml::kNoNode) return {};
    const xml::Node first = list.element_from(list.first_child(root));
    if (first == xml::kNoNode || list.name(first).local != "item") return {};
    for (const Control& control : form.controls) {
        if (!control.itemset || control.itemset->instance_id != id) continue;
        const std::string& nodeset = control.itemset->nodeset.source();
        const std::size_t at = nodeset.find(items);
        if (at == std::string::npos) continue;
        const std::size_t after = at + items.size();
        if (after < nodeset.size() && nodeset[after] == '/') continue;  // something below an item
        const std::string_view column = column_of(control.itemset->value);
        if (column.empty() || list.child(first, column) != xml::kNoNode) continue;
        const std::string question =
            control.ref == kNoRef ? std::string("a question") : form.nodes[control.ref].path;
        return fail(ErrorCode::kInvalidInput,
                    "The list \"" + std::string(id) + "\" has no column \"" + std::string(column) +
                        "\", which the choices of " + question + " need.");
    }
    return {};
}

}  // namespace survey::forms

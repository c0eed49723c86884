#include <algorithm>

#include "forms/definition/path_resolution.h"
#include "forms/xform/form_reader.h"

namespace survey::forms::xform_reading {

namespace {

using Origin = expr::PathReference::Origin;
using Axis = expr::PathReference::Axis;

/// The elements that a path leads to in a list, predicates left out of account.
std::vector<xml::Node> items_of(const xml::Document& list, const expr::PathReference& path) {
    std::vector<xml::Node> at{0};
    for (const expr::PathReference::Step& step : path.steps) {
        std::vector<xml::Node> next;
        if (step.axis != Axis::kChild) return {};
        for (const xml::Node parent : at) {
            for (xml::Node child = list.element_from(list.first_child(parent));
                 child != xml::kNoNode; child = list.element_from(list.next_sibling(child))) {
                if (step.name == "*" || list.name(child).local == step.name) next.push_back(child);
            }
        }
        at = std::move(next);
    }
    return at;
}

bool is_one_step(const expr::Expr& expression) {
    const auto& paths = expression.references();
    return paths.size() == 1 && paths[0].steps.size() == 1 &&
           paths[0].steps[0].axis == Axis::kChild && paths[0].steps[0].name != "*";
}

}  // namespace

void FormReader::read_itemset(xml::Node element, Control& control) {
    const NodeRef context = control.ref == kNoRef ? context_of(control.parent) : control.ref;
    const std::string of = "of the choices of " + form_.nodes[context].path;
    const xml::Node nodeset = attribute(element, "nodeset");
    const xml::Node value = document_.child(element, "value");
    const xml::Node value_ref = value == xml::kNoNode ? xml::kNoNode : attribute(value, "ref");
    if (nodeset == xml::kNoNode || value_ref == xml::kNoNode) {
        findings_.error(mark(element),
                        {"incomplete-itemset",
                         "The <itemset> of " + form_.nodes[context].path + " lacks " +
                             (nodeset == xml::kNoNode ? "its nodeset." : "<value ref=\"…\"/>."),
                         {},
                         "Say where choices come from and which of their columns is stored."});
        return;
    }
    auto compiled = compile(nodeset, document_.value(nodeset), "the nodeset " + of, context);
    if (!compiled) return;
    Itemset itemset{*std::move(compiled), {}, {}, {}, false, {}};
    for (const expr::PathReference& path : itemset.nodeset.references()) {
        if (path.origin != Origin::kInstance || path.instance_id == form_.primary_instance_id) {
            continue;
        }
        itemset.instance_id = path.instance_id;
        break;
    }
    itemset.value_ref = trimmed(document_.value(value_ref));
    itemset.value = compile(value_ref, itemset.value_ref, "the value " + of, kNoRef);
    const xml::Node label = document_.child(element, "label");
    const xml::Node label_ref = label == xml::kNoNode ? xml::kNoNode : attribute(label, "ref");
    if (label_ref != xml::kNoNode) {
        const auto argument = itext_argument(document_.value(label_ref));
        itemset.label_is_itext = argument.has_value();
        itemset.label = compile(label_ref, argument ? *argument : document_.value(label_ref),
                                "the label " + of, kNoRef);
    }
    itemset_checks_.push_back(
        {value_ref, label_ref, static_cast<ControlIndex>(&control - form_.controls.data())});
    control.itemset = std::move(itemset);
}

void FormReader::check_itemsets() {
    for (const ItemsetCheck& check : itemset_checks_) {
        const Control& control = form_.controls[check.control];
        const Itemset& itemset = *control.itemset;
        const auto& paths = itemset.nodeset.references();
        if (paths.empty()) continue;
        if (paths[0].origin == Origin::kRoot || paths[0].origin == Origin::kContext) {
            check_itemset_of_nodes(check, paths[0]);
            continue;
        }
        const SecondaryInstance* instance = form_.find_instance(itemset.instance_id);
        if (instance == nullptr || instance->content == nullptr) continue;
        const std::vector<xml::Node> items = items_of(*instance->content, paths[0]);
        if (items.empty()) continue;
        // What is stored has to be in the first item, as JavaRosa has it; a label may come later.
        const auto has_column = [&](const std::string& name, bool in_first) {
            const auto has = [&](xml::Node item) {
                return instance->content->child(item, name) != xml::kNoNode;
            };
            return in_first ? has(items.front()) : std::any_of(items.begin(), items.end(), has);
        };
        const auto check_column = [&](const std::optional<expr::Expr>& column, xml::Node where,
                                      std::string_view role) {
            if (!column || !is_one_step(*column)) return;
            const std::string& name = column->references()[0].steps[0].name;
            if (has_column(name, role == "value")) return;
            findings_.error(mark(where), {"unknown-column",
                                          "The " + std::string(role) + " of the choices is " +
                                              quoted(name) + ", which the first item of instance " +
                                              quoted(instance->id) + " does not have.",
                                          name, "Correct the name, or add it to the items."});
        };
        check_column(itemset.value, check.value_ref, "value");
        check_column(itemset.label, check.label_ref, "label");
        if (itemset.label_is_itext) check_choice_texts(check, *instance, items);
        check_filter(check, *instance, items);
    }
}

/// The columns that the predicate of a list reads. One that no item has compares as empty.
void FormReader::check_filter(const ItemsetCheck& check, const SecondaryInstance& instance,
                              const std::vector<xml::Node>& items) {
    const auto& paths = form_.controls[check.control].itemset->nodeset.references();
    for (const expr::PathReference& path : paths) {
        const bool of_item = path.in_predicate && path.origin == Origin::kInstance &&
                             path.instance_id == instance.id &&
                             path.steps.size() == paths[0].steps.size() + 1;
        if (!of_item || path.steps.back().axis != Axis::kChild || path.steps.back().name == "*")
            continue;
        const std::string& name = path.steps.back().name;
        const auto has = [&](xml::Node item) {
            return instance.content->child(item, name) != xml::kNoNode;
        };
        if (std::any_of(items.begin(), items.end(), has)) continue;
        std::string columns;
        const xml::Document& list = *instance.content;
        for (xml::Node at = list.element_from(list.first_child(items.front())); at != xml::kNoNode;
             at = list.element_from(list.next_sibling(at))) {
            columns += (columns.empty() ? "" : ", ") + list.name(at).local;
        }
        const xml::Node nodeset =
            attribute(document_.parent(document_.parent(check.value_ref)), "nodeset");
        findings_.warning(mark(nodeset),
                          {"unknown-column",
                           "The filter of the choices reads " + quoted(name) +
                               ", which no choice of " + quoted(instance.id) + " has.",
                           name, "The first choice has " + columns + "."});
    }
}

void FormReader::check_itemset_of_nodes(const ItemsetCheck& check,
                                        const expr::PathReference& path) {
    const Control& control = form_.controls[check.control];
    const ResolvedPath items = resolve_path(form_, context_of(check.control), path);
    if (items.outcome != ResolvedPath::Outcome::kFound || items.nodes.empty()) return;
    const Itemset& itemset = *control.itemset;
    if (itemset.value) {
        check_references(*itemset.value, items.nodes[0], mark(check.value_ref),
                         "the value of a choice");
    }
    if (itemset.label) {
        check_references(*itemset.label, items.nodes[0], mark(check.label_ref),
                         "the label of a choice");
    }
}

/// Item labels by itext id. One finding for each language, however long the list.
void FormReader::check_choice_texts(const ItemsetCheck& check, const SecondaryInstance& instance,
                                    const std::vector<xml::Node>& items) {
    const Itemset& itemset = *form_.controls[check.control].itemset;
    if (!itemset.label || !is_one_step(*itemset.label)) return;
    const std::string& column = itemset.label->references()[0].steps[0].name;
    for (const Language& language : form_.languages) {
        std::string first;
        std::size_t missing = 0;
        for (const xml::Node item : items) {
            const xml::Node id = instance.content->child(item, column);
            if (id == xml::kNoNode) continue;
            std::string text = instance.content->text(id);
            if (text.empty() || language.texts.count(text) != 0) continue;
            if (missing++ == 0) first = std::move(text);
        }
        if (missing == 0) continue;
        const std::string others =
            missing == 1 ? "" : " and " + std::to_string(missing - 1) + " more";
        Finding finding{"",
                        "The choices of instance " + quoted(instance.id) +
                            " use the translated text " + quoted(first) + others + ", which " +
                            quoted(language.name) + " does not have.",
                        first, "Add them to that translation."};
        finding.code = language.is_default ? "unknown-itext" : "untranslated";
        if (language.is_default) {
            findings_.error(mark(check.label_ref), std::move(finding));
        } else {
            findings_.warning(mark(check.label_ref), std::move(finding));
        }
    }
}

}  // namespace survey::forms::xform_reading

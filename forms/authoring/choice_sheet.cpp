#include <algorithm>

#include "forms/authoring/nodeset_text.h"
#include "forms/authoring/workbook_maker.h"
#include "forms/xlsform/header_names.h"
#include "forms/xlsform/names.h"

namespace survey::forms {

namespace {

/// Whether a column of that name stays what it is on the choices sheet.
bool is_free_column(const std::string& name) {
    return is_xml_name(name) && !read_header(name, choices_headers(), true).known;
}

}  // namespace

void WorkbookMaker::add_lists() {
    for (const Control& control : form_.controls) {
        if (!control.itemset || control.itemset->instance_id.empty()) continue;
        const Itemset& itemset = *control.itemset;
        const std::string label = itemset.label ? itemset.label->source() : "label";
        const auto [known, is_new] =
            list_columns_.emplace(itemset.instance_id, std::pair(itemset.value_ref, label));
        if (is_new || known->second == std::pair(itemset.value_ref, label)) continue;
        warn(control.place, "two-columns",
             "The choices of \"" + itemset.instance_id +
                 "\" are stored or shown by several columns; only the first is kept.",
             itemset.instance_id);
    }
    for (const SecondaryInstance& instance : form_.instances) {
        if (instance.content != nullptr && instance.src.empty()) add_list(instance);
    }
}

void WorkbookMaker::add_list(const SecondaryInstance& instance) {
    const xml::Document& list = *instance.content;
    const xml::Node root = list.root();
    const auto shape = [&](const std::string& why) {
        warn(instance.place, "instance-shape", "The instance \"" + instance.id + "\" " + why + ".",
             instance.id);
    };
    if (root == xml::kNoNode || list.name(root).local != "root") {
        return shape("is no list of choices (root/item), so it is left out");
    }
    list_names_.insert(instance.id);
    const auto columns = list_columns_.find(instance.id);
    const std::string value = columns == list_columns_.end() ? "name" : columns->second.first;
    const std::string label = columns == list_columns_.end() ? "label" : columns->second.second;
    std::set<std::string> names;
    for (xml::Node item = list.element_from(list.first_child(root)); item != xml::kNoNode;
         item = list.element_from(list.next_sibling(item))) {
        if (list.name(item).local != "item") {
            shape("has elements other than item, which are left out");
            continue;
        }
        const Row row = choices_.add_row();
        choices_.set(row, "list_name", instance.id);
        if (list.first_attribute(item) != xml::kNoNode) {
            shape("has items with attributes, which are left out");
        }
        for (xml::Node at = list.element_from(list.first_child(item)); at != xml::kNoNode;
             at = list.element_from(list.next_sibling(at))) {
            const std::string column = list.name(at).local;
            const std::string text = list.text(at);
            if (list.element_from(list.first_child(at)) != xml::kNoNode) {
                shape("has elements inside of its columns, of which only the text is kept");
            }
            if (column == value) choices_.set(row, "name", text);
            // A computed id of a translated text, by whatever name.
            if (column == label || (column == "itextId" && label == "label")) {
                TextSource shown;
                const bool known = std::any_of(
                    form_.languages.begin(), form_.languages.end(),
                    [&](const Language& language) { return language.texts.contains(text); });
                if (known) {
                    shown.itext_id = text;
                } else {
                    shown.literal.push_back(TextPart{text, std::nullopt});
                }
                put_text(choices_, row, "label", shown, {0, false, kNoRef}, instance.place);
                if (known) continue;
            }
            if ((column == value && value == "name") || (column == label && label == "label")) {
                continue;
            }
            if (is_free_column(column)) {
                choices_.set(row, column, text);
            } else if (column != value && column != label) {
                shape("has a column \"" + column + "\", a name that a workbook uses itself");
            }
        }
        const std::string name = choices_.get(row, "name");
        if (!names.insert(name).second) settings_.set(0, "allow_choice_duplicates", "yes");
    }
}

std::string WorkbookMaker::inline_list(const Control& control, const std::string& wanted) {
    std::string content;
    for (const InlineChoice& choice : control.items) {
        content += choice.value + '\n' + choice.label.itext_id + '\n';
        for (const TextPart& part : choice.label.literal)
            content += part.text + '\n' + (part.output ? part.output->source() : "") + '\n';
    }
    if (const auto known = inline_lists_.find(content); known != inline_lists_.end()) {
        return known->second;
    }
    std::string name = wanted;
    for (int i = 2; list_names_.contains(name); ++i)
        name = wanted + "_" + std::to_string(i);
    list_names_.insert(name);
    inline_lists_.emplace(content, name);
    std::set<std::string> names;
    for (const InlineChoice& choice : control.items) {
        const Row row = choices_.add_row();
        choices_.set(row, "list_name", name);
        choices_.set(row, "name", choice.value);
        put_text(choices_, row, "label", choice.label, {0, false, kNoRef}, control.place);
        if (!names.insert(choice.value).second) {
            settings_.set(0, "allow_choice_duplicates", "yes");
        }
    }
    return name;
}

void WorkbookMaker::add_files() {
    for (const SecondaryInstance& instance : form_.instances) {
        if (instance.src.empty() || file_ids_.contains(instance.id)) continue;
        if (instance.src == "jr://instance/last-saved" && instance.id == "__last-saved") continue;
        const bool csv = instance.src == "jr://file-csv/" + instance.id + ".csv";
        const bool xml = instance.src == "jr://file/" + instance.id + ".xml";
        if (!csv && !xml) {
            warn(instance.place, "file-id",
                 "The instance \"" + instance.id + "\" is " + instance.src +
                     ", which only a select could name; it is left out.",
                 instance.id);
            continue;
        }
        const Row row = survey_.add_row();
        survey_.set(row, "type", csv ? "csv-external" : "xml-external");
        survey_.set(row, "name", instance.id);
    }
}

}  // namespace survey::forms

#include <algorithm>

#include "forms/authoring/nodeset_text.h"
#include "forms/authoring/workbook_maker.h"
#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/names.h"
#include "forms/xlsform/question_types.h"

namespace survey::forms {

namespace {

/// Types of an input whose name is that of the bind type, or nearly.
std::string input_type(const std::string& bind_type) {
    if (bind_type == "int") return "integer";
    for (const char* same :
         {"decimal", "date", "time", "dateTime", "geopoint", "geotrace", "geoshape", "barcode"}) {
        if (bind_type == same) return same;
    }
    return "text";
}

std::string upload_type(const std::string& media_type) {
    if (media_type.starts_with("image/")) return "image";
    if (media_type.starts_with("audio/")) return "audio";
    if (media_type.starts_with("video/")) return "video";
    if (media_type.starts_with("osm/")) return "osm";
    return "file";
}

/// Text, and the old words for selects, are all text.
std::string known_bind_type(const std::string& bind_type) {
    return bind_type.empty() || bind_type == "select1" || bind_type == "select" ? "string"
                                                                                : bind_type;
}

bool is_true(const std::optional<expr::Expr>& condition) {
    return condition && trim(condition->source()) == "true()";
}

}  // namespace

void WorkbookMaker::add_question(NodeRef ref) {
    const FormNode& at = node(ref);
    const Row row = survey_.add_row();
    survey_.set(row, "name", row_name(ref));
    add_bind_columns(row, ref);
    add_instance_columns(row, ref);
    const std::string bind_type = known_bind_type(at.bind ? at.bind->type_name : "");
    const Control* control = at.control == kNoControl ? nullptr : &form_.controls[at.control];
    const std::string type =
        control != nullptr ? visible_type(row, ref, *control) : hidden_type(row, ref);
    survey_.set(row, "type", type);
    const std::optional<TypeUse> use = read_type(type);
    std::string usual = use && use->type != nullptr ? std::string(use->type->bind_type) : "";
    if (usual == "odk:rank") usual = "rank";
    if (type == "range") usual = bind_type == "int" || bind_type == "decimal" ? bind_type : "int";
    if (bind_type != usual && !usual.empty()) survey_.set(row, "bind::type", bind_type);
    if (control != nullptr) {
        const ReferenceText::Scope scope{ref, false, kNoRef};
        put_text(survey_, row, "label", control->label, scope, control->place);
        put_text(survey_, row, "hint", control->hint, scope, control->place);
        add_control_columns(row, ref, *control, type);
        if (type.starts_with("geo")) add_reference_geometry(row, ref, *control);
        const auto& words = control->appearances;
        if (control->label.empty() &&
            std::find(words.begin(), words.end(), "label") != words.end()) {
            // The header of a table, which shows its choices only: a blank that cells may have.
            survey_.set(row, "label", "\u200B");
        } else if (control->label.empty() && control->hint.empty()) {
            warn(control->place, "no-label",
                 at.path + " shows no text; its name is written as its label.", at.path);
            survey_.set(row, "label", at.name.local);
        }
    }
    add_default(row, ref, bind_type);
    add_trigger(row, ref);
}

std::string WorkbookMaker::row_name(NodeRef ref) {
    const xml::Name& name = node(ref).name;
    return name.prefix.empty() ? name.local : prefixed("{" + name.uri + "}" + name.local);
}

std::string WorkbookMaker::visible_type(Row row, NodeRef ref, const Control& control) {
    const std::string bind_type = known_bind_type(node(ref).bind ? node(ref).bind->type_name : "");
    switch (control.kind) {
        case ControlKind::kSelectOne:
        case ControlKind::kSelectMany:
        case ControlKind::kRank:
            return select_type(row, ref, control);
        case ControlKind::kRange:
            add_range(row, control);
            return "range";
        case ControlKind::kTrigger:
            return "acknowledge";
        case ControlKind::kUpload: {
            std::string type = upload_type(control.media_type);
            if (type == "osm") add_osm(row, ref, control, type);
            const std::optional<TypeUse> use = read_type(type);
            if (use && use->type->media_type != control.media_type) {
                survey_.set(row, "body::mediatype", control.media_type);
            }
            return type;
        }
        case ControlKind::kSecret:
            warn(control.place, "secret",
                 node(ref).path + " is a secret, which becomes a masked text.", node(ref).path);
            survey_.set(row, "appearance", "masked");
            return "text";
        default:
            break;
    }
    if (const std::string* query = control.extra_value("query")) {
        const NodesetText nodeset = read_nodeset(*query);
        survey_.set(row, "choice_filter",
                    references_.restore(nodeset.predicate, {ref, true, kNoRef}));
        warn(control.place, "external-choices",
             "The choices of " + node(ref).path +
                 " are in itemsets.csv; copy them to a sheet external_choices.",
             nodeset.instance);
        return "select_one_external " + nodeset.instance;
    }
    if (bind_type == "string" &&
        is_true(node(ref).bind ? node(ref).bind->readonly : std::nullopt)) {
        survey_.remove(row, "readonly");
        return "note";
    }
    return input_type(bind_type);
}

std::string WorkbookMaker::hidden_type(Row row, NodeRef ref) {
    const std::optional<Bind>& bind = node(ref).bind;
    for (const Action* action : load_actions_[ref]) {
        if (action->kind == ActionKind::kSetGeopoint) return "start-geopoint";
        if (action->kind == ActionKind::kRecordAudio) {
            add_parameter(row, "quality", action->quality);
            return "background-audio";
        }
    }
    for (const Action* action : trigger_actions_[ref]) {
        if (action->kind == ActionKind::kSetGeopoint) return "background-geopoint";
    }
    if (bind && !bind->preload.kind.empty()) {
        const Preload& preload = bind->preload;
        const std::optional<TypeUse> use = read_type(preload.params);
        if (use && use->type != nullptr && use->type->preload == preload.kind &&
            use->type->preload_params == preload.params) {
            return std::string(use->type->name);
        }
        survey_.set(row, "bind::jr:preload", preload.kind);
        survey_.set(row, "bind::jr:preloadParams", preload.params);
        return "hidden";
    }
    const bool calculated = bind && bind->calculate;
    return calculated || !trigger_actions_[ref].empty() ? "calculate" : "hidden";
}

std::string WorkbookMaker::select_type(Row row, NodeRef ref, const Control& control) {
    const std::string word = control.kind == ControlKind::kSelectOne    ? "select_one"
                             : control.kind == ControlKind::kSelectMany ? "select_multiple"
                                                                        : "rank";
    if (control.itemset) return itemset_type(row, ref, control, word);
    return word + " " + inline_list(control, node(ref).name.local);
}

std::string WorkbookMaker::itemset_type(Row row, NodeRef ref, const Control& control,
                                        const std::string& word) {
    const Itemset& itemset = *control.itemset;
    const NodesetText nodeset = read_nodeset(itemset.nodeset.source());
    const ReferenceText::Scope scope{ref, true, kNoRef};
    if (nodeset.randomized) {
        add_parameter(row, "randomize", "true");
        const std::string seed = references_.single(nodeset.seed, ref);
        add_parameter(row, "seed", seed.empty() ? nodeset.seed : seed);
    }
    if (nodeset.is_plain && nodeset.instance.empty()) {
        // The answers of a question in a repeat.
        const NodeRef repeat = references_.node_at(nodeset.path, {ref, false, kNoRef});
        const NodeRef answers =
            repeat == kNoRef ? kNoRef : form_.find(node(repeat).path + "/" + itemset.value_ref);
        const std::string name = references_.name_of(answers);
        if (!name.empty()) {
            std::string filter = nodeset.predicate;
            if (filter == "./" + itemset.value_ref + " != ''") filter.clear();
            survey_.set(row, "choice_filter", references_.restore(filter, {ref, true, repeat}));
            return word + " " + name;
        }
    }
    const SecondaryInstance* instance = form_.find_instance(nodeset.instance);
    if (!nodeset.is_plain || instance == nullptr) {
        warn(control.place, "itemset",
             "The choices of " + node(ref).path +
                 " cannot be said in a workbook: " + itemset.nodeset.source(),
             itemset.nodeset.source());
        return word + " " + inline_list(control, node(ref).name.local);
    }
    survey_.set(row, "choice_filter", references_.restore(nodeset.predicate, scope));
    if (instance->src.empty()) return word + " " + instance->id;
    const std::string file = instance->src.substr(instance->src.rfind('/') + 1);
    const bool geojson = file.ends_with(".geojson");
    if (itemset.value_ref != (geojson ? "id" : "name")) {
        add_parameter(row, "value", itemset.value_ref);
    }
    const std::string label = itemset.label ? itemset.label->source() : std::string();
    if (label != (geojson ? "title" : "label")) add_parameter(row, "label", label);
    if (file.substr(0, file.rfind('.')) != instance->id) {
        warn(control.place, "file-id",
             "The instance \"" + instance->id + "\" is the file " + file +
                 "; in a workbook an instance has the name of its file.",
             instance->id);
    }
    file_ids_.insert(instance->id);
    return word + "_from_file " + file;
}

void WorkbookMaker::add_parameter(Row row, std::string_view key, std::string_view value) {
    if (value.empty()) return;
    const std::string before = survey_.get(row, "parameters");
    survey_.set(row, "parameters",
                (before.empty() ? "" : before + " ") + std::string(key) + "=" + std::string(value));
}

void WorkbookMaker::add_range(Row row, const Control& control) {
    add_parameter(row, "start", control.range_start);
    add_parameter(row, "end", control.range_end);
    add_parameter(row, "step", control.range_step);
    if (!control.itemset) return;
    const NodesetText nodeset = read_nodeset(control.itemset->nodeset.source());
    add_parameter(row, "tick_labelset", nodeset.instance);
}

void WorkbookMaker::add_reference_geometry(Row row, NodeRef ref, const Control& control) {
    if (!control.itemset) return;
    const NodesetText nodeset = read_nodeset(control.itemset->nodeset.source());
    std::string value = nodeset.instance;
    if (value.empty()) {
        const NodeRef repeat = references_.node_at(nodeset.path, {ref, false, kNoRef});
        if (repeat == kNoRef) return;
        const NodeRef answers = form_.find(node(repeat).path + "/" + control.itemset->value_ref);
        value = references_.name_of(answers == kNoRef ? repeat : answers);
    }
    add_parameter(row, "reference-geometry", value);
}

void WorkbookMaker::add_osm(Row, NodeRef ref, const Control& control, std::string& type) {
    xml::Node element = xml::kNoNode;
    for (xml::Node at = 0; at < source_.node_count(); ++at) {
        if (source_.kind(at) == xml::NodeKind::kElement && source_.name(at).local == "upload" &&
            source_.place(at) == control.place &&
            trim(source_.attribute_value(at, "ref")) == node(ref).path) {
            element = at;
        }
    }
    if (element == xml::kNoNode || source_.child(element, "tag") == xml::kNoNode) return;
    const std::string list = node(ref).name.local + "_tags";
    const auto add = [&](const std::string& in, const std::string& name, xml::Node labelled) {
        const Row row = osm_.add_row();
        osm_.set(row, "list_name", in);
        osm_.set(row, "name", name);
        const xml::Node label = source_.child(labelled, "label");
        if (label != xml::kNoNode) osm_.set(row, "label", source_.text(label));
    };
    for (xml::Node tag = source_.element_from(source_.first_child(element)); tag != xml::kNoNode;
         tag = source_.element_from(source_.next_sibling(tag))) {
        if (source_.name(tag).local != "tag") continue;
        const std::string key = source_.attribute_value(tag, "key");
        add(list, key, tag);
        for (xml::Node item = source_.child(tag, "item"); item != xml::kNoNode;
             item = source_.element_from(source_.next_sibling(item))) {
            const xml::Node value = source_.child(item, "value");
            if (value != xml::kNoNode) add(key, source_.text(value), item);
        }
    }
    type += " " + list;
}

void WorkbookMaker::add_control_columns(Row row, NodeRef ref, const Control& control,
                                        const std::string& type) {
    std::string appearance = survey_.get(row, "appearance");
    for (const std::string& word : control.appearances)
        appearance += (appearance.empty() ? "" : " ") + word;
    const ReferenceText::Scope scope{ref, false, kNoRef};
    survey_.set(row, "appearance", references_.restore(appearance, scope));
    static constexpr std::pair<std::string_view, std::string_view> kParameters[] = {
        {"accuracyThreshold", "capture-accuracy"},
        {"unacceptableAccuracyThreshold", "warning-accuracy"},
        {"incremental", "incremental"},
        {"odk:tick-interval", "tick_interval"},
        {"odk:placeholder", "placeholder"},
    };
    for (const auto& [key, value] : control.extra) {
        const std::string name = prefixed(key);
        const auto parameter = std::find_if(std::begin(kParameters), std::end(kParameters),
                                            [&](const auto& one) { return one.first == name; });
        const std::string text = references_.restore(value, scope);
        if (name == "query" || name.empty()) continue;
        if (parameter != std::end(kParameters) && (type.starts_with("geo") || type == "range")) {
            add_parameter(row, parameter->second, value);
        } else if (name == "rows" && type == "text") {
            add_parameter(row, "rows", value);
        } else if (name == "autoplay" || name == "intent") {
            survey_.set(row, name, text);
        } else {
            survey_.set(row, "body::" + name, text);
        }
    }
    // What a parameter writes on the bind.
    const std::string pixels = survey_.get(row, "bind::orx:max-pixels");
    if (type == "image" && !pixels.empty()) {
        add_parameter(row, "max-pixels", pixels);
        survey_.remove(row, "bind::orx:max-pixels");
    }
}

}  // namespace survey::forms

#include <array>

#include "forms/xform/form_reader.h"
#include "forms/xform/node_finder.h"

namespace survey::forms::xform_reading {

namespace {

/// ODK XForms specification, "Data types"; names of XML Schema that old forms use as well.
AnswerType answer_type(std::string_view name) {
    struct Row {
        std::string_view name;
        AnswerType type;
    };
    constexpr std::array kTypes{
        Row{"int", AnswerType::kInt},           Row{"integer", AnswerType::kInt},
        Row{"decimal", AnswerType::kDecimal},   Row{"double", AnswerType::kDecimal},
        Row{"float", AnswerType::kDecimal},     Row{"boolean", AnswerType::kBoolean},
        Row{"date", AnswerType::kDate},         Row{"time", AnswerType::kTime},
        Row{"dateTime", AnswerType::kDateTime}, Row{"geopoint", AnswerType::kGeopoint},
        Row{"geotrace", AnswerType::kGeotrace}, Row{"geoshape", AnswerType::kGeoshape},
        Row{"binary", AnswerType::kBinary},     Row{"base64Binary", AnswerType::kBinary},
        Row{"barcode", AnswerType::kBarcode},   Row{"intent", AnswerType::kIntent},
        Row{"select1", AnswerType::kSelectOne}, Row{"select", AnswerType::kSelectMany},
    };
    for (const Row& row : kTypes) {
        if (row.name == name) return row.type;
    }
    return AnswerType::kString;
}

std::string_view without_prefix(std::string_view type) {
    const std::size_t colon = type.find(':');
    return colon == std::string_view::npos ? type : type.substr(colon + 1);
}

}  // namespace

void FormReader::read_binds() {
    for (xml::Node at = document_.element_from(document_.first_child(model_)); at != xml::kNoNode;
         at = document_.element_from(document_.next_sibling(at))) {
        if (is_xforms(document_.name(at), "bind")) read_bind(at);
    }
}

void FormReader::read_bind(xml::Node element) {
    const std::string_view nodeset = trimmed(document_.attribute_value(element, "nodeset"));
    if (nodeset.empty()) {
        findings_.error(mark(element), {"bind-without-nodeset",
                                        "A <bind> does not say which node it is for.",
                                        {},
                                        "Give it a nodeset."});
        return;
    }
    const NodeRef node = find_node(form_, document_, element, nodeset, 0).node;
    if (node == kNoRef) {
        // JavaRosa loads such forms too: nothing shows or stores the node.
        findings_.warning(
            mark(attribute(element, "nodeset")),
            {"bind-without-node", "A <bind> is for " + quoted(nodeset) + ", which does not exist.",
             std::string(nodeset), "Add the node to the instance, or take the bind out."});
        return;
    }
    if (const std::string& id = document_.attribute_value(element, "id"); !id.empty()) {
        bind_ids_.try_emplace(id, node);
    }
    std::optional<Bind>& bind = form_.nodes[node].bind;
    if (!bind) {
        bind.emplace();
        bind->place = mark(element);
        bind->type_name = "";
    }
    for (xml::Node at = document_.first_attribute(element); at != xml::kNoNode;
         at = document_.next_sibling(at)) {
        read_bind_attribute(at, node, *bind);
    }
}

void FormReader::read_bind_attribute(xml::Node at, NodeRef node, Bind& bind) {
    const xml::Name& name = document_.name(at);
    const std::string& value = document_.value(at);
    const std::string what = "\"" + name.qualified() + "\" of " + form_.nodes[node].path;
    bool taken = false;  // An earlier bind of the node has said this already.
    const auto condition = [&](std::optional<expr::Expr>& slot) {
        if (trimmed(value).empty()) return;
        taken = slot.has_value();
        if (!taken) slot = compile(at, value, what, node);
    };
    const auto message = [&](TextSource& slot) {
        if (value.empty()) return;
        taken = !slot.empty();
        if (!taken) slot = read_message(at, what, node);
    };
    const auto text = [&](std::string& slot, std::string_view said) {
        taken = !slot.empty();
        if (!taken) slot = said;
    };
    if (name.uri.empty() && (name.local == "nodeset" || name.local == "id")) {
        return;
    } else if (name.uri.empty() && name.local == "relevant") {
        condition(bind.relevant);
    } else if (name.uri.empty() && name.local == "required") {
        condition(bind.required);
    } else if (name.uri.empty() && name.local == "readonly") {
        condition(bind.readonly);
    } else if (name.uri.empty() && name.local == "constraint") {
        condition(bind.constraint);
    } else if (name.uri.empty() && name.local == "calculate") {
        condition(bind.calculate);
    } else if (name.uri.empty() && name.local == "type") {
        text(bind.type_name, without_prefix(trimmed(value)));
        bind.type = answer_type(bind.type_name);
    } else if (name.is(kJavaRosaUri, "constraintMsg")) {
        message(bind.constraint_message);
    } else if (name.is(kJavaRosaUri, "requiredMsg")) {
        message(bind.required_message);
    } else if (name.is(kWerkstattUri, "warnIf")) {
        condition(bind.warn_if);
    } else if (name.is(kWerkstattUri, "warnMsg")) {
        message(bind.warn_message);
    } else if (name.is(kJavaRosaUri, "preload")) {
        text(bind.preload.kind, value);
    } else if (name.is(kJavaRosaUri, "preloadParams")) {
        text(bind.preload.params, value);
    } else if (name.is(kEntitiesUri, "saveto")) {
        text(bind.save_to, value);
    } else {
        const std::string key = expanded(name);
        taken = bind.extra_value(key) != nullptr;
        if (!taken) bind.extra.emplace_back(key, value);
    }
    if (!taken) return;
    findings_.error(mark(at), {"duplicate-bind",
                               "Two binds of " + form_.nodes[node].path + " both have " +
                                   quoted(name.qualified()) + ".",
                               value, "Join them into one bind."});
}

}  // namespace survey::forms::xform_reading

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/definition/form_definition.h"
#include "forms/xform/findings.h"
#include "forms/xform/names.h"

namespace survey::forms::xform_reading {

/// `jr:itext(argument)` → argument. Nothing for any other expression.
std::optional<std::string_view> itext_argument(std::string_view source);

/// What the parts of the reader share: the document, the form as far as it is read, and what was
/// found wrong. Each part fills in its share of the form and expects those named before it:
/// primary instance, secondary instances, itext, binds, body and model actions.
class FormReader {
  public:
    FormReader(xml::Document& source, FormDefinition& to_fill, const PlaceOf& place_of)
        : document(source), form(to_fill), findings(place_of) {}

    /// Reads all parts, in the order that they need. The form is usable if nothing is an error.
    void read();

    // The parts, in order. Each in its own file.
    void find_parts();  ///< model and body
    void
    read_primary_instance();  ///< After it `form.nodes` is complete but for binds and controls.
    void read_secondary_instances();
    void read_itext();
    void read_binds();
    void read_body();
    void read_model_actions();
    void finish();  ///< Repeat scopes, meta, submission.
    void check_scopes();
    void check_itext();
    void check_itemsets();
    void check_cycles();

    xml::Document& document;
    FormDefinition& form;
    Findings findings;
    xml::Node model = xml::kNoNode;
    xml::Node body = xml::kNoNode;

    // Expressions (expressions.cpp).

    /// Compiles; what is wrong becomes a finding at `where`. \param what for the message: "the
    /// calculation of /data/a". \param context for checking references; kNoRef: checked by nobody
    /// yet.
    std::optional<expr::Expr> compile(xml::Node where, std::string_view source,
                                      std::string_view what, NodeRef context);
    /// Reports references to nodes and instances that do not exist.
    void check_references(const expr::Expr& expression, NodeRef context, std::uint32_t mark,
                          std::string_view what);

    // Text (texts.cpp).

    /// The content of a label, hint, value or message, outputs compiled.
    RichText read_rich_text(xml::Node element, std::string_view what, NodeRef context);
    /// A `<label ref="…">…</label>`.
    TextSource read_text(xml::Node element, std::string_view what, NodeRef context);
    /// An attribute such as jr:constraintMsg: a literal or `jr:itext(…)`.
    TextSource read_message(xml::Node attribute, std::string_view what, NodeRef context);

    // Nodes (body_reader.cpp).

    /// The node of `ref`, `nodeset` or `bind` (by id) of a control or action. \return kNoRef
    /// without finding where there is no such attribute, and with a finding where there is no such
    /// node.
    NodeRef read_ref(xml::Node element, std::string_view attribute, NodeRef context);

    /// Reads setvalue and its like if `element` is one; false if it is something else.
    bool read_action(xml::Node element, ControlIndex nested_in);

    /// Where something stands: the place of the node, or that of the element it is on.
    std::uint32_t mark(xml::Node node) const;
    xml::Node attribute(xml::Node element, std::string_view local,
                        std::string_view uri = {}) const {
        return document.attribute(element, uri, local);
    }

    // Handed from one part to a later one.
    std::unordered_map<std::string, NodeRef> bind_ids;
    /// Every use of an itext id, for the check that all languages have it.
    struct ItextUse {
        std::string id;
        std::uint32_t mark;
        NodeRef context;
        std::string what;
    };
    std::vector<ItextUse> itext_uses;
    std::unordered_map<std::string, std::uint32_t> itext_marks;  // of the default language
    struct ItemsetCheck {
        xml::Node value_ref;
        xml::Node label_ref;
        ControlIndex control;
    };
    std::vector<ItemsetCheck> itemset_checks;

  private:
    void check_itemset_of_nodes(const ItemsetCheck& check, const expr::PathReference& path);
    void check_choice_texts(const ItemsetCheck& check, const SecondaryInstance& instance,
                            const std::vector<xml::Node>& items);
    void read_control(xml::Node element, ControlKind kind, ControlIndex parent);
    void read_control_content(xml::Node element, ControlIndex index);
    void read_control_attributes(xml::Node element, Control& control);
    void read_itemset(xml::Node element, Control& control);
    void read_inline_choice(xml::Node element, Control& control);
    void check_control(xml::Node element, ControlIndex index);
    void read_bind(xml::Node element);
    void read_bind_attribute(xml::Node attribute, NodeRef node, Bind& bind);
    void read_itext_text(xml::Node element, Language& language);
    void ensure_instance_id(xml::Node root);
    NodeRef add_node(xml::Node source, NodeRef parent, bool is_attribute);
    void read_instance_node(xml::Node source, NodeRef ref, bool template_first);
    NodeRef context_of(ControlIndex control) const;
};

}  // namespace survey::forms::xform_reading

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/definition/form_definition.h"
#include "forms/xform/findings.h"
#include "forms/xform/names.h"

namespace survey::forms::xform_reading {

/// `jr:itext(argument)` → argument. Nothing for any other expression.
std::optional<std::string_view> itext_argument(std::string_view source);

/// One reading of one XForm: from the document into the form, with everything that is wrong as
/// findings. Each part of an XForm is read in a file of its own. References outlive the reader.
class FormReader {
  public:
    FormReader(xml::Document& document, FormDefinition& form, const PlaceOf& place_of)
        : document_(document), form_(form), findings_(place_of) {}

    /// Reads all parts, in the order that they need. Once.
    /// \return whether the form is usable: nothing found is an error.
    bool read();
    std::vector<Diagnostic> take_diagnostics() { return findings_.take(); }

  private:
    // form_reader.cpp
    void find_parts();                         // model and body
    void finish();                             // repeat scopes, meta, submission
    std::uint32_t mark(xml::Node node) const;  // its place, or that of the element it is on
    xml::Node attribute(xml::Node element, std::string_view local,
                        std::string_view uri = {}) const {
        return document_.attribute(element, uri, local);
    }

    // instance_reader.cpp. After the primary instance `form_.nodes` has all nodes.
    void read_primary_instance();
    void ensure_instance_id(xml::Node root);
    NodeRef add_node(xml::Node source, NodeRef parent, bool is_attribute);
    void read_instance_node(xml::Node source, NodeRef ref, bool seen);
    void read_secondary_instances();

    // expressions.cpp

    /// Compiles; what is wrong becomes a finding at `where`. \param what for the message: "the
    /// calculation of /data/a". \param context for checking references; kNoRef: not checked here.
    std::optional<expr::Expr> compile(xml::Node where, std::string_view source,
                                      std::string_view what, NodeRef context);
    /// Finds references to nodes and instances that do not exist.
    void check_references(const expr::Expr& expression, NodeRef context, std::uint32_t mark,
                          std::string_view what);

    // texts.cpp

    /// The content of a label, hint or translated value, outputs compiled.
    RichText read_rich_text(xml::Node element, std::string_view what, NodeRef context);
    /// `<label ref="…">…</label>`
    TextSource read_text(xml::Node element, std::string_view what, NodeRef context);
    /// An attribute such as jr:constraintMsg: a literal or `jr:itext(…)`.
    TextSource read_message(xml::Node attribute, std::string_view what, NodeRef context);

    // itext_reader.cpp
    void read_itext();
    void read_itext_text(xml::Node element, Language& language);
    void check_itext();
    void check_untranslated();

    // bind_reader.cpp
    void read_binds();
    void read_bind(xml::Node element);
    void read_bind_attribute(xml::Node at, NodeRef node, Bind& bind);

    // body_reader.cpp
    void read_body();
    void read_control(xml::Node element, ControlKind kind, ControlIndex parent);
    void read_control_attributes(xml::Node element, Control& control);
    void read_control_content(xml::Node element, ControlIndex index);
    void read_inline_choice(xml::Node element, Control& control);
    void check_control(xml::Node element, ControlIndex index);
    /// The node of `ref`, `nodeset` or `bind` (by id). kNoRef without a finding where there is no
    /// such attribute, and with a finding where there is no such node.
    NodeRef read_ref(xml::Node element, std::string_view attribute, NodeRef context);
    /// What expressions of the control start from: its node, or that of the group around it.
    NodeRef context_of(ControlIndex control) const;

    // itemset_reader.cpp
    struct ItemsetCheck {
        xml::Node value_ref;
        xml::Node label_ref;
        ControlIndex control;
    };
    void read_itemset(xml::Node element, Control& control);
    void check_itemsets();
    void check_filter(const ItemsetCheck& check, const SecondaryInstance& instance,
                      const std::vector<xml::Node>& items);
    void check_itemset_of_nodes(const ItemsetCheck& check, const expr::PathReference& path);
    void check_choice_texts(const ItemsetCheck& check, const SecondaryInstance& instance,
                            const std::vector<xml::Node>& items);

    // action_reader.cpp
    void read_model_actions();
    /// Reads setvalue and its like; false if `element` is something else.
    bool read_action(xml::Node element, ControlIndex nested_in);

    // form_checks.cpp
    void check_scopes();
    void check_cycles();

    xml::Document& document_;
    FormDefinition& form_;
    Findings findings_;
    xml::Node model_ = xml::kNoNode;
    xml::Node body_ = xml::kNoNode;

    // Handed from one part to a later one.
    struct ItextUse {
        std::string id;
        std::uint32_t mark;
        NodeRef context;
        std::string what;
    };
    std::unordered_map<std::string, NodeRef> bind_ids_;
    std::vector<ItextUse> itext_uses_;
    std::unordered_map<std::string, std::uint32_t> itext_marks_;  // where each text stands
    std::vector<ItemsetCheck> itemset_checks_;
};

}  // namespace survey::forms::xform_reading

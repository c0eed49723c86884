#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/xlsform/itext.h"
#include "forms/xlsform/xform_builder.h"

namespace survey::forms {

/// The work of `build_xform`. The parts of an XForm stand in files of their own: names and texts in
/// xform_builder.cpp, the model in xform_model.cpp, entities in xform_entities.cpp, the body in
/// xform_body.cpp.
class XformBuilder {
  public:
    XformBuilder(const FormParts& parts, Findings& findings);
    xml::Document build();

  private:
    // Names and texts.
    void declare_namespaces(xml::Node html);
    /// An attribute that an author named, perhaps with a prefix of the settings.
    void set(xml::Node element, std::string_view name, std::string_view value, std::uint32_t place);
    xml::Name qualified(std::string_view name, std::uint32_t place);
    xml::Node element(xml::Node parent, std::string_view name, std::uint32_t place = 0);
    void collect_texts();
    void collect_item_texts(const Item& item);
    void collect_choice_texts(const ChoiceList& list);
    static bool label_in_itext(const Item& item);
    static bool hint_in_itext(const Item& item);
    static bool message_in_itext(const TranslatedText& text);
    void append_text(xml::Node parent, const Cell& cell, const Item& context);
    void add_label(xml::Node control, const Item& item);
    void add_hint(xml::Node control, const Item& item);
    void add_itext(xml::Node model);

    // Model.
    void add_model(xml::Node head);
    void add_submission(xml::Node model);
    void add_primary_instance(xml::Node model);
    void add_node(xml::Node parent, const Item& item, bool as_template);
    void add_children(xml::Node node, const Item& item, bool as_template);
    void add_meta(xml::Node root);
    void add_external_instances(xml::Node model);
    void add_choice_instances(xml::Node model);
    void add_binds(xml::Node model);
    void add_bind(xml::Node model, const Item& item);
    void add_bind_columns(xml::Node bind, const Item& item);
    void add_meta_binds(xml::Node model);
    void add_model_actions(xml::Node model);
    bool has_dynamic_default(const Item& item) const;
    /// In a repeat whose instances are counted: a form may begin with any number of them, so no
    /// action of the model can name the one it sets.
    static bool is_counted(const Item& item);
    /// When an action inside of a repeat sets something in its instances.
    static std::string_view new_instance_events(const Item& item);
    std::string bind_type(const Item& item) const;
    void add_default_action(xml::Node parent, const Item& item, std::string_view event);

    // Entities.
    void add_entity_nodes(xml::Node container_node, const Item& container);
    void add_entity_binds(xml::Node model);
    /// \param section The form, for the model, or a repeat, for its control.
    void add_entity_actions(xml::Node parent, const Item& section);

    // Body.
    void add_body(xml::Node html);
    void add_controls(xml::Node parent, const Item& section);
    void add_section(xml::Node parent, const Item& item);
    void add_question(xml::Node parent, const Item& item);
    void add_control_columns(xml::Node control, const Item& item, bool only_own);
    void add_choices(xml::Node control, const Item& item);
    void add_inline_choices(xml::Node control, const ChoiceList& list);
    void add_itemset(xml::Node control, std::string nodeset, std::string_view value,
                     std::string_view label, std::uint32_t place);
    void add_reference_geometry(xml::Node control, const Item& item);
    void add_osm_tags(xml::Node control, const Item& item);
    void collect_triggers();
    void add_triggered(xml::Node control, const Item& trigger);

    /// The virtual nodes meta, entity and attribute of an entity, for paths.
    struct EntityNodes {
        Item meta;
        Item entity;
        std::deque<Item> members;  ///< "@id", "label", …
    };
    std::unique_ptr<EntityNodes> entity_nodes(const Entity& entity) const;

    const FormParts& parts_;
    const References& references_;
    Findings& findings_;
    xml::Document document_;
    xml::Node html_ = xml::kNoNode;
    Itext itext_;
    std::deque<TranslatedText> generated_texts_;
    std::unordered_map<const Item*, std::vector<const Item*>> triggered_;
};

}  // namespace survey::forms

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/json/json.h"
#include "forms/runtime/form_session.h"

namespace survey::forms {

/// "n12" for a node of an instance, and back.
std::string node_name(NodeId node);
std::optional<NodeId> node_of_name(std::string_view name);

/// Describes the nodes of one instance as the session protocol does: one flat object per node.
/// Refers to the session, which outlives it.
class NodeEncoder {
  public:
    /// \param formatted texts also come as inline markup.
    /// \param lean markup is left out where it is nothing but the text.
    NodeEncoder(const FormSession& session, bool formatted, bool lean = false)
        : session_(session), formatted_(formatted), lean_(lean) {}

    /// \param choices false: all but the choices and what is wrong with them.
    json::Object describe(NodeId node, bool choices = true) const;
    /// Adds `choices`, and the fault where they cannot be evaluated.
    void add_choices(NodeId node, json::Object& out) const;
    /// The node may come with choices.
    bool has_choices(NodeId node) const;
    /// Nothing but the language changes the choices: a whole list, without a filter, without values
    /// of answers in its texts.
    bool choices_stand(NodeId node) const;

  private:
    void add_value(const NodeState& state, json::Object& out) const;
    void add_texts(const NodeState& state, json::Object& out) const;
    void add_control(const NodeState& state, json::Object& out) const;
    void add_attributes(const NodeState& state, json::Object& out) const;
    bool list_texts_stand() const;
    json::Object text_json(const ShownText& shown, const TextSource* source, NodeId node) const;

    const FormSession& session_;
    bool formatted_;
    bool lean_;
    mutable std::optional<bool> list_texts_stand_;  // found out when first asked
};

/// `{"condition", "message"}`.
json::Object violation_json(const Violation& violation);

}  // namespace survey::forms

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
    NodeEncoder(const FormSession& session, bool formatted)
        : session_(session), formatted_(formatted) {}

    json::Object describe(NodeId node) const;

  private:
    void add_value(const NodeState& state, json::Object& out) const;
    void add_texts(const NodeState& state, json::Object& out) const;
    void add_choices(const NodeState& state, json::Object& out) const;
    void add_control(const NodeState& state, json::Object& out) const;
    void add_attributes(const NodeState& state, json::Object& out) const;
    json::Object text_json(const ShownText& shown, const TextSource* source, NodeId node) const;

    const FormSession& session_;
    bool formatted_;
};

/// `{"condition", "message"}`.
json::Object violation_json(const Violation& violation);

}  // namespace survey::forms

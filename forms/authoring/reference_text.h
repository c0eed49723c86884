#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "forms/definition/form_definition.h"

namespace survey::forms {

/// Turns paths of expressions back into `${name}`: only those that the converter would write the
/// same way again, so that the meaning cannot change. All others stay as they are, which XLSForm
/// allows. Holds a reference to the form.
class ReferenceText {
  public:
    explicit ReferenceText(const FormDefinition& form);

    /// Where an expression stands.
    struct Scope {
        NodeRef context = 0;
        bool in_filter = false;     ///< All of it is a predicate of choices.
        NodeRef filtered = kNoRef;  ///< Of the instances of this repeat.
    };

    std::string restore(std::string_view expression, const Scope& scope) const;
    /// `${name}` if the expression is nothing but a path to one node that can be named; else empty.
    std::string single(std::string_view expression, NodeRef context) const;
    /// `${name}`, or nothing where the name does not tell the node.
    std::string name_of(NodeRef node) const;
    /// What the converter makes of `${name of target}` in that place.
    std::string path_for(NodeRef target, const Scope& scope, bool in_predicate,
                         bool absolute) const;
    /// The node that the text of a path means; kNoRef where it is not a plain path.
    NodeRef node_at(std::string_view path, const Scope& scope) const;

  private:
    bool is_inside(NodeRef node, NodeRef ancestor) const;
    NodeRef enclosing_repeat(NodeRef node) const;
    std::string relative(NodeRef context, NodeRef target) const;
    std::string restored_path(std::string_view path, const Scope& scope, bool in_predicate,
                              bool absolute) const;

    const FormDefinition& form_;
    std::unordered_map<std::string, std::size_t> count_;  // nodes of that name that have rows
};

}  // namespace survey::forms

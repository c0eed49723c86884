#pragma once

#include <cstddef>

#include "forms/runtime/answer_value.h"
#include "forms/runtime/instance_tree.h"
#include "forms/runtime/paradata.h"
#include "forms/runtime/recalculation_plan.h"

namespace survey::forms {

/// Makes the nodes of an instance: from the form's model, from a record, or a new repeat instance
/// from its template. What the type of a node cannot hold is blank. Sets values only; nothing is
/// evaluated here.
class InstanceBuilder {
  public:
    /// All outlive the builder.
    InstanceBuilder(const RecalculationPlan& plan, InstanceTree& tree, Paradata& paradata,
                    const LocalMoment& moment)
        : plan_(plan), form_(plan.form()), tree_(tree), paradata_(paradata), moment_(moment) {}

    void build_from_model();
    /// Nodes that the record lacks come from the model; elements that the form lacks are left out.
    /// Reasons and the entries that a count had taken away come with a draft.
    void build_from_record(const xml::Document& record);
    /// A new instance at 0-based `index` of `range`.
    NodeId add_instance(NodeId range, std::size_t index);
    /// The same with the values of an instance that was removed before.
    NodeId revive_instance(NodeId range, std::size_t index, NodeId removed);
    /// Instances that the model itself has in this range, for records that came without any.
    void add_model_instances(NodeId range);

  private:
    /// Where values come from: the record first, then the model; either may be absent.
    struct Origin {
        const xml::Document* record = nullptr;
        xml::Node record_node = xml::kNoNode;
        xml::Node model_node = xml::kNoNode;
        bool is_copy = false;  ///< Copying an implicit template: nested repeats start empty.
    };
    void build_root(const Origin& origin);
    void fill(NodeId node, const Origin& origin);
    void fill_range(NodeId range, const Origin& origin, const std::vector<xml::Node>& recorded,
                    const std::vector<xml::Node>& modelled);
    void fill_value(NodeId node, const Origin& origin);
    void copy(NodeId from, NodeId to);

    const RecalculationPlan& plan_;
    const FormDefinition& form_;
    InstanceTree& tree_;
    Paradata& paradata_;
    LocalMoment moment_;
};

}  // namespace survey::forms

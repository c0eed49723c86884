#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "forms/definition/form_definition.h"
#include "forms/expr/index_cache.h"
#include "forms/runtime/recalculation_plan.h"

namespace survey::forms {

/// What sessions of the same form can share: its plan and its external lists, each read once.
/// One thread. The lists are those of the first session; make a new cache when files change.
class SessionCache {
  public:
    struct List {
        std::shared_ptr<const xml::Document> document;
        std::shared_ptr<const DocumentTree> tree;
        bool is_placeholder = false;  ///< The file was missing.
    };

    std::shared_ptr<const RecalculationPlan> plan(
        const std::shared_ptr<const FormDefinition>& form);
    /// Null where it was not kept yet.
    const List* find_list(const FormDefinition& form, const std::string& instance_id) const;
    void keep_list(const FormDefinition& form, const std::string& instance_id, List list);

    /// Of the lists of the form and of this cache.
    expr::IndexCache& indexes() { return indexes_; }

  private:
    // A plan keeps its form alive, so that no other form can take the address.
    std::map<const FormDefinition*, std::shared_ptr<const RecalculationPlan>> plans_;
    std::map<std::pair<const FormDefinition*, std::string>, List> lists_;
    expr::IndexCache indexes_;
};

}  // namespace survey::forms

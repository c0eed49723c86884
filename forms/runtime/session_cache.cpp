#include "forms/runtime/session_cache.h"

namespace survey::forms {

std::shared_ptr<const RecalculationPlan> SessionCache::plan(
    const std::shared_ptr<const FormDefinition>& form) {
    std::shared_ptr<const RecalculationPlan>& kept = plans_[form.get()];
    if (!kept) kept = std::make_shared<RecalculationPlan>(form);
    return kept;
}

const SessionCache::List* SessionCache::find_list(const FormDefinition& form,
                                                  const std::string& instance_id) const {
    const auto found = lists_.find({&form, instance_id});
    return found == lists_.end() ? nullptr : &found->second;
}

void SessionCache::keep_list(const FormDefinition& form, const std::string& instance_id,
                             List list) {
    lists_[{&form, instance_id}] = std::move(list);
}

}  // namespace survey::forms

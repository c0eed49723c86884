#pragma once

#include <cstdint>
#include <string>

#include "collector/app/desk.h"

namespace survey::collector {

/// So much of a draft's id is shown; it is random, so a few digits tell one from another.
inline constexpr std::size_t kDraftIdShown = 8;

/// What a person means by a short name. kNotFound and kInvalidInput (several fit) say which exist.

enum class FormUse : std::uint8_t {
    kNewInterview,  ///< Closed forms do not count; kInvalidInput if all that fit are closed.
    kRecords,       ///< What was filled in while a form was open is still taken.
};
Result<FormSummary> find_form(Desk& desk, const std::string& id, const std::string& version,
                              FormUse use);
Result<Draft> find_draft(Desk& desk, const std::string& beginning);
Result<InstanceId> find_interview(Desk& desk, const std::string& part);

/// Most finalised interviews that a list shows.
inline constexpr std::size_t kInterviewsShownMax = 1'000'000;

}  // namespace survey::collector

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/base/result.h"
#include "forms/runtime/form_session.h"

namespace survey::forms {

struct SimulateOptions {
    std::uint64_t seed = 1;  ///< The same seed, form and clock give the same record.
    std::string language;    ///< Of the session; empty: the form's default.
    /// How many optional questions somebody of average patience answers; texts get fewer.
    double optional_answered = 0.85;
    std::size_t repeat_instances_max = 6;  ///< That the made-up person adds to one repeat.
    std::vector<std::pair<std::string, std::string>> properties;  ///< deviceid, username, …
};

/// A rule that no made-up answer could meet.
struct Unsatisfied {
    std::string ref;
    ViolationKind kind = ViolationKind::kRequired;
    std::string rule;    ///< The expression as the form has it.
    std::string reason;  ///< What was tried: one English sentence.
};

struct SimulatedInstance {
    Finalised record;
    std::vector<Unsatisfied> unsatisfied;  ///< Empty: the record is valid.
    std::size_t answered = 0;              ///< Questions that were given an answer.
};

/// Fills in one instance as a made-up person would, through `FormSession` and nothing else, so that
/// relevance, required, constraints, cascades and counts hold. Answers are plausible rather than
/// even: every question has its own popular choices, one attitude runs through all answers of a
/// person, numbers of people are log-normal, optional questions are skipped.
/// An error only where the form cannot be opened; what cannot be met is in `unsatisfied`.
/// `environment.random` is not used: chance comes from the seed.
Result<SimulatedInstance> simulate(const std::shared_ptr<const FormDefinition>& form,
                                   const SessionEnvironment& environment,
                                   const SimulateOptions& options = {});

}  // namespace survey::forms

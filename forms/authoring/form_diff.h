#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "forms/definition/form_definition.h"

namespace survey::forms {

/// What becomes of something that was answered with the old form. The worst of a change counts.
enum class Effect : std::uint8_t {
    kKept,
    kChecked,  ///< Kept, but may no longer be valid, complete or offered.
    kLost,     ///< Has no place in the new form.
};
std::string_view effect_name(Effect effect);  // "kept", "checked", "lost"

/// One aspect that differs.
struct Difference {
    std::string what;      ///< "type", "relevant", "label", "choice removed", …
    std::string language;  ///< Of a text.
    std::string before;
    std::string after;

    friend bool operator==(const Difference&, const Difference&) = default;
};

enum class ChangeKind : std::uint8_t { kAdded, kRemoved, kMoved, kRenamed, kChanged };
std::string_view change_name(ChangeKind kind);  // "added", …

/// What happened to one question, group or repeat.
struct QuestionChange {
    ChangeKind kind = ChangeKind::kChanged;
    std::string path;      ///< In the new form; of one that was removed, in the old.
    std::string old_path;  ///< Where it stood, if elsewhere.
    std::vector<Difference> differences;
    Effect drafts = Effect::kKept;  ///< Drafts that are gone on with in the new form.
    /// False: answers of both forms do not go into one column any more.
    bool together = true;
    std::vector<std::string> notes;  ///< Sentences: what that means.
};

struct FormDiff {
    std::vector<Difference> form;         ///< id, version, title, languages, …
    std::vector<QuestionChange> changes;  ///< In the order of the new form; removed ones last.
    bool other_form = false;              ///< Another id: none of the drafts belongs to it.

    bool same() const { return form.empty() && changes.empty(); }
    /// Whether any answer or draft is touched.
    bool harmless() const;
};

/// Two versions of a form. A question that stands elsewhere under the same name and type has moved.
/// One is called renamed only where that is sure: the only one lost and the only one new in its
/// group that say the same, with a label.
FormDiff diff_forms(const FormDefinition& before, const FormDefinition& after);

}  // namespace survey::forms

#include "sync-server/aggregate/columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace survey::server {

namespace {

constexpr Slot kNoSlot = std::numeric_limits<Slot>::max();
constexpr Version kStillLive = std::numeric_limits<Version>::max();

std::optional<Slot> slot_or_none(Slot slot) {
    if (slot == kNoSlot) return std::nullopt;
    return slot;
}

Result<void> check_question(const ColumnQuestion& question) {
    if (question.options.size() + question.cannot_say.size() > kOptionsMax) {
        return fail(ErrorCode::kLimit, "question " + question.name + " has more than " +
                                           std::to_string(kOptionsMax) + " options");
    }
    std::set<std::string> seen;
    for (const std::string& option : question.options) {
        if (!seen.insert(option).second) {
            return fail(ErrorCode::kInvalidInput,
                        "question " + question.name + " has the option " + option + " twice");
        }
    }
    return {};
}

}  // namespace

Column::Column(ColumnQuestion question) : question_(std::move(question)) {
    for (const std::string& option : question_.options)
        intern(option);
    for (const std::string& option : question_.cannot_say)
        outside_[intern(option)] = true;
}

std::optional<OptionIndex> Column::find(std::string_view option) const {
    const auto found = index_.find(std::string(option));
    if (found == index_.end()) return std::nullopt;
    return found->second;
}

std::span<const OptionIndex> Column::marked(Slot slot) const {
    const std::uint64_t begin = slot == 0 ? 0 : marked_end_[slot - 1];
    return std::span(marked_).subspan(begin, marked_end_[slot] - begin);
}

OptionIndex Column::intern(const std::string& option) {
    const auto [entry, added] =
        index_.try_emplace(option, static_cast<OptionIndex>(options_.size()));
    if (added) {
        options_.push_back(option);
        outside_.push_back(false);
    }
    return entry->second;
}

Result<void> Column::check(const Answer& answer) const {
    if (answer.state != Answer::State::kGiven) return {};
    const std::string where = "question " + question_.name + ": ";
    if (question_.kind == QuestionKind::kNumber) {
        if (answer.chosen.empty() && std::isfinite(answer.number)) return {};
        return fail(ErrorCode::kInvalidInput, where + "the answer is not a finite number");
    }
    if (answer.chosen.empty()) {
        return fail(ErrorCode::kInvalidInput, where + "a given answer names no option");
    }
    if (question_.kind == QuestionKind::kSelectOne && answer.chosen.size() != 1) {
        return fail(ErrorCode::kInvalidInput, where + "more than one option chosen");
    }
    if (answer.chosen.size() > kChosenMax || options_.size() + answer.chosen.size() > kOptionsMax) {
        return fail(ErrorCode::kLimit, where + "too many options");
    }
    return {};
}

void Column::append(const Answer& answer) {
    const bool given = answer.state == Answer::State::kGiven;
    Standing standing = Standing::kSubstantive;
    if (answer.state == Answer::State::kNotAsked) standing = Standing::kNotAsked;
    if (answer.state == Answer::State::kBlank) standing = Standing::kBlank;
    standing_.push_back(standing);
    if (question_.kind != QuestionKind::kNumber) return append_select(answer);

    const auto& outside = question_.cannot_say_numbers;
    if (given && std::find(outside.begin(), outside.end(), answer.number) != outside.end()) {
        standing_.back() = Standing::kCannotSay;
    }
    const bool counts = standing_.back() == Standing::kSubstantive;
    numbers_.push_back(counts ? answer.number : std::numeric_limits<double>::quiet_NaN());
}

void Column::append_select(const Answer& answer) {
    std::vector<OptionIndex> marked;
    marked.reserve(answer.chosen.size());
    for (const std::string& option : answer.chosen)
        marked.push_back(intern(option));
    std::sort(marked.begin(), marked.end());
    marked.erase(std::unique(marked.begin(), marked.end()), marked.end());
    // "Cannot say" beside real options does not take those back.
    std::erase_if(marked, [this](OptionIndex option) { return outside_[option]; });
    if (!answer.chosen.empty() && marked.empty()) standing_.back() = Standing::kCannotSay;

    if (question_.kind == QuestionKind::kSelectOne) {
        single_.push_back(marked.empty() ? OptionIndex{0} : marked.front());
        return;
    }
    marked_.insert(marked_.end(), marked.begin(), marked.end());
    marked_end_.push_back(marked_.size());
}

Result<Columns> Columns::create(std::vector<ColumnQuestion> questions) {
    if (questions.size() > kQuestionsMax) {
        return fail(ErrorCode::kLimit,
                    "the form has more than " + std::to_string(kQuestionsMax) + " questions");
    }
    Columns columns;
    for (ColumnQuestion& question : questions) {
        TRY(check_question(question));
        const auto position = static_cast<QuestionIndex>(columns.columns_.size());
        if (!columns.index_.try_emplace(question.name, position).second) {
            return fail(ErrorCode::kInvalidInput,
                        "the question " + question.name + " is there twice");
        }
        columns.columns_.emplace_back(std::move(question));
    }
    return columns;
}

Result<Columns::Change> Columns::put(const std::string& instance, const std::string& revision,
                                     const std::string& organisation,
                                     const std::vector<Answer>& answers) {
    const auto known = instances_.find(instance);
    if (known != instances_.end() && known->second.revision == revision) return Change::kUnchanged;
    if (answers.size() != columns_.size()) {
        return fail(ErrorCode::kInvalidInput, "the revision has " + std::to_string(answers.size()) +
                                                  " answers for " +
                                                  std::to_string(columns_.size()) + " questions");
    }
    if (slots() >= kSlotsMax) return fail(ErrorCode::kLimit, "the columns of this form are full");
    for (std::size_t i = 0; i < answers.size(); ++i)
        TRY(columns_[i].check(answers[i]));

    const auto slot = static_cast<Slot>(slots());
    for (std::size_t i = 0; i < answers.size(); ++i)
        columns_[i].append(answers[i]);
    const auto next = static_cast<OrganisationIndex>(organisations_.size());
    organisation_of_.push_back(organisations_.try_emplace(organisation, next).first->second);
    ++version_;
    born_.push_back(version_);
    died_.push_back(kStillLive);
    replaced_.push_back(kNoSlot);
    replacement_.push_back(kNoSlot);
    if (known == instances_.end()) {
        instances_.emplace(instance, Current{slot, revision});
        return Change::kAdded;
    }
    const Slot old = known->second.slot;
    died_[old] = version_;
    replacement_[old] = slot;
    replaced_[slot] = old;
    known->second = {slot, revision};
    return Change::kReplaced;
}

bool Columns::remove(const std::string& instance) {
    const auto known = instances_.find(instance);
    if (known == instances_.end()) return false;
    ++version_;
    died_[known->second.slot] = version_;
    instances_.erase(known);
    return true;
}

std::optional<QuestionIndex> Columns::find(std::string_view question) const {
    const auto found = index_.find(std::string(question));
    if (found == index_.end()) return std::nullopt;
    return found->second;
}

std::optional<Slot> Columns::replaced(Slot slot) const {
    return slot_or_none(replaced_[slot]);
}

std::optional<Slot> Columns::replacement(Slot slot) const {
    return slot_or_none(replacement_[slot]);
}

}  // namespace survey::server

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/base/result.h"

namespace survey::server {

/// Counts the changes that a form's columns have seen. Every table is computed as of one version,
/// so that all tables of one release speak of the same answers.
using Version = std::uint64_t;
/// The place of one revision in the columns. Never reused: a corrected answer gets a new slot.
using Slot = std::uint32_t;
/// The position of a question in the form's columns.
using QuestionIndex = std::uint32_t;
/// The position of an option in its question.
using OptionIndex = std::uint16_t;
/// The independent holding that an answer comes from: what all disclosure rules count.
using OrganisationIndex = std::uint32_t;

/// Bounds, so that a hostile form or peer cannot exhaust memory or the code types.
inline constexpr std::size_t kQuestionsMax = 2'000;
inline constexpr std::size_t kOptionsMax = 60'000;    // below the reserved codes of OptionIndex
inline constexpr std::size_t kSlotsMax = 50'000'000;  // fits Slot and a server's memory
inline constexpr std::size_t kChosenMax = 1'000;      // options marked in one answer

enum class QuestionKind : std::uint8_t { kSelectOne, kSelectMany, kNumber };

/// One question as the tables see it.
struct ColumnQuestion {
    std::string name;
    QuestionKind kind = QuestionKind::kSelectOne;
    /// Option names in the order of the form. Answers may add others (older versions of the form).
    std::vector<std::string> options;
    /// Options outside the scale, such as "cannot say": never in a base, always shown apart.
    std::vector<std::string> cannot_say;
    /// The same for number questions, such as -99.
    std::vector<double> cannot_say_numbers;
    /// True for what everybody knows about an organisation (district, branch, size). Anything else
    /// is an answer, and a group whose members all gave the same one is protected.
    bool identifying = false;
};

/// What one person said to one question.
struct Answer {
    enum class State : std::uint8_t {
        kNotAsked,  ///< The question was not relevant.
        kBlank,     ///< Asked and left empty.
        kGiven,
    };
    State state = State::kNotAsked;
    std::vector<std::string> chosen;  ///< Select questions.
    double number = 0;                ///< Number questions.

    static Answer not_asked() { return {}; }
    static Answer blank() { return {State::kBlank, {}, 0}; }
    static Answer of(std::string option) { return {State::kGiven, {std::move(option)}, 0}; }
    static Answer of(std::vector<std::string> options) {
        return {State::kGiven, std::move(options), 0};
    }
    static Answer of(double number) { return {State::kGiven, {}, number}; }
};

/// How an answer counts in a table.
enum class Standing : std::uint8_t { kSubstantive, kCannotSay, kBlank, kNotAsked };

/// The answers to one question, one entry per slot.
class Column {
  public:
    explicit Column(ColumnQuestion question);

    const ColumnQuestion& question() const { return question_; }
    const std::vector<std::string>& options() const { return options_; }
    bool outside_scale(OptionIndex option) const { return outside_[option]; }
    std::optional<OptionIndex> find(std::string_view option) const;

    Standing standing(Slot slot) const { return standing_[slot]; }
    /// Substantive answer of a select-one question.
    OptionIndex option(Slot slot) const { return single_[slot]; }
    /// Options marked, ascending, each once. Empty unless the answer is substantive.
    std::span<const OptionIndex> marked(Slot slot) const;
    double number(Slot slot) const { return numbers_[slot]; }

  private:
    friend class Columns;
    /// Whether `append` would accept it; says why not without naming the answer.
    Result<void> check(const Answer& answer) const;
    void append(const Answer& answer);
    void append_select(const Answer& answer);
    OptionIndex intern(const std::string& option);

    ColumnQuestion question_;
    std::vector<std::string> options_;
    std::vector<bool> outside_;
    std::unordered_map<std::string, OptionIndex> index_;
    std::vector<Standing> standing_;
    std::vector<OptionIndex> single_;
    std::vector<std::uint64_t> marked_end_;
    std::vector<OptionIndex> marked_;
    std::vector<double> numbers_;
};

/// One form's answers in memory, by column: what tables are counted from. Holds every revision ever
/// put in, because tables already released have to be understood later; only current ones count.
/// Rebuilding it from the store in the same order gives the same slots and versions.
/// One writer; readers may share it while nobody writes.
class Columns {
  public:
    enum class Change : std::uint8_t { kAdded, kReplaced, kUnchanged };

    /// Fails with kInvalidInput on two questions or options of one name, kLimit past the bounds.
    static Result<Columns> create(std::vector<ColumnQuestion> questions);

    /// Takes a revision. A known instance is replaced; the revision that is already current changes
    /// nothing. `answers` has one entry per question, in their order. On failure (kInvalidInput,
    /// kLimit) nothing has changed.
    Result<Change> put(const std::string& instance, const std::string& revision,
                       const std::string& organisation, const std::vector<Answer>& answers);
    /// Takes an instance out of all later tables. False if it is not there.
    bool remove(const std::string& instance);

    Version version() const { return version_; }
    std::size_t slots() const { return born_.size(); }
    std::size_t live() const { return instances_.size(); }
    std::size_t organisations() const { return organisations_.size(); }
    const std::vector<Column>& columns() const { return columns_; }
    const Column& column(QuestionIndex question) const { return columns_[question]; }
    std::optional<QuestionIndex> find(std::string_view question) const;

    OrganisationIndex organisation(Slot slot) const { return organisation_of_[slot]; }
    /// Whether the revision was the current one of its instance at `version`.
    bool live_at(Slot slot, Version version) const {
        return born_[slot] <= version && version < died_[slot];
    }
    Version born(Slot slot) const { return born_[slot]; }
    Version died(Slot slot) const { return died_[slot]; }
    /// The revision that this one replaced.
    std::optional<Slot> replaced(Slot slot) const;
    /// The revision that replaced this one.
    std::optional<Slot> replacement(Slot slot) const;

  private:
    struct Current {
        Slot slot = 0;
        std::string revision;
    };

    std::vector<Column> columns_;
    std::unordered_map<std::string, QuestionIndex> index_;
    std::unordered_map<std::string, Current> instances_;
    std::unordered_map<std::string, OrganisationIndex> organisations_;
    std::vector<OrganisationIndex> organisation_of_;
    std::vector<Version> born_;
    std::vector<Version> died_;
    std::vector<Slot> replaced_;     // kNoSlot: none
    std::vector<Slot> replacement_;  // kNoSlot: none
    Version version_ = 0;
};

}  // namespace survey::server

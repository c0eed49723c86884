#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/interview/open_interview.h"
#include "collector/ui/commands.h"
#include "collector/ui/terminal.h"
#include "collector/ui/words.h"
#include "common/base/result.h"

namespace survey::collector {

/// How an interview at the terminal ended.
enum class InterviewEnd {
    kFinalised,
    kDraft,  ///< Stopped or the input ended; everything is in the draft.
};

/// Asks a form's questions one after the other on a terminal or a pipe. It keeps nothing of its
/// own: every accepted line is in the store before the next question is shown. One thread.
class TerminalInterview {
  public:
    TerminalInterview(OpenInterview& interview, Terminal& terminal, UiLanguage language,
                      std::string today);

    /// Until the person finalises, stops, or the input ends. Fails only when saving fails.
    Result<InterviewEnd> run();

  private:
    enum class Step { kForward, kBackward, kStay, kQuit, kDone };

    // One stop of the form each.
    Result<Step> visit(const forms::FormEvent& event);
    Result<Step> visit_question(const forms::FormEvent& event);
    Result<Step> visit_prompt(const forms::FormEvent& event);
    Result<Step> visit_end();
    Result<Step> take_answer(const forms::NodeState& node, const std::string& text);
    Result<Step> take_value(const forms::NodeState& node, const std::string& value);
    /// Asks for a reason where an answer is warned of.
    Result<Step> settle_warning(forms::NodeId node);
    Result<Step> obey(const CommandLine& line, const forms::FormEvent& event);
    Result<Step> jump(const std::string& where);
    Result<Step> change_language(const std::string& wanted);
    Result<Step> remove_entry(const forms::FormEvent& event);
    void note(const forms::FormEvent& event, const std::string& text);

    // What is shown.
    void show_question(const forms::NodeState& node);
    void show_place(const forms::NodeState& node);
    void show_choices(const forms::NodeState& node);
    void show_list();
    void show_violations(const std::vector<forms::Violation>& violations);
    std::string prompt_for(const forms::NodeState& node) const;

    std::vector<forms::FormEvent> questions() const;
    bool is_note(const forms::NodeState& node) const;
    std::string section_of(forms::NodeId node) const;
    void line(std::string_view text = {});
    void say_unknown(const UnknownCommand& unknown);
    void say_line(Word word, std::initializer_list<std::string_view> values = {});

    OpenInterview& interview_;
    Terminal& terminal_;
    UiLanguage language_;
    std::string today_;
    std::string section_shown_;
    std::vector<std::size_t> shown_;   // numbers on the screen → places in the list of choices
    std::optional<Error> note_error_;  // a note that could not be saved
};

}  // namespace survey::collector

#include "collector/ui/terminal_interview.h"

#include <algorithm>
#include <utility>

#include "collector/ui/answer_input.h"
#include "collector/ui/text_layout.h"
#include "common/base/number.h"
#include "common/base/plain_text.h"

namespace survey::collector {

namespace {

using forms::ControlKind;
using forms::FormEvent;
using forms::NodeId;
using forms::NodeState;

Word word_for(Unreadable reason) {
    switch (reason) {
        case Unreadable::kNumber:
            return Word::kNotNumber;
        case Unreadable::kWholeNumber:
            return Word::kNotWholeNumber;
        case Unreadable::kDate:
            return Word::kNotDate;
        case Unreadable::kTime:
            return Word::kNotTime;
        case Unreadable::kDateTime:
            return Word::kNotDateTime;
        case Unreadable::kGeopoint:
            return Word::kNotGeopoint;
        case Unreadable::kChoice:
            return Word::kNothingMatches;
        case Unreadable::kYesNo:
            return Word::kNotYesNo;
        case Unreadable::kRange:
            return Word::kNotInRange;
        case Unreadable::kFile:
            return Word::kAskFile;
    }
    return Word::kAnswerRefused;
}

}  // namespace

TerminalInterview::TerminalInterview(OpenInterview& interview, Terminal& terminal,
                                     UiLanguage language, std::string today)
    : interview_(interview), terminal_(terminal), language_(language), today_(std::move(today)) {}

Result<InterviewEnd> TerminalInterview::run() {
    say_line(Word::kWelcome, {interview_.session().form().title});
    if (interview_.is_correction()) say_line(Word::kCorrecting);
    FormEvent event = interview_.position();
    if (event.kind == FormEvent::Kind::kBeginning) {
        event = interview_.session().next(event);
    } else {
        say_line(Word::kResumed);
    }
    Step direction = Step::kForward;
    for (;;) {
        TRY(interview_.move_to(event));
        TRY_ASSIGN(Step step, visit(event));
        if (note_error_) return *std::exchange(note_error_, std::nullopt);
        if (step == Step::kDone) return InterviewEnd::kFinalised;
        if (step == Step::kQuit) {
            say_line(Word::kKeptAsDraft);
            return InterviewEnd::kDraft;
        }
        // A stop that asks nothing goes on in the direction in which it was reached.
        if (step == Step::kStay && interview_.position() == event) step = direction;
        if (step == Step::kStay) {
            event = interview_.position();  // a jump
            direction = Step::kForward;
            continue;
        }
        const FormEvent next = step == Step::kBackward ? interview_.session().previous(event)
                                                       : interview_.session().next(event);
        direction = step;
        if (next.kind == FormEvent::Kind::kBeginning) {
            say_line(Word::kFirstQuestion);
            direction = Step::kForward;
            event = interview_.session().next(next);
            continue;
        }
        event = next;
    }
}

Result<TerminalInterview::Step> TerminalInterview::visit(const FormEvent& event) {
    switch (event.kind) {
        case FormEvent::Kind::kQuestion:
            return visit_question(event);
        case FormEvent::Kind::kPromptNewRepeat:
            return visit_prompt(event);
        case FormEvent::Kind::kEnd:
            return visit_end();
        default:
            return Step::kStay;
    }
}

Result<TerminalInterview::Step> TerminalInterview::visit_question(const FormEvent& event) {
    const forms::FormSession& session = interview_.session();
    NodeState node = session.state(event.node);
    shown_.clear();
    show_question(node);
    if (is_note(node)) return Step::kStay;
    for (;;) {
        const auto typed = terminal_.read_line(prompt_for(node));
        if (!typed) {
            line();
            say_line(Word::kInputEnded);
            return Step::kQuit;
        }
        const auto meaning = read_line_meaning(*typed);
        Step step = Step::kStay;
        if (const auto* command = std::get_if<CommandLine>(&meaning)) {
            TRY_ASSIGN(step, obey(*command, event));
            if (step == Step::kStay && !(interview_.position() == event)) return step;
            if (step == Step::kStay && command->command == Command::kLanguage) show_question(node);
        } else if (const auto* unknown = std::get_if<UnknownCommand>(&meaning)) {
            say_unknown(*unknown);
        } else {
            TRY_ASSIGN(step, take_answer(node, std::get_if<AnswerLine>(&meaning)->text));
        }
        if (step != Step::kStay) return step;
        if (!session.exists(event.node)) return Step::kBackward;
        node = session.state(event.node);
    }
}

Result<TerminalInterview::Step> TerminalInterview::take_answer(const NodeState& node,
                                                               const std::string& text) {
    const forms::FormSession& session = interview_.session();
    if (text.empty()) {
        // Enter: keep what is there. A violation that is there already is no reason to stay.
        if (!node.value.empty() || !node.required) {
            TRY_ASSIGN(const Step step, settle_warning(node.id));
            if (step != Step::kStay) return step;
            say_line(Word::kReasonRefused);
            return Step::kForward;
        }
        std::string message;
        if (node.violation) message = plain(node.violation->message);
        if (!message.empty()) line(wrap(message, terminal_.columns(), 2, "! "));
        say_line(Word::kAnswerNeeded);
        return Step::kStay;
    }
    if (text.size() > kInputLineBytesMax) {
        say_line(Word::kLineTooLong);
    } else if (!is_plain_text(text)) {
        // The session would store it without the bytes that it cannot hold.
        say_line(Word::kNotText);
        return Step::kStay;
    }
    const std::string_view taken = std::string_view(text).substr(0, kInputLineBytesMax);
    TRY_ASSIGN(const auto choices, session.choices(node.id));
    const InputMeaning meaning =
        read_answer(taken, session.form().controls[node.control],
                    session.form().nodes[node.definition], choices, shown_, today_);
    if (const auto* reason = std::get_if<Unreadable>(&meaning)) {
        say_line(word_for(*reason), {shorten(taken, 40)});
        return Step::kStay;
    }
    if (const auto* several = std::get_if<Ambiguous>(&meaning)) {
        shown_ = several->matches;
        say_line(Word::kSeveralMatch, {std::to_string(shown_.size()), shorten(taken, 40)});
        show_choices(node);
        return Step::kStay;
    }
    return take_value(node, std::get_if<Lexical>(&meaning)->value);
}

Result<TerminalInterview::Step> TerminalInterview::take_value(const NodeState& node,
                                                              const std::string& value) {
    TRY_ASSIGN(const auto violation, interview_.session().try_value(node.id, value));
    if (violation) {
        const std::string message = plain(violation->message);
        line(wrap(message.empty() ? text_of(language_, Word::kAnswerRefused) : message,
                  terminal_.columns(), 2, "! "));
        return Step::kStay;
    }
    auto change = interview_.answer(node.id, value);
    if (change) {
        if (!change->removed.empty()) say_line(Word::kEntriesGone);
        return settle_warning(node.id);
    }
    if (change.error().code == ErrorCode::kForbidden) {
        say_line(Word::kReadOnly);
        return Step::kStay;
    }
    say_line(Word::kNotSaved, {change.error().message});
    return std::move(change).error();
}

Result<TerminalInterview::Step> TerminalInterview::settle_warning(NodeId node) {
    if (!interview_.session().exists(node)) return Step::kForward;
    const auto warning = interview_.session().state(node).warning;
    if (!warning || !warning->reason.empty()) return Step::kForward;
    const std::string message = plain(warning->message);
    line(wrap(message.empty() ? text_of(language_, Word::kWarned) : message, terminal_.columns(), 2,
              "! "));
    const auto typed =
        terminal_.read_line(std::string(text_of(language_, Word::kAskReason)) + "> ");
    if (!typed) {
        line();
        say_line(Word::kInputEnded);
        return Step::kQuit;
    }
    if (typed->find_first_not_of(" \t") == std::string::npos) return Step::kStay;
    auto kept = interview_.overrule(node, *typed);
    if (!kept && kept.error().code == ErrorCode::kInvalidInput) {
        say_line(Word::kReasonNeeded, {std::to_string(forms::kReasonBytesMax)});
        return Step::kStay;
    }
    if (!kept) {
        say_line(Word::kNotSaved, {kept.error().message});
        return std::move(kept).error();
    }
    return Step::kForward;
}

Result<TerminalInterview::Step> TerminalInterview::visit_prompt(const FormEvent& event) {
    const forms::FormSession& session = interview_.session();
    for (;;) {
        const NodeState range = session.state(event.node);
        line();
        const std::string label = plain(session.label(range.id).text);
        line(wrap(say(language_, Word::kAddRepeat, {label, std::to_string(range.children.size())}),
                  terminal_.columns()));
        const auto typed = terminal_.read_line("> ");
        if (!typed) {
            line();
            say_line(Word::kInputEnded);
            return Step::kQuit;
        }
        const auto meaning = read_line_meaning(*typed);
        if (const auto* command = std::get_if<CommandLine>(&meaning)) {
            TRY_ASSIGN(const Step step, obey(*command, event));
            if (step != Step::kStay || !(interview_.position() == event)) return step;
            continue;
        }
        if (const auto* unknown = std::get_if<UnknownCommand>(&meaning)) {
            say_unknown(*unknown);
            continue;
        }
        const std::string& answer = std::get_if<AnswerLine>(&meaning)->text;
        // Enter means no: nobody adds an empty entry by leaning on a key.
        const auto yes = answer.empty() ? std::optional<bool>(false) : read_yes_no(answer);
        if (!yes) {
            say_line(Word::kNotYesNo);
            continue;
        }
        if (!*yes) return Step::kForward;
        TRY_ASSIGN(const NodeId added, interview_.add_repeat(event.node));
        TRY(interview_.move_to({FormEvent::Kind::kRepeat, added}));
        return Step::kStay;
    }
}

Result<TerminalInterview::Step> TerminalInterview::visit_end() {
    for (;;) {
        const auto violations = interview_.session().unfinished();
        line();
        say_line(Word::kEnd);
        show_violations(violations);
        if (violations.empty()) say_line(Word::kFinaliseNow);
        const auto typed = terminal_.read_line("> ");
        if (!typed) {
            line();
            say_line(Word::kInputEnded);
            return Step::kQuit;
        }
        const auto meaning = read_line_meaning(*typed);
        if (const auto* command = std::get_if<CommandLine>(&meaning)) {
            TRY_ASSIGN(const Step step, obey(*command, {FormEvent::Kind::kEnd, forms::kNoNodeId}));
            if (step == Step::kStay && interview_.position().kind == FormEvent::Kind::kEnd)
                continue;
            if (step == Step::kForward) continue;
            return step;
        }
        if (const auto* unknown = std::get_if<UnknownCommand>(&meaning)) {
            say_unknown(*unknown);
            continue;
        }
        const std::string& answer = std::get_if<AnswerLine>(&meaning)->text;
        const auto number = parse_int(answer);
        if (!violations.empty()) {
            if (number && *number >= 1 && *number <= static_cast<std::int64_t>(violations.size())) {
                const auto index = static_cast<std::size_t>(*number - 1);
                TRY(interview_.move_to({FormEvent::Kind::kQuestion, violations[index].node}));
                return Step::kStay;
            }
            continue;
        }
        const auto yes = read_yes_no(answer);
        if (!yes) {
            say_line(Word::kNotYesNo);
            continue;
        }
        if (!*yes) return Step::kQuit;
        TRY_ASSIGN(const FinaliseOutcome outcome, interview_.finalise());
        if (const auto* revision = std::get_if<RevisionId>(&outcome)) {
            say_line(Word::kFinalised, {revision->hex().substr(0, 16)});
            return Step::kDone;
        }
    }
}

Result<TerminalInterview::Step> TerminalInterview::obey(const CommandLine& command,
                                                        const FormEvent& event) {
    switch (command.command) {
        case Command::kBack:
            return Step::kBackward;
        case Command::kNext:
            return Step::kForward;
        case Command::kQuit:
            return Step::kQuit;
        case Command::kJump:
            return jump(command.argument);
        case Command::kLanguage:
            return change_language(command.argument);
        case Command::kRemove:
            return remove_entry(event);
        case Command::kFinish:
            TRY(interview_.move_to({FormEvent::Kind::kEnd, forms::kNoNodeId}));
            return Step::kStay;
        case Command::kList:
            show_list();
            return Step::kStay;
        case Command::kHelp:
            line(text_of(language_, Word::kHelp));
            return Step::kStay;
        case Command::kNote:
            note(event, command.argument);
            return Step::kStay;
        case Command::kInfo: {
            const std::string guidance =
                event.node == forms::kNoNodeId
                    ? std::string()
                    : plain(interview_.session().hint(event.node).guidance);
            if (guidance.empty()) {
                say_line(Word::kNoGuidance);
            } else {
                line(wrap(guidance, terminal_.columns(), 2, "  "));
            }
            return Step::kStay;
        }
        case Command::kClear: {
            if (event.kind != FormEvent::Kind::kQuestion) {
                say_line(Word::kNothingToClear);
                return Step::kStay;
            }
            auto change = interview_.answer(event.node, "");
            if (!change && change.error().code == ErrorCode::kForbidden) {
                say_line(Word::kReadOnly);
                return Step::kStay;
            }
            TRY(change);
            say_line(Word::kCleared);
            return Step::kStay;
        }
    }
    return Step::kStay;
}

Result<TerminalInterview::Step> TerminalInterview::jump(const std::string& where) {
    if (where.empty()) {
        say_line(Word::kJumpWhere);
        return Step::kStay;
    }
    const auto stops = questions();
    const auto number = parse_int(where);
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const bool fits = number ? *number == static_cast<std::int64_t>(i + 1)
                                 : folded(plain(interview_.session().label(stops[i].node).text))
                                           .find(folded(where)) != std::string::npos;
        if (!fits) continue;
        TRY(interview_.move_to(stops[i]));
        return Step::kStay;
    }
    say_line(Word::kNoSuchQuestion, {where});
    return Step::kStay;
}

Result<TerminalInterview::Step> TerminalInterview::change_language(const std::string& wanted) {
    const auto& languages = interview_.session().form().languages;
    std::string names;
    std::vector<std::string> fitting;
    for (const auto& language : languages) {
        names += (names.empty() ? "" : ", ") + language.name;
        if (folded(language.name).find(folded(wanted)) != std::string::npos) {
            fitting.push_back(language.name);
        }
    }
    // With two languages, `:lang` alone means the other one.
    if (wanted.empty() && languages.size() == 2) {
        fitting = {languages[0].name == interview_.session().language() ? languages[1].name
                                                                        : languages[0].name};
    }
    if (fitting.size() != 1) {
        if (wanted.empty()) {
            say_line(Word::kLanguages, {names});
        } else {
            say_line(Word::kNoSuchLanguage, {wanted, names});
        }
        return Step::kStay;
    }
    TRY(interview_.set_language(fitting.front()));
    section_shown_.clear();
    // The program follows the form where it can.
    const std::string folded_name = folded(fitting.front());
    if (folded_name.find("(de)") != std::string::npos) language_ = UiLanguage::kGerman;
    if (folded_name.find("(en)") != std::string::npos) language_ = UiLanguage::kEnglish;
    say_line(Word::kNowLanguage, {fitting.front()});
    return Step::kStay;
}

Result<TerminalInterview::Step> TerminalInterview::remove_entry(const FormEvent& event) {
    const forms::FormSession& session = interview_.session();
    for (NodeId at = event.node; at != forms::kNoNodeId; at = session.state(at).parent) {
        const NodeState node = session.state(at);
        if (node.role != forms::NodeRole::kRepeatInstance) continue;
        const NodeState range = session.state(node.parent);
        if (!range.can_remove) break;
        // Stand before the entry first, so that the place saved with the draft still exists.
        const FormEvent before = session.previous({FormEvent::Kind::kRepeat, at});
        TRY(interview_.remove_repeat(at));
        say_line(Word::kRepeatRemoved);
        TRY(interview_.move_to(session.next(before)));
        return Step::kStay;
    }
    say_line(Word::kNotInRepeat);
    return Step::kStay;
}

void TerminalInterview::say_unknown(const UnknownCommand& unknown) {
    say_line(unknown.ambiguous ? Word::kAmbiguousCommand : Word::kUnknownCommand,
             {":" + unknown.word});
}

void TerminalInterview::note(const FormEvent& event, const std::string& text) {
    if (event.node == forms::kNoNodeId) {
        say_line(Word::kNoteWhere);
        return;
    }
    if (!text.empty()) {
        auto saved = interview_.set_remark(event.node, text);
        if (!saved && saved.error().code == ErrorCode::kInvalidInput) {
            say_line(Word::kNoteRefused);
            return;
        }
        if (!saved) {
            say_line(Word::kNotSaved, {saved.error().message});
            note_error_ = std::move(saved).error();
            return;
        }
        say_line(Word::kNoteSaved);
        return;
    }
    const std::string existing = interview_.remark_on(event.node);
    if (existing.empty()) {
        say_line(Word::kNoteNone);
    } else {
        say_line(Word::kNoteShown, {existing});
    }
}

std::vector<FormEvent> TerminalInterview::questions() const {
    std::vector<FormEvent> stops;
    for (const FormEvent& event : interview_.session().events()) {
        if (event.kind != FormEvent::Kind::kQuestion) continue;
        if (!is_note(interview_.session().state(event.node))) stops.push_back(event);
    }
    return stops;
}

bool TerminalInterview::is_note(const NodeState& node) const {
    return node.readonly && node.control != forms::kNoControl &&
           interview_.session().form().controls[node.control].kind == ControlKind::kInput;
}

}  // namespace survey::collector

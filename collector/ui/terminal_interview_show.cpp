// What the terminal interview puts on the screen; what it does is in terminal_interview.cpp.

#include <algorithm>

#include "collector/ui/terminal_interview.h"
#include "collector/ui/text_layout.h"

namespace survey::collector {

namespace {

using forms::ControlKind;
using forms::FormEvent;
using forms::NodeId;
using forms::NodeState;

// A list longer than this is searched, not read.
constexpr std::size_t kChoicesShownMax = 30;
constexpr std::size_t kListAnswerColumns = 30;

bool is_chosen(const std::string& value, const std::string& choice) {
    return (" " + value + " ").find(" " + choice + " ") != std::string::npos;
}

bool offers_choices(ControlKind kind) {
    return kind == ControlKind::kSelectOne || kind == ControlKind::kSelectMany ||
           kind == ControlKind::kRank;
}

}  // namespace

void TerminalInterview::show_question(const NodeState& node) {
    const forms::FormSession& session = interview_.session();
    show_place(node);
    const forms::ShownText label = session.label(node.id);
    std::string text = plain(label.text);
    if (node.required && !is_note(node)) {
        text += ' ' + std::string(text_of(language_, Word::kRequired));
    }
    line(wrap(text, terminal_.columns()));
    const std::string hint = plain(session.hint(node.id).text);
    if (!hint.empty()) {
        // A note is nothing but text: its hint goes on where its label stops.
        const std::string_view word = is_note(node) ? "" : text_of(language_, Word::kHint);
        line(wrap(std::string(word) + hint, terminal_.columns(), 2, "  "));
    }
    if (!node.fault.empty()) say_line(Word::kFault, {node.fault});
    if (is_note(node)) {
        if (!node.value.empty()) say_line(Word::kCalculated, {session.display_value(node.id)});
        return;
    }
    show_choices(node);
    if (node.control != forms::kNoControl &&
        session.form().controls[node.control].kind == ControlKind::kUpload) {
        say_line(Word::kAskFile);
    }
    if (!node.value.empty()) {
        say_line(Word::kCurrentAnswer, {shorten(session.display_value(node.id), 50)});
        if (node.violation) {
            line(wrap(plain(node.violation->message), terminal_.columns(), 2, "! "));
        }
    }
    if (node.warning && !node.warning->reason.empty()) {
        line(wrap(plain(node.warning->message), terminal_.columns(), 2, "! "));
        say_line(Word::kOverruled, {node.warning->reason});
    }
}

void TerminalInterview::show_place(const NodeState& node) {
    line();
    const std::string section = section_of(node.id);
    if (section != section_shown_) {
        section_shown_ = section;
        if (!section.empty()) {
            line("== " + shorten(section, terminal_.columns() - 6) + " ==");
            line();
        }
    }
    if (is_note(node)) return;
    const auto stops = questions();
    const auto here =
        std::find(stops.begin(), stops.end(), FormEvent{FormEvent::Kind::kQuestion, node.id});
    if (here == stops.end()) return;
    line("[" +
         say(language_, Word::kProgress,
             {std::to_string(here - stops.begin() + 1), std::to_string(stops.size())}) +
         "]");
}

void TerminalInterview::show_choices(const NodeState& node) {
    if (node.control == forms::kNoControl) return;
    if (!offers_choices(interview_.session().form().controls[node.control].kind)) return;
    const auto choices = interview_.session().choices(node.id);
    if (!choices) {
        say_line(Word::kFault, {choices.error().message});
        return;
    }
    std::vector<std::size_t> order = shown_;
    if (order.empty()) {
        for (std::size_t i = 0; i < choices->size(); ++i)
            order.push_back(i);
    }
    const std::size_t count = std::min(order.size(), kChoicesShownMax);
    const std::size_t digits = std::to_string(count).size();
    for (std::size_t i = 0; i < count; ++i) {
        const forms::Choice& choice = (*choices)[order[i]];
        std::string number = std::to_string(i + 1);
        number.insert(0, digits - number.size(), ' ');
        std::string label = plain(choice.label.text);
        if (label.empty()) label = choice.value;
        const bool chosen = is_chosen(node.value, choice.value);
        line(wrap(label, terminal_.columns(), digits + 4, (chosen ? "* " : "  ") + number + "  "));
    }
    if (order.size() > count) say_line(Word::kMoreChoices, {std::to_string(order.size() - count)});
}

void TerminalInterview::show_list() {
    const forms::FormSession& session = interview_.session();
    line();
    line(text_of(language_, Word::kListHeading));
    const auto stops = questions();
    std::string section;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const NodeState node = session.state(stops[i].node);
        const std::string where = section_of(node.id);
        if (where != section) {
            section = where;
            if (!section.empty()) line("== " + shorten(section, terminal_.columns() - 6) + " ==");
        }
        std::string number = std::to_string(i + 1);
        number.insert(0, number.size() < 4 ? 4 - number.size() : 0, ' ');
        const std::string answer =
            node.value.empty() ? std::string(text_of(language_, Word::kUnanswered))
                               : shorten(session.display_value(node.id), kListAnswerColumns);
        const std::size_t room = terminal_.columns() - kListAnswerColumns - 10;
        std::string label = shorten(plain(session.label(node.id).text), room);
        label.append(room - std::min(room, width(label)), ' ');
        line(number + (node.violation ? " ! " : "   ") + label + "  " + answer);
    }
}

void TerminalInterview::show_violations(const std::vector<forms::Violation>& violations) {
    if (violations.empty()) return;
    say_line(Word::kEndOpen);
    for (std::size_t i = 0; i < violations.size(); ++i) {
        const std::string label = plain(interview_.session().label(violations[i].node).text);
        const std::string first = "  " + std::to_string(i + 1) + "  ";
        line(wrap(shorten(label, terminal_.columns() - first.size()), terminal_.columns(),
                  first.size(), first));
        if (!violations[i].message.empty()) {
            line(wrap(plain(violations[i].message), terminal_.columns(), first.size() + 2,
                      std::string(first.size(), ' ') + "! "));
        }
    }
}

std::string TerminalInterview::prompt_for(const NodeState& node) const {
    const forms::FormSession& session = interview_.session();
    Word word = Word::kAskText;
    if (node.control != forms::kNoControl) {
        const forms::Control& control = session.form().controls[node.control];
        switch (control.kind) {
            case ControlKind::kSelectOne:
                word = Word::kAskOne;
                break;
            case ControlKind::kSelectMany:
                word = Word::kAskMany;
                break;
            case ControlKind::kRank:
                word = Word::kAskRank;
                break;
            case ControlKind::kTrigger:
                word = Word::kAskConfirm;
                break;
            case ControlKind::kUpload:
                return "> ";
            case ControlKind::kRange:
                if (!control.range_step.empty() && control.range_step != "1") {
                    return say(language_, Word::kAskSteps,
                               {control.range_start, control.range_end, control.range_step}) +
                           "> ";
                }
                return say(language_, Word::kAskRange, {control.range_start, control.range_end}) +
                       "> ";
            default: {
                const forms::FormNode& definition = session.form().nodes[node.definition];
                switch (definition.bind ? definition.bind->type : forms::AnswerType::kString) {
                    case forms::AnswerType::kInt:
                        word = Word::kAskWhole;
                        break;
                    case forms::AnswerType::kDecimal:
                        word = Word::kAskNumber;
                        break;
                    case forms::AnswerType::kDate:
                        word = Word::kAskDate;
                        break;
                    case forms::AnswerType::kTime:
                        word = Word::kAskTime;
                        break;
                    case forms::AnswerType::kDateTime:
                        word = Word::kAskDateTime;
                        break;
                    case forms::AnswerType::kGeopoint:
                        word = Word::kAskGeopoint;
                        break;
                    default:
                        break;
                }
            }
        }
    }
    return std::string(text_of(language_, word)) + "> ";
}

// "Organisation › Standort 2 von 3": the labels of what the node lies in.
std::string TerminalInterview::section_of(NodeId node) const {
    const forms::FormSession& session = interview_.session();
    std::string section;
    for (NodeId at = session.state(node).parent; at != forms::kNoNodeId;) {
        const NodeState state = session.state(at);
        std::string label = plain(session.label(at).text);
        if (state.role == forms::NodeRole::kRepeatInstance) {
            const NodeState range = session.state(state.parent);
            const auto place = std::find(range.children.begin(), range.children.end(), at);
            if (label.empty()) label = plain(session.label(range.id).text);
            label = say(language_, Word::kRepeatHeading,
                        {label, std::to_string(place - range.children.begin() + 1),
                         std::to_string(range.children.size())});
            at = range.parent;
        } else {
            at = state.parent;
        }
        if (label.empty()) continue;
        section = section.empty() ? label : label + " › " + section;
    }
    return section;
}

void TerminalInterview::line(std::string_view text) {
    terminal_.write(std::string(text) + "\n");
}

void TerminalInterview::say_line(Word word, std::initializer_list<std::string_view> values) {
    line(wrap(say(language_, word, values), terminal_.columns()));
}

}  // namespace survey::collector

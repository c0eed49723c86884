#include "forms/cli/console.h"

#include <istream>
#include <ostream>

#include "common/command_line/machine_words.h"

namespace survey::forms {

std::string Console::of_machine(std::string_view message) const {
    return settings_.german ? in_german({}, message) : std::string(message);
}

void Console::label(std::string_view word, std::string_view colour, std::string_view message,
                    std::string_view hint) {
    if (settings_.colour) {
        err_ << "\x1b[" << colour << 'm' << word << "\x1b[0m " << message << '\n';
    } else {
        err_ << word << ' ' << message << '\n';
    }
    if (!hint.empty()) err_ << "  " << hint << '\n';
}

void Console::error(std::string_view message, std::string_view hint) {
    label("error:", "31;1", message, hint);
}

void Console::warning(std::string_view message, std::string_view hint) {
    label("warning:", "33;1", message, hint);
}

void Console::progress(std::string_view line) {
    if (settings_.err_is_terminal) err_ << '\r' << line << "\x1b[K" << std::flush;
}

void Console::progress_done() {
    if (settings_.err_is_terminal) err_ << "\r\x1b[K" << std::flush;
}

}  // namespace survey::forms

#include "collector/ui/edit_terminal.h"

#include <algorithm>
#include <clocale>

#include <histedit.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace survey::collector {

namespace {

constexpr int kHistoryLines = 200;
constexpr std::size_t kColumnsMin = 40;
constexpr std::size_t kColumnsMax = 100;  // longer lines are hard to read

}  // namespace

struct EditTerminal::Editor {
    EditLine* line = nullptr;
    History* history = nullptr;
    std::string prompt;

    static char* prompt_of(EditLine* line) {
        Editor* self = nullptr;
        el_get(line, EL_CLIENTDATA, &self);
        return self->prompt.data();
    }
};

EditTerminal::EditTerminal(std::FILE* in, std::FILE* out, std::FILE* error, bool colour)
    : editor_(std::make_unique<Editor>()), out_(out), colour_(colour) {
    // libedit reads characters through the locale; without it umlauts are single bytes.
    std::setlocale(LC_CTYPE, "");
    editor_->line = el_init("collector", in, out, error);
    if (editor_->line == nullptr) return;
    el_set(editor_->line, EL_CLIENTDATA, editor_.get());
    el_set(editor_->line, EL_PROMPT, &Editor::prompt_of);
    el_set(editor_->line, EL_SIGNAL, 1);
    el_set(editor_->line, EL_EDITOR, "emacs");
    editor_->history = history_init();
    HistEvent event;
    if (editor_->history != nullptr) {
        history(editor_->history, &event, H_SETSIZE, kHistoryLines);
        el_set(editor_->line, EL_HIST, history, editor_->history);
    }
}

EditTerminal::~EditTerminal() {
    if (editor_->history != nullptr) history_end(editor_->history);
    if (editor_->line != nullptr) el_end(editor_->line);
}

std::optional<std::string> EditTerminal::read_line(const std::string& prompt) {
    if (editor_->line == nullptr) return std::nullopt;
    std::fflush(out_);
    editor_->prompt = prompt;
    int count = 0;
    const char* text = el_gets(editor_->line, &count);
    if (text == nullptr || count <= 0) return std::nullopt;
    std::string line(text, static_cast<std::size_t>(count));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.pop_back();
    if (!line.empty() && editor_->history != nullptr) {
        HistEvent event;
        history(editor_->history, &event, H_ENTER, line.c_str());
    }
    return line;
}

void EditTerminal::write(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), out_);
}

std::size_t EditTerminal::columns() const {
    winsize size{};
    if (ioctl(fileno(out_), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return std::clamp<std::size_t>(size.ws_col, kColumnsMin, kColumnsMax);
}

}  // namespace survey::collector

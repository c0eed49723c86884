#include "sync-server/app/terminal.h"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include "sync-server/app/german.h"

namespace survey::server {

namespace {

void write(std::FILE* file, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), file);
    std::fflush(file);
}

/// Characters, as far as columns go: continuation bytes of UTF-8 do not count.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

}  // namespace

void Terminal::out(std::string_view text) const {
    write(stdout, text);
}

void Terminal::line(std::string_view text) const {
    write(stdout, std::string(text) + "\n");
}

void Terminal::error(std::string_view message) const {
    write(stderr, "error: " + std::string(message) + "\n");
}

void Terminal::failure(std::string_view message) const {
    error(german_ ? in_german(message) : std::string(message));
}

void Terminal::warning(std::string_view message) const {
    write(stderr, "warning: " + std::string(message) + "\n");
}

void Terminal::note(std::string_view message) const {
    write(stderr, std::string(message) + "\n");
}

std::string Terminal::say(const Phrase& phrase,
                          std::initializer_list<std::string_view> values) const {
    return fill(phrase.in(german_), values);
}

void Terminal::table(const std::vector<std::vector<std::string>>& rows) const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    }
    for (const auto& row : rows) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size()) text += std::string(widths[i] - width(row[i]) + 2, ' ');
        }
        line(text);
    }
}

bool Terminal::error_is_terminal() const {
    return ::isatty(STDERR_FILENO) == 1;
}

}  // namespace survey::server

#include "collector/app/open_window.h"

#include <array>
#include <string>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/host/files.h"

extern char** environ;

namespace survey::collector {

namespace {

constexpr std::size_t kAddressBytesMax = 1024;

}  // namespace

OpenWindow::OpenWindow(const std::string& data)
    : address_(data + "/window.address"), page_(data + "/window.html") {}

OpenWindow::~OpenWindow() {
    if (!is_ours_) return;
    ::unlink(address_.c_str());
    ::unlink(page_.c_str());
}

Result<void> OpenWindow::announce(const Place& place) {
    is_ours_ = true;
    return write_file_atomic(address_, place.url + "\n" + place.key + "\n", FileAccess::kOwner);
}

std::optional<OpenWindow::Place> OpenWindow::find() const {
    const auto text = read_file(address_, kAddressBytesMax);
    if (!text) return std::nullopt;
    const std::size_t first = text->find('\n');
    const std::size_t second = text->find('\n', first + 1);
    if (first == std::string::npos || second == std::string::npos) return std::nullopt;
    return Place{text->substr(0, first), text->substr(first + 1, second - first - 1)};
}

Result<std::string> OpenWindow::write_launch_page(const std::string& url,
                                                  const std::string& token) const {
    // Both are ours: an address of digits, and base64url.
    const std::string target = url + "/#" + token;
    const std::string html =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"referrer\" content=\"no-referrer\"><title>Werkstatt</title>"
        "<meta http-equiv=\"refresh\" content=\"0; url=" +
        target + "\"></head><body><p><a href=\"" + target + "\">Werkstatt</a></p></body></html>\n";
    TRY(write_file_atomic(page_, html, FileAccess::kOwner));
    return page_;
}

void OpenWindow::forget_launch_page() const {
    ::unlink(page_.c_str());
}

bool open_browser(const std::string& path) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    // Ctrl-C at the terminal ends the window, not the browser.
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    // A shell between them, so that a browser that stays in the foreground is nobody's child to
    // wait for. The path comes as an argument and is never read as a command.
    std::string shell = "sh";
    std::string option = "-c";
    std::string script = "command -v xdg-open >/dev/null || exit 1; xdg-open \"$1\" & exit 0";
    std::string name = "sh";
    std::string argument = path;
    const std::array<char*, 6> words = {shell.data(), option.data(),   script.data(),
                                        name.data(),  argument.data(), nullptr};
    pid_t child = 0;
    const int failed =
        ::posix_spawn(&child, "/bin/sh", &actions, &attributes, words.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return false;
    int status = 0;
    if (::waitpid(child, &status, 0) != child) return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace survey::collector

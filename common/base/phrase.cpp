#include "common/base/phrase.h"

#include <optional>
#include <vector>

namespace survey {

namespace {

// What stood for each star, or nothing if the message is another one.
std::optional<std::vector<std::string_view>> match(std::string_view pattern,
                                                   std::string_view message) {
    std::vector<std::string_view> found;
    std::size_t star = pattern.find('*');
    if (message.substr(0, star) != pattern.substr(0, star)) return std::nullopt;
    if (star == std::string_view::npos) return found;
    message.remove_prefix(star);
    pattern.remove_prefix(star + 1);
    while ((star = pattern.find('*')) != std::string_view::npos) {
        const std::size_t at = message.find(pattern.substr(0, star));
        if (at == std::string_view::npos) return std::nullopt;
        found.push_back(message.substr(0, at));
        message.remove_prefix(at + star);
        pattern.remove_prefix(star + 1);
    }
    if (!message.ends_with(pattern)) return std::nullopt;
    found.push_back(message.substr(0, message.size() - pattern.size()));
    return found;
}

}  // namespace

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values) {
    std::string out;
    const auto* next = values.begin();
    while (true) {
        const auto hole = pattern.find("{}");
        out += pattern.substr(0, hole);
        if (hole == std::string_view::npos) return out;
        if (next != values.end()) out += *next++;
        pattern.remove_prefix(hole + 2);
    }
}

std::string translated(std::span<const Translation> translations, std::string_view message) {
    for (const Translation& each : translations) {
        const auto found = match(each.message, message);
        if (!found) continue;
        std::string text;
        std::size_t next = 0;
        for (const char c : each.instead) {
            if (c == '*' && next < found->size()) {
                text += (*found)[next++];
            } else {
                text += c;
            }
        }
        return text;
    }
    return std::string(message);
}

}  // namespace survey

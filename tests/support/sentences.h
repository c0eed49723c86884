#pragma once

#include <filesystem>
#include <fstream>
#include <regex>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "common/base/phrase.h"

namespace survey::test {

/// The text of all string literals that these rooms have, neighbours joined as the compiler does.
inline std::string sentences_of(const std::vector<std::string>& rooms) {
    std::string all;
    for (const std::string& room : rooms) {
        const std::string folder = std::string(SURVEY_SOURCE_DIR) + "/" + room;
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            if (file.path().extension() != ".cpp") continue;
            std::ifstream in(file.path());
            std::ostringstream text;
            text << in.rdbuf();
            all += std::regex_replace(text.str(), std::regex("\"\\s*\\n\\s*\""), "");
        }
    }
    return std::regex_replace(all, std::regex("\\\\\""), "\"");
}

/// The pieces between the stars of these messages that nothing says any more, and messages whose
/// two sides have not as many stars.
inline std::vector<std::string> stale(std::span<const Translation> table, const std::string& said) {
    std::vector<std::string> found;
    const auto stars = [](std::string_view text) {
        return std::count(text.begin(), text.end(), '*');
    };
    for (const Translation& each : table) {
        if (stars(each.message) != stars(each.instead)) found.emplace_back(each.instead);
        std::istringstream pieces{std::string(each.message)};
        std::string piece;
        while (std::getline(pieces, piece, '*')) {
            if (said.find(piece) == std::string::npos) found.push_back(piece);
        }
    }
    return found;
}

}  // namespace survey::test

// The house rules that a machine can check.

#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/tidy/source_files.h"

using namespace survey::tidy;

namespace {

struct Banned {
    const char* text;
    const char* instead;
    std::set<std::string> allowed_in;  // rooms
};

bool starts_with(const std::string& text, const std::string& prefix) {
    return text.rfind(prefix, 0) == 0;
}

}  // namespace

TEST_CASE("time, chance and the environment come in through the constructor", "[tidy]") {
    const std::vector<Banned> banned = {
        {"system_clock::now", "take a Clock&", {"common/host"}},
        {"steady_clock::now", "take a Clock&", {"common/host"}},
        {"random_device", "take a Random&", {"common/host"}},
        {"getenv(",
         "read it in app and pass it",
         {"collector/app", "forms/cli", "sync-server/app"}},
        {"std::regex", "PCRE2 with limits, in forms/expr", {}},
        {"std::stoi", "parse_int", {}},
        {"std::stod", "parse_double", {}},
        {"atoi(", "parse_int", {}},
        {"strcpy(", "std::string", {}},
        {"sscanf(", "parse_int, parse_double", {}},
        {"sleep_for", "wait for the event, or take a Clock&", {"collector/app", "common/host"}},
        {"cereal/types/memory.hpp", "no pointers on the wire", {}},
        {"cereal/types/polymorphic.hpp", "no pointers on the wire", {}},
    };
    for (const SourceFile& file : source_files()) {
        const std::string room = room_of(file.path);
        if (starts_with(room, "tests")) continue;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            for (const Banned& rule : banned) {
                if (file.lines[i].find(rule.text) == std::string::npos) continue;
                if (rule.allowed_in.count(room) != 0) continue;
                CAPTURE(file.path, i + 1, rule.text, rule.instead);
                CHECK(false);
            }
        }
    }
}

TEST_CASE("a file is about one noun", "[tidy]") {
    // 500 is where one looks for a second noun; a file past 800 stands here with its reason.
    const std::set<std::string> listed = {};
    for (const SourceFile& file : source_files()) {
        CAPTURE(file.path, file.lines.size());
        CHECK((file.lines.size() <= 800 || listed.count(file.path) == 1));
        for (const char* word : {"utils", "helpers", "manager", "misc."}) {
            CHECK(file.path.find(word) == std::string::npos);
        }
    }
}

TEST_CASE("a header guards itself and a line fits the page", "[tidy]") {
    for (const SourceFile& file : source_files()) {
        CAPTURE(file.path);
        if (file.path.size() > 2 && file.path.substr(file.path.size() - 2) == ".h") {
            REQUIRE_FALSE(file.lines.empty());
            CHECK(file.lines.front() == "#pragma once");
        }
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string& line = file.lines[i];
            CAPTURE(i + 1);
            CHECK((line.empty() || line.back() != ' '));
            CHECK(line.find('\t') == std::string::npos);
            CHECK(line.find("FIX"
                            "ME") == std::string::npos);
        }
    }
}

TEST_CASE("a type has one home", "[tidy]") {
    // Two classes of one name in one namespace link without a word, and one of them gets the
    // other's constructor and destructor.
    std::map<std::string, std::string> homes;
    for (const SourceFile& file : source_files()) {
        const bool header = file.path.size() > 2 && file.path.substr(file.path.size() - 2) == ".h";
        if (!header || starts_with(file.path, "tests")) continue;
        std::string name_space;
        for (const std::string& line : file.lines) {
            if (starts_with(line, "namespace ")) name_space = line;
            const bool opens = !line.empty() && line.back() == '{';
            for (const std::string keyword : {"struct ", "class ", "enum class "}) {
                if (!opens || !starts_with(line, keyword)) continue;
                const auto end = line.find_first_of(" :{<", keyword.size());
                const std::string name = line.substr(keyword.size(), end - keyword.size());
                const bool nested = line.compare(end, 2, "::") == 0;
                if (nested || line[end] == '<') continue;  // a member, a specialisation
                const auto [home, fresh] = homes.emplace(name_space + name, file.path);
                CAPTURE(name, file.path, home->second);
                CHECK((fresh || home->second == file.path));
            }
        }
    }
    CHECK(homes.size() > 50);
}

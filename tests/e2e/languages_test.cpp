// What the real programs say of themselves and of a wrong command line, in both languages.

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/process.h"

using namespace survey;
using tests::ProcessOptions;
using tests::ProcessResult;
using tests::run_process;
using tests::TemporaryDirectory;

namespace {

const std::vector<std::string> kPrograms = {"collector", "forms", "sync-server"};

ProcessResult run(const std::string& program, std::vector<std::string> words,
                  const std::string& locale = "C") {
    words.insert(words.begin(), std::string(SURVEY_BIN_DIR) + "/" + program);
    const TemporaryDirectory home;
    ProcessOptions options;
    options.environment = {"LANG=" + locale, "HOME=" + home.path()};
    options.directory = home.path();
    return run_process(words, options);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::size_t columns(const std::string& line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

/// The commands that a help page lists.
std::vector<std::string> commands_on(const std::string& page) {
    std::vector<std::string> commands;
    bool is_listing = false;
    for (const std::string& line : lines_of(page)) {
        if (line == "Commands:") {
            is_listing = true;
        } else if (line.empty()) {
            is_listing = false;
        } else if (is_listing) {
            commands.push_back(line.substr(2, line.find(' ', 2) - 2));
        }
    }
    return commands;
}

/// Command lines of all help pages, commands of commands too.
std::vector<std::vector<std::string>> all_pages(const std::string& program) {
    std::vector<std::vector<std::string>> pages = {{}};
    for (std::size_t i = 0; i < pages.size(); ++i) {
        REQUIRE(pages.size() < 100);
        const std::vector<std::string> page = pages[i];
        std::vector<std::string> words = page;
        words.insert(words.end(), {"--lang", "en", "--help"});
        for (const std::string& command : commands_on(run(program, words).out)) {
            pages.push_back(page);
            pages.back().push_back(command);
        }
    }
    return pages;
}

/// What a line of a help page says in words: without the option's name, and nothing for a line that
/// shows something to type.
std::string description(const std::string& line) {
    if (line.rfind("  ", 0) != 0) return line;
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin >= 20) return line.substr(begin);  // below an option that is too long
    const std::size_t text = line.find("  ", begin);
    if (begin != 2 || text == std::string::npos) return {};
    return line.substr(line.find_first_not_of(' ', text));
}

bool has_english_word(const std::string& text) {
    std::string padded = " ";
    for (const char c : text) {
        const bool is_letter =
            std::isalpha(static_cast<unsigned char>(c)) != 0 || c < 0 || c == '-' || c == '_';
        padded += is_letter ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : ' ';
    }
    padded += ' ';
    for (const char* word : {" the ", " of ", " and ", " or ", " is ", " with ", " from ", " only ",
                             " to ", " a ", " this ", " usage ", " options ", " required ",
                             " where ", " help ", " print ", " file ", " version of "}) {
        if (padded.find(word) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("no help page keeps an English sentence in German", "[e2e][language]") {
    for (const std::string& program : kPrograms) {
        const auto pages = all_pages(program);
        CHECK(pages.size() > 5);
        for (std::vector<std::string> words : pages) {
            words.insert(words.end(), {"--lang", "", "--help"});
            const std::size_t lang = words.size() - 2;
            words[lang] = "en";
            const ProcessResult english = run(program, words);
            words[lang] = "de";
            const ProcessResult german = run(program, words);
            CAPTURE(program, words);
            CHECK(german.status == 0);
            CHECK(german.err.empty());
            CHECK(lines_of(german.out).size() > 4);
            const auto english_lines = lines_of(english.out);
            for (const std::string& line : lines_of(german.out)) {
                const std::string said = description(line);
                CAPTURE(line);
                CHECK(columns(line) <= 80);
                CHECK_FALSE(has_english_word(said));
                // A description of two words or more that is on both pages was forgotten.
                const bool is_same = std::find(english_lines.begin(), english_lines.end(), line) !=
                                     english_lines.end();
                CHECK_FALSE((is_same && said.find(' ') != std::string::npos &&
                             line.find("ODK XForm XML") == std::string::npos &&
                             line.find("document") == std::string::npos &&
                             line.find("functions") == std::string::npos));
            }
            for (const std::string& line : english_lines)
                CHECK(columns(line) <= 80);
        }
    }
}

TEST_CASE("the locale chooses the language as --lang does", "[e2e][language]") {
    for (const std::string& program : kPrograms) {
        CAPTURE(program);
        CHECK(run(program, {"--help"}, "de_DE.UTF-8").out ==
              run(program, {"--lang", "de", "--help"}).out);
        CHECK(run(program, {"--lang", "en", "--help"}, "de_DE.UTF-8").out ==
              run(program, {"--help"}).out);
    }
}

TEST_CASE("each class of wrong command line is explained in both languages, and ends with 2",
          "[e2e][language]") {
    struct Case {
        std::string program;
        std::vector<std::string> words;
        std::string english;
        std::string german;
    };
    const std::vector<Case> cases = {
        {"collector", {}, "A command is missing", "Es fehlt ein Befehl"},
        {"collector", {"lsit"}, "Did you mean \"list\"", "Meinten Sie „list“"},
        {"collector", {"list", "--jsn"}, "Did you mean \"--json\"", "Meinten Sie „--json“"},
        {"collector", {"list", "x"}, "one word too many", "ein Wort zu viel"},
        {"collector", {"enrol", "http://x"}, "\"code\" is missing", "Angabe „code“ fehlt"},
        {"collector", {"import"}, "\"files\" is missing", "Angabe „dateien“ fehlt"},
        {"collector", {"new", "--language"}, "needs a value", "fehlt ein Wert"},
        {"forms", {"dance"}, "no command \"dance\"", "Befehl „dance“"},
        {"forms", {"validate"}, "\"form\" is missing", "Angabe „formular“ fehlt"},
        {"forms", {"simulate", "a", "--count", "0"}, "number from 1 to", "Zahl von 1 bis"},
        {"forms", {"convert", "a"}, "Two names are needed", "Nötig sind zwei Namen"},
        {"sync-server", {"dance"}, "no command \"dance\"", "Befehl „dance“"},
        {"sync-server", {}, "A command is missing", "Es fehlt ein Befehl"},
        {"sync-server", {"codes", "--count", "x"}, "number from 1 to 500", "Zahl von 1 bis 500"},
        {"sync-server",
         {"table", "--form", "f", "--row", "r", "--format", "pdf"},
         "write one of: csv",
         "möglich sind: csv"},
        {"sync-server", {"revoke"}, "\"device\" is missing", "Angabe „gerät“ fehlt"},
        {"sync-server", {"serve"}, "--data DIR is missing", "Es fehlt --data ORDNER"},
        {"sync-server",
         {"serve", "--data", "d", "--workers", "none"},
         "whole number from 1 to 64",
         "ganze Zahl von 1 bis 64"},
    };
    for (Case each : cases) {
        CAPTURE(each.program, each.words);
        const ProcessResult english = run(each.program, each.words);
        CHECK(english.status == 2);
        CHECK(english.out.empty());
        CHECK(english.err.find(each.english) != std::string::npos);
        each.words.insert(each.words.begin(), {"--lang", "de"});
        const ProcessResult german = run(each.program, each.words);
        CHECK(german.status == 2);
        CHECK(german.out.empty());
        CHECK(german.err.find(each.german) != std::string::npos);
        for (const std::string& line : lines_of(german.err)) {
            CAPTURE(line);
            CHECK((line.find("--") != std::string::npos || !has_english_word(line)));
        }
    }
}

TEST_CASE("a file or a folder that cannot be used is told in both languages", "[e2e][language]") {
    struct Case {
        std::string program;
        std::vector<std::string> words;
        int status;
        std::string german;
    };
    const std::vector<Case> cases = {
        {"collector", {"add-form", "/nonexistent/a.xml"}, 1, "Das gibt es nicht"},
        {"collector", {"list", "--data", "/proc/none"}, 1, "Anlegen des Ordners"},
        {"forms", {"validate", "/nonexistent/a.xlsx"}, 3, "Das gibt es nicht"},
        {"forms", {"convert", "/nonexistent/a.xlsx", "b.xml"}, 3, "Das gibt es nicht"},
        {"sync-server", {"serve", "--data", "/proc/none"}, 3, "Anlegen des Ordners"},
        {"sync-server", {"token", "--data", "none"}, 3, "keinen Zugangsschlüssel"},
        {"sync-server", {"publish", "--data", "d", "none.xlsx"}, 3, "Das gibt es nicht"},
        {"sync-server", {"serve", "--data", "d", "--listen", "192.0.2.1:1"}, 3, "lauschen"},
        {"sync-server", {"revoke", "--data", "d", "nobody"}, 1, "Dieses Gerät gibt es nicht"},
        {"sync-server",
         {"table", "--data", "d", "--form", "none", "--row", "q"},
         1,
         "Ein Formular „none“ gibt es hier nicht"},
    };
    for (Case each : cases) {
        CAPTURE(each.program, each.words);
        const ProcessResult english = run(each.program, each.words);
        CHECK(english.status == each.status);
        CHECK(english.err.find(each.german) == std::string::npos);
        each.words.insert(each.words.begin(), {"--lang", "de"});
        const ProcessResult german = run(each.program, each.words);
        CHECK(german.status == each.status);
        CHECK(german.err.find(each.german) != std::string::npos);
    }
}

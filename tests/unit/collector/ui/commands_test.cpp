#include "collector/ui/commands.h"

#include <catch2/catch.hpp>

using namespace survey::collector;

namespace {

std::optional<Command> command_of(std::string_view line) {
    const auto meaning = read_line_meaning(line);
    const auto* command = std::get_if<CommandLine>(&meaning);
    if (command == nullptr) return std::nullopt;
    return command->command;
}

}  // namespace

TEST_CASE("commands are understood in both languages and as far as they are unique", "[ui]") {
    CHECK(command_of(":back") == Command::kBack);
    CHECK(command_of("  :ZURÜCK ") == Command::kBack);
    CHECK(command_of(":b") == Command::kBack);
    CHECK(command_of(":zur") == Command::kBack);
    CHECK(command_of(":help") == Command::kHelp);
    CHECK(command_of(":?") == Command::kHelp);
    CHECK(command_of(":q") == Command::kQuit);
}

TEST_CASE("a command takes the rest of the line as its argument", "[ui]") {
    const auto meaning = read_line_meaning(":note  sagte es zögernd ");
    REQUIRE(std::get_if<CommandLine>(&meaning) != nullptr);
    CHECK(std::get_if<CommandLine>(&meaning)->command == Command::kNote);
    CHECK(std::get_if<CommandLine>(&meaning)->argument == "sagte es zögernd");
}

TEST_CASE("what is no command is not taken for one", "[ui]") {
    auto meaning = read_line_meaning(":wrong");
    REQUIRE(std::get_if<UnknownCommand>(&meaning) != nullptr);
    CHECK_FALSE(std::get_if<UnknownCommand>(&meaning)->ambiguous);
    meaning = read_line_meaning(":l");  // list, clear in German, language
    REQUIRE(std::get_if<UnknownCommand>(&meaning) != nullptr);
    CHECK(std::get_if<UnknownCommand>(&meaning)->ambiguous);
    meaning = read_line_meaning(":");
    CHECK(std::get_if<UnknownCommand>(&meaning) != nullptr);
}

TEST_CASE("an answer may begin with a colon, typed twice", "[ui]") {
    auto meaning = read_line_meaning("::-)");
    REQUIRE(std::get_if<AnswerLine>(&meaning) != nullptr);
    CHECK(std::get_if<AnswerLine>(&meaning)->text == ":-)");
    meaning = read_line_meaning(" 12 ");
    REQUIRE(std::get_if<AnswerLine>(&meaning) != nullptr);
    CHECK(std::get_if<AnswerLine>(&meaning)->text == "12");
}

#include "collector/ui/stream_terminal.h"

#include <cstdio>
#include <memory>
#include <string>

#include <catch2/catch.hpp>

using namespace survey::collector;

namespace {

struct Streams {
    explicit Streams(const std::string& typed) : in(std::tmpfile()), out(std::tmpfile()) {
        REQUIRE(in != nullptr);
        REQUIRE(out != nullptr);
        std::fwrite(typed.data(), 1, typed.size(), in);
        std::rewind(in);
    }
    ~Streams() {
        std::fclose(in);
        std::fclose(out);
    }
    Streams(const Streams&) = delete;
    Streams& operator=(const Streams&) = delete;
    std::FILE* in;
    std::FILE* out;
};

}  // namespace

TEST_CASE("lines come one by one, whatever ends them", "[ui]") {
    Streams streams("eins\r\nzwei\n\ndrei\n");
    StreamTerminal terminal(streams.in, streams.out);
    CHECK(terminal.read_line("> ") == "eins");
    CHECK(terminal.read_line("> ") == "zwei");
    CHECK(terminal.read_line("> ") == "");
    CHECK(terminal.read_line("> ") == "drei");
    CHECK_FALSE(terminal.read_line("> "));
}

TEST_CASE("a line that was not finished by Enter is no answer", "[ui]") {
    Streams streams("ganz\nhal");
    StreamTerminal terminal(streams.in, streams.out);
    CHECK(terminal.read_line("") == "ganz");
    CHECK_FALSE(terminal.read_line(""));
}

TEST_CASE("a line of any length is bounded and the next one is whole", "[ui]") {
    Streams streams(std::string(300'000, 'x') + "\n" + std::string(4095, 'y') + "\nz\n");
    StreamTerminal terminal(streams.in, streams.out);
    const auto first = terminal.read_line("");
    REQUIRE(first);
    CHECK(first->size() > kInputLineBytesMax);
    CHECK(first->size() < kInputLineBytesMax + 10'000);
    CHECK(terminal.read_line("") == std::string(4095, 'y'));
    CHECK(terminal.read_line("") == "z");
}

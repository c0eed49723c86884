#include "sync-server/ingest/answer_row.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::server;

TEST_CASE("an answer record reads back as it was written", "[ingest][row]") {
    AnswerRow row;
    row.cells.push_back({"fit", false, {"good"}, std::nullopt});
    row.cells.push_back({"needs", false, {"money", "people"}, std::nullopt});
    row.cells.push_back({"people", false, {}, -12.25});
    row.cells.push_back({"left_open", true, {}, std::nullopt});
    const auto read = decode_row(encode_row(row));
    REQUIRE(read);
    CHECK(*read == row);
    CHECK(decode_row(encode_row({}))->cells.empty());
    CHECK_FALSE(encode_row({}).empty());
}

TEST_CASE("a damaged answer record is an error, wherever it is cut or changed", "[ingest][row]") {
    AnswerRow row;
    row.cells.push_back({"needs", false, {"money", "people"}, std::nullopt});
    row.cells.push_back({"people", false, {}, 3.0});
    const std::string good = encode_row(row);
    for (std::size_t length = 2; length < good.size(); ++length) {
        CAPTURE(length);
        const auto cut = decode_row(good.substr(0, length));
        CHECK((!cut || cut->cells.size() < row.cells.size()));
    }
    CHECK(decode_row("").error().code == ErrorCode::kCorrupt);
    CHECK(decode_row("\x02").error().code == ErrorCode::kUnsupported);
    CHECK(decode_row(std::string("\x01\x01") + "q\x07").error().code == ErrorCode::kCorrupt);
    // A count that promises more than there is must not reserve for it.
    CHECK_FALSE(decode_row(std::string("\x01\x01") + "q\x01\xff\xff\xff\xff\x7f"));
}

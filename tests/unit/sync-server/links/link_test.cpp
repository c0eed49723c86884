#include "sync-server/links/link.h"

#include <set>

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::server;

namespace {

constexpr Instant at(std::int64_t hours) {
    return Instant(std::chrono::hours(hours));
}

}  // namespace

TEST_CASE("ids have eight characters that people do not confuse", "[links]") {
    SeededRandom random(42);
    std::set<std::string> seen;
    std::set<char> characters;
    for (int i = 0; i < 1'000; ++i) {
        const std::string id = new_link_id(random);
        REQUIRE(id.size() == 8);
        CHECK(link_id_of(id) == id);
        CHECK(seen.insert(id).second);
        characters.insert(id.begin(), id.end());
    }
    CHECK(characters.size() == 32);
    for (const char confused : {'I', 'L', 'O', 'U'})
        CHECK(characters.count(confused) == 0);
}

TEST_CASE("an id is read as people write it, and nothing else is one", "[links]") {
    CHECK(link_id_of("7k3m-9qxa") == "7K3M9QXA");
    CHECK(link_id_of("oO1iIlL0") == "00111110");
    for (const char* bad :
         {"", "7K3M9QX", "7K3M9QXAA", "7K3M9QXU", "7K3M 9QX", "7K3M9QX%", "--------"})
        CHECK(link_id_of(bad).empty());
}

TEST_CASE("the state of a link follows the clock and the count", "[links]") {
    Link link;
    link.opens = at(10);
    link.closes = at(20);
    link.answers_max = 3;
    link.grace = std::chrono::hours(5);
    struct Row {
        std::int64_t hour;
        std::uint64_t answers;
        LinkState state;
        bool grace;
    };
    const Row rows[] = {
        {9, 0, LinkState::kNotYet, false},  {10, 0, LinkState::kOpen, false},
        {10, 3, LinkState::kFull, false},   {19, 2, LinkState::kOpen, false},
        {20, 0, LinkState::kClosed, true},  {24, 3, LinkState::kClosed, true},
        {25, 0, LinkState::kClosed, false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.hour, row.answers);
        CHECK(state_of(link, at(row.hour), row.answers) == row.state);
        CHECK(in_grace(link, at(row.hour)) == row.grace);
    }
    link.revoked = true;
    CHECK(state_of(link, at(15), 0) == LinkState::kRevoked);
    CHECK(state_of(Link{}, at(15), 1'000) == LinkState::kOpen);
    CHECK_FALSE(in_grace(Link{}, at(15)));
}

TEST_CASE("a record of a link is read as it was written", "[links]") {
    Link link;
    link.id = "7K3M9QXA";
    link.form_id = "visit";
    link.label = "Mitglieder „A“";
    link.language = "de";
    link.opens = at(1);
    link.answers_max = 0;
    link.grace = std::chrono::hours(0);
    link.kiosk_salt = "aa";
    link.kiosk_hash = "bb";
    link.revoked = true;
    link.created = at(7);
    const auto read = decode_link(link.id, encode_link(link));
    REQUIRE(read);
    CHECK(*read == link);
    CHECK(decode_link("x", "{}").error().code == ErrorCode::kCorrupt);
    CHECK(decode_link("x", "nonsense").error().code == ErrorCode::kCorrupt);
}

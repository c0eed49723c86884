#include <set>

#include <catch2/catch.hpp>

#include "common/base/random.h"
#include "common/model/ids.h"
#include "common/model/log_entry.h"
#include "common/model/revision.h"

using namespace survey;

TEST_CASE("a ULID carries its time in front and is never the same", "[model]") {
    SeededRandom random(1);
    // The ULID specification's example: 1469918176385 ms is "01ARYZ6S41".
    const std::string ulid = make_ulid(1'469'918'176'385, random);
    CHECK(ulid.substr(0, 10) == "01ARYZ6S41");
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string next = make_ulid(1'469'918'176'385, random);
        CHECK(is_ulid(next));
        seen.insert(next);
    }
    CHECK(seen.size() == 1000);
}

TEST_CASE("what is no ULID is refused", "[model]") {
    CHECK(is_ulid("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
    for (const char* text : {"", "01ARYZ6S41", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
                             "01aryz6s41tpxj9y8q8wzb2k3m", "01ARYZ6S41TPXJ9Y8Q8WZB2K3I",
                             "01ARYZ6S41TPXJ9Y8Q8WZB2K3M7", "01ARYZ6S41TPXJ9Y8Q8WZB2K3/"}) {
        CAPTURE(text);
        CHECK_FALSE(is_ulid(text));
    }
}

TEST_CASE("instance ids of ours and of others pass, odd ones do not", "[model]") {
    SeededRandom random(1);
    CHECK(is_instance_id(make_instance_id(1'777'881'600'000, random).text()));
    CHECK(is_instance_id("kobo-7"));
    CHECK(is_instance_id(std::string(128, 'x')));
    for (const std::string& text :
         {std::string(), std::string("a b"), std::string("a\n"), std::string(129, 'x'),
          std::string("\xC3\xBC"), std::string("a\0", 2), std::string("\x7F")}) {
        CAPTURE(text);
        CHECK_FALSE(is_instance_id(text));
    }
}

TEST_CASE("the hybrid clock never goes back", "[model]") {
    const auto at = [](std::int64_t unix_ms) {
        return Instant(std::chrono::milliseconds(unix_ms));
    };
    const Hlc first = next_hlc(Hlc{}, at(1000));
    CHECK(first.unix_ms() == 1000);
    const Hlc same = next_hlc(first, at(1000));
    CHECK(same > first);
    CHECK(same.unix_ms() == 1000);
    const Hlc set_back = next_hlc(same, at(10));
    CHECK(set_back > same);
    CHECK(set_back.unix_ms() == 1000);
    CHECK(next_hlc(set_back, at(2000)).unix_ms() == 2000);
    CHECK(next_hlc(Hlc{}, at(-5)) > Hlc{});
    // A full counter moves on into the next millisecond.
    CHECK(next_hlc(Hlc{(std::uint64_t{1000} << 16) + 0xFFFF}, at(1000)).unix_ms() == 1001);
}

TEST_CASE("only some statuses mean that the server has it", "[model]") {
    std::set<std::string_view> names;
    int final_ones = 0;
    for (int number = 1; number <= 9; ++number) {
        const auto status = static_cast<ItemStatus>(number);
        names.insert(status_name(status));
        if (is_final(status)) ++final_ones;
    }
    CHECK(names.size() == 9);
    CHECK(final_ones == 4);
    CHECK_FALSE(is_final(ItemStatus::kNotAuthentic));
    CHECK_FALSE(is_final(ItemStatus::kRetry));
    CHECK(status_name(static_cast<ItemStatus>(77)) == "unknown");
    CHECK(reason_name(QuarantineReason::kClock) == "clock");
}

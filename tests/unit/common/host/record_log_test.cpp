#include "common/host/record_log.h"

#include <catch2/catch.hpp>

#include "common/host/files.h"
#include "tests/support/temp_dir.h"

using namespace survey;
using survey::test::TempDir;

namespace {

constexpr std::size_t kMax = 1000;

using Records = std::vector<std::string>;

std::string whole(const std::string& path) {
    auto bytes = read_file(path, 1 << 20);
    REQUIRE(bytes);
    return *bytes;
}

}  // namespace

TEST_CASE("the checksum is CRC-32C", "[host][record-log]") {
    // RFC 3720, section B.4: 32 bytes of zeros; and the usual check value of the nine digits.
    CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AAU);
    CHECK(crc32c("123456789") == 0xE3069283U);
}

TEST_CASE("records come back in order after reopening", "[host][record-log]") {
    const TempDir dir;
    const std::string path = dir / "outbox.log";
    {
        auto log = RecordLog::open(path, kMax);
        REQUIRE(log);
        REQUIRE(log->append("one"));
        CHECK(log->append("").error().code == ErrorCode::kInvalidInput);
        REQUIRE(log->append("two"));
    }
    auto log = RecordLog::open(path, kMax);
    REQUIRE(log);
    REQUIRE(log->append(std::string(kMax, 'x')));
    CHECK_FALSE(log->append(std::string(kMax + 1, 'x')));
    const auto records = RecordLog::read_all(path, kMax);
    REQUIRE(records);
    CHECK(*records == Records{"one", "two", std::string(kMax, 'x')});
    CHECK(is_private_file(path));
}

TEST_CASE("a tail torn at any byte costs only the torn record", "[host][record-log]") {
    const TempDir dir;
    const std::string path = dir / "outbox.log";
    {
        auto log = RecordLog::open(path, kMax);
        REQUIRE(log);
        REQUIRE(log->append("kept"));
        REQUIRE(log->append("torn"));
    }
    const std::string full = whole(path);
    const std::size_t first_end = 8 + 4;
    for (std::size_t cut = first_end; cut < full.size(); ++cut) {
        CAPTURE(cut);
        REQUIRE(write_file_atomic(path, full.substr(0, cut), FileAccess::kOwner));
        auto log = RecordLog::open(path, kMax);
        REQUIRE(log);
        REQUIRE(log->append("next"));
        const auto records = RecordLog::read_all(path, kMax);
        REQUIRE(records);
        CHECK(*records == Records{"kept", "next"});
    }
}

TEST_CASE("a flipped byte is noticed wherever it is", "[host][record-log]") {
    const TempDir dir;
    const std::string path = dir / "outbox.log";
    {
        auto log = RecordLog::open(path, kMax);
        REQUIRE(log);
        REQUIRE(log->append("answer"));
    }
    const std::string full = whole(path);
    for (std::size_t at = 0; at < full.size(); ++at) {
        CAPTURE(at);
        std::string bad = full;
        bad[at] = static_cast<char>(bad[at] ^ 0x41);
        REQUIRE(write_file_atomic(path, bad, FileAccess::kOwner));
        const auto records = RecordLog::read_all(path, kMax);
        REQUIRE(records);
        CHECK(records->empty());
    }
}

TEST_CASE("a tail of zeros is torn too", "[host][record-log]") {
    // Some file systems lengthen a file before they write its blocks.
    const TempDir dir;
    const std::string path = dir / "outbox.log";
    {
        auto log = RecordLog::open(path, kMax);
        REQUIRE(log);
        REQUIRE(log->append("kept"));
    }
    const std::string full = whole(path);
    REQUIRE(write_file_atomic(path, full + std::string(4096, '\0'), FileAccess::kOwner));
    CHECK(*RecordLog::read_all(path, kMax) == Records{"kept"});
    auto log = RecordLog::open(path, kMax);
    REQUIRE(log);
    REQUIRE(log->append("next"));
    CHECK(*RecordLog::read_all(path, kMax) == Records{"kept", "next"});
}

TEST_CASE("damage in the middle costs the damaged record only", "[host][record-log]") {
    const TempDir dir;
    const std::string path = dir / "outbox.log";
    {
        auto log = RecordLog::open(path, kMax);
        REQUIRE(log);
        for (const char* record : {"first", "second", "third"})
            REQUIRE(log->append(record));
    }
    const std::string full = whole(path);
    for (std::size_t at = 13; at < 27; ++at) {  // the second record's header and bytes
        CAPTURE(at);
        std::string bad = full;
        bad[at] = static_cast<char>(bad[at] ^ 0x41);
        REQUIRE(write_file_atomic(path, bad, FileAccess::kOwner));
        auto log = RecordLog::open(path, kMax);
        REQUIRE(log);
        REQUIRE(log->append("fourth"));
        CHECK(*RecordLog::read_all(path, kMax) == Records{"first", "third", "fourth"});
        CHECK(RecordLog::read_whole(path, kMax).error().code == ErrorCode::kCorrupt);
    }
}

TEST_CASE("records are replaced whole and appending goes on", "[host][record-log]") {
    const TempDir dir;
    const std::string path = dir / "outbox.log";
    auto log = RecordLog::open(path, kMax);
    REQUIRE(log);
    for (const char* record : {"a", "secret", "b"})
        REQUIRE(log->append(record));
    REQUIRE(log->replace({"a", "b"}));
    REQUIRE(log->append("c"));
    CHECK(*RecordLog::read_all(path, kMax) == Records{"a", "b", "c"});
    CHECK(whole(path).find("secret") == std::string::npos);
}

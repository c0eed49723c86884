#include "common/host/files.h"

#include <filesystem>
#include <string>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temp_dir.h"

using namespace survey;
using survey::test::TempDir;

TEST_CASE("a file is replaced whole and leaves nothing beside it", "[host][files]") {
    const TempDir dir;
    const std::string path = dir / "identity.marker";
    REQUIRE(write_file_atomic(path, "first", FileAccess::kOwner));
    REQUIRE(write_file_atomic(path, "second", FileAccess::kOwner));
    const auto content = read_file(path, 100);
    REQUIRE(content);
    CHECK(*content == "second");
    CHECK(is_private_file(path));
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
        static_cast<void>(entry);
        ++count;
    }
    CHECK(count == 1);
}

TEST_CASE("what cannot be written leaves the old content", "[host][files]") {
    const TempDir dir;
    CHECK_FALSE(write_file_atomic(dir / "no/such/place", "x", FileAccess::kOwner));
    // The target is a directory: the rename fails, the temporary file goes.
    std::filesystem::create_directory(dir / "taken");
    CHECK_FALSE(write_file_atomic(dir / "taken", "x", FileAccess::kEverybody));
    CHECK(std::distance(std::filesystem::directory_iterator(dir.path()),
                        std::filesystem::directory_iterator()) == 1);
}

TEST_CASE("a missing or oversized file is a value", "[host][files]") {
    const TempDir dir;
    const auto missing = read_file(dir / "none", 10);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::kNotFound);
    REQUIRE(write_file_atomic(dir / "big", std::string(11, 'x'), FileAccess::kEverybody));
    const auto big = read_file(dir / "big", 10);
    REQUIRE_FALSE(big);
    CHECK(big.error().code == ErrorCode::kLimit);
    CHECK(read_file(dir / "big", 11));
    CHECK_FALSE(is_private_file(dir / "big"));
    CHECK_FALSE(is_private_file(dir / "none"));
    CHECK_FALSE(read_file(dir.path(), 10));
}

TEST_CASE("directories are made with their parents, for the owner only", "[host][files]") {
    const TempDir dir;
    REQUIRE(make_directory(dir / "a/b/c"));
    REQUIRE(make_directory(dir / "a/b/c"));
    struct stat found{};
    REQUIRE(stat((dir / "a/b/c").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0700);
    REQUIRE(write_file_atomic(dir / "file", "x", FileAccess::kOwner));
    CHECK_FALSE(make_directory(dir / "file"));
    CHECK_FALSE(make_directory(dir / "file/below"));
}

TEST_CASE("two threads that write one file at once do not mix or fail", "[host][files]") {
    const TempDir dir;
    const std::string path = dir / "picture";
    constexpr int kRounds = 40;
    const auto write_rounds = [&](char byte, int& written) {
        const std::string bytes(200'000, byte);
        for (int round = 0; round < kRounds; ++round) {
            if (write_file_atomic(path, bytes, FileAccess::kOwner)) ++written;
        }
    };
    int written_a = 0;
    int written_b = 0;
    std::thread other(write_rounds, 'b', std::ref(written_b));
    write_rounds('a', written_a);
    other.join();
    CHECK(written_a == kRounds);
    CHECK(written_b == kRounds);
    const auto content = read_file(path, 1'000'000);
    REQUIRE(content);
    CHECK(*content == std::string(200'000, content->front()));
    CHECK(std::distance(std::filesystem::directory_iterator(dir.path()),
                        std::filesystem::directory_iterator()) == 1);
}

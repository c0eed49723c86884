#include "sync-server/files/answer_files.h"

#include <filesystem>
#include <fstream>

#include "tests/unit/sync-server/store/fixture.h"

using namespace survey;

namespace {

struct World : test::ServerFixture {
    std::string directory = dir / "files";
    server::AnswerFiles files{directory, *store, clock};

    World() { std::filesystem::create_directory(directory); }

    std::string path_of(const BlobHash& hash) const { return directory + "/" + hash.hex(); }
    void write(const std::string& name, std::chrono::hours age) const {
        std::ofstream(directory + "/" + name) << "bytes";
        std::filesystem::last_write_time(directory + "/" + name,
                                         std::chrono::file_clock::from_sys(clock.now() - age));
    }
    bool has(const std::string& name) const {
        return std::filesystem::exists(directory + "/" + name);
    }
    std::size_t count() const {
        const std::filesystem::directory_iterator all(directory);
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }
};

constexpr std::chrono::hours kDay{24};

}  // namespace

TEST_CASE("a file is kept once and read back", "[files]") {
    World world;
    const std::string bytes("a picture\0with a zero", 21);
    const auto kept = world.files.keep(bytes);
    REQUIRE(kept);
    CHECK(kept->size == 21);
    CHECK(*world.files.read(kept->hash) == bytes);
    REQUIRE(world.files.keep(bytes));
    CHECK(world.count() == 1);
    const auto mode = std::filesystem::status(world.path_of(kept->hash)).permissions();
    CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(world.files.read(BlobHash{}).error().code == ErrorCode::kNotFound);
}

TEST_CASE("a file tells the day at most", "[files]") {
    World world;
    const auto kept = world.files.keep("x");
    REQUIRE(kept);
    const auto written = std::filesystem::last_write_time(world.path_of(kept->hash));
    const auto time = std::chrono::file_clock::to_sys(written);
    CHECK(time == std::chrono::floor<std::chrono::days>(world.clock.now()));
}

TEST_CASE("a file that is too large is refused", "[files]") {
    World world;
    CHECK(world.files.keep(std::string(server::kFileBytesMax + 1, 'x')).error().code ==
          ErrorCode::kLimit);
    CHECK(world.count() == 0);
}

TEST_CASE("a damaged file is not given out", "[files]") {
    World world;
    const auto kept = world.files.keep("good");
    REQUIRE(kept);
    std::ofstream(world.path_of(kept->hash)) << "evil";
    CHECK(world.files.read(kept->hash).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a file that the disk lost is taken again", "[files]") {
    World world;
    const auto kept = world.files.keep("good");
    REQUIRE(kept);
    std::filesystem::remove(world.path_of(kept->hash));
    REQUIRE(world.files.keep("good"));
    CHECK(*world.files.read(kept->hash) == "good");
}

TEST_CASE("the sweep takes what nobody names and leaves the rest", "[files]") {
    World world;
    const auto loose = world.files.keep("loose");
    const auto named = world.files.keep("named");
    REQUIRE(named);
    RevisionEnvelope envelope = test::make_envelope("uuid:1", "<a/>");
    envelope.attachments = {{"photo.jpg", "image/jpeg", 5, named->hash}};
    REQUIRE(world.store->submit(envelope, {}, {}));
    REQUIRE(world.files.sweep());
    CHECK(world.count() == 2);
    world.clock.advance(2 * kDay);
    REQUIRE(world.files.sweep());
    CHECK(world.files.read(loose->hash).error().code == ErrorCode::kNotFound);
    CHECK(*world.files.read(named->hash) == "named");
    REQUIRE(world.store->erase(InstanceId("uuid:1")));
    REQUIRE(world.files.sweep());
    CHECK(world.count() == 0);
}

TEST_CASE("bytes that the store knows nothing of go after two days", "[files][erase]") {
    World world;
    const auto kept = world.files.keep("known");
    REQUIRE(kept);
    const std::string stray(64, 'a');
    const std::string young(64, 'b');
    const std::string half = std::string(64, 'c') + ".new-x1Yz0Q";
    const std::string half_of_known = kept->hash.hex() + ".new-123";
    world.write(stray, 3 * kDay);
    world.write(young, kDay);
    world.write(half, 3 * kDay);
    world.write(half_of_known, 3 * kDay);
    for (const char* foreign : {"README", "lost+found.new-1"})
        world.write(foreign, 30 * kDay);
    std::filesystem::last_write_time(
        world.path_of(kept->hash), std::chrono::file_clock::from_sys(world.clock.now() - 3 * kDay));
    REQUIRE(world.files.remove_strays());
    CHECK_FALSE(world.has(stray));
    CHECK_FALSE(world.has(half));
    CHECK_FALSE(world.has(half_of_known));
    CHECK(world.has(young));
    CHECK(world.has("README"));
    CHECK(world.has("lost+found.new-1"));
    CHECK(*world.files.read(kept->hash) == "known");
    world.clock.advance(2 * kDay);
    REQUIRE(world.files.remove_strays());
    CHECK_FALSE(world.has(young));
}

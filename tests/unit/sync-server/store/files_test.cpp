#include "tests/unit/sync-server/store/fixture.h"

using namespace survey;
using test::make_envelope;
using test::ServerFixture;

namespace {

constexpr std::chrono::hours kDay{24};

server::StoredFile file_of(std::string_view bytes) {
    return {BlobHash{blake2b_256(bytes)}, sha256(bytes), bytes.size()};
}

RevisionEnvelope naming(const std::string& instance, std::string_view bytes) {
    RevisionEnvelope envelope = make_envelope(instance, "<a/>");
    envelope.attachments = {{"photo.jpg", "image/jpeg", bytes.size(), file_of(bytes).hash}};
    return envelope;
}

}  // namespace

TEST_CASE("a file that is noted is found by either hash", "[server][files]") {
    ServerFixture f;
    const server::StoredFile file = file_of("picture");
    CHECK_FALSE(*f.store->file(file.hash));
    REQUIRE(f.store->note_file(file));
    REQUIRE(f.store->note_file(file));
    CHECK((*f.store->file(file.hash))->size == 7);
    CHECK((*f.store->file_by_sha256(file.sha256))->hash == file.hash);
    CHECK_FALSE(*f.store->file_by_sha256(file_of("other").sha256));
}

TEST_CASE("a file that nobody names goes after a day, not before", "[server][files]") {
    ServerFixture f;
    REQUIRE(f.store->note_file(file_of("loose")));
    REQUIRE(f.store->note_file(file_of("named")));
    REQUIRE(f.store->submit(naming("uuid:1", "named"), {}, {}));
    f.clock.advance(kDay);
    CHECK(f.store->forget_unused_files()->empty());
    f.clock.advance(kDay);
    const auto gone = f.store->forget_unused_files();
    REQUIRE(gone);
    CHECK(*gone == std::vector<BlobHash>{file_of("loose").hash});
    CHECK_FALSE(*f.store->file(file_of("loose").hash));
    CHECK(*f.store->file(file_of("named").hash));
    CHECK(f.store->forget_unused_files()->empty());
}

TEST_CASE("bringing a file again keeps it", "[server][files]") {
    ServerFixture f;
    REQUIRE(f.store->note_file(file_of("slow")));
    f.clock.advance(kDay);
    REQUIRE(f.store->note_file(file_of("slow")));
    f.clock.advance(kDay);
    CHECK(f.store->forget_unused_files()->empty());
}

TEST_CASE("erasure gives up the files that no other answer names", "[server][files]") {
    ServerFixture f;
    REQUIRE(f.store->note_file(file_of("own")));
    REQUIRE(f.store->note_file(file_of("shared")));
    REQUIRE(f.store->submit(naming("uuid:1", "own"), {}, {}));
    REQUIRE(f.store->submit(naming("uuid:2", "shared"), {}, {}));
    REQUIRE(f.store->submit(naming("uuid:3", "shared"), {}, {}));
    REQUIRE(f.store->erase(InstanceId("uuid:1")));
    REQUIRE(f.store->erase(InstanceId("uuid:2")));
    CHECK(*f.store->forget_unused_files() == std::vector<BlobHash>{file_of("own").hash});
    REQUIRE(f.store->erase(InstanceId("uuid:3")));
    CHECK(*f.store->forget_unused_files() == std::vector<BlobHash>{file_of("shared").hash});
    // An answer that comes after its erasure holds nothing.
    REQUIRE(f.store->note_file(file_of("own")));
    REQUIRE(f.store->submit(naming("uuid:1", "own"), {}, {}));
    f.clock.advance(2 * kDay);
    CHECK(f.store->forget_unused_files()->size() == 1);
}

TEST_CASE("only a device whose revision names a file may know of it", "[server][files]") {
    ServerFixture f;
    auto first = f.enrol("First");
    auto second = f.enrol("Second");
    REQUIRE(f.push_one(first, first.next(naming("uuid:1", "picture"))) == ItemStatus::kStored);
    const BlobHash hash = file_of("picture").hash;
    CHECK(*f.store->names_file(first.known.id, hash));
    CHECK_FALSE(*f.store->names_file(second.known.id, hash));
    CHECK_FALSE(*f.store->names_file(first.known.id, file_of("other").hash));
}

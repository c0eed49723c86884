#include "common/store/revision_log.h"

#include <catch2/catch.hpp>

#include "common/codec/envelope.h"
#include "tests/support/temp_dir.h"

using namespace survey;
using survey::test::TempDir;

namespace {

const std::string_view kSteps[] = {RevisionLog::schema_v1()};
const Schema kSchema{0x57544553, "the test database", kSteps};

RevisionEnvelope envelope(const std::string& instance, const std::string& content,
                          std::vector<RevisionId> parents = {}) {
    RevisionEnvelope made;
    made.instance = InstanceId(instance);
    made.form = {"f", "1"};
    made.parents = std::move(parents);
    made.content = content;
    return made;
}

struct Fixture {
    TempDir dir;
    std::unique_ptr<Database> db = *Database::open(dir / "log.db", kSchema, {});
    RevisionLog log{*db};
    SigningKey key = SigningKey::from_seed(Bytes32{1});
    WriterId writer{DeviceId("01J0ABCDEFGHJKMNPQRSTVWXYZ"), {}};

    RevisionId add(const RevisionEnvelope& made) {
        const std::string bytes = codec::encode_envelope(made);
        const RevisionId rev = codec::revision_id(bytes);
        REQUIRE(log.insert(rev, bytes, &made));
        return rev;
    }
    RevisionId add(const std::string& content) { return add(envelope("uuid:1", content)); }

    /// What another end would send: signed, linked as told, not yet here.
    LogEntry foreign(std::uint64_t seq, const EntryHash& prev, const RevisionId& rev) const {
        LogEntry entry{writer, seq, prev, rev, {}};
        entry.signature = Signature{key.sign(codec::entry_bytes(entry))};
        return entry;
    }
};

}  // namespace

TEST_CASE("a revision is kept once and read back verified", "[store][log]") {
    Fixture f;
    const RevisionEnvelope made = envelope("uuid:1", "<a/>");
    const std::string bytes = codec::encode_envelope(made);
    const RevisionId rev = codec::revision_id(bytes);
    CHECK(*f.log.insert(rev, bytes, &made));
    CHECK_FALSE(*f.log.insert(rev, bytes, &made));
    CHECK(*f.log.contains(rev));
    CHECK(*f.log.bytes(rev) == bytes);
    CHECK(*f.log.envelope(rev) == made);
    CHECK_FALSE(*f.log.contains(RevisionId{}));
    CHECK(f.log.bytes(RevisionId{}).error().code == ErrorCode::kNotFound);
}

TEST_CASE("stored bytes that changed are noticed when they are read", "[store][log]") {
    Fixture f;
    const RevisionId rev = f.add("<a>1</a>");
    REQUIRE(
        f.db->run("UPDATE revision SET body = CAST(replace(CAST(body AS TEXT), '1', '2') AS"
                  " BLOB)"));
    const auto bytes = f.log.bytes(rev);
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().code == ErrorCode::kCorrupt);
}

TEST_CASE("bytes of a later format are kept without being read", "[store][log]") {
    Fixture f;
    const std::string bytes = "WKV2 something";
    const RevisionId rev = codec::revision_id(bytes);
    CHECK(*f.log.insert(rev, bytes, nullptr));
    CHECK(*f.log.bytes(rev) == bytes);
    CHECK(f.log.envelope(rev).error().code == ErrorCode::kUnsupported);
}

TEST_CASE("our own chain grows link by link and verifies", "[store][log]") {
    Fixture f;
    CHECK(f.log.append_own(f.writer, f.add("<a/>"), f.key).error().code == ErrorCode::kNotFound);
    REQUIRE(f.log.add_writer(f.writer, std::nullopt));
    EntryHash last;
    for (std::uint64_t seq = 1; seq <= 5; ++seq) {
        const auto entry =
            f.log.append_own(f.writer, f.add("<a>" + std::to_string(seq) + "</a>"), f.key);
        REQUIRE(entry);
        CHECK(entry->seq == seq);
        CHECK(entry->prev == last);
        CHECK(verify(f.key.public_key(), codec::entry_bytes(*entry), entry->signature.bytes));
        last = codec::entry_hash(*entry);
        CHECK(*f.log.hash_at(f.writer, seq) == last);
        CHECK(*f.log.entry(f.writer, seq) == *entry);
    }
    CHECK((**f.log.writer(f.writer)).head == ChainHead{5, last});
    CHECK(f.log.verify_chain(f.writer));
    CHECK(*f.log.hash_at(f.writer, 0) == EntryHash{});
    CHECK(f.log.hash_at(f.writer, 6).error().code == ErrorCode::kNotFound);
}

TEST_CASE("a foreign entry is appended, known, forked or too early", "[store][log]") {
    Fixture f;
    REQUIRE(f.log.add_writer(f.writer, std::nullopt));
    const RevisionId a = f.add("<a/>");
    const RevisionId b = f.add("<b/>");
    const LogEntry first = f.foreign(1, EntryHash{}, a);
    const LogEntry second = f.foreign(2, codec::entry_hash(first), b);
    CHECK(*f.log.accept(second) == EntryOutcome::kGap);
    CHECK(*f.log.accept(first) == EntryOutcome::kAppended);
    CHECK(*f.log.accept(first) == EntryOutcome::kDuplicate);
    CHECK(*f.log.accept(second) == EntryOutcome::kAppended);
    CHECK(*f.log.accept(first) == EntryOutcome::kDuplicate);
    // The same number for another revision, before and at the head; and a wrong link after it.
    CHECK(*f.log.accept(f.foreign(1, EntryHash{}, b)) == EntryOutcome::kFork);
    CHECK(*f.log.accept(f.foreign(2, codec::entry_hash(first), a)) == EntryOutcome::kFork);
    CHECK(*f.log.accept(f.foreign(3, codec::entry_hash(first), a)) == EntryOutcome::kFork);
    CHECK(*f.log.accept(f.foreign(0, EntryHash{}, a)) == EntryOutcome::kFork);
    CHECK(*f.log.accept(f.foreign(UINT64_MAX, EntryHash{}, a)) == EntryOutcome::kGap);
    CHECK((**f.log.writer(f.writer)).head.seq == 2);
    CHECK(f.log.verify_chain(f.writer));
}

TEST_CASE("a chain that was tampered with does not verify", "[store][log]") {
    Fixture f;
    REQUIRE(f.log.add_writer(f.writer, std::nullopt));
    for (const char* content : {"<a/>", "<b/>", "<c/>"}) {
        REQUIRE(f.log.append_own(f.writer, f.add(content), f.key));
    }
    SECTION("an entry is gone") {
        REQUIRE(f.db->run("DELETE FROM entry WHERE seq = 2"));
    }
    SECTION("the last entry is gone") {
        REQUIRE(f.db->run("DELETE FROM entry WHERE seq = 3"));
    }
    SECTION("an entry names another revision") {
        REQUIRE(
            f.db->run("UPDATE entry SET rev = (SELECT rev FROM entry WHERE seq = 1)"
                      " WHERE seq = 2"));
    }
    SECTION("a link was cut") {
        REQUIRE(f.db->run("UPDATE entry SET prev = zeroblob(32) WHERE seq = 3"));
    }
    const auto verified = f.log.verify_chain(f.writer);
    REQUIRE_FALSE(verified);
    CHECK(verified.error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a second child of one incarnation gives the copy away", "[store][log]") {
    Fixture f;
    const auto child = [&](std::uint8_t number) {
        WriterId writer = f.writer;
        writer.incarnation.bytes[0] = number;
        return writer;
    };
    REQUIRE(f.log.add_writer(f.writer, std::nullopt));
    const WriterParent parent{f.writer.incarnation, {}};
    CHECK_FALSE(*f.log.add_writer(child(1), parent));
    CHECK_FALSE(*f.log.add_writer(child(1), parent));
    CHECK(*f.log.add_writer(child(2), parent));
    CHECK((**f.log.writer(child(2))).parent == parent);
    CHECK_FALSE(*f.log.writer(child(9)));
}

TEST_CASE("the graph of a submission knows its heads", "[store][log]") {
    Fixture f;
    const RevisionId first = f.add(envelope("uuid:1", "<a/>"));
    const RevisionId second = f.add(envelope("uuid:1", "<b/>", {first}));
    f.add(envelope("uuid:2", "<a/>"));
    const auto graph = f.log.graph(InstanceId("uuid:1"));
    REQUIRE(graph);
    CHECK(graph->size() == 2);
    CHECK(graph->heads() == std::vector<RevisionId>{second});
    CHECK(f.log.graph(InstanceId("uuid:9"))->size() == 0);
}

TEST_CASE("erasing takes the body and leaves the chain whole", "[store][log]") {
    Fixture f;
    REQUIRE(f.log.add_writer(f.writer, std::nullopt));
    const RevisionId rev = f.add("<a>secret</a>");
    REQUIRE(f.log.append_own(f.writer, rev, f.key));
    CHECK_FALSE(*f.log.is_erased(rev));
    REQUIRE(f.log.erase(rev, Instant(std::chrono::milliseconds(5))));
    CHECK(*f.log.is_erased(rev));
    CHECK(f.log.bytes(rev).error().code == ErrorCode::kNotFound);
    CHECK(*f.log.contains(rev));
    CHECK(f.log.verify_chain(f.writer));
    CHECK(f.log.graph(InstanceId("uuid:1"))->size() == 1);
}

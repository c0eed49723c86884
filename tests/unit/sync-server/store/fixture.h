#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "common/codec/envelope.h"
#include "common/crypto/crypto.h"
#include "sync-server/store/store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

namespace survey::test {

/// A device reduced to its key and its chain.
struct PaperDevice {
    server::Device known;
    std::string token;
    SigningKey key = SigningKey::generate();
    WriterId writer;
    ChainHead head;

    PushItem next(const RevisionEnvelope& envelope) {
        PushItem item;
        item.envelope = codec::encode_envelope(envelope);
        item.entry = {writer, head.seq + 1, head.hash, codec::revision_id(item.envelope), {}};
        item.entry.signature = Signature{key.sign(codec::entry_bytes(item.entry))};
        head = {item.entry.seq, codec::entry_hash(item.entry)};
        return item;
    }
};

inline RevisionEnvelope make_envelope(const std::string& instance, const std::string& content,
                                      std::vector<RevisionId> parents = {}, std::uint64_t hlc = 1) {
    RevisionEnvelope made;
    made.instance = InstanceId(instance);
    made.form = {"betrieb", "1"};
    made.parents = std::move(parents);
    made.hlc = Hlc{hlc};
    made.content = content;
    return made;
}

struct ServerFixture {
    TempDir dir;
    FakeClock clock;
    SeededRandom random{1};
    server::SqliteStoreOptions options{dir / "server.db", dir / "server.marker", 2, 0, false};
    std::unique_ptr<server::Store> store = open();

    std::unique_ptr<server::Store> open() {
        auto opened = server::open_sqlite_store(options, clock, random);
        if (!opened) FAIL(opened.error().message);
        return *std::move(opened);
    }

    PaperDevice enrol(const std::string& name = "Laptop") {
        const auto code = store->create_enrolment_code({name, 1, std::chrono::hours(72)});
        REQUIRE(code);
        PaperDevice device;
        const auto reply =
            store->enrol({1, *code, name, PublicKey{device.key.public_key()}, "0.1"});
        REQUIRE(reply);
        device.token = reply->token;
        const auto known = store->authenticate(reply->token);
        REQUIRE(known);
        device.known = *known;
        device.writer = {reply->device, make_incarnation(random)};
        return device;
    }

    server::CheckedItem check(const PaperDevice& device, const PushItem& item,
                              const std::string& answers = "a") const {
        server::CheckedItem checked = server::check_item(device.known.key, item);
        checked.judgement.answers = answers;
        checked.judgement.holding = "firm";
        return checked;
    }

    PushReply push(const PaperDevice& device, const std::vector<PushItem>& items) {
        std::vector<server::CheckedItem> checked;
        for (const PushItem& item : items)
            checked.push_back(check(device, item));
        auto reply = store->push(device.known, store->identity().epoch, device.writer, checked);
        if (!reply) FAIL(reply.error().message);
        return *std::move(reply);
    }
    ItemStatus push_one(const PaperDevice& device, const PushItem& item) {
        return push(device, {item}).results.at(0).status;
    }

    std::vector<server::AnswerRecord> answers() {
        std::vector<server::AnswerRecord> found;
        REQUIRE(store->for_each_answer("betrieb",
                                       [&](const auto& answer) { found.push_back(answer); }));
        return found;
    }
};

}  // namespace survey::test

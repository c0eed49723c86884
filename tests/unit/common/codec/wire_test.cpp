#include "common/codec/wire.h"

#include <catch2/catch.hpp>

#include "common/base/hex.h"
#include "common/base/random.h"
#include "common/codec/archive_internal.h"
#include "common/codec/compress_internal.h"
#include "common/crypto/crypto.h"
#include "tests/unit/common/codec/samples.h"

using namespace survey;
using namespace survey::test;

namespace {

template <typename Message>
void check_round_trip(const Message& message) {
    const auto back = codec::decode<Message>(codec::encode(message));
    REQUIRE(back);
    CHECK(*back == message);
}

/// A message with this body, packed as ours are.
std::string packed(char type, const std::string& body) {
    return std::string{'W', '\1', type} + codec::compress(body);
}

std::string u32(std::uint32_t number) {
    std::string bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(number >> shift & 0xFF);
    return bytes;
}

/// A value that contains itself, as no message of ours does.
struct Nest {
    std::vector<Nest> inner;
};

template <typename Archive>
void serialize(Archive& archive, Nest& nest) {
    archive(nest.inner);
}

}  // namespace

TEST_CASE("every message comes back as it went in", "[codec]") {
    check_round_trip(EnrolRequest{1, "ABCD-EFGH", "Laptop Süd", filled<PublicKey>(1), "0.1.0"});
    check_round_trip(EnrolReply{sample_device(), filled<ServerId>(2), filled<PublicKey>(3),
                                sample_epoch(), "token", "Regionalkonferenz"});
    check_round_trip(sample_hello());
    HelloReply reply;
    reply.server = filled<ServerId>(2);
    reply.epoch = sample_epoch();
    reply.server_time = Instant(std::chrono::milliseconds(-5));
    reply.revoked = true;
    reply.writer_known = true;
    reply.head = {17, filled<EntryHash>(4)};
    reply.hash_at = filled<EntryHash>(5);
    reply.floor = UINT64_MAX;
    reply.notices = {"Heute um 18 Uhr wird gewartet.", ""};
    reply.nonce = 77;
    check_round_trip(reply);
    check_round_trip(sample_push());
    check_round_trip(sample_push_reply());
    check_round_trip(PullRequest{{sample_epoch(), 42}, 1000});
    check_round_trip(sample_page());
    check_round_trip(sample_form());
    check_round_trip(Review{InstanceId("uuid:1"), ReviewState::kHasIssues, "Bitte prüfen"});
}

TEST_CASE("the body of a push is these bytes for ever", "[codec][golden]") {
    const std::string message = codec::encode(sample_push());
    REQUIRE(message.substr(0, 3) == std::string("W\1\5"));
    const auto body = codec::decompress(std::string_view(message).substr(3), 1 << 20);
    REQUIRE(body);
    const std::string writer = u32(26) + "01J0ABCDEFGHJKMNPQRSTVWXYZ" + std::string(16, '\x11');
    const std::string entry = writer + std::string("\x11\0\0\0\0\0\0\0", 8) +
                              std::string(32, '\x55') + std::string(32, '\x66') +
                              std::string(64, '\x77');
    CHECK(*body == u32(3) + std::string(16, '\x33') + writer + u32(2) + entry + u32(5) + "first" +
                       entry + u32(6) + "second");
}

// The values come from a second writer of WIRE.md, in another language.
TEST_CASE("the bodies of all messages keep their hash", "[codec][golden]") {
    const auto body_hash = [](const std::string& message) {
        const auto body = codec::decompress(std::string_view(message).substr(3), 1 << 20);
        REQUIRE(body);
        return to_hex(blake2b_256(*body)).substr(0, 16);
    };
    CHECK(body_hash(codec::encode(sample_hello())) == "c2a603ea31ec332b");
    CHECK(body_hash(codec::encode(sample_push_reply())) == "bee32c441081b7be");
    CHECK(body_hash(codec::encode(sample_page())) == "9357ad64f5eee247");
    CHECK(body_hash(codec::encode(sample_form())) == "abbf30a2eaeeaad5");
}

TEST_CASE("a captive portal's page is not a message", "[codec][hostile]") {
    for (const char* bytes :
         {"", "W", "W\1", "W\1\6", "<html>Bitte anmelden</html>", "W\1\6xxxx"}) {
        CAPTURE(bytes);
        const auto reply = codec::decode<PushReply>(bytes);
        REQUIRE_FALSE(reply);
        CHECK(reply.error().code == ErrorCode::kInvalidInput);
    }
    CHECK_FALSE(codec::decode<PushReply>(codec::encode(sample_push())));
}

TEST_CASE("a later format is told from rubbish", "[codec]") {
    std::string message = codec::encode(sample_push());
    message[1] = 2;
    CHECK(codec::decode<PushRequest>(message).error().code == ErrorCode::kUnsupported);
}

TEST_CASE("huge counts are refused without memory", "[codec][hostile]") {
    const std::string epoch = u32(3) + std::string(16, '\x33');
    const std::string writer = u32(26) + "01J0ABCDEFGHJKMNPQRSTVWXYZ" + std::string(16, '\x11');
    for (const std::uint32_t count : {0x80000000U, 0xFFFFFFFFU, 0x10000000U, 3U}) {
        CAPTURE(count);
        CHECK_FALSE(codec::decode<PushRequest>(packed(5, epoch + writer + u32(count))));
        CHECK_FALSE(codec::decode<PushRequest>(packed(5, epoch + u32(count))));
    }
    CHECK(codec::decode<PushRequest>(packed(5, epoch + writer + u32(0))));
    CHECK_FALSE(codec::decode<PushRequest>(packed(5, epoch + writer + u32(0) + "x")));
}

TEST_CASE("nesting ends at its limit, not at the stack's", "[codec][hostile]") {
    std::string body;
    for (int i = 0; i < 100'000; ++i)
        body += u32(1);
    body += u32(0);
    codec::BoundedIn in(body, 1 << 30);
    Nest nest;
    CHECK_THROWS_AS(in(nest), codec::BadBytes);
}

TEST_CASE("memory is charged before it is taken", "[codec][hostile]") {
    // A million empty lists are four million bytes, and many times that in memory.
    std::string body = u32(1'000'000);
    body.append(4'000'000, '\0');
    codec::BoundedIn in(body, 8 << 20);
    Nest nest;
    CHECK_THROWS_AS(in(nest), codec::BadBytes);
}

TEST_CASE("a bomb stops at the bound", "[codec][hostile]") {
    const std::string bomb = packed(5, std::string(200 << 20, '\0'));
    CHECK(bomb.size() < 100'000);
    const auto message = codec::decode<PushRequest>(bomb);
    REQUIRE_FALSE(message);
    CHECK(message.error().code == ErrorCode::kLimit);
}

TEST_CASE("one frame, whole, and nothing behind it", "[codec][hostile]") {
    const std::string message = codec::encode(sample_push());
    CHECK_FALSE(codec::decode<PushRequest>(message + "x"));
    CHECK_FALSE(codec::decode<PushRequest>(message + message.substr(3)));
    for (std::size_t length = 0; length < message.size(); ++length) {
        CHECK_FALSE(codec::decode<PushRequest>(message.substr(0, length)));
    }
}

TEST_CASE("every flipped byte is an error or another sound message", "[codec][hostile]") {
    const std::string message = codec::encode(sample_push_reply());
    const auto body = codec::decompress(std::string_view(message).substr(3), 1 << 20);
    REQUIRE(body);
    for (std::size_t at = 0; at < body->size(); ++at) {
        for (const int flip : {0x01, 0x80, 0xFF}) {
            std::string bad = *body;
            bad[at] = static_cast<char>(bad[at] ^ flip);
            const auto reply = codec::decode<PushReply>(packed(6, bad));
            if (reply) CHECK(codec::encode(*reply) != message);
        }
        CHECK_FALSE(codec::decode<PushReply>(packed(6, body->substr(0, at))));
    }
    for (std::size_t at = 0; at < message.size(); ++at) {
        std::string bad = message;
        bad[at] = static_cast<char>(bad[at] ^ 0x55);
        static_cast<void>(codec::decode<PushReply>(bad));
    }
}

TEST_CASE("random bytes behind a right header are refused", "[codec][hostile]") {
    SeededRandom random(42);
    for (int round = 0; round < 2000; ++round) {
        std::string body;
        const std::uint64_t length = random.below(300);
        for (std::uint64_t i = 0; i < length; ++i)
            body += static_cast<char>(random.next());
        CHECK_FALSE(codec::decode<HelloRequest>(packed(3, body)));
        CHECK_FALSE(codec::decode<HelloRequest>(std::string("W\1\3") + body));
    }
}

TEST_CASE("values out of range are refused", "[codec][hostile]") {
    PushReply reply = sample_push_reply();
    reply.results[0].status = static_cast<ItemStatus>(200);
    CHECK_FALSE(codec::decode<PushReply>(codec::encode(reply)));
    PullReply page = sample_page();
    std::swap(page.changes[0], page.changes[1]);
    CHECK_FALSE(codec::decode<PullReply>(codec::encode(page)));
    page = sample_page();
    page.changes[1].pos = 45;
    CHECK_FALSE(codec::decode<PullReply>(codec::encode(page)));
    HelloRequest hello = sample_hello();
    hello.writer.device = DeviceId("../../etc");
    CHECK_FALSE(codec::decode<HelloRequest>(codec::encode(hello)));
    hello = sample_hello();
    hello.app_version = "1\n\x1b[2J";
    CHECK_FALSE(codec::decode<HelloRequest>(codec::encode(hello)));
    PushRequest push = sample_push();
    push.items.resize(101, push.items[0]);
    CHECK_FALSE(codec::decode<PushRequest>(codec::encode(push)));
    push = sample_push();
    push.items[1].entry.writer.incarnation.bytes[0] ^= 1;
    CHECK_FALSE(codec::decode<PushRequest>(codec::encode(push)));
}

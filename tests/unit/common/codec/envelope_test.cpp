#include "common/codec/envelope.h"

#include <catch2/catch.hpp>

#include "common/base/hex.h"
#include "common/crypto/crypto.h"
#include "tests/unit/common/codec/samples.h"

using namespace survey;
using namespace survey::test;

TEST_CASE("the canonical bytes of an envelope are these for ever", "[codec][golden]") {
    RevisionEnvelope envelope = sample_envelope();
    envelope.parents.clear();
    envelope.attachments.clear();
    envelope.remarks = {{"/data/a", "ja"}};
    const std::string bytes = codec::encode_envelope(envelope);
    std::string expected = "WKV1";
    expected += '\x01';
    expected += std::string("\x29\x00", 2) + "uuid:0195f0a0-0000-7000-8000-000000000001";
    expected += std::string("\x07\x00", 2) + "betrieb";
    expected += std::string("\x06\x00", 2) + "2026-1";
    expected += std::string(32, '\x22');
    expected += '\0';
    expected += std::string("\x07\x00", 2) + "J\xC3\xBCrgen";
    // 1777881600000 ms is 0x019DF2005000.
    expected += std::string("\x05\x00\x00\x50\x00\xF2\x9D\x01", 8);
    expected += std::string("\x00\x50\x00\xF2\x9D\x01\x00\x00", 8);
    expected += '\x01';
    expected += std::string(2, '\0');
    expected += '\0';
    expected += std::string("\x33\x00\x00\x00", 4);
    expected += "<data id=\"betrieb\"><employees>34</employees></data>";
    expected += std::string("\x01\x00", 2);
    expected += std::string("\x07\x00", 2) + "/data/a";
    expected += std::string("\x02\x00", 2) + "ja";
    CHECK(bytes == expected);
    CHECK(codec::revision_id(bytes) == RevisionId{blake2b_256(expected)});
}

TEST_CASE("an envelope comes back as it went in", "[codec]") {
    const std::string bytes = codec::encode_envelope(sample_envelope());
    const auto envelope = codec::decode_envelope(bytes);
    REQUIRE(envelope);
    CHECK(*envelope == sample_envelope());
}

TEST_CASE("what a reader accepts it would write the same way", "[codec][hostile]") {
    const std::string bytes = codec::encode_envelope(sample_envelope());
    std::size_t accepted = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const int flip : {0x01, 0x20, 0x80, 0xFF}) {
            std::string bad = bytes;
            bad[at] = static_cast<char>(bad[at] ^ flip);
            const auto envelope = codec::decode_envelope(bad);
            if (!envelope) continue;
            ++accepted;
            CHECK(codec::encode_envelope(*envelope) == bad);
        }
    }
    CHECK(accepted > 0);
}

TEST_CASE("remarks stand in the order of their questions, each once and not too long", "[codec]") {
    RevisionEnvelope envelope = sample_envelope();
    envelope.remarks = {{"/data/b", "x"}, {"/data/a", "y"}};
    CHECK_FALSE(codec::check_envelope(envelope));
    envelope.remarks = {{"/data/a", "x"}, {"/data/a", "y"}};
    CHECK_FALSE(codec::check_envelope(envelope));
    envelope.remarks = {{"", "x"}};
    CHECK_FALSE(codec::check_envelope(envelope));
    envelope.remarks = {{"/data/a", std::string(kRemarkBytesMax + 1, 'x')}};
    CHECK_FALSE(codec::check_envelope(envelope));
    envelope.remarks = {{"/data/a", std::string(kRemarkBytesMax, 'x')}};
    CHECK(codec::check_envelope(envelope));
}

TEST_CASE("a truncated or prolonged envelope is none", "[codec][hostile]") {
    const std::string bytes = codec::encode_envelope(sample_envelope());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(codec::decode_envelope(bytes.substr(0, length)));
    }
    CHECK_FALSE(codec::decode_envelope(bytes + '\0'));
}

TEST_CASE("a later version is told from rubbish", "[codec]") {
    std::string bytes = codec::encode_envelope(sample_envelope());
    bytes[3] = '2';
    CHECK(codec::decode_envelope(bytes).error().code == ErrorCode::kUnsupported);
    bytes = codec::encode_envelope(sample_envelope());
    bytes[4] = 2;  // A kind of the future.
    CHECK(codec::decode_envelope(bytes).error().code == ErrorCode::kUnsupported);
    CHECK(codec::decode_envelope("PNG").error().code == ErrorCode::kInvalidInput);
    CHECK(codec::decode_envelope("").error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("an envelope that cannot be written says why", "[codec]") {
    const auto broken = [](auto change) {
        RevisionEnvelope envelope = sample_envelope();
        change(envelope);
        return !codec::check_envelope(envelope);
    };
    CHECK(codec::check_envelope(sample_envelope()));
    CHECK(broken([](auto& e) { e.instance = InstanceId(""); }));
    CHECK(broken([](auto& e) { e.instance = InstanceId("has blank"); }));
    CHECK(broken([](auto& e) { e.form.id.clear(); }));
    CHECK(broken([](auto& e) { e.form.version = std::string(256, 'x'); }));
    CHECK(broken([](auto& e) { e.author = "\xff"; }));
    CHECK(broken([](auto& e) { std::swap(e.parents[0], e.parents[1]); }));
    CHECK(broken([](auto& e) { e.parents[1] = e.parents[0]; }));
    CHECK(broken([](auto& e) { e.parents.push_back(filled<RevisionId>(9)); }));
    CHECK(broken([](auto& e) { e.content = std::string(kContentBytesMax + 1, 'x'); }));
    CHECK(broken([](auto& e) { e.content = "\xC0\x80"; }));
    CHECK(broken([](auto& e) { e.content = "\xED\xA0\x80"; }));
    CHECK(broken([](auto& e) { e.content = std::string(1, '\0'); }));
    CHECK(broken([](auto& e) { e.attachments[0].name.clear(); }));
}

TEST_CASE("a chain's hash covers everything but the signature", "[codec]") {
    const LogEntry entry = sample_entry();
    const EntryHash hash = codec::entry_hash(entry);
    LogEntry other = entry;
    other.signature.bytes[0] ^= 1;
    CHECK(codec::entry_hash(other) == hash);
    other = entry;
    other.seq = 18;
    CHECK(codec::entry_hash(other) != hash);
    other = entry;
    other.prev.bytes[31] ^= 1;
    CHECK(codec::entry_hash(other) != hash);
    other = entry;
    other.writer.incarnation.bytes[0] ^= 1;
    CHECK(codec::entry_hash(other) != hash);
}

TEST_CASE("the signed bytes of entry and receipt are these for ever", "[codec][golden]") {
    CHECK(codec::entry_bytes(sample_entry()) ==
          "WKE1" + std::string("\x1A\x00", 2) + "01J0ABCDEFGHJKMNPQRSTVWXYZ" +
              std::string(16, '\x11') + std::string("\x11\0\0\0\0\0\0\0", 8) +
              std::string(32, '\x55') + std::string(32, '\x66'));
    CHECK(codec::receipt_bytes(sample_receipt()) ==
          "WKR1" + std::string(16, '\x88') + std::string("\x03\0\0\0", 4) +
              std::string(16, '\x33') + std::string(32, '\x66') +
              std::string("\x63\0\0\0\0\0\0\0", 8) + std::string("\x03\x02", 2));
}

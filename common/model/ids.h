#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/hex.h"
#include "common/base/id.h"

namespace survey {

class Random;

/// 128 random bits that name something without asking anybody. `Tag` says what.
template <typename Tag>
struct Id128 {
    std::array<std::uint8_t, 16> bytes{};

    /// 32 lower-case hexadecimal digits.
    std::string hex() const { return to_hex(bytes); }
    /// Exactly 32 hexadecimal digits, else nothing.
    static std::optional<Id128> from_hex(std::string_view text) {
        Id128 id;
        if (!read_hex(text, id.bytes)) return std::nullopt;
        return id;
    }

    friend bool operator==(const Id128&, const Id128&) = default;
    friend auto operator<=>(const Id128&, const Id128&) = default;
};

/// The interview or answer sheet, `uuid:…`; made once by whoever starts it, never reused.
using InstanceId = Id<struct InstanceIdTag>;
/// A machine in the field: a ULID that the server gives at enrolment.
using DeviceId = Id<struct DeviceIdTag>;
/// An unfinished interview on one device; never leaves it.
using DraftId = Id<struct DraftIdTag>;

/// One life of one database file on a device. A restored or copied file gets a new one.
using Incarnation = Id128<struct IncarnationTag>;
/// The server, made at its first start.
using ServerId = Id128<struct ServerIdTag>;

/// BLAKE2b-256 of the canonical envelope: names a revision and is its idempotency key.
using RevisionId = Digest256<struct RevisionIdTag>;
/// BLAKE2b-256 of the signed part of a log entry; zero stands before the first entry.
using EntryHash = Digest256<struct EntryHashTag>;
/// BLAKE2b-256 of the published form's XML.
using FormHash = Digest256<struct FormHashTag>;
/// BLAKE2b-256 of an attachment's bytes.
using BlobHash = Digest256<struct BlobHashTag>;

/// Ed25519 (RFC 8032).
using PublicKey = Digest256<struct PublicKeyTag>;
struct Signature {
    std::array<std::uint8_t, 64> bytes{};
    friend bool operator==(const Signature&, const Signature&) = default;
};

/// Who writes a log: one writer has one linear history.
struct WriterId {
    DeviceId device;
    Incarnation incarnation;

    friend bool operator==(const WriterId&, const WriterId&) = default;
    friend auto operator<=>(const WriterId&, const WriterId&) = default;
};

/// Names one history of the server. A new one starts at every restore, so that no cursor, floor or
/// permission to purge from before is honoured. `counter` orders epochs, `random` tells apart two
/// restores of the same backup.
struct Epoch {
    std::uint32_t counter = 0;
    Id128<struct EpochTag> random;

    friend bool operator==(const Epoch&, const Epoch&) = default;
};

/// 26 digits of Crockford's base 32: 48 bits of Unix milliseconds, then 80 random bits (the ULID
/// specification). The time is decoration.
std::string make_ulid(std::int64_t unix_ms, Random& random);
/// 26 characters of Crockford's alphabet, upper case, first one at most '7'.
bool is_ulid(std::string_view text);

Incarnation make_incarnation(Random& random);
/// `uuid:` and a UUID of version 7.
InstanceId make_instance_id(std::int64_t unix_ms, Random& random);

/// What we take as an instance id from outside: 1 to 128 visible ASCII characters. Other clients
/// choose their own spelling, so more is not asked.
bool is_instance_id(std::string_view text);

}  // namespace survey

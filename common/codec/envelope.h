#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/model/log_entry.h"
#include "common/model/revision.h"

namespace survey::codec {

/// The canonical bytes that are hashed, signed and stored. One value has exactly one encoding, and
/// decoding accepts nothing else, so that a hash names a value. Layout: WIRE.md in this room.

/// REQUIRES: `check_envelope(envelope)` succeeds.
std::string encode_envelope(const RevisionEnvelope& envelope);
/// Why the envelope cannot be written (too long, parents unordered, bad id), or success.
Result<void> check_envelope(const RevisionEnvelope& envelope);
/// kUnsupported: a later version or sealed content; kInvalidInput: not an envelope.
Result<RevisionEnvelope> decode_envelope(std::string_view bytes);

/// BLAKE2b-256 of the canonical bytes.
RevisionId revision_id(std::string_view envelope_bytes);

/// What the device signs, and what the chain's hash is taken over (the signature is not in it).
std::string entry_bytes(const LogEntry& entry);
EntryHash entry_hash(const LogEntry& entry);

/// What the server signs.
std::string receipt_bytes(const Receipt& receipt);

}  // namespace survey::codec

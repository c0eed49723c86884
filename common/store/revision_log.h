#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/crypto/crypto.h"
#include "common/db/database.h"
#include "common/model/log_entry.h"
#include "common/model/revision.h"
#include "common/sync/merge.h"

namespace survey {

/// What accepting a foreign entry came to.
enum class EntryOutcome : std::uint8_t {
    kAppended,
    kDuplicate,  ///< The same entry is there.
    kFork,       ///< Another entry has this number, or the link to the one before differs.
    kGap,        ///< Entries before it are missing.
};

/// A writer as the log knows it.
struct WriterState {
    WriterId writer;
    std::optional<WriterParent> parent;
    ChainHead head;
};

/// Revisions, and the writers' chains of custody over them. Both ends keep one, on their own
/// database.
///
/// A revision is immutable, named by the hash of its bytes, and checked against the name on every
/// read. Chains are gapless prefixes. Calls join the caller's open transaction; one thread.
class RevisionLog {
  public:
    explicit RevisionLog(Database& db) : db_(db) {}

    /// The tables; part of version 1 of both schemas.
    static std::string_view schema_v1();

    /// Keeps the bytes. False if the revision was there. `envelope` is null for bytes of a format
    /// that this build cannot read. REQUIRES: `rev` is the hash of `bytes`.
    Result<bool> insert(const RevisionId& rev, std::string_view bytes,
                        const RevisionEnvelope* envelope);
    Result<bool> contains(const RevisionId& rev) const;
    /// The canonical bytes. kNotFound, also after erasure; kCorrupt when they do not match the
    /// name.
    Result<std::string> bytes(const RevisionId& rev) const;
    Result<RevisionEnvelope> envelope(const RevisionId& rev) const;
    /// Drops the body and keeps the stub, so that chains still verify (erasure on request).
    Result<void> erase(const RevisionId& rev, Instant when);
    Result<bool> is_erased(const RevisionId& rev) const;

    /// Everything known of one submission, erased revisions included.
    Result<RevisionGraph> graph(const InstanceId& instance) const;

    /// The writer, or nothing at first contact.
    Result<std::optional<WriterState>> writer(const WriterId& writer) const;
    /// Remembers a new incarnation; again is allowed. True if another child of the same parent
    /// exists: two copies of one device are at work.
    Result<bool> add_writer(const WriterId& writer, const std::optional<WriterParent>& parent);

    /// Adds the next entry of our own chain and signs it. kNotFound: no such writer.
    Result<LogEntry> append_own(const WriterId& writer, const RevisionId& rev,
                                const SigningKey& key);
    /// Takes a foreign entry whose signature was checked. Nothing is written unless kAppended.
    Result<EntryOutcome> accept(const LogEntry& entry);
    /// The entry with that number; kNotFound.
    Result<LogEntry> entry(const WriterId& writer, std::uint64_t seq) const;
    /// Hash of entry `seq`; zero for 0. kNotFound past the head.
    Result<EntryHash> hash_at(const WriterId& writer, std::uint64_t seq) const;
    /// Walks a whole chain again: numbers, links, head. kCorrupt names the first bad number.
    Result<void> verify_chain(const WriterId& writer) const;

  private:
    Database& db_;
};

}  // namespace survey

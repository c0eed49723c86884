// Pictures and recordings of drafts and finalised interviews, and what the log tells.

#include <algorithm>

#include "collector/store/collector_store.h"
#include "collector/store/schema_internal.h"
#include "common/base/media_type.h"
#include "common/base/plain_text.h"
#include "common/crypto/crypto.h"

namespace survey::collector {

namespace {

constexpr std::size_t kFileNameBytesMax = 255;  // what file systems and the envelope take
/// The log is for the person in front of it: some weeks, not years.
constexpr std::int64_t kEventsKept = 1000;
constexpr std::size_t kEventDetailBytesMax = 2000;

Error no_file() {
    return fail(ErrorCode::kNotFound, "this draft has no file of that name");
}

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= kFileNameBytesMax && is_plain_text(name) &&
           name.front() != '.' && name.find_first_of("/\\\t\r\n") == std::string_view::npos;
}

}  // namespace

Result<void> CollectorStore::put_draft_file(const DraftId& id, const AnswerFile& file) {
    if (!is_name(file.name))
        return fail(ErrorCode::kInvalidInput, "a file needs a name without slashes");
    if (file.bytes.size() > kAnswerFileBytesMax) {
        return fail(ErrorCode::kLimit, "a file of an answer has at most " +
                                           std::to_string(kAnswerFileBytesMax) + " bytes");
    }
    const BlobHash hash{blake2b_256(file.bytes)};
    return in_transaction([&]() -> Result<void> {
        TRY_ASSIGN(Statement row,
                   db_->query("SELECT (SELECT count(*) FROM draft_file WHERE draft = ?1 AND"
                              " name <> ?2) FROM draft WHERE id = ?1",
                              id, file.name));
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return fail(ErrorCode::kNotFound, "this draft does not exist (any more)");
        if (row.integer(0) >= kAnswerFilesMax) {
            return fail(ErrorCode::kLimit,
                        "an interview has at most " + std::to_string(kAnswerFilesMax) + " files");
        }
        TRY(
            db_->run("INSERT INTO file(hash, size, body) VALUES(?1, ?2, ?3)"
                     " ON CONFLICT (hash) DO NOTHING",
                     hash, static_cast<std::int64_t>(file.bytes.size()), Blob{file.bytes}));
        TRY(
            db_->run("INSERT INTO draft_file(draft, name, media_type, hash) VALUES(?1, ?2, ?3, ?4)"
                     " ON CONFLICT (draft, name) DO UPDATE SET media_type = excluded.media_type,"
                     " hash = excluded.hash",
                     id, file.name, plain_media_type(file.media_type), hash));
        return forget_unused_files_within();
    });
}

Result<AnswerFile> CollectorStore::draft_file(const DraftId& id, const std::string& name) {
    TRY(ready());
    TRY_ASSIGN(Statement row, db_->query("SELECT d.media_type, f.body FROM draft_file d JOIN file f"
                                         " ON f.hash = d.hash WHERE d.draft = ?1 AND d.name = ?2",
                                         id, name));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return no_file();
    return AnswerFile{name, row.text(0), row.text(1)};
}

Result<std::vector<Attachment>> CollectorStore::draft_files(const DraftId& id) {
    TRY(ready());
    TRY_ASSIGN(Statement row,
               db_->query("SELECT d.name, d.media_type, f.size, f.hash FROM draft_file d JOIN"
                          " file f ON f.hash = d.hash WHERE d.draft = ?1 ORDER BY d.name",
                          id));
    std::vector<Attachment> found;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) return found;
        found.push_back({row.text(0), row.text(1), row.natural(2), row.digest<BlobHash>(3)});
    }
}

Result<void> CollectorStore::remove_draft_file(const DraftId& id, const std::string& name) {
    return in_transaction([&]() -> Result<void> {
        TRY(db_->run("DELETE FROM draft_file WHERE draft = ?1 AND name = ?2", id, name));
        return forget_unused_files_within();
    });
}

Result<void> CollectorStore::keep_files_within(const DraftId& draft, const RevisionId& rev,
                                               const std::vector<Attachment>& files) {
    for (const Attachment& file : files) {
        TRY_ASSIGN(const std::int64_t kept,
                   db_->run("INSERT INTO interview_file(rev, name, media_type, hash) SELECT ?1,"
                            " name, media_type, hash FROM draft_file WHERE draft = ?2 AND"
                            " name = ?3 AND hash = ?4",
                            rev, draft, file.name, file.hash));
        if (kept != 1) return no_file();
    }
    return {};
}

Result<void> CollectorStore::forget_unused_files_within() {
    TRY(
        db_->run("DELETE FROM file WHERE NOT EXISTS (SELECT 1 FROM draft_file d WHERE"
                 " d.hash = file.hash) AND NOT EXISTS (SELECT 1 FROM interview_file i WHERE"
                 " i.hash = file.hash)"));
    return {};
}

Result<std::vector<BlobHash>> CollectorStore::unsent_files(std::size_t count_max) {
    TRY(ready());
    TRY_ASSIGN(Statement row,
               db_->query("SELECT f.hash FROM file f WHERE f.delivered IS NOT ?1 AND EXISTS"
                          " (SELECT 1 FROM interview_file i WHERE i.hash = f.hash)"
                          " ORDER BY f.rowid LIMIT ?2",
                          epoch_bytes(epoch_), std::min<std::uint64_t>(count_max, 100'000)));
    std::vector<BlobHash> found;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) return found;
        found.push_back(row.digest<BlobHash>(0));
    }
}

Result<std::string> CollectorStore::file_bytes(const BlobHash& hash) {
    TRY(ready());
    TRY_ASSIGN(Statement row, db_->query("SELECT body FROM file WHERE hash = ?1", hash));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return fail(ErrorCode::kNotFound, "this file is not here any more");
    std::string bytes = row.text(0);
    if (BlobHash{blake2b_256(bytes)} != hash) {
        return fail(ErrorCode::kCorrupt, "a file of an interview is damaged; its answers are not");
    }
    return bytes;
}

Result<void> CollectorStore::file_delivered(const BlobHash& hash) {
    return in_transaction([&]() -> Result<void> {
        TRY(db_->run("UPDATE file SET delivered = ?2 WHERE hash = ?1", hash, epoch_bytes(epoch_)));
        return {};
    });
}

Result<void> CollectorStore::note_event(EventKind kind, std::string_view detail) {
    return in_transaction([&]() -> Result<void> {
        TRY(db_->run("INSERT INTO event(at, kind, detail) VALUES(?1, ?2, ?3)", now_ms(),
                     std::int64_t{static_cast<std::uint8_t>(kind)},
                     std::string(detail.substr(0, kEventDetailBytesMax))));
        TRY(db_->run("DELETE FROM event WHERE number <= (SELECT max(number) FROM event) - ?1",
                     kEventsKept));
        return {};
    });
}

Result<std::vector<StoreEvent>> CollectorStore::events(std::size_t count_max) {
    TRY(ready());
    TRY_ASSIGN(Statement row,
               db_->query("SELECT at, kind, detail FROM event ORDER BY number DESC LIMIT ?1",
                          std::min<std::uint64_t>(count_max, 100'000)));
    std::vector<StoreEvent> found;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) return found;
        found.push_back({Instant(std::chrono::milliseconds(row.integer(0))),
                         static_cast<EventKind>(row.integer(1)), row.text(2)});
    }
}

}  // namespace survey::collector

#include <algorithm>
#include <string>

#include "collector/store/schema_internal.h"
#include "common/store/revision_log.h"

namespace survey::collector {

namespace {

// "WKco" as a number.
constexpr std::int32_t kApplicationId = 0x574B636F;

constexpr std::string_view kTablesV1 = R"sql(
CREATE TABLE identity(
    one INTEGER PRIMARY KEY CHECK (one = 1),
    device TEXT NOT NULL,
    incarnation BLOB NOT NULL CHECK (length(incarnation) = 16),
    key_seed BLOB NOT NULL CHECK (length(key_seed) = 32),
    file_id BLOB NOT NULL,       -- of this database; the marker has it too
    hlc INTEGER NOT NULL,
    epoch BLOB NOT NULL,         -- the server's, as last seen
    cursor INTEGER NOT NULL,     -- pulled up to here, in that epoch
    confirmed INTEGER NOT NULL,  -- the server has our entries up to here, in that epoch
    floor INTEGER NOT NULL,
    clock_state INTEGER NOT NULL,
    revoked INTEGER NOT NULL,
    repair_pending INTEGER NOT NULL,
    last_contact INTEGER,
    url TEXT,                    -- NULL: not enrolled
    server_id BLOB,
    server_key BLOB,
    token TEXT,
    project TEXT
) STRICT;
CREATE TABLE form(
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    hash BLOB NOT NULL,
    title TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    received INTEGER NOT NULL,
    body BLOB NOT NULL,          -- a PublishedForm as codec writes it
    PRIMARY KEY (id, version)
) STRICT;
CREATE TABLE draft(
    id TEXT PRIMARY KEY,
    form_id TEXT NOT NULL,
    form_version TEXT NOT NULL,
    form_hash BLOB NOT NULL,
    instance TEXT NOT NULL,
    xml TEXT NOT NULL,
    position TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    started INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    corrects BLOB
) STRICT;
CREATE TABLE remark(             -- what the interviewer noted about a question of a draft
    draft TEXT NOT NULL REFERENCES draft ON DELETE CASCADE,
    ref TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (draft, ref)
) STRICT, WITHOUT ROWID;
CREATE TABLE interview(          -- one row per revision made here, in the order of making
    number INTEGER PRIMARY KEY,
    rev BLOB NOT NULL UNIQUE REFERENCES revision,
    instance TEXT NOT NULL,
    form_id TEXT NOT NULL,
    form_version TEXT NOT NULL,
    title TEXT NOT NULL,
    finalised INTEGER NOT NULL,
    receipt_epoch BLOB,          -- NULL: no receipt yet
    receipt_pos INTEGER,
    receipt_status INTEGER,
    receipt_reason INTEGER,
    refused INTEGER NOT NULL     -- not authentic there, or damaged here: waits for a person
) STRICT;
CREATE INDEX interview_by_instance ON interview(instance, number);
CREATE TABLE review(
    instance TEXT PRIMARY KEY,
    state INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kTablesV2 = R"sql(
CREATE TABLE file(               -- a picture or recording, once for all that name it
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    size INTEGER NOT NULL,
    body BLOB NOT NULL,
    delivered BLOB               -- the epoch in which the server has it; NULL: in none
) STRICT;
CREATE TABLE draft_file(
    draft TEXT NOT NULL REFERENCES draft ON DELETE CASCADE,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (draft, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_file_by_hash ON draft_file(hash);
CREATE TABLE interview_file(     -- as the revision's envelope names them
    rev BLOB NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (rev, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX interview_file_by_hash ON interview_file(hash);
CREATE TABLE event(              -- the readable log
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    detail TEXT NOT NULL
) STRICT;
)sql";

}  // namespace

Schema collector_schema() {
    static const std::string kFirst =
        std::string(RevisionLog::schema_v1()) + std::string(kTablesV1);
    static const std::array<std::string_view, 2> kSteps = {kFirst, kTablesV2};
    return {kApplicationId, "the collector's database", kSteps};
}

std::array<std::uint8_t, 20> epoch_bytes(const Epoch& epoch) {
    std::array<std::uint8_t, 20> bytes{};
    for (std::size_t i = 0; i < 4; ++i) {
        bytes[i] = static_cast<std::uint8_t>(epoch.counter >> (24 - 8 * i) & 0xFF);
    }
    std::copy(epoch.random.bytes.begin(), epoch.random.bytes.end(), bytes.begin() + 4);
    return bytes;
}

Epoch epoch_from(const std::array<std::uint8_t, 20>& bytes) {
    Epoch epoch;
    for (std::size_t i = 0; i < 4; ++i)
        epoch.counter = epoch.counter << 8 | bytes[i];
    std::copy(bytes.begin() + 4, bytes.end(), epoch.random.bytes.begin());
    return epoch;
}

}  // namespace survey::collector

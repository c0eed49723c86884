#include <array>

#include "common/store/revision_log.h"
#include "sync-server/store/schema_internal.h"

namespace survey::server {

namespace {

// "WKsv" as a number.
constexpr std::int32_t kApplicationId = 0x574B7376;

constexpr std::string_view kTablesV1 = R"sql(
CREATE TABLE server(
    one INTEGER PRIMARY KEY CHECK (one = 1),
    server_id BLOB NOT NULL,
    epoch_counter INTEGER NOT NULL,
    epoch_random BLOB NOT NULL,
    key_seed BLOB NOT NULL,
    project TEXT NOT NULL,
    device TEXT NOT NULL,       -- the server's own writer
    incarnation BLOB NOT NULL,
    hlc INTEGER NOT NULL,
    pos INTEGER NOT NULL        -- of the last change; grows by one with each, in commit order
) STRICT;
CREATE TABLE device(
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32),
    token_hash BLOB NOT NULL UNIQUE,
    app_version TEXT NOT NULL,
    enrolled INTEGER NOT NULL,
    last_seen INTEGER,
    clock_skew_ms INTEGER NOT NULL,
    revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE enrolment_code(
    number INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    label TEXT NOT NULL,
    devices_max INTEGER NOT NULL,
    devices_used INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL
) STRICT;
CREATE TABLE form(
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    hash BLOB NOT NULL,
    title TEXT NOT NULL,
    published INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    body BLOB NOT NULL,         -- a PublishedForm as codec writes it
    PRIMARY KEY (id, version)
) STRICT;
CREATE TABLE change(            -- never deleted, never renumbered
    pos INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    device TEXT,                -- NULL: for every device
    instance TEXT,
    form_id TEXT,
    form_version TEXT
) STRICT;
CREATE INDEX change_for_devices ON change(pos) WHERE kind <> 2;
CREATE TABLE arrival(           -- how a revision came here, and what was thought of it
    rev BLOB PRIMARY KEY REFERENCES revision,
    pos INTEGER NOT NULL,
    received INTEGER NOT NULL,
    device TEXT NOT NULL,
    author TEXT NOT NULL,
    wall_clock INTEGER NOT NULL,
    form_id TEXT NOT NULL,
    form_version TEXT NOT NULL,
    quarantine INTEGER NOT NULL,
    note TEXT NOT NULL,
    holding TEXT NOT NULL,
    answers BLOB NOT NULL
) STRICT;
CREATE TABLE submission(        -- derived from revision, arrival and review; one row per instance
    instance TEXT PRIMARY KEY,
    form_id TEXT NOT NULL,
    form_version TEXT NOT NULL,
    head BLOB NOT NULL,
    heads INTEGER NOT NULL,
    revisions INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    quarantine INTEGER NOT NULL,
    review INTEGER NOT NULL,
    review_note TEXT NOT NULL,
    erased INTEGER NOT NULL
) STRICT;
CREATE INDEX submission_by_pos ON submission(pos);
CREATE INDEX submission_by_form ON submission(form_id, pos);
CREATE TABLE record(
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE alarm(
    number INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    device TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
)sql";

constexpr std::string_view kTablesV2 = R"sql(
CREATE TABLE channel(           -- answers without a device, by where they came in
    name TEXT PRIMARY KEY,
    answers INTEGER NOT NULL    -- that count; those kept apart do not
) STRICT, WITHOUT ROWID;
CREATE TABLE file(              -- whose bytes are here
    hash BLOB PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    day INTEGER NOT NULL        -- since 1970, of the last time somebody brought it; 0: erased
) STRICT, WITHOUT ROWID;
CREATE TABLE file_use(          -- which revision names it, whether it is here or not
    rev BLOB NOT NULL,
    name TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (rev, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_use_by_hash ON file_use(hash);
)sql";

}  // namespace

Schema server_schema() {
    static const std::string kFirst =
        std::string(RevisionLog::schema_v1()) + std::string(kTablesV1);
    static const std::array<std::string_view, 2> kSteps = {kFirst, kTablesV2};
    return {kApplicationId, "the server's database", kSteps};
}

}  // namespace survey::server

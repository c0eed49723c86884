#include <algorithm>

#include "common/codec/wire.h"
#include "common/crypto/crypto.h"
#include "sync-server/store/sqlite_store_internal.h"

namespace survey::server {

namespace {

/// Of one page, whatever the device asks for: what a worker holds in memory for it.
constexpr std::size_t kPageBytesMax = 1024 * 1024;

Error no_form(const FormRef& ref) {
    return fail(ErrorCode::kNotFound,
                "no form \"" + ref.id + "\" with version \"" + ref.version + "\" here");
}

Result<PublishedForm> load_form(Database& db, const FormRef& ref) {
    TRY_ASSIGN(Statement row, db.query("SELECT body, withdrawn FROM form WHERE id = ?1"
                                       " AND version = ?2",
                                       ref.id, ref.version));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return no_form(ref);
    auto form = codec::decode<PublishedForm>(row.bytes(0));
    if (!form) return fail(ErrorCode::kCorrupt, "the stored form \"" + ref.id + "\" is damaged");
    form->withdrawn = row.integer(1) != 0;
    return form;
}

}  // namespace

Result<void> SqliteStore::publish_form(const PublishedForm& form) {
    PublishedForm stored = form;
    stored.hash = FormHash{blake2b_256(form.xml)};
    const std::string body = codec::encode(stored);
    // What a device could not read must not be announced: its cursor could never pass.
    if (!codec::decode<PublishedForm>(body)) {
        return fail(ErrorCode::kInvalidInput,
                    "the form cannot be published: it is over 32 MiB with its media, has no id, or "
                    "holds text that is not UTF-8");
    }
    return writer_.run([&]() -> Result<void> {
        const auto before = load_form(db(), form.ref);
        if (before) {
            if (before->hash == stored.hash && before->media == stored.media) return {};
            return fail(ErrorCode::kConflict,
                        "version \"" + form.ref.version + "\" of form \"" + form.ref.id +
                            "\" was published with another content; give the new one another "
                            "version");
        }
        if (before.error().code != ErrorCode::kNotFound) return before.error();
        TRY(
            db().run("INSERT INTO form(id, version, hash, title, published, withdrawn, body)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, 0, ?6)",
                     form.ref.id, form.ref.version, stored.hash, form.title, now_ms(), Blob{body}));
        TRY(announce(ChangeKind::kForm, std::nullopt, std::nullopt, form.ref));
        return {};
    });
}

Result<void> SqliteStore::withdraw_form(const FormRef& ref, bool withdrawn) {
    return writer_.run([&]() -> Result<void> {
        TRY_ASSIGN(const std::int64_t found,
                   db().run("UPDATE form SET withdrawn = ?3 WHERE id = ?1 AND version = ?2", ref.id,
                            ref.version, withdrawn));
        if (found == 0) return no_form(ref);
        TRY(announce(ChangeKind::kForm, std::nullopt, std::nullopt, ref));
        return {};
    });
}

Result<std::vector<PublishedForm>> SqliteStore::forms() {
    return readers_.run([](Database& db) -> Result<std::vector<PublishedForm>> {
        TRY_ASSIGN(Statement row, db.query("SELECT id, version, hash, title, withdrawn FROM form"
                                           " ORDER BY published DESC, rowid DESC"));
        std::vector<PublishedForm> found;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) return found;
            PublishedForm form;
            form.ref = {row.text(0), row.text(1)};
            form.hash = row.digest<FormHash>(2);
            form.title = row.text(3);
            form.withdrawn = row.integer(4) != 0;
            found.push_back(std::move(form));
        }
    });
}

Result<PublishedForm> SqliteStore::form(const FormRef& ref) {
    return readers_.run([&](Database& db) { return load_form(db, ref); });
}

Result<std::string> SqliteStore::change_body(Database& reader, std::uint16_t kind,
                                             const std::string& instance, const FormRef& ref) {
    switch (static_cast<ChangeKind>(kind)) {
        case ChangeKind::kForm: {
            TRY_ASSIGN(const PublishedForm form, load_form(reader, ref));
            return codec::encode(form);
        }
        case ChangeKind::kReview: {
            TRY_ASSIGN(Statement row, reader.query("SELECT review, review_note FROM submission"
                                                   " WHERE instance = ?1",
                                                   instance));
            TRY_ASSIGN(const bool found, row.step());
            Review review{InstanceId(instance), ReviewState::kReceived, {}};
            if (found) {
                review.state = static_cast<ReviewState>(row.integer(0));
                review.note = row.text(1);
            }
            return codec::encode(review);
        }
        case ChangeKind::kErasure:
            return instance;
        case ChangeKind::kSubmission:
            break;
    }
    return std::string();
}

Result<PullReply> SqliteStore::pull(const Device& device, const PullRequest& request) {
    PullReply page;
    page.epoch = identity().epoch;
    // A page from another epoch is empty: the device starts again at 0.
    if (request.cursor.epoch != page.epoch) return page;
    bool is_ahead = false;
    const Result<void> done = readers_.run([&](Database& db) -> Result<void> {
        TRY_ASSIGN(Statement self, db.query("SELECT revoked FROM device WHERE id = ?1", device.id));
        TRY_ASSIGN(const bool known, self.step());
        if (!known || self.integer(0) != 0) {
            return fail(ErrorCode::kForbidden, "this device's enrolment was revoked");
        }
        TRY_ASSIGN(Statement head, db.query("SELECT pos FROM server"));
        TRY_ASSIGN(const bool found, head.step());
        const std::uint64_t last = found ? head.natural(0) : 0;
        page.from = page.to = request.cursor.pos;
        is_ahead = request.cursor.pos > last;
        if (is_ahead) return {};
        TRY_ASSIGN(Statement row,
                   db.query("SELECT pos, kind, instance, form_id, form_version FROM change"
                            " WHERE pos > ?1 AND kind <> 2 AND (device IS NULL OR device = ?2)"
                            " ORDER BY pos",
                            request.cursor.pos, device.id));
        const std::size_t bytes_max = std::min<std::size_t>(request.bytes_max, kPageBytesMax);
        std::size_t bytes = 0;
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) break;
            const auto kind = static_cast<std::uint16_t>(row.integer(1));
            TRY_ASSIGN(std::string body,
                       change_body(db, kind, row.text(2), {row.text(3), row.text(4)}));
            if (!page.changes.empty() && bytes + body.size() > bytes_max) {
                page.more = true;
                return {};
            }
            bytes += body.size();
            page.to = row.natural(0);
            page.changes.push_back({page.to, kind, std::move(body)});
        }
        page.to = last;
        return {};
    });
    TRY(done);
    if (!is_ahead) return page;
    const Result<void> raised =
        writer_.run([&]() -> Result<void> { return raise(AlarmKind::kFutureCursor, device.id); });
    TRY(raised);
    return fail(ErrorCode::kConflict,
                "this device has seen more than this server holds: the server's data was put back "
                "without being told so");
}

}  // namespace survey::server

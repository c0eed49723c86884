#include "collector/store/collector_store.h"
#include "collector/store/schema_internal.h"
#include "common/codec/wire.h"

namespace survey::collector {

namespace {

Instant instant(const Statement& row, int column) {
    return Instant(std::chrono::milliseconds(row.integer(column)));
}

#define DRAFT_COLUMNS                                                                   \
    "SELECT id, form_id, form_version, form_hash, instance, position, language, title," \
    " started, changed, corrects, xml FROM draft"

Draft read_draft(const Statement& row, bool with_xml) {
    Draft draft;
    draft.id = DraftId(row.text(0));
    draft.form = {row.text(1), row.text(2)};
    draft.form_hash = row.digest<FormHash>(3);
    draft.instance = InstanceId(row.text(4));
    draft.position = row.text(5);
    draft.language = row.text(6);
    draft.title = row.text(7);
    draft.started = instant(row, 8);
    draft.changed = instant(row, 9);
    if (!row.is_null(10)) draft.corrects = row.digest<RevisionId>(10);
    if (with_xml) draft.xml = row.text(11);
    return draft;
}

Error no_draft() {
    return fail(ErrorCode::kNotFound, "this draft does not exist (any more)");
}

}  // namespace

Result<std::vector<FormSummary>> CollectorStore::forms() {
    TRY(ready());
    TRY_ASSIGN(Statement row, db_->query("SELECT id, version, hash, title, withdrawn, received"
                                         " FROM form ORDER BY received DESC, rowid DESC"));
    std::vector<FormSummary> found;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) return found;
        found.push_back({{row.text(0), row.text(1)},
                         row.digest<FormHash>(2),
                         row.text(3),
                         row.integer(4) != 0,
                         instant(row, 5)});
    }
}

Result<PublishedForm> CollectorStore::form(const FormRef& ref) {
    TRY(ready());
    TRY_ASSIGN(Statement row, db_->query("SELECT body, withdrawn FROM form WHERE id = ?1"
                                         " AND version = ?2",
                                         ref.id, ref.version));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) {
        return fail(ErrorCode::kNotFound, "the form \"" + ref.id + "\", version \"" + ref.version +
                                              "\", is not on this device");
    }
    auto form = codec::decode<PublishedForm>(row.bytes(0));
    if (!form) return std::move(form).error().during("reading a stored form");
    form->withdrawn = row.integer(1) != 0;
    return form;
}

Result<void> CollectorStore::add_form(const PublishedForm& form) {
    PublishedForm stored = form;
    stored.hash = FormHash{blake2b_256(form.xml)};
    return in_transaction([&]() -> Result<void> {
        TRY_ASSIGN(Statement row, db_->query("SELECT hash FROM form WHERE id = ?1 AND version = ?2",
                                             form.ref.id, form.ref.version));
        TRY_ASSIGN(const bool found, row.step());
        if (found && row.digest<FormHash>(0) != stored.hash) {
            return fail(ErrorCode::kConflict, "the form \"" + form.ref.id + "\", version \"" +
                                                  form.ref.version +
                                                  "\", is here already with another content");
        }
        return found ? Result<void>() : put_form_within(stored);
    });
}

Result<void> CollectorStore::put_form_within(const PublishedForm& form) {
    const std::string body = codec::encode(form);
    if (!codec::decode<PublishedForm>(body)) {
        return fail(
            ErrorCode::kInvalidInput,
            "the form cannot be kept: it is over 32 MiB with its media, has no id, or holds "
            "text that is not UTF-8");
    }
    TRY(
        db_->run("INSERT INTO form(id, version, hash, title, withdrawn, received, body)"
                 " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id, version) DO UPDATE SET"
                 " hash = excluded.hash, title = excluded.title, withdrawn = excluded.withdrawn,"
                 " body = excluded.body",
                 form.ref.id, form.ref.version, form.hash, form.title, form.withdrawn, now_ms(),
                 Blob{body}));
    return {};
}

Result<Draft> CollectorStore::start_draft(const NewDraft& start) {
    return in_transaction([&]() -> Result<Draft> {
        TRY_ASSIGN(Statement row, db_->query("SELECT hash FROM form WHERE id = ?1 AND version = ?2",
                                             start.form.id, start.form.version));
        TRY_ASSIGN(const bool found, row.step());
        if (!found) {
            return fail(ErrorCode::kNotFound,
                        "the form \"" + start.form.id + "\" is not on this device");
        }
        Draft draft;
        draft.form = start.form;
        draft.form_hash = row.digest<FormHash>(0);
        draft.instance =
            start.instance.empty() ? make_instance_id(now_ms(), random_) : start.instance;
        draft.xml = start.xml;
        draft.language = start.language;
        return insert_draft_within(std::move(draft));
    });
}

Result<Draft> CollectorStore::insert_draft_within(Draft draft) {
    draft.id = DraftId(uuid_v4(random_));
    draft.started = draft.changed = clock_.now();
    TRY(
        db_->run("INSERT INTO draft(id, form_id, form_version, form_hash, instance, xml, position,"
                 " language, title, started, changed, corrects)"
                 " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11)",
                 draft.id, draft.form.id, draft.form.version, draft.form_hash, draft.instance,
                 draft.xml, draft.position, draft.language, draft.title, now_ms(), draft.corrects));
    TRY(put_remarks_within(draft.id, draft.remarks));
    return draft;
}

Result<void> CollectorStore::put_remarks_within(const DraftId& id,
                                                const std::vector<Remark>& remarks) {
    for (const Remark& remark : remarks) {
        TRY(db_->run("INSERT INTO remark(draft, ref, text) VALUES(?1, ?2, ?3)", id, remark.ref,
                     remark.text));
    }
    return {};
}

Result<void> CollectorStore::save_draft(const DraftId& id, const DraftState& state) {
    return in_transaction([&]() -> Result<void> {
        TRY_ASSIGN(const std::int64_t found,
                   db_->run("UPDATE draft SET xml = ?2, position = ?3, language = ?4, title = ?5,"
                            " changed = ?6 WHERE id = ?1",
                            id, state.xml, state.position, state.language, state.title, now_ms()));
        if (found != 1) return no_draft();
        if (!state.remarks) return {};
        TRY(db_->run("DELETE FROM remark WHERE draft = ?1", id));
        return put_remarks_within(id, *state.remarks);
    });
}

Result<Draft> CollectorStore::draft(const DraftId& id) {
    TRY(ready());
    TRY_ASSIGN(Statement row, db_->query(DRAFT_COLUMNS " WHERE id = ?1", id));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return no_draft();
    Draft draft = read_draft(row, true);
    TRY_ASSIGN(Statement remark,
               db_->query("SELECT ref, text FROM remark WHERE draft = ?1 ORDER BY ref", id));
    while (true) {
        TRY_ASSIGN(const bool more, remark.step());
        if (!more) return draft;
        draft.remarks.push_back({remark.text(0), remark.text(1)});
    }
}

Result<std::vector<Draft>> CollectorStore::drafts() {
    TRY(ready());
    TRY_ASSIGN(Statement row, db_->query(DRAFT_COLUMNS " ORDER BY changed DESC, rowid DESC"));
    std::vector<Draft> found;
    while (true) {
        TRY_ASSIGN(const bool more, row.step());
        if (!more) return found;
        found.push_back(read_draft(row, false));
    }
}

Result<void> CollectorStore::delete_draft(const DraftId& id) {
    return in_transaction([&]() -> Result<void> {
        TRY(db_->run("DELETE FROM draft WHERE id = ?1", id));
        return forget_unused_files_within();
    });
}

}  // namespace survey::collector

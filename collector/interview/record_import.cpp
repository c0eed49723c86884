#include "collector/interview/record_import.h"

#include <utility>

#include "common/model/revision.h"
#include "forms/xform/load.h"

namespace survey::collector {

RecordImport::RecordImport(CollectorStore& store, const forms::SessionEnvironment& environment,
                           FormRef ref, std::unique_ptr<StoredMedia> media,
                           std::shared_ptr<const forms::FormDefinition> form)
    : store_(&store),
      environment_(environment),
      ref_(std::move(ref)),
      media_(std::move(media)),
      form_(std::move(form)) {
    environment_.media = media_.get();
}

Result<RecordImport> RecordImport::open(CollectorStore& store,
                                        forms::SessionEnvironment environment,
                                        const FormRef& form) {
    TRY_ASSIGN(PublishedForm published, store.form(form));
    forms::LoadedForm loaded = forms::load_xform(published.xml);
    if (!loaded.form) {
        return fail(ErrorCode::kCorrupt, "the form \"" + form.id + "\" cannot be opened: " +
                                             describe(loaded.diagnostics.front()));
    }
    return RecordImport(store, environment, form,
                        std::make_unique<StoredMedia>(std::move(published.media)),
                        std::move(loaded.form));
}

Result<ImportedRecord> RecordImport::take(const std::string& xml) {
    forms::OpenOptions options;
    options.mode = forms::OpenOptions::Mode::kRestore;
    options.xml = xml;
    TRY_ASSIGN(forms::FormSession session, forms::FormSession::open(form_, environment_, options));
    const InstanceId instance(session.instance_id());
    // A record without one was given one by the session, and would be given another the next time.
    if (!is_instance_id(instance.text()) || xml.find(instance.text()) == std::string::npos) {
        return fail(ErrorCode::kInvalidInput,
                    "it has no instanceID, so it could not be told from a second copy");
    }
    const auto violations = session.validate();
    if (!violations.empty()) {
        const bool required = violations.front().kind == forms::ViolationKind::kRequired;
        return fail(ErrorCode::kInvalidInput,
                    violations.front().ref +
                        (required ? " is required and blank" : " breaks its constraint"));
    }
    Finished finished;
    finished.content = session.serialize();
    if (finished.content.size() > kContentBytesMax) {
        return fail(ErrorCode::kLimit,
                    "it has more than " + std::to_string(kContentBytesMax) + " bytes");
    }
    const auto known = store_->interview(instance);
    if (known) {
        TRY_ASSIGN(const std::string content, store_->content(instance));
        if (content == finished.content) return ImportedRecord{known->rev, false};
        return fail(ErrorCode::kConflict,
                    "an interview of this name is here already, with other answers");
    }
    if (known.error().code != ErrorCode::kNotFound) return known.error();
    if (form_->instance_name != forms::kNoRef) {
        if (const auto name = session.find(form_->nodes[form_->instance_name].path)) {
            finished.title = session.state(*name).value;
        }
    }
    TRY_ASSIGN(const DraftId draft, draft_for(instance, xml));
    auto revision = store_->finalise(draft, finished);
    if (revision) return ImportedRecord{*revision, true};
    // Should this fail as well, the next import of the record takes the draft up again.
    static_cast<void>(store_->delete_draft(draft));
    return std::move(revision).error();
}

Result<DraftId> RecordImport::draft_for(const InstanceId& instance, const std::string& xml) {
    TRY_ASSIGN(const std::vector<Draft> drafts, store_->drafts());
    for (const Draft& draft : drafts) {
        if (draft.instance != instance) continue;
        TRY_ASSIGN(const Draft whole, store_->draft(draft.id));
        if (whole.xml == xml && whole.position.empty()) return draft.id;
        return fail(ErrorCode::kConflict,
                    "an interview of this name is here as a draft; finish or delete that first");
    }
    NewDraft start;
    start.form = ref_;
    start.xml = xml;
    start.instance = instance;
    TRY_ASSIGN(const Draft draft, store_->start_draft(start));
    return draft.id;
}

}  // namespace survey::collector

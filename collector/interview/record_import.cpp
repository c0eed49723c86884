#include "collector/interview/record_import.h"

#include <utility>

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

Result<RevisionId> RecordImport::take(const std::string& xml) {
    forms::OpenOptions options;
    options.mode = forms::OpenOptions::Mode::kRestore;
    options.xml = xml;
    TRY_ASSIGN(forms::FormSession session, forms::FormSession::open(form_, environment_, options));
    const auto violations = session.validate();
    if (!violations.empty()) {
        const bool required = violations.front().kind == forms::ViolationKind::kRequired;
        return fail(ErrorCode::kInvalidInput,
                    violations.front().ref +
                        (required ? " is required and blank" : " breaks its constraint"));
    }
    NewDraft start;
    start.form = ref_;
    start.xml = xml;
    start.instance = InstanceId(session.instance_id());
    TRY_ASSIGN(const Draft draft, store_->start_draft(start));
    Finished finished;
    finished.content = session.serialize();
    if (form_->instance_name != forms::kNoRef) {
        if (const auto name = session.find(form_->nodes[form_->instance_name].path)) {
            finished.title = session.state(*name).value;
        }
    }
    return store_->finalise(draft.id, finished);
}

}  // namespace survey::collector

#include "collector/interview/open_interview.h"

#include <algorithm>
#include <utility>

#include "common/base/plain_text.h"
#include "forms/xform/load.h"

namespace survey::collector {

namespace {

using forms::FormEvent;

// Spelled in drafts on disk: never change a word.
constexpr std::pair<FormEvent::Kind, std::string_view> kEventWords[] = {
    {FormEvent::Kind::kBeginning, "beginning"},
    {FormEvent::Kind::kGroup, "group"},
    {FormEvent::Kind::kRepeat, "repeat"},
    {FormEvent::Kind::kQuestion, "question"},
    {FormEvent::Kind::kPromptNewRepeat, "prompt-new-repeat"},
    {FormEvent::Kind::kEnd, "end"},
};

forms::SerializeOptions draft_options() {
    return {.include_non_relevant = true};
}

}  // namespace

OpenInterview::OpenInterview(CollectorStore& store, const Draft& draft, Opened opened)
    : store_(&store),
      draft_(draft.id),
      is_correction_(draft.corrects.has_value()),
      media_(std::move(opened.media)),
      session_(std::move(opened.session)) {}

Result<OpenInterview::Opened> OpenInterview::load(CollectorStore& store,
                                                  forms::SessionEnvironment environment,
                                                  const FormRef& form,
                                                  const forms::OpenOptions& options) {
    TRY_ASSIGN(PublishedForm published, store.form(form));
    forms::LoadedForm loaded = forms::load_xform(published.xml);
    if (!loaded.form) {
        return fail(ErrorCode::kCorrupt, "the form \"" + form.id + "\" cannot be opened: " +
                                             describe(loaded.diagnostics.front()));
    }
    auto media = std::make_unique<StoredMedia>(std::move(published.media));
    environment.media = media.get();
    TRY_ASSIGN(forms::FormSession session,
               forms::FormSession::open(loaded.form, environment, options));
    return Opened{std::move(media), std::move(session)};
}

Result<OpenInterview> OpenInterview::begin(
    CollectorStore& store, const forms::SessionEnvironment& environment, const FormRef& form,
    const std::string& language, const std::vector<std::pair<std::string, std::string>>& properties,
    const std::vector<std::pair<std::string, std::string>>& defaults) {
    forms::OpenOptions options;
    options.defaults = defaults;
    options.language = language;
    options.properties = properties;
    TRY_ASSIGN(Opened opened, load(store, environment, form, options));
    NewDraft start;
    start.form = form;
    start.xml = opened.session.serialize(draft_options());
    start.language = opened.session.language();
    start.instance = InstanceId(opened.session.instance_id());
    TRY_ASSIGN(const Draft draft, store.start_draft(start));
    return OpenInterview(store, draft, std::move(opened));
}

Result<OpenInterview> OpenInterview::resume(CollectorStore& store,
                                            const forms::SessionEnvironment& environment,
                                            const DraftId& id) {
    TRY_ASSIGN(const Draft draft, store.draft(id));
    return open(store, environment, draft);
}

Result<OpenInterview> OpenInterview::correct(CollectorStore& store,
                                             const forms::SessionEnvironment& environment,
                                             const InstanceId& instance) {
    TRY_ASSIGN(const Draft draft, store.reopen(instance));
    return open(store, environment, draft);
}

Result<OpenInterview> OpenInterview::open(CollectorStore& store,
                                          const forms::SessionEnvironment& environment,
                                          const Draft& draft) {
    forms::OpenOptions options;
    // The instance keeps its name through a correction: the revision's parent says what it
    // replaces.
    options.mode = forms::OpenOptions::Mode::kRestore;
    options.xml = draft.xml;
    options.language = draft.language;
    TRY_ASSIGN(Opened opened, load(store, environment, draft.form, options));
    OpenInterview interview(store, draft, std::move(opened));
    interview.restore_position(draft.position);
    for (const Remark& remark : draft.remarks) {
        // A question that the form no longer has keeps no remark.
        if (const auto node = interview.session_.find(remark.ref)) {
            interview.remarks_[*node] = remark.text;
        }
    }
    return interview;
}

Result<forms::Change> OpenInterview::answer(forms::NodeId node, std::string_view lexical) {
    std::map<std::string, std::string> before;
    for (const auto& [on, text] : remarks_) {
        if (session_.exists(on)) before[session_.state(on).ref] = text;
    }
    TRY_ASSIGN(forms::Change change, session_.set_value(node, lexical));
    if (follow_entries(before)) remarks_changed_ = true;
    TRY(save());
    return change;
}

Result<forms::Change> OpenInterview::overrule(forms::NodeId node, std::string_view reason) {
    TRY_ASSIGN(forms::Change change, session_.overrule(node, reason));
    TRY(save());
    return change;
}

Result<forms::NodeId> OpenInterview::add_repeat(forms::NodeId range) {
    forms::Change change;
    TRY_ASSIGN(const forms::NodeId added, session_.add_repeat(range, forms::kNoNodeId, change));
    TRY(save());
    return added;
}

Result<forms::Change> OpenInterview::remove_repeat(forms::NodeId instance) {
    TRY_ASSIGN(forms::Change change, session_.remove_repeat(instance));
    std::erase_if(remarks_, [&](const auto& remark) { return !session_.exists(remark.first); });
    waiting_remarks_.clear();  // Paths have moved: they might return on another entry.
    // Even a remark that stays may now stand on another path.
    remarks_changed_ = true;
    TRY(save());
    return change;
}

Result<void> OpenInterview::set_remark(forms::NodeId node, std::string_view text) {
    remarks_changed_ = true;
    if (text.empty()) {
        remarks_.erase(node);
        return save();
    }
    // What a revision does not take must not wait for the end, where it would hold up the
    // interview.
    if (text.size() > kRemarkBytesMax) {
        return fail(ErrorCode::kInvalidInput,
                    "a remark has at most " + std::to_string(kRemarkBytesMax) + " bytes");
    }
    if (!is_plain_text(text)) {
        return fail(ErrorCode::kInvalidInput, "a remark is UTF-8 text without control characters");
    }
    if (remarks_.size() >= kRemarksMax && remarks_.find(node) == remarks_.end()) {
        return fail(ErrorCode::kInvalidInput,
                    "an interview has at most " + std::to_string(kRemarksMax) + " remarks");
    }
    remarks_[node] = std::string(text);
    return save();
}

std::string OpenInterview::remark_on(forms::NodeId node) const {
    const auto found = remarks_.find(node);
    return found == remarks_.end() ? std::string() : found->second;
}

Result<void> OpenInterview::set_language(std::string_view language) {
    TRY(session_.set_language(language));
    return save();
}

Result<void> OpenInterview::move_to(const forms::FormEvent& event) {
    position_ = event;
    return save();
}

Result<FinaliseOutcome> OpenInterview::finalise() {
    forms::Change change;
    forms::Finalised record = session_.finalise(change);
    if (!record.violations.empty()) {
        TRY(save());
        return FinaliseOutcome(std::move(record.violations));
    }
    return finish(std::move(record));
}

Result<FinaliseOutcome> OpenInterview::finalise_record(CollectorStore& store,
                                                       const forms::SessionEnvironment& environment,
                                                       const DraftId& id,
                                                       const std::string& record) {
    TRY_ASSIGN(Draft draft, store.draft(id));
    draft.xml = record;
    TRY_ASSIGN(OpenInterview interview, open(store, environment, draft));
    if (interview.session_.instance_id() != draft.instance.text())
        return fail(ErrorCode::kConflict, "these answers belong to another interview");
    forms::Change change;
    forms::Finalised judged = interview.session_.finalise(change);
    if (!judged.violations.empty()) return FinaliseOutcome(std::move(judged.violations));
    return interview.finish(std::move(judged));
}

Result<FinaliseOutcome> OpenInterview::finish(forms::Finalised record) {
    // Finishing evaluates once more; a remark on an entry that went does not go with the record.
    if (!remarks_.empty()) {
        remarks_changed_ = true;
        TRY(save());
    }
    if (record.xml.size() > kContentBytesMax) {
        return fail(ErrorCode::kLimit,
                    "the answers are longer than one interview may be; the draft is kept, please "
                    "shorten the longest texts");
    }
    Finished finished;
    finished.content = std::move(record.xml);
    finished.title = record.instance_name;
    TRY_ASSIGN(std::vector<Attachment> files, store_->draft_files(draft_));
    for (Attachment& file : files) {
        const auto& named = record.attachments;
        const bool is_named = std::find(named.begin(), named.end(), file.name) != named.end();
        if (is_named) finished.attachments.push_back(std::move(file));
    }
    TRY_ASSIGN(const RevisionId revision, store_->finalise(draft_, finished));
    return FinaliseOutcome(revision);
}

Result<void> OpenInterview::save() {
    std::string title;
    if (const forms::NodeRef name = session_.form().instance_name; name != forms::kNoRef) {
        if (const auto node = session_.find(session_.form().nodes[name].path)) {
            title = session_.state(*node).value;
        }
    }
    DraftState state{session_.serialize(draft_options()), position_text(), session_.language(),
                     std::move(title), std::nullopt};
    if (remarks_changed_) state.remarks = remarks_by_path();
    auto saved = store_->save_draft(draft_, state);
    if (!saved) return std::move(saved).error().during("saving the draft");
    remarks_changed_ = false;
    return {};
}

std::vector<Remark> OpenInterview::remarks_by_path() const {
    std::vector<Remark> remarks;
    for (const auto& [node, text] : remarks_) {
        // Whatever took an entry away took its remarks too.
        if (session_.exists(node)) remarks.push_back({session_.state(node).ref, text});
    }
    std::sort(remarks.begin(), remarks.end(),
              [](const Remark& a, const Remark& b) { return a.ref < b.ref; });
    return remarks;
}

bool OpenInterview::follow_entries(const std::map<std::string, std::string>& before) {
    bool moved = std::erase_if(remarks_, [&](const auto& remark) {
                     return !session_.exists(remark.first);
                 }) > 0;
    if (moved) {
        for (const auto& [ref, text] : before) {
            if (!session_.find(ref)) waiting_remarks_[ref] = text;
        }
    }
    for (auto waiting = waiting_remarks_.begin(); waiting != waiting_remarks_.end();) {
        const auto node = session_.find(waiting->first);
        if (!node) {
            ++waiting;
            continue;
        }
        remarks_[*node] = waiting->second;
        waiting = waiting_remarks_.erase(waiting);
        moved = true;
    }
    return moved;
}

std::string OpenInterview::position_text() const {
    for (const auto& [kind, word] : kEventWords) {
        if (kind != position_.kind) continue;
        std::string text(word);
        if (position_.node != forms::kNoNodeId && session_.exists(position_.node)) {
            text += ' ' + session_.state(position_.node).ref;
        }
        return text;
    }
    return "beginning";
}

void OpenInterview::restore_position(const std::string& text) {
    const std::string word = text.substr(0, text.find(' '));
    for (const auto& [kind, spelling] : kEventWords) {
        if (word != spelling) continue;
        FormEvent event{kind, forms::kNoNodeId};
        if (word.size() < text.size()) {
            const auto node = session_.find(text.substr(word.size() + 1));
            if (!node) return;
            event.node = *node;
            // Without a position a repeat's path may mean its first instance.
            if (kind == FormEvent::Kind::kPromptNewRepeat &&
                session_.state(*node).role == forms::NodeRole::kRepeatInstance) {
                event.node = session_.state(*node).parent;
            }
        }
        // The form may have changed under the draft: only a stop that still exists counts.
        for (const FormEvent& known : session_.events()) {
            if (known == event) position_ = event;
        }
        return;
    }
}

}  // namespace survey::collector

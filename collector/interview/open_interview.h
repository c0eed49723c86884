#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "collector/interview/stored_media.h"
#include "collector/store/collector_store.h"
#include "common/base/result.h"
#include "forms/runtime/form_session.h"

namespace survey::collector {

/// What came of wanting to finish: the interview is saved as finalised, or these stand against it.
using FinaliseOutcome = std::variant<RevisionId, std::vector<forms::Violation>>;

/// One interview on this device: a form session whose every change is a saved draft before the call
/// returns. After the process dies at any moment, `resume` brings back everything that a call had
/// answered for. One thread; store and environment outlive it.
class OpenInterview {
  public:
    /// A new interview. \param language the form's language to start with; empty: its default.
    /// \param defaults path and value of what is known already.
    static Result<OpenInterview> begin(
        CollectorStore& store, const forms::SessionEnvironment& environment, const FormRef& form,
        const std::string& language,
        const std::vector<std::pair<std::string, std::string>>& properties,
        const std::vector<std::pair<std::string, std::string>>& defaults = {});
    /// A draft, at the place where the person was.
    static Result<OpenInterview> resume(CollectorStore& store,
                                        const forms::SessionEnvironment& environment,
                                        const DraftId& draft);
    /// A finalised interview, opened again to be corrected; finishing it makes a new revision.
    static Result<OpenInterview> correct(CollectorStore& store,
                                         const forms::SessionEnvironment& environment,
                                         const InstanceId& instance);

    const forms::FormSession& session() const { return session_; }
    const DraftId& draft() const { return draft_; }
    bool is_correction() const { return is_correction_; }

    // Changes. Each saves the draft; on failure of the disk the answer stays on the screen only,
    // and the error says so.
    Result<forms::Change> answer(forms::NodeId node, std::string_view lexical);
    /// Keeps an answer against its warning (FormSession::overrule).
    Result<forms::Change> overrule(forms::NodeId node, std::string_view reason);
    Result<forms::NodeId> add_repeat(forms::NodeId range);
    Result<forms::Change> remove_repeat(forms::NodeId instance);
    Result<void> set_language(std::string_view language);

    /// A remark of the interviewer on a question; goes with the submission, is no answer of the
    /// form. An empty text takes it away. kInvalidInput: too long, too many, or no text; nothing
    /// has changed then.
    Result<void> set_remark(forms::NodeId node, std::string_view text);
    std::string remark_on(forms::NodeId node) const;

    // Where the person is. Saved with the draft.
    const forms::FormEvent& position() const { return position_; }
    Result<void> move_to(const forms::FormEvent& event);

    /// Validates; then revision, outbox and the end of the draft in one transaction. kLimit: more
    /// than kContentBytesMax of answers; the draft stays. Files of the draft that an answer names
    /// go with the interview, the others are forgotten.
    Result<FinaliseOutcome> finalise();
    /// Finalises a draft by the record that another engine made of it, after judging it again. With
    /// violations or a failure the draft stays as it was saved. kConflict: the record is another
    /// interview's; otherwise as above.
    static Result<FinaliseOutcome> finalise_record(CollectorStore& store,
                                                   const forms::SessionEnvironment& environment,
                                                   const DraftId& draft, const std::string& record);

  private:
    /// A session and the files of its form, which it refers to.
    struct Opened {
        std::unique_ptr<StoredMedia> media;
        forms::FormSession session;
    };

    OpenInterview(CollectorStore& store, const Draft& draft, Opened opened);

    static Result<OpenInterview> open(CollectorStore& store,
                                      const forms::SessionEnvironment& environment,
                                      const Draft& draft);
    static Result<Opened> load(CollectorStore& store, forms::SessionEnvironment environment,
                               const FormRef& form, const forms::OpenOptions& options);
    Result<void> save();
    Result<FinaliseOutcome> finish(forms::Finalised record);
    std::vector<Remark> remarks_by_path() const;
    /// A count that fell takes entries away and gives them back as new nodes when it rises: their
    /// remarks wait by path. \param before path and text of all remarks before the change.
    /// \return whether a remark went or came back.
    bool follow_entries(const std::map<std::string, std::string>& before);
    std::string position_text() const;
    void restore_position(const std::string& text);

    CollectorStore* store_;
    DraftId draft_;
    bool is_correction_;
    std::unique_ptr<StoredMedia> media_;  // before the session: it refers to it
    forms::FormSession session_;
    forms::FormEvent position_;
    std::map<forms::NodeId, std::string> remarks_;        // by node: paths change when entries go
    bool remarks_changed_ = false;                        // since the last save
    std::map<std::string, std::string> waiting_remarks_;  // by path, on entries that may return
};

}  // namespace survey::collector

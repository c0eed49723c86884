#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "common/base/result.h"
#include "sync-server/ingest/ingest.h"
#include "sync-server/links/answer_sheet.h"
#include "sync-server/links/link.h"
#include "sync-server/links/project.h"

namespace survey::server {

/// The server's word that an answer is safe. The same for the same answer, however often it comes.
struct AnswerReceipt {
    std::string instance;
    std::string revision;
    std::uint64_t sequence = 0;
    std::string day;     ///< Of its arrival, in the project's time zone.
    std::string sha256;  ///< Of the answer's XML.
    bool duplicate = false;
};

/// Files that have to come first, by their SHA-256.
struct MissingFiles {
    std::vector<std::string> sha256;
};

/// Why nothing new is taken.
struct NotTaken {
    LinkState state = LinkState::kClosed;
};

/// Its erasure was asked for: it is not kept again.
struct Erased {};

using AnswerOutcome = std::variant<AnswerReceipt, MissingFiles, NotTaken, Erased>;

/// Takes answers that come by a link. They go through the same judge as those of devices; what
/// breaks a rule of the form is stored apart and gets its receipt all the same, since nobody could
/// mend it any more. Kept with them: the link, the day. Any thread.
///
/// An answer that counts is final: another content under its instance is kConflict. One that was
/// set apart is replaced by what comes later under its instance.
class LinkAnswers {
  public:
    LinkAnswers(Store& store, Ingest& ingest, const Clock& clock, const Project& project)
        : store_(store), ingest_(ingest), clock_(clock), project_(project) {}

    /// kInvalidInput: it is about another questionnaire than the link's.
    Result<AnswerOutcome> take(const Link& link, const AnswerSheet& sheet);

  private:
    Result<bool> add_files(const AnswerSheet& sheet, RevisionEnvelope& envelope,
                           MissingFiles& missing);
    Instant judged_as_of(const AnswerSheet& sheet) const;
    Result<AnswerReceipt> receipt(const AnswerSheet& sheet, const PushResult& result);

    Store& store_;
    Ingest& ingest_;
    const Clock& clock_;
    const Project& project_;
};

}  // namespace survey::server

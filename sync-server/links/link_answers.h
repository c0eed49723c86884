#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "common/base/result.h"
#include "common/http/rate_limit.h"
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

/// It breaks the form's rules, and this link has brought all of that kind that a day bears.
struct TooManyOdd {
    int retry_after_s = 0;
};

using AnswerOutcome = std::variant<AnswerReceipt, MissingFiles, NotTaken, Erased, TooManyOdd>;

/// Takes answers that come by a link. They go through the same judge as those of devices; what
/// breaks a rule of the form is stored apart and gets its receipt all the same, since nobody could
/// mend it any more. Kept with them: the link, the day. Any thread.
///
/// An answer that counts is final: another content under its instance is kConflict. One that was
/// set apart is replaced by what comes later under its instance.
class LinkAnswers {
  public:
    LinkAnswers(Store& store, Ingest& ingest, const Clock& clock, const Project& project)
        : store_(store),
          ingest_(ingest),
          clock_(clock),
          project_(project),
          odd_bytes_(clock, kOddBytes) {}

    /// kInvalidInput: it is about another questionnaire than the link's.
    /// \param has_room whether the disk has room for what does not count. What counts is taken to
    /// the last byte.
    Result<AnswerOutcome> take(const Link& link, const AnswerSheet& sheet, bool has_room);

  private:
    Result<bool> add_files(const AnswerSheet& sheet, RevisionEnvelope& envelope,
                           MissingFiles& missing);
    /// As the browser says, within reason, or today.
    std::chrono::year_month_day day_of_answer(const AnswerSheet& sheet) const;
    Result<AnswerReceipt> receipt(const AnswerSheet& sheet, const PushResult& result);

    Store& store_;
    Ingest& ingest_;
    const Clock& clock_;
    const Project& project_;

    /// Bytes of answers that were set apart, with their files, by link: nobody reads more of them
    /// in a day, and whoever has only a poster cannot fill a disk in a night. A form that went out
    /// with a wrong rule still brings two hundred thousand texts, or three hundred with pictures.
    static constexpr double kOddBytesPerDay = 2.0 * 1024 * 1024 * 1024;
    static constexpr RateLimit::Rule kOddBytes{kOddBytesPerDay, kOddBytesPerDay / (24 * 60 * 60)};
    RateLimit odd_bytes_;
};

}  // namespace survey::server

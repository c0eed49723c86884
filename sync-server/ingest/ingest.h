#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/crypto/crypto.h"
#include "common/sync/messages.h"
#include "forms/definition/diagnostic.h"
#include "sync-server/ingest/form_library.h"
#include "sync-server/ingest/judge.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// What became of a form that somebody wants to publish.
struct PublishOutcome {
    bool published = false;  ///< False: there are errors among the diagnostics.
    FormRef ref;
    FormHash hash;
    std::string title;
    std::vector<forms::Diagnostic> diagnostics;
};

/// What comes in: revisions from devices, forms from the office. Checks and computes before the
/// store's transaction, so that the transaction is short. Any thread.
class Ingest {
  public:
    Ingest(Store& store, FormLibrary& library, const Bytes32& organisation_key)
        : store_(store), judge_(library, organisation_key) {}

    /// Stores whatever is authentic; odd items are set apart with a reason, never refused.
    /// kConflict: the epoch is not this server's; kForbidden: the writer is not the device's;
    /// kLimit: more items than a push may have.
    Result<PushReply> push(const Device& device, PushRequest request);

    /// Stores an answer that came without a device, judged as of its `wall_clock`; what is kept is
    /// `kept_clock`. Odd ones are set apart, as a device's are. Failures are those of
    /// Store::submit.
    Result<PushResult> submit(RevisionEnvelope envelope, Instant kept_clock, const Intake& intake);

    /// Takes a workbook or an ODK XForm, tells all findings, and publishes it if none is an error.
    /// Submissions that waited for this version are judged again.
    /// kConflict: the id and version belong to another text.
    /// \param fallback_id for a workbook that names no form id.
    Result<PublishOutcome> publish(std::string_view bytes, const std::string& fallback_id);

  private:
    Result<void> judge_waiting(const FormRef& ref);

    Store& store_;
    Judge judge_;
};

/// Most items of one push; a device plans for a hundred.
inline constexpr std::size_t kPushItemsMax = 100;

}  // namespace survey::server

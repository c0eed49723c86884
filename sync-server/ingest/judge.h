#pragma once

#include "common/base/result.h"
#include "common/crypto/crypto.h"
#include "common/model/revision.h"
#include "sync-server/ingest/form_library.h"
#include "sync-server/store/records.h"

namespace survey::server {

/// Looks at a submission as its form does: the same engine that ran on the device runs again over
/// what arrived. Nothing is refused; what breaks a rule is kept apart with the reason. Any thread.
class Judge {
  public:
    Judge(FormLibrary& library, const Bytes32& organisation_key)
        : library_(library), organisation_key_(organisation_key) {}

    /// Fails only if the form could not be looked up just now (kUnavailable, kCorrupt).
    Result<Judgement> judge(const RevisionEnvelope& envelope) const;

  private:
    FormLibrary& library_;
    Bytes32 organisation_key_;
};

}  // namespace survey::server

#pragma once

#include "common/base/clock.h"
#include "sync-server/api/authentication.h"
#include "sync-server/files/answer_files.h"
#include "sync-server/ingest/ingest.h"
#include "sync-server/links/link_desk.h"
#include "sync-server/results/results.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// What handlers work with. All of it may be used from any thread.
struct Services {
    Store& store;
    Ingest& ingest;
    Results& results;
    LinkDesk& links;
    AnswerFiles& files;
    Sessions& sessions;
    const AccessTokens& tokens;
    const Clock& clock;
};

}  // namespace survey::server

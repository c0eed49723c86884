#pragma once

#include <cstddef>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "sync-server/links/project.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// Keeps what the first page promises: erases the answers by link that arrived `keep_days` ago or
/// earlier, counted in whole days. Nothing where no period is set. Returns how many.
Result<std::size_t> erase_expired(Store& store, const Project& project, Instant now);

}  // namespace survey::server

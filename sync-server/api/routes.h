#pragma once

#include <vector>

#include "sync-server/api/router.h"
#include "sync-server/api/services.h"

namespace survey::server {

/// Everything the server answers to. Adding a call is adding a row here and a handler in the file
/// of its resource. `services` outlives the routes.
std::vector<Route> routes(Services& services);

}  // namespace survey::server

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/db/database.h"

namespace survey::server {

/// The server's tables, version by version.
Schema server_schema();

}  // namespace survey::server

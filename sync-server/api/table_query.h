#pragma once

#include "common/base/result.h"
#include "common/http/request.h"
#include "sync-server/results/form_results.h"

namespace survey::server {

/// The table that an address asks for: `row`, `column`, `filter=question:option` (repeated for more
/// options of the same question), `mean`. Empty parameters are as good as none, for browsers send
/// them. kInvalidInput: no row, or filters of several questions.
Result<TableQuestion> read_table_query(const Request& request);

}  // namespace survey::server

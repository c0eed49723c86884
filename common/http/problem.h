#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/http/reply.h"
#include "common/http/request.h"

namespace survey {

/// The only place where an ErrorCode becomes an HTTP status and a public text.
///
/// No status ever makes a device drop data: it keeps everything and, by status, tries a smaller
/// batch (413), asks for an update (426), waits (429, 503) or tells its user (401, 403).

/// The status for a failure of that kind.
int http_status(ErrorCode code);

/// Body: {"code": …, "message": …, "request": …}. Failures of the caller carry their own message,
/// failures of ours (kCorrupt, kUnavailable) only a general one: theirs goes to the log.
Reply problem(const Error& error, const Request& request);

/// 401 for a call without valid credentials.
Reply credentials_needed(const Request& request);
/// 429 for a call over a rate limit.
Reply too_many_calls(const Request& request, int retry_after_s);

/// A problem that has no ErrorCode because it is about HTTP itself: 404 for an unknown address,
/// 405, 400 for broken framing. `code` is a stable word for programs.
Reply http_problem(int status, std::string_view code, std::string_view message,
                   std::string_view request_id);

/// Whether the error's own message may be shown to the caller.
bool is_public(ErrorCode code);
/// What is said instead of a message that may not.
std::string public_message(ErrorCode code);

}  // namespace survey

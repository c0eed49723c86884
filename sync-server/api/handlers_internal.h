#pragma once

#include "common/base/result.h"
#include "sync-server/api/reply.h"
#include "sync-server/api/request.h"
#include "sync-server/api/services.h"

namespace survey::server {

// device_calls.cpp: wire messages of common/codec.
Result<Reply> handle_health(Services& services, const Request& request);
Result<Reply> handle_enrol(Services& services, const Request& request);
Result<Reply> handle_hello(Services& services, const Request& request);
Result<Reply> handle_push(Services& services, const Request& request);
Result<Reply> handle_pull(Services& services, const Request& request);

// form_calls.cpp
Result<Reply> handle_publish(Services& services, const Request& request);
Result<Reply> handle_forms(Services& services, const Request& request);

// office_calls.cpp
Result<Reply> handle_create_codes(Services& services, const Request& request);
Result<Reply> handle_devices(Services& services, const Request& request);
Result<Reply> handle_revoke(Services& services, const Request& request);

// submission_calls.cpp
Result<Reply> handle_revisions(Services& services, const Request& request);
Result<Reply> handle_submission(Services& services, const Request& request);

// result_calls.cpp
Result<Reply> handle_results(Services& services, const Request& request);
Result<Reply> handle_questions(Services& services, const Request& request);
Result<Reply> handle_table(Services& services, const Request& request);

// page_calls.cpp
Result<Reply> handle_root(Services& services, const Request& request);
Result<Reply> handle_asset(Services& services, const Request& request);
Result<Reply> handle_login_page(Services& services, const Request& request);
Result<Reply> handle_login(Services& services, const Request& request);
Result<Reply> handle_logout(Services& services, const Request& request);
Result<Reply> handle_results_page(Services& services, const Request& request);
Result<Reply> handle_table_page(Services& services, const Request& request);

}  // namespace survey::server

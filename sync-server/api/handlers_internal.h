#pragma once

#include "common/base/result.h"
#include "common/http/reply.h"
#include "sync-server/api/routed_call.h"
#include "sync-server/api/services.h"

namespace survey::server {

// device_calls.cpp: wire messages of common/codec.
Result<Reply> handle_health(Services& services, const RoutedCall& request);
Result<Reply> handle_enrol(Services& services, const RoutedCall& request);
Result<Reply> handle_hello(Services& services, const RoutedCall& request);
Result<Reply> handle_push(Services& services, const RoutedCall& request);
Result<Reply> handle_pull(Services& services, const RoutedCall& request);

// form_calls.cpp
Result<Reply> handle_publish(Services& services, const RoutedCall& request);
Result<Reply> handle_forms(Services& services, const RoutedCall& request);

// office_calls.cpp
Result<Reply> handle_create_codes(Services& services, const RoutedCall& request);
Result<Reply> handle_devices(Services& services, const RoutedCall& request);
Result<Reply> handle_revoke(Services& services, const RoutedCall& request);

// submission_calls.cpp
Result<Reply> handle_revisions(Services& services, const RoutedCall& request);
Result<Reply> handle_submission(Services& services, const RoutedCall& request);

// result_calls.cpp
Result<Reply> handle_results(Services& services, const RoutedCall& request);
Result<Reply> handle_questions(Services& services, const RoutedCall& request);
Result<Reply> handle_table(Services& services, const RoutedCall& request);

// page_calls.cpp
Result<Reply> handle_root(Services& services, const RoutedCall& request);
Result<Reply> handle_asset(Services& services, const RoutedCall& request);
Result<Reply> handle_login_page(Services& services, const RoutedCall& request);
Result<Reply> handle_login(Services& services, const RoutedCall& request);
Result<Reply> handle_logout(Services& services, const RoutedCall& request);
Result<Reply> handle_results_page(Services& services, const RoutedCall& request);
Result<Reply> handle_table_page(Services& services, const RoutedCall& request);

}  // namespace survey::server

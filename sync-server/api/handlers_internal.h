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

// link_calls.cpp
Result<Reply> handle_create_link(Services& services, const RoutedCall& request);
Result<Reply> handle_links(Services& services, const RoutedCall& request);
Result<Reply> handle_revoke_link(Services& services, const RoutedCall& request);
Result<Reply> handle_link_picture(Services& services, const RoutedCall& request);

// care_calls.cpp
Result<Reply> handle_erase(Services& services, const RoutedCall& request);
Result<Reply> handle_review(Services& services, const RoutedCall& request);
Result<Reply> handle_withdraw_form(Services& services, const RoutedCall& request);
Result<Reply> handle_alarms(Services& services, const RoutedCall& request);
Result<Reply> handle_backup(Services& services, const RoutedCall& request);

// file_calls.cpp
Result<Reply> handle_have_files(Services& services, const RoutedCall& request);
Result<Reply> handle_put_file(Services& services, const RoutedCall& request);
Result<Reply> handle_submission_file(Services& services, const RoutedCall& request);

// public_calls.cpp
Result<Reply> handle_form_page(Services& services, const RoutedCall& request);
Result<Reply> handle_link_form(Services& services, const RoutedCall& request);
Result<Reply> handle_link_xml(Services& services, const RoutedCall& request);
Result<Reply> handle_link_media(Services& services, const RoutedCall& request);
Result<Reply> handle_link_file(Services& services, const RoutedCall& request);
Result<Reply> handle_link_answer(Services& services, const RoutedCall& request);
Result<Reply> handle_web_asset(Services& services, const RoutedCall& request);
Result<Reply> handle_service_worker(Services& services, const RoutedCall& request);

// submission_calls.cpp
Result<Reply> handle_revisions(Services& services, const RoutedCall& request);
Result<Reply> handle_submission(Services& services, const RoutedCall& request);

// result_calls.cpp
Result<Reply> handle_results(Services& services, const RoutedCall& request);
Result<Reply> handle_questions(Services& services, const RoutedCall& request);
Result<Reply> handle_table(Services& services, const RoutedCall& request);

// page_calls.cpp
Result<Reply> handle_root(Services& services, const RoutedCall& request);
Result<Reply> handle_no_icon(Services& services, const RoutedCall& request);
Result<Reply> handle_asset(Services& services, const RoutedCall& request);
Result<Reply> handle_login_page(Services& services, const RoutedCall& request);
Result<Reply> handle_login(Services& services, const RoutedCall& request);
Result<Reply> handle_logout(Services& services, const RoutedCall& request);
Result<Reply> handle_results_page(Services& services, const RoutedCall& request);
Result<Reply> handle_table_page(Services& services, const RoutedCall& request);

}  // namespace survey::server

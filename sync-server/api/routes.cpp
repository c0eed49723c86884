#include "sync-server/api/routes.h"

#include "sync-server/api/handlers_internal.h"

namespace survey::server {

namespace {

// Largest bodies. A message of a device is at most a push: one MiB of envelopes before compression,
// or one interview above it. A workbook with its lists is far below eight.
constexpr std::size_t kMessage = 64 * 1024;
constexpr std::size_t kPush = 2 * 1024 * 1024;
constexpr std::size_t kForm = 8 * 1024 * 1024;
constexpr std::size_t kSmall = 16 * 1024;
constexpr std::size_t kList = 128 * 1024;  // a thousand hashes

constexpr auto kGet = Method::kGet;
constexpr auto kPost = Method::kPost;
constexpr auto kPut = Method::kPut;

using Call = Result<Reply> (*)(Services& services, const RoutedCall& request);

struct Row {
    Method method;
    std::string_view pattern;
    Access access;
    std::string_view name;
    Call call;
    std::size_t body_bytes_max = 0;
    Face face = Face::kData;
    bool limited = false;
    bool unlogged = false;
};

const Row kRows[] = {
    // Devices
    {kGet, "/v1/health", Access::kAnyone, "health", handle_health},
    {kPost, "/v1/enrol", Access::kAnyone, "enrol", handle_enrol, kMessage, Face::kData, true},
    {kPost, "/v1/hello", Access::kDevice, "hello", handle_hello, kMessage},
    {kPost, "/v1/push", Access::kDevice, "push", handle_push, kPush},
    {kPost, "/v1/pull", Access::kDevice, "pull", handle_pull, kMessage},
    {kPost, "/v1/files/have", Access::kDevice, "which files", handle_have_files, kList},
    {kPut, "/v1/files/{hash}", Access::kDevice, "bring file", handle_put_file, kFileBytesMax},
    // Office
    {kPost, "/v1/forms", Access::kOffice, "publish form", handle_publish, kForm},
    {kGet, "/v1/forms", Access::kOffice, "forms", handle_forms},
    {kPost, "/v1/enrolment-codes", Access::kOffice, "make codes", handle_create_codes, kSmall},
    {kGet, "/v1/devices", Access::kOffice, "devices", handle_devices},
    {kPost, "/v1/devices/{id}/revoke", Access::kOffice, "revoke device", handle_revoke, kSmall},
    {kGet, "/v1/revisions", Access::kOffice, "revisions", handle_revisions},
    {kGet, "/v1/submissions/{instance}", Access::kOffice, "submission", handle_submission},
    {kGet, "/v1/submissions/{instance}/files/{name}", Access::kOffice, "file of an answer",
     handle_submission_file},
    {kPost, "/v1/submissions/{instance}/erase", Access::kOffice, "erase answer", handle_erase,
     kSmall},
    {kPost, "/v1/submissions/{instance}/review", Access::kOffice, "review answer", handle_review,
     kSmall},
    {kPost, "/v1/forms/withdraw", Access::kOffice, "withdraw form", handle_withdraw_form, kSmall},
    {kGet, "/v1/alarms", Access::kOffice, "alarms", handle_alarms},
    {kPost, "/v1/backup", Access::kOffice, "back up", handle_backup, kSmall},
    {kPost, "/v1/links", Access::kOffice, "make link", handle_create_link, kSmall},
    {kGet, "/v1/links", Access::kOffice, "links", handle_links},
    {kPost, "/v1/links/{id}/revoke", Access::kOffice, "withdraw link", handle_revoke_link, kSmall},
    {kGet, "/v1/links/{id}/{picture}", Access::kOffice, "code of link", handle_link_picture},
    // People with a link
    {kGet, "/f/sw.js", Access::kAnyone, "service worker", handle_service_worker, 0, Face::kPage,
     false, true},
    {kGet, "/f/{link}", Access::kAnyone, "form page", handle_form_page, 0, Face::kPage, false,
     true},
    {kGet, "/f/{link}/kiosk", Access::kAnyone, "kiosk page", handle_form_page, 0, Face::kPage,
     false, true},
    {kGet, "/f/{link}/form", Access::kAnyone, "form of link", handle_link_form, 0, Face::kData,
     false, true},
    {kGet, "/f/{link}/form/{file}", Access::kAnyone, "form text", handle_link_xml, 0, Face::kData,
     false, true},
    {kGet, "/f/{link}/media/{name}", Access::kAnyone, "form media", handle_link_media, 0,
     Face::kData, false, true},
    {kPut, "/f/{link}/files/{sha256}", Access::kAnyone, "file by link", handle_link_file,
     kFileBytesMax, Face::kData, false, true},
    {kPost, "/f/{link}/answers", Access::kAnyone, "answer by link", handle_link_answer,
     kSheetBytesMax, Face::kData, false, true},
    {kGet, "/a/{name}", Access::kAnyone, "web asset", handle_web_asset, 0, Face::kPage, false,
     true},
    // Analysts' programs
    {kGet, "/v1/results", Access::kAnalyst, "results", handle_results},
    {kGet, "/v1/results/{form}/questions", Access::kAnalyst, "questions", handle_questions},
    {kGet, "/v1/results/{form}/table", Access::kAnalyst, "table", handle_table},
    // Analysts' browsers
    {kGet, "/", Access::kAnyone, "root", handle_root, 0, Face::kPage},
    {kGet, "/favicon.ico", Access::kAnyone, "no icon", handle_no_icon, 0, Face::kPage, false, true},
    {kGet, "/assets/{name}", Access::kAnyone, "asset", handle_asset, 0, Face::kPage},
    {kGet, "/login", Access::kAnyone, "sign-in page", handle_login_page, 0, Face::kPage},
    {kPost, "/login", Access::kAnyone, "sign in", handle_login, kSmall, Face::kPage, true},
    {kPost, "/logout", Access::kAnyone, "sign out", handle_logout, kSmall, Face::kPage},
    {kGet, "/results", Access::kAnalyst, "results page", handle_results_page, 0, Face::kPage},
    {kGet, "/results/{form}", Access::kAnalyst, "table page", handle_table_page, 0, Face::kPage},
};

}  // namespace

std::vector<Route> routes(Services& services) {
    std::vector<Route> all;
    for (const Row& row : kRows) {
        all.push_back({row.method, row.pattern, row.access, row.name,
                       [&services, call = row.call](const RoutedCall& request) {
                           return call(services, request);
                       },
                       row.body_bytes_max, row.face, row.limited, row.unlogged});
    }
    return all;
}

}  // namespace survey::server

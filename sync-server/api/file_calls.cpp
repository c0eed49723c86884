// Pictures and recordings: devices bring them, the office reads them.

#include <algorithm>

#include "common/base/media_type.h"
#include "common/http/problem.h"
#include "common/json/json.h"
#include "sync-server/api/handlers_internal.h"
#include "sync-server/console/pages.h"

namespace survey::server {

namespace {

constexpr std::size_t kHashesMax = 1'000;  // of one question; an interview names a hundred

Result<BlobHash> hash_of(std::string_view text) {
    const auto hash = BlobHash::from_hex(text);
    if (!hash)
        return fail(ErrorCode::kInvalidInput,
                    "A file is named by its BLAKE2b-256, 64 hexadecimal digits.");
    return *hash;
}

/// A name that a browser may save under: ours has no quotes, and letters beyond ASCII are told the
/// way of RFC 8187.
std::string disposition(const std::string& name) {
    std::string plain = name;
    std::replace_if(
        plain.begin(), plain.end(),
        [](char c) { return c < 0x20 || c >= 0x7f || c == '"' || c == '\\'; }, '_');
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(name);
}

}  // namespace

Result<Reply> handle_have_files(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const json::Value body, json::parse(request.body));
    const json::Value* list = json::find(body, "hashes");
    if (!list || !list->is_array() || list->get_array().size() > kHashesMax)
        return fail(ErrorCode::kInvalidInput, "\"hashes\" must be a list of 1000 at most.");
    json::Array missing;
    json::Array unknown;
    for (const json::Value& each : list->get_array()) {
        if (!each.is_string()) return hash_of("").error();
        const std::string_view text = each.get_string();
        TRY_ASSIGN(const BlobHash hash, hash_of(text));
        // Nobody may ask whether others have sent a certain picture.
        TRY_ASSIGN(const bool named, services.store.names_file(request.caller.device.id, hash));
        if (!named) {
            unknown.emplace_back(text);
            continue;
        }
        TRY_ASSIGN(const auto stored, services.store.file(hash));
        if (!stored) missing.emplace_back(text);
    }
    return Reply::json(json::serialise(
        json::Object{{"missing", std::move(missing)}, {"unknown", std::move(unknown)}}));
}

Result<Reply> handle_put_file(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const BlobHash hash, hash_of(request.captures[0]));
    TRY_ASSIGN(const bool named, services.store.names_file(request.caller.device.id, hash));
    if (!named)
        return fail(ErrorCode::kForbidden,
                    "No interview of this device names the file. Push the interview first.");
    if (BlobHash{blake2b_256(request.body)} != hash)
        return http_problem(422, "hash", "The file is not what its name says. Send it again.",
                            request.id);
    TRY_ASSIGN(const auto known, services.store.file(hash));
    TRY_ASSIGN(const StoredFile kept, services.files.keep(request.body));
    return Reply::json(
        json::serialise(json::Object{{"hash", kept.hash.hex()}, {"bytes", kept.size}}),
        known ? 200 : 201);
}

Result<Reply> handle_submission_file(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const Submission submission,
               services.store.submission(InstanceId(request.captures[0])));
    TRY_ASSIGN(const RevisionEnvelope head, services.store.revision(submission.head));
    for (const Attachment& file : head.attachments) {
        if (file.name != request.captures[1]) continue;
        auto bytes = services.files.read(file.hash);
        if (!bytes && bytes.error().code == ErrorCode::kNotFound)
            return fail(ErrorCode::kNotFound, "This file has not arrived yet.");
        if (!bytes) return std::move(bytes).error();
        // The type is what a stranger said: it is told, but nothing is ever opened in place.
        return Reply::octets(*std::move(bytes), plain_media_type(file.media_type))
            .with("Content-Disposition", disposition(file.name));
    }
    return fail(ErrorCode::kNotFound, "This answer has no such file.");
}

}  // namespace survey::server

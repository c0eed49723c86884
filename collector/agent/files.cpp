// Pictures and recordings, after the interviews that name them: the server takes no others.

#include <set>

#include "collector/agent/agent.h"
#include "collector/agent/exchange.h"
#include "common/json/json.h"

namespace survey::collector {

namespace {

/// As many as the server answers about at once; the rest waits for the next session.
constexpr std::size_t kFilesMax = 1000;
constexpr std::size_t kReplyBytesMax = 1u << 20;

std::set<std::string> texts_of(const json::Value& body, std::string_view name) {
    std::set<std::string> texts;
    const json::Value* list = json::find(body, name);
    if (list == nullptr || !list->is_array()) return texts;
    for (const json::Value& each : list->get_array()) {
        if (each.is_string()) texts.emplace(each.get_string());
    }
    return texts;
}

}  // namespace

Result<void> Agent::send_files(SyncReport& report) {
    TRY_ASSIGN(const std::vector<BlobHash> unsent, store_.unsent_files(kFilesMax));
    if (unsent.empty()) return {};
    json::Array hashes;
    for (const BlobHash& hash : unsent)
        hashes.push_back(json::Value(hash.hex()));
    const std::string question = json::serialise(json::Object{{"hashes", std::move(hashes)}});
    TransportCall call;
    call.path = "/v1/files/have";
    call.body = question;
    call.token = store_.identity().enrolment->token;
    call.content_type = "application/json";
    TRY_ASSIGN(const TransportReply reply, transport_.send(call, kReplyBytesMax));
    // A server of before files were sent: they wait until it knows them.
    if (reply.status == 404) {
        report.files_left = unsent.size();
        return {};
    }
    if (reply.status != 200) return refusal(reply);
    const auto body = json::parse(reply.body);
    if (!body || json::find(*body, "missing") == nullptr) return stranger();
    const std::set<std::string> missing = texts_of(*body, "missing");
    const std::set<std::string> unknown = texts_of(*body, "unknown");
    for (const BlobHash& hash : unsent) {
        bool is_there = !unknown.contains(hash.hex());
        if (is_there && missing.contains(hash.hex())) {
            TRY_ASSIGN(is_there, send_file(hash));
        }
        if (is_there) TRY(store_.file_delivered(hash));
        ++(is_there ? report.files_sent : report.files_left);
    }
    return {};
}

Result<bool> Agent::send_file(const BlobHash& hash) {
    auto bytes = store_.file_bytes(hash);
    // One that is damaged here holds up no other.
    if (!bytes && bytes.error().code == ErrorCode::kCorrupt) return false;
    if (!bytes) return std::move(bytes).error();
    const std::string path = "/v1/files/" + hash.hex();
    TransportCall call;
    call.method = TransportCall::Method::kPut;
    call.path = path;
    call.body = *bytes;
    call.token = store_.identity().enrolment->token;
    call.content_type = "application/octet-stream";
    TRY_ASSIGN(const TransportReply reply, transport_.send(call, kReplyBytesMax));
    if (reply.status == 403 || reply.status == 413 || reply.status == 422) return false;
    if (reply.status != 200 && reply.status != 201) return refusal(reply);
    const auto body = json::parse(reply.body);
    if (!body || json::find_text(*body, "hash") != hash.hex()) return stranger();
    return true;
}

}  // namespace survey::collector

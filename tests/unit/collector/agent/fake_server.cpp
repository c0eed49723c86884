#include "tests/unit/collector/agent/fake_server.h"

#include "common/codec/envelope.h"
#include "common/codec/wire.h"
#include "common/json/json.h"

namespace survey::test {

using collector::TransportCall;
using collector::TransportReply;

FakeServer::Answer FakeServer::status(int status, std::string body) {
    return TransportReply{status, std::move(body), std::nullopt};
}

FakeServer::Answer FakeServer::problem(int status, const std::string& message) {
    return TransportReply{status, R"({"code":"x","message":")" + message + R"("})", std::nullopt};
}

FakeServer::Answer FakeServer::cut() {
    return fail(ErrorCode::kUnavailable, "the connection failed");
}

int FakeServer::calls(const std::string& path) const {
    const auto found = calls_.find(path);
    return found == calls_.end() ? 0 : found->second;
}

void FakeServer::forget() {
    ++epoch.counter;
    chains_.clear();
    held_.clear();
}

FakeServer::Answer FakeServer::send(const TransportCall& call, std::size_t) {
    last_body_ = call.body;
    const bool is_put = call.method == TransportCall::Method::kPut;
    // All files are one address to those who count.
    const std::string path = is_put ? "/v1/files" : std::string(call.path);
    const int number = ++calls_[path];
    if (trouble) {
        if (auto answer = trouble(path, number)) return *std::move(answer);
    }
    if (is_put) return put(std::string(call.path.substr(path.size() + 1)), call.body);
    return serve(path, call.body);
}

FakeServer::Answer FakeServer::have(std::string_view body) {
    json::Array missing;
    json::Array unknown;
    const auto question = json::parse(body);
    for (const json::Value& hash : json::find(*question, "hashes")->get_array()) {
        const std::string text(hash.get_string());
        if (!named_.contains(text)) {
            unknown.push_back(hash);
        } else if (!files.contains(text)) {
            missing.push_back(hash);
        }
    }
    return status(200, json::serialise(json::Object{{"missing", std::move(missing)},
                                                    {"unknown", std::move(unknown)}}));
}

FakeServer::Answer FakeServer::put(const std::string& hash, std::string_view body) {
    if (!named_.contains(hash)) return problem(403, "no interview names it");
    if (BlobHash{blake2b_256(body)}.hex() != hash) return problem(422, "not what its name says");
    files[hash] = body;
    return status(201, json::serialise(json::Object{{"hash", hash}}));
}

FakeServer::Answer FakeServer::serve(std::string_view path, std::string_view body) {
    if (path == "/v1/enrol") return enrol(*codec::decode<EnrolRequest>(body));
    if (path == "/v1/hello") return hello(*codec::decode<HelloRequest>(body));
    if (path == "/v1/push") return push(*codec::decode<PushRequest>(body));
    if (path == "/v1/pull") return pull(*codec::decode<PullRequest>(body));
    if (path == "/v1/files/have") return have(body);
    return problem(404, "no such address");
}

FakeServer::Answer FakeServer::enrol(const EnrolRequest& request) {
    if (request.code != "K7QM-2F9X") return problem(401, "this enrolment code is not valid");
    EnrolReply reply;
    reply.device = DeviceId("01J0ABCDEFGHJKMNPQRSTVWXYZ");
    reply.server = server;
    reply.server_key = PublicKey{key.public_key()};
    reply.epoch = epoch;
    reply.token = "token";
    return status(200, codec::encode(reply));
}

FakeServer::Answer FakeServer::hello(const HelloRequest& request) {
    HelloReply reply;
    reply.server = server;
    reply.epoch = epoch;
    reply.server_time = clock_.now();
    reply.protocol_min = protocol_min;
    reply.revoked = revoked;
    reply.nonce = request.nonce;
    const auto known = chains_.find(request.writer);
    if (known != chains_.end() && !known->second.empty()) {
        const std::vector<LogEntry>& chain = known->second;
        reply.writer_known = true;
        reply.head = {chain.size(), codec::entry_hash(chain.back())};
        const std::uint64_t at = std::min<std::uint64_t>(request.head.seq, chain.size());
        if (at > 0) reply.hash_at = codec::entry_hash(chain[at - 1]);
    }
    if (twist_hello) twist_hello(reply);
    return status(200, codec::encode(reply));
}

PushResult FakeServer::take(const PushItem& item) {
    PushResult result;
    result.seq = item.entry.seq;
    result.rev = item.entry.rev;
    std::vector<LogEntry>& chain = chains_[item.entry.writer];
    if (item.entry.seq <= chain.size()) {
        if (chain[item.entry.seq - 1] != item.entry) {
            result.status = ItemStatus::kFork;
            return result;
        }
    } else if (item.entry.seq != chain.size() + 1 ||
               item.entry.prev != (chain.empty() ? EntryHash{} : codec::entry_hash(chain.back()))) {
        result.status = ItemStatus::kGap;
        return result;
    } else {
        chain.push_back(item.entry);
    }
    const auto envelope = codec::decode_envelope(item.envelope);
    if (envelope) {
        for (const Attachment& file : envelope->attachments)
            named_.insert(file.hash.hex());
    }
    const bool is_new = held_.try_emplace(item.entry.rev, held_.size() + 1).second;
    result.status = is_new ? ItemStatus::kStored : ItemStatus::kDuplicate;
    Receipt receipt;
    receipt.server = server;
    receipt.epoch = epoch;
    receipt.rev = item.entry.rev;
    receipt.pos = held_[item.entry.rev];
    receipt.signature = Signature{key.sign(codec::receipt_bytes(receipt))};
    result.receipt = receipt;
    return result;
}

FakeServer::Answer FakeServer::push(const PushRequest& request) {
    if (request.epoch != epoch) return problem(409, "the server was restored since");
    if (request.items.size() > items_max) return status(413);
    batches.push_back(request.items.size());
    PushReply reply;
    reply.epoch = epoch;
    for (const PushItem& item : request.items)
        reply.results.push_back(take(item));
    const std::vector<LogEntry>& chain = chains_[request.writer];
    if (!chain.empty()) reply.head = {chain.size(), codec::entry_hash(chain.back())};
    if (twist_push) twist_push(reply);
    return status(200, codec::encode(reply));
}

FakeServer::Answer FakeServer::pull(const PullRequest& request) {
    PullReply reply;
    reply.epoch = epoch;
    reply.from = reply.to = request.cursor.pos;
    for (const Change& change : changes) {
        if (change.pos <= request.cursor.pos) continue;
        if (!reply.changes.empty()) {
            reply.more = true;
            break;
        }
        reply.changes.push_back(change);
        reply.to = change.pos;
    }
    return status(200, codec::encode(reply));
}

}  // namespace survey::test

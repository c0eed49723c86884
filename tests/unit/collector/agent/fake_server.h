#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "collector/agent/transport.h"
#include "common/base/clock.h"
#include "common/crypto/crypto.h"
#include "common/sync/messages.h"

namespace survey::test {

/// A server in a few lines, as honest as its test lets it be: it keeps one chain per incarnation,
/// signs receipts, and answers in real bytes. `trouble` may answer in its place.
class FakeServer final : public collector::Transport {
  public:
    using Answer = Result<collector::TransportReply>;
    /// Called with the path and the number of the call on that path, from 1. Nothing: the server
    /// answers itself.
    using Trouble = std::function<std::optional<Answer>(std::string_view path, int call)>;

    explicit FakeServer(const Clock& clock) : clock_(clock) { epoch.counter = 1; }

    Answer send(const collector::TransportCall& call, std::size_t reply_bytes_max) override;

    static Answer status(int status, std::string body = {});
    static Answer problem(int status, const std::string& message);
    static Answer cut();  ///< The line broke; whether the server got it depends on `after`.
    /// What the server itself would have said; for "done, but the answer was lost".
    Answer serve(std::string_view path, std::string_view body);
    const std::string& last_body() const { return last_body_; }

    int calls(const std::string& path) const;
    std::size_t held() const { return held_.size(); }
    /// Files that were brought, by hash.
    std::map<std::string, std::string> files;
    /// A restore of an empty backup.
    void forget();

    Trouble trouble;
    Epoch epoch;
    ServerId server;
    bool revoked = false;
    std::uint32_t protocol_min = 1;
    std::size_t items_max = 1000;  ///< Of a batch; a larger one is 413.
    std::vector<Change> changes;
    std::function<void(PushReply&)> twist_push;
    std::function<void(HelloReply&)> twist_hello;
    std::vector<std::size_t> batches;  ///< Items of each push that arrived.
    SigningKey key = SigningKey::from_seed(Bytes32{9});

  private:
    Answer enrol(const EnrolRequest& request);
    Answer hello(const HelloRequest& request);
    Answer push(const PushRequest& request);
    Answer pull(const PullRequest& request);
    PushResult take(const PushItem& item);
    Answer have(std::string_view body);
    Answer put(const std::string& hash, std::string_view body);

    const Clock& clock_;
    std::map<std::string, int> calls_;
    std::map<WriterId, std::vector<LogEntry>> chains_;
    std::map<RevisionId, std::uint64_t> held_;
    std::set<std::string> named_;  // hashes of files that held revisions name
    std::string last_body_;
};

}  // namespace survey::test

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "collector/agent/transport.h"
#include "collector/store/collector_store.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "common/sync/plan.h"

namespace survey::collector {

/// What one session did, for the line on the screen.
struct SyncReport {
    std::uint64_t waiting_before = 0;
    std::uint64_t stored = 0;       ///< New at the server.
    std::uint64_t duplicates = 0;   ///< The server had them already.
    std::uint64_t quarantined = 0;  ///< The server has them and asks a supervisor.
    std::uint64_t refused = 0;      ///< Not authentic there; kept here.
    std::uint64_t files_sent = 0;   ///< Pictures and recordings that the server now has.
    std::uint64_t files_left = 0;   ///< It did not take; they are kept and tried again next time.
    std::uint64_t changes_received = 0;
    std::uint32_t incarnations_changed = 0;
    bool revoked = false;
    HelloFinding finding = HelloFinding::kNormal;
    std::vector<std::string> notices;  ///< Sentences of the server.
};

/// Called after each batch with how many of the waiting interviews are through.
using SyncProgress = std::function<void(std::uint64_t done, std::uint64_t of)>;

/// Exchanges a code for an identity and writes it down. kNotFound: unknown, used or expired code.
Result<void> enrol(CollectorStore& store, Transport& transport, const std::string& url,
                   const std::string& code, const std::string& device_name,
                   const std::string& app_version);

/// One device's side of the sync session: hello, push, files, pull. Every step may be cut off
/// anywhere and run again; only signed receipts change what the store believes. One thread.
class Agent {
  public:
    Agent(CollectorStore& store, Transport& transport, Random& random, std::string app_version);

    /// A whole session. Errors: kNotEnrolled; kForbidden: wrong or stale server, or certificate not
    /// trusted; kUnsupported: this program is too old for the server; kUnavailable: try again
    /// later. Whatever happens, finalised interviews stay until their receipts are here.
    Result<SyncReport> run_once(const SyncProgress& progress = {});

  private:
    /// What became of one batch.
    enum class Pushed { kTaken, kTooLarge, kHelloAgain };

    Result<void> session(SyncReport& report, const SyncProgress& progress);
    Result<HelloDecision> greet(SyncReport& report);
    /// False: what was agreed in the hello no longer holds; say it again.
    Result<bool> push(std::uint64_t from, SyncReport& report, const SyncProgress& progress);
    Result<Pushed> push_batch(const std::vector<PushItem>& batch, std::uint64_t& from,
                              SyncReport& report);
    /// The files of interviews that the server has: asks which it lacks, and brings those. What
    /// was brought before a line broke is not asked for again.
    Result<void> send_files(SyncReport& report);
    /// False: the server does not take this one.
    Result<bool> send_file(const BlobHash& hash);
    Result<void> pull(SyncReport& report);

    CollectorStore& store_;
    Transport& transport_;
    Random& random_;
    std::string app_version_;
    Epoch epoch_;  ///< Of the session, from the hello.
};

}  // namespace survey::collector

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "collector/agent/agent.h"
#include "collector/window/shared_store.h"

namespace survey::collector {

/// How a sync stands, or how the last one ended.
struct SyncState {
    bool is_running = false;
    std::uint64_t done = 0;  ///< Of the waiting interviews.
    std::uint64_t of = 0;
    std::optional<SyncReport> report;
    std::optional<Error> failure;
};

/// Syncs beside the calls of the page: the agent has the store while it reads and writes, and
/// gives it free while it waits for the server. One session at a time. Any thread.
class SyncRun {
  public:
    /// \param stop becomes true when the program ends; the transport gives up then.
    using OpenTransport = std::function<Result<std::unique_ptr<Transport>>(
        const std::string& url, const std::atomic<bool>& stop)>;

    SyncRun(SharedStore& store, Random& random, OpenTransport open, std::string app_version);
    /// Waits for the session to give up.
    ~SyncRun();
    SyncRun(const SyncRun&) = delete;
    SyncRun& operator=(const SyncRun&) = delete;

    /// False: one is running already.
    bool start();
    SyncState state() const;
    /// No further word to the server. The session ends soon after; nothing of it is lost.
    void stop() { stop_ = true; }

  private:
    void run();
    Result<SyncReport> session(SharedStore::Turn& turn);

    SharedStore& store_;
    Random& random_;
    const OpenTransport open_;
    const std::string app_version_;
    std::atomic<bool> stop_ = false;
    mutable std::mutex mutex_;  // of what follows
    SyncState state_;
    std::thread thread_;
};

/// What the log keeps of a session: numbers only.
std::string sync_detail(const SyncReport& report);

}  // namespace survey::collector

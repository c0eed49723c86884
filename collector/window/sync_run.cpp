#include "collector/window/sync_run.h"

#include <utility>

#include "common/json/json.h"

namespace survey::collector {

namespace {

// Gives the store free while the server is asked.
class PausingTransport final : public Transport {
  public:
    PausingTransport(Transport& inner, SharedStore::Turn& turn, const std::atomic<bool>& stop)
        : inner_(inner), turn_(turn), stop_(stop) {}

    Result<TransportReply> send(const TransportCall& call, std::size_t reply_bytes_max) override {
        // The token lies in the store, which others may change meanwhile.
        const std::string own_token(call.token);
        TransportCall own = call;
        own.token = own_token;
        return turn_.pause([&]() -> Result<TransportReply> {
            if (stop_) return fail(ErrorCode::kUnavailable, "the window was closed");
            return inner_.send(own, reply_bytes_max);
        });
    }

  private:
    Transport& inner_;
    SharedStore::Turn& turn_;
    const std::atomic<bool>& stop_;
};

}  // namespace

SyncRun::SyncRun(SharedStore& store, Random& random, OpenTransport open, std::string app_version)
    : store_(store),
      random_(random),
      open_(std::move(open)),
      app_version_(std::move(app_version)) {}

SyncRun::~SyncRun() {
    stop();
    if (thread_.joinable()) thread_.join();
}

bool SyncRun::start() {
    const std::lock_guard lock(mutex_);
    if (state_.is_running || stop_) return false;
    if (thread_.joinable()) thread_.join();  // the last one, which has ended
    state_ = {};
    state_.is_running = true;
    thread_ = std::thread([this] { run(); });
    return true;
}

SyncState SyncRun::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

void SyncRun::run() {
    SharedStore::Turn turn = store_.turn();
    const Result<SyncReport> result = session(turn);
    // A log that cannot be written says nothing about the interviews.
    static_cast<void>(result ? turn->note_event(EventKind::kSynced, sync_detail(*result))
                             : turn->note_event(EventKind::kSyncFailed, result.error().message));
    const std::lock_guard lock(mutex_);
    state_.is_running = false;
    if (result) {
        state_.report = *result;
    } else {
        state_.failure = result.error();
    }
}

Result<SyncReport> SyncRun::session(SharedStore::Turn& turn) {
    const auto& enrolment = turn->identity().enrolment;
    if (!enrolment) {
        return fail(ErrorCode::kNotEnrolled,
                    "this device is not enrolled yet; ask the project office for a code");
    }
    TRY_ASSIGN(const std::unique_ptr<Transport> inner, open_(enrolment->url, stop_));
    PausingTransport transport(*inner, turn, stop_);
    Agent agent(*turn, transport, random_, app_version_);
    return agent.run_once([this](std::uint64_t done, std::uint64_t of) {
        const std::lock_guard lock(mutex_);
        state_.done = done;
        state_.of = of;
    });
}

std::string sync_detail(const SyncReport& report) {
    json::Object object;
    object["stored"] = report.stored;
    object["duplicates"] = report.duplicates;
    object["quarantined"] = report.quarantined;
    object["refused"] = report.refused;
    object["files"] = report.files_sent;
    object["received"] = report.changes_received;
    object["revoked"] = report.revoked;
    return json::serialise(object);
}

}  // namespace survey::collector

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "collector/agent/agent.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "sync-server/api/authentication.h"
#include "sync-server/api/router.h"
#include "sync-server/api/services.h"
#include "tests/support/temp_dir.h"

namespace survey::test {

/// The program ended at this point: what it had not written is gone.
struct Crash {};

/// A clock that a device's or the server's next reading may be the last of.
class FatefulClock final : public Clock {
  public:
    Instant now() const override {
        if (readings_left > 0 && --readings_left == 0) throw Crash{};
        return now_;
    }
    Steady steady() const override { return Steady(now_.time_since_epoch()); }
    void advance(std::chrono::milliseconds by) { now_ += by; }

    mutable std::uint64_t readings_left = 0;  ///< 0: none is the last.

  private:
    Instant now_{std::chrono::milliseconds(1'777'881'600'000)};
};

/// The real agents and stores of several laptops and the real routes of a server in one process.
/// Between them a network that loses, doubles, delays, tears and invents; every program may end at
/// any call to it and at any reading of its clock. All of it is a function of the seed.
class AgentWorld final : private collector::Transport {
  public:
    explicit AgentWorld(std::uint64_t seed);
    ~AgentWorld() override;

    /// Chaos, then quiet. The first broken promise in words, or nothing.
    std::optional<std::string> run();
    const std::string& trace() const { return trace_; }
    std::uint64_t crashes() const { return crashes_; }

  private:
    struct Server;
    struct Device {
        std::string name;
        FatefulClock clock;
        std::unique_ptr<collector::CollectorStore> store;
    };
    struct Sent {
        std::string path, body, token;
    };

    Result<collector::TransportReply> send(const collector::TransportCall& call,
                                           std::size_t reply_bytes_max) override;
    collector::TransportReply serve(const Sent& sent);
    void open_server();
    void open(Device& device);
    void enrol(Device& device);
    void act(Device& device);
    void finalise(Device& device);
    void correct(Device& device);
    void publish();
    std::string content(const collector::Draft& draft);
    Result<collector::SyncReport> session(Device& device);
    std::optional<std::string> check();
    bool happens(std::uint64_t percent) { return !is_quiet_ && random_.below(100) < percent; }

    TempDir dir_;
    SeededRandom random_;
    FatefulClock clock_;  // the server's
    std::unique_ptr<Server> server_;
    std::vector<std::unique_ptr<Device>> devices_;
    std::set<RevisionId> saved_;  ///< Every revision that a laptop said "saved" for.
    std::vector<Sent> late_;
    std::map<std::string, collector::TransportReply> previous_;  ///< By path.
    std::string form_;                                           ///< XML of version 1.
    int forms_ = 0;
    bool is_quiet_ = true;
    std::uint64_t crashes_ = 0;
    std::string trace_;
};

}  // namespace survey::test

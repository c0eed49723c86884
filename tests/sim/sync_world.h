#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "collector/store/collector_store.h"
#include "common/base/random.h"
#include "sync-server/store/store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

namespace survey::test {

/// How the world misbehaves, and whether the device's agent does.
struct WorldOptions {
    int devices = 3;
    int actions = 60;
    /// A broken agent that goes on in its old log when it was told to change incarnation. The
    /// checker must notice; a checker that finds nothing proves nothing.
    bool ignores_rotation = false;
};

/// Several devices and one server in one process: the real stores and the real bytes, a network
/// that loses, doubles and delays, and disks that are copied and put back. Everything that happens
/// is a function of the seed.
class SyncWorld {
  public:
    SyncWorld(std::uint64_t seed, const WorldOptions& options);
    ~SyncWorld();

    /// Chaos, then quiet. The first broken invariant in words, or nothing.
    std::optional<std::string> run();

    /// What happened, one word per action.
    const std::string& trace() const { return trace_; }

  private:
    struct Device {
        std::string name;
        std::string machine;
        std::unique_ptr<collector::CollectorStore> store;
        bool has_backup = false;
        std::vector<std::string> late_pushes;
        std::vector<std::string> late_pages;
    };

    std::string path(const Device& device) const { return dir_ / device.name; }
    void open_server(bool adopt);
    void open(Device& device);
    void enrol(Device& device);

    void act();
    void finalise(Device& device);
    void correct(Device& device);
    void back_up(Device& device);
    void put_back(Device& device, bool with_marker);
    void clone(std::size_t index, bool with_marker);
    void back_up_server();
    void put_back_server();
    void publish();
    void deliver_late(Device& device);

    /// A whole session; true if it came to its end.
    bool session(Device& device);
    bool greet(Device& device, std::uint64_t& send_from);
    bool push(Device& device, std::uint64_t send_from);
    bool pull(Device& device);
    Result<PushReply> serve_push(const server::Device& known, const PushRequest& request);
    /// Request and reply as bytes over the bad network; nothing when either is lost or late.
    template <typename Reply, typename Request, typename Serve>
    std::optional<Reply> exchange(const Request& request, std::vector<std::string>* late,
                                  Serve serve);
    bool happens(std::uint64_t percent) { return is_quiet_ ? false : random_.below(100) < percent; }

    std::optional<std::string> check_all();
    std::optional<std::string> check_server(std::set<RevisionId>& held);
    std::optional<std::string> check_device(Device& device, const std::set<RevisionId>& held);

    WorldOptions options_;
    TempDir dir_;
    FakeClock clock_;
    SeededRandom random_;
    std::unique_ptr<server::Store> server_;
    std::vector<std::unique_ptr<Device>> devices_;
    std::vector<PublicKey> keys_;
    std::set<RevisionId> saved_;  ///< Every revision a screen said "saved" for.
    std::set<std::string> saved_instances_;
    int forms_ = 0;
    bool has_server_backup_ = false;
    bool is_quiet_ = false;
    std::string trace_;
};

}  // namespace survey::test

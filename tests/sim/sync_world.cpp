#include "tests/sim/sync_world.h"

#include <filesystem>

#include "common/codec/wire.h"
#include "common/sync/plan.h"

namespace survey::test {

namespace fs = std::filesystem;

namespace {

/// A device that needs more sessions than this in quiet has lost its liveness.
constexpr int kQuietSessions = 8;
constexpr int kRoundsMax = 100;

template <typename T>
T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "sync world: %s\n", result.error().message.c_str());
        std::abort();
    }
    return *std::move(result);
}

void must(Result<void> result) {
    if (!result) {
        std::fprintf(stderr, "sync world: %s\n", result.error().message.c_str());
        std::abort();
    }
}

void copy_whole(const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

}  // namespace

SyncWorld::SyncWorld(std::uint64_t seed, const WorldOptions& options)
    : options_(options), dir_(TempDir::memory()), random_(seed) {
    open_server(false);
    publish();
    for (int i = 0; i < options_.devices; ++i) {
        auto device = std::make_unique<Device>();
        device->name = "device" + std::to_string(i);
        device->machine = device->name;
        open(*device);
        enrol(*device);
        devices_.push_back(std::move(device));
    }
    trace_.clear();
}

SyncWorld::~SyncWorld() = default;

void SyncWorld::open_server(bool adopt) {
    server_.reset();
    server_ = must(server::open_sqlite_store(
        {dir_ / "server.db", dir_ / "server.marker", 1, 0, adopt}, clock_, random_));
}

void SyncWorld::open(Device& device) {
    device.store.reset();
    device.store = must(collector::CollectorStore::open(
        {path(device) + "/data", path(device) + "/state/marker", device.machine, 0}, clock_,
        random_));
}

void SyncWorld::enrol(Device& device) {
    const std::string code = must(server_->create_enrolment_code({}));
    const PublicKey key = device.store->identity().device_key;
    must(device.store->enrol("sim", must(server_->enrol({1, code, device.name, key, "sim"}))));
    keys_.push_back(key);
}

std::optional<std::string> SyncWorld::run() {
    for (int i = 0; i < options_.actions; ++i) {
        clock_.advance(std::chrono::seconds(1 + random_.below(100)));
        act();
    }
    is_quiet_ = true;
    return check_all();
}

void SyncWorld::act() {
    const std::size_t index = random_.below(devices_.size());
    Device& device = *devices_[index];
    const std::uint64_t dice = random_.below(100);
    trace_ += " " + std::to_string(index);
    if (dice < 30) {
        trace_ += "finalise";
        finalise(device);
    } else if (dice < 36) {
        trace_ += "correct";
        correct(device);
    } else if (dice < 66) {
        trace_ += "session";
        session(device);
    } else if (dice < 72) {
        trace_ += "late";
        deliver_late(device);
    } else if (dice < 77) {
        trace_ += "restart";
        open(device);
    } else if (dice < 81) {
        trace_ += "backup";
        back_up(device);
    } else if (dice < 84) {
        const bool with_marker = random_.below(2) == 0;
        trace_ += with_marker ? "image-restore" : "restore";
        put_back(device, with_marker);
    } else if (dice < 87) {
        const bool with_marker = random_.below(2) == 0;
        trace_ += with_marker ? "image-clone" : "clone";
        clone(index, with_marker);
    } else if (dice < 90) {
        trace_ += "server-backup";
        back_up_server();
    } else if (dice < 93) {
        trace_ += "server-restore";
        put_back_server();
    } else if (dice < 96) {
        trace_ += "publish";
        publish();
    } else {
        trace_ += "clock";
        clock_.set(Instant(std::chrono::milliseconds(random_.below(4'000'000'000'000))));
    }
}

void SyncWorld::finalise(Device& device) {
    const auto forms = must(device.store->forms());
    if (forms.empty()) return;
    const auto draft = must(device.store->start_draft({forms[0].ref, "<d/>", "de", {}}));
    const std::string content = "<d>" + std::to_string(random_.next()) + "</d>";
    saved_.insert(must(device.store->finalise(draft.id, {content, "", "", {}})));
    saved_instances_.insert(draft.instance.text());
}

void SyncWorld::correct(Device& device) {
    const auto interviews = must(device.store->interviews(100));
    if (interviews.empty()) return;
    const auto& chosen = interviews[random_.below(interviews.size())];
    const auto draft = must(device.store->reopen(chosen.instance));
    const std::string content = "<d>" + std::to_string(random_.next()) + "</d>";
    saved_.insert(must(device.store->finalise(draft.id, {content, "", "", {}})));
}

void SyncWorld::back_up(Device& device) {
    device.store.reset();
    copy_whole(path(device), path(device) + ".backup");
    device.has_backup = true;
    open(device);
}

void SyncWorld::put_back(Device& device, bool with_marker) {
    if (!device.has_backup) return;
    device.store.reset();
    const std::string part = with_marker ? "" : "/data";
    copy_whole(path(device) + ".backup" + part, path(device) + part);
    open(device);
}

void SyncWorld::clone(std::size_t index, bool with_marker) {
    if (devices_.size() >= 6) return;
    Device& original = *devices_[index];
    original.store.reset();
    auto copy = std::make_unique<Device>();
    copy->name = "device" + std::to_string(devices_.size());
    // A disk image carries marker and machine along: only the server can tell the two apart.
    copy->machine = with_marker ? original.machine : copy->name;
    fs::create_directories(path(*copy));
    copy_whole(path(original) + "/data", path(*copy) + "/data");
    if (with_marker) copy_whole(path(original) + "/state", path(*copy) + "/state");
    open(original);
    open(*copy);
    devices_.push_back(std::move(copy));
}

void SyncWorld::back_up_server() {
    must(server_->back_up(dir_ / "server.backup"));
    has_server_backup_ = true;
}

void SyncWorld::put_back_server() {
    if (!has_server_backup_) return;
    server_.reset();
    for (const char* tail : {"-wal", "-shm"})
        fs::remove(dir_ / "server.db" + tail);
    fs::copy_file(dir_ / "server.backup", dir_ / "server.db", fs::copy_options::overwrite_existing);
    open_server(true);
}

void SyncWorld::publish() {
    PublishedForm form;
    form.ref = {"form", std::to_string(++forms_)};
    form.xml = "<f>" + form.ref.version + "</f>";
    must(server_->publish_form(form));
}

void SyncWorld::deliver_late(Device& device) {
    if (!device.late_pushes.empty()) {
        const auto reply = codec::decode<PushReply>(device.late_pushes.back());
        device.late_pushes.pop_back();
        // Whatever the store says to a stale answer, it must not believe too much.
        if (reply) static_cast<void>(device.store->apply_push(*reply));
    }
    if (!device.late_pages.empty()) {
        const auto page = codec::decode<PullReply>(device.late_pages.back());
        device.late_pages.pop_back();
        if (page) static_cast<void>(device.store->apply_page(*page));
    }
}

template <typename Reply, typename Request, typename Serve>
std::optional<Reply> SyncWorld::exchange(const Request& request, std::vector<std::string>* late,
                                         Serve serve) {
    const Request arrived = must(codec::decode<Request>(codec::encode(request)));
    if (happens(10)) return std::nullopt;
    Result<Reply> reply = serve(arrived);
    if (happens(10)) reply = serve(arrived);
    if (!reply) return std::nullopt;
    const std::string bytes = codec::encode(*reply);
    if (happens(10)) return std::nullopt;
    if (late != nullptr && happens(10)) {
        late->push_back(bytes);
        return std::nullopt;
    }
    return must(codec::decode<Reply>(bytes));
}

bool SyncWorld::session(Device& device) {
    std::uint64_t send_from = 0;
    return greet(device, send_from) && push(device, send_from) && pull(device);
}

bool SyncWorld::greet(Device& device, std::uint64_t& send_from) {
    for (int round = 0; round < kRoundsMax; ++round) {
        const auto known = server_->authenticate(device.store->identity().enrolment->token);
        if (!known) return false;
        const HelloRequest sent = must(device.store->hello("sim", random_.next()));
        const auto reply = exchange<HelloReply>(
            sent, nullptr, [&](const HelloRequest& got) { return server_->hello(*known, got); });
        if (!reply) return false;
        const HelloDecision decision =
            decide_after_hello(must(device.store->situation(sent, *reply)), *reply);
        if (options_.ignores_rotation && decision.action == HelloAction::kRotate) return false;
        must(device.store->apply_hello(*reply, decision));
        send_from = decision.send_from;
        if (decision.action != HelloAction::kRotate) return decision.action == HelloAction::kSend;
    }
    return false;
}

Result<PushReply> SyncWorld::serve_push(const server::Device& known, const PushRequest& request) {
    std::vector<server::CheckedItem> checked;
    for (const PushItem& item : request.items) {
        checked.push_back(server::check_item(known.key, item));
    }
    return server_->push(known, request.epoch, request.writer, checked);
}

bool SyncWorld::push(Device& device, std::uint64_t send_from) {
    for (int round = 0; round < kRoundsMax; ++round) {
        PushRequest request;
        request.items = must(device.store->outbox(send_from, {3, 100'000}));
        if (request.items.empty()) return true;
        request.epoch = must(device.store->next_pull()).cursor.epoch;
        request.writer = device.store->identity().writer;
        const auto known = server_->authenticate(device.store->identity().enrolment->token);
        const auto reply =
            exchange<PushReply>(request, &device.late_pushes,
                                [&](const PushRequest& got) { return serve_push(*known, got); });
        if (!reply || !device.store->apply_push(*reply)) return false;
        if (reply->head.seq + 1 <= send_from) return false;
        send_from = reply->head.seq + 1;
    }
    return false;
}

bool SyncWorld::pull(Device& device) {
    for (int round = 0; round < kRoundsMax; ++round) {
        PullRequest request = must(device.store->next_pull());
        request.bytes_max = 100;
        const auto known = server_->authenticate(device.store->identity().enrolment->token);
        const auto page =
            exchange<PullReply>(request, &device.late_pages,
                                [&](const PullRequest& got) { return server_->pull(*known, got); });
        if (!page) return false;
        if (!must(device.store->apply_page(*page))) return false;
        if (!page->more) return true;
    }
    return false;
}

std::optional<std::string> SyncWorld::check_all() {
    for (int round = 0; round < kQuietSessions; ++round) {
        for (auto& device : devices_)
            session(*device);
    }
    std::set<RevisionId> held;
    if (auto broken = check_server(held)) return broken;
    for (auto& device : devices_) {
        if (auto broken = check_device(*device, held)) return broken;
    }
    return std::nullopt;
}

}  // namespace survey::test

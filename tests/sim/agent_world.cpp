#include "tests/sim/agent_world.h"

#include <fstream>
#include <iterator>

#include "common/store/revision_log.h"
#include "sync-server/api/routes.h"
#include "sync-server/store/schema_internal.h"

namespace survey::test {

using collector::CollectorStore;
using collector::SyncReport;
using collector::TransportCall;
using collector::TransportReply;

namespace {

constexpr int kActions = 40;
constexpr int kDevices = 3;
constexpr int kQuietSessions = 3;
constexpr std::uint64_t kReadingsMax = 12;

class Silent final : public Log {
  public:
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

template <typename T>
T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "agent world: %s\n", result.error().message.c_str());
        std::abort();
    }
    return *std::move(result);
}

void must(Result<void> result) {
    if (!result) {
        std::fprintf(stderr, "agent world: %s\n", result.error().message.c_str());
        std::abort();
    }
}

}  // namespace

struct AgentWorld::Server {
    Server(std::unique_ptr<server::Store> opened, const std::string& journals, const Clock& clock)
        : store(std::move(opened)),
          library(*store),
          ingest(*store, library, Bytes32{3}),
          results(*store, library, clock, journals, {}),
          tokens(server::AccessTokens::of("office", "analyst")),
          sessions(clock),
          links(*store, ingest, library, clock, random, {}),
          files(journals, *store, clock),
          services{*store, ingest, results, links, files, sessions, tokens, clock},
          authenticator(*store, tokens, sessions),
          router(server::routes(services), authenticator, clock, log) {}

    std::unique_ptr<server::Store> store;
    server::FormLibrary library;
    server::Ingest ingest;
    server::Results results;
    server::AccessTokens tokens;
    server::Sessions sessions;
    SeededRandom random{1};
    server::LinkDesk links;
    server::AnswerFiles files;
    server::Services services;
    server::TokenAuthenticator authenticator;
    Silent log;
    server::Router router;
};

AgentWorld::AgentWorld(std::uint64_t seed) : dir_(TempDir::memory()), random_(seed) {
    std::ifstream in(SURVEY_TEST_DATA "/forms/visit.xml", std::ios::binary);
    form_.assign(std::istreambuf_iterator<char>(in), {});
    open_server();
    publish();
    for (int i = 0; i < kDevices; ++i) {
        devices_.push_back(std::make_unique<Device>());
        devices_.back()->name = "device" + std::to_string(i);
        open(*devices_.back());
        enrol(*devices_.back());
        must(session(*devices_.back()));
    }
}

AgentWorld::~AgentWorld() = default;

void AgentWorld::open_server() {
    server_.reset();
    clock_.readings_left = 0;
    server_ = std::make_unique<Server>(
        must(server::open_sqlite_store({dir_ / "server.db", dir_ / "server.marker", 1, 0, false},
                                       clock_, random_)),
        dir_.path(), clock_);
}

void AgentWorld::open(Device& device) {
    device.store.reset();
    device.clock.readings_left = 0;
    device.store = must(CollectorStore::open(
        {dir_ / (device.name + "/data"), dir_ / (device.name + "/state/marker"), device.name, 0},
        device.clock, random_));
}

void AgentWorld::enrol(Device& device) {
    const std::string code = must(server_->store->create_enrolment_code({}));
    must(collector::enrol(*device.store, *this, "sim", code, device.name, "sim"));
}

void AgentWorld::publish() {
    const std::string before = "<data id=\"visit\" version=\"1\">";
    const std::string number = std::to_string(++forms_);
    std::string xml = form_;
    xml.replace(xml.find(before), before.size(), "<data id=\"visit\" version=\"" + number + "\">");
    const auto outcome = must(server_->ingest.publish(xml, "visit"));
    if (!outcome.published) std::abort();
}

TransportReply AgentWorld::serve(const Sent& sent) {
    Request request;
    request.id = "sim";
    request.method = Method::kPost;
    request.target = must(parse_target(sent.path));
    request.fields = {{"content-type", "application/x-werkstatt"}};
    if (!sent.token.empty()) request.fields.push_back({"authorization", "Bearer " + sent.token});
    request.peer = "127.0.0.1";
    request.body = sent.body;
    Handled handled = server_->router.handle(std::move(request));
    return {handled.reply.status, std::move(handled.reply.body), std::nullopt};
}

Result<TransportReply> AgentWorld::send(const TransportCall& call, std::size_t) {
    const Error cut = fail(ErrorCode::kUnavailable, "the line broke");
    const Sent sent{std::string(call.path), std::string(call.body), std::string(call.token)};
    if (happens(5)) throw Crash{};
    if (happens(8)) return cut;
    if (happens(8)) {
        late_.push_back(sent);
        return cut;
    }
    if (!late_.empty() && happens(30)) {
        static_cast<void>(serve(late_.front()));
        late_.erase(late_.begin());
    }
    TransportReply reply = serve(sent);
    if (happens(10)) reply = serve(sent);
    if (happens(5)) throw Crash{};
    if (happens(8)) return cut;
    if (happens(4)) return TransportReply{200, "<html>login</html>", std::nullopt};
    if (happens(4)) reply.body.resize(random_.below(reply.body.size() + 1));
    // An answer that somebody else was to get, or one from before.
    TransportReply& previous = previous_[sent.path];
    if (happens(8) && previous.status != 0) std::swap(reply, previous);
    previous = reply;
    return reply;
}

Result<SyncReport> AgentWorld::session(Device& device) {
    return collector::Agent(*device.store, *this, random_, "sim").run_once();
}

std::string AgentWorld::content(const collector::Draft& draft) {
    return "<data id=\"visit\" version=\"" + draft.form.version + "\"><name>" +
           std::to_string(random_.next()) + "</name><meta><instanceID>" + draft.instance.text() +
           "</instanceID></meta></data>";
}

void AgentWorld::finalise(Device& device) {
    const auto forms = must(device.store->forms());
    const auto draft = must(device.store->start_draft({forms.at(0).ref, "<d/>", "de", {}}));
    saved_.insert(must(device.store->finalise(draft.id, {content(draft), "", "", {}})));
}

void AgentWorld::correct(Device& device) {
    const auto interviews = must(device.store->interviews(100));
    if (interviews.empty()) return;
    const auto& chosen = interviews[random_.below(interviews.size())];
    const auto draft = must(device.store->reopen(chosen.instance));
    saved_.insert(must(device.store->finalise(draft.id, {content(draft), "", "", {}})));
}

void AgentWorld::act(Device& device) {
    const std::uint64_t dice = random_.below(100);
    trace_ += " " + device.name.substr(6);
    if (dice < 35) {
        trace_ += "finalise";
        finalise(device);
    } else if (dice < 42) {
        trace_ += "correct";
        correct(device);
    } else if (dice < 85) {
        trace_ += "session";
        if (happens(40)) device.clock.readings_left = 1 + random_.below(kReadingsMax);
        // Whatever went wrong, the next session has to put it right.
        static_cast<void>(session(device));
        device.clock.readings_left = 0;
    } else if (dice < 90) {
        trace_ += "restart";
        open(device);
    } else if (dice < 95) {
        trace_ += "server-restart";
        open_server();
    } else {
        trace_ += "publish";
        publish();
    }
}

std::optional<std::string> AgentWorld::run() {
    is_quiet_ = false;
    for (int i = 0; i < kActions; ++i) {
        Device& device = *devices_[random_.below(devices_.size())];
        const std::chrono::milliseconds step(1'000 + random_.below(100'000));
        clock_.advance(step);
        device.clock.advance(step);
        try {
            act(device);
        } catch (const Crash&) {
            trace_ += "-crash";
            ++crashes_;
            open(device);
        }
    }
    is_quiet_ = true;
    return check();
}

std::optional<std::string> AgentWorld::check() {
    std::set<RevisionId> made;
    for (auto& device : devices_) {
        for (int round = 0; round < kQuietSessions; ++round) {
            const auto report = session(*device);
            if (!report) return device->name + " in quiet: " + report.error().message;
        }
        if (must(device->store->sync_status()).waiting != 0) return device->name + " still waits";
        for (const RevisionId& rev : must(device->store->revisions())) {
            if (!made.insert(rev).second) return "a revision that two laptops made";
        }
        if (must(device->store->forms()).size() != static_cast<std::size_t>(forms_)) {
            return device->name + " has not all forms";
        }
    }
    for (const RevisionId& rev : saved_) {
        if (!made.contains(rev)) return "a laptop lost what it had saved";
    }
    server_.reset();
    DatabaseOptions options;
    options.role = DatabaseRole::kWriter;
    auto db = must(Database::open(dir_ / "server.db", server::server_schema(), options));
    const RevisionLog log(*db);
    std::set<RevisionId> held;
    auto row = must(db->query("SELECT rev FROM arrival"));
    while (must(row.step())) {
        const auto rev = row.digest<RevisionId>(0);
        if (!held.insert(rev).second) return "a revision that arrived twice";
        if (!log.bytes(rev)) return "stored bytes that do not match their name";
    }
    if (held != made) return "the hashes of both sides differ";
    auto writer = must(db->query("SELECT device, incarnation FROM writer"));
    while (must(writer.step())) {
        const WriterId id{DeviceId(writer.text(0)), writer.digest<Incarnation>(1)};
        if (!log.verify_chain(id)) return "a chain at the server that has a gap";
    }
    return std::nullopt;
}

}  // namespace survey::test

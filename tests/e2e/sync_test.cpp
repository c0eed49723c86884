// Collectors and a server as they are installed, with a relay between them that ends a program or
// the line at an exact byte of the traffic.

#include <algorithm>
#include <atomic>
#include <csignal>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/support/conversation.h"
#include "tests/support/process.h"
#include "tests/support/relay.h"
#include "tests/support/temp_dir.h"

using namespace survey::tests;
using survey::test::Relay;
using survey::test::TempDir;

namespace {

using Words = std::vector<std::string>;

Words operator+(Words first, const Words& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

bool says(const std::string& text, const std::string& part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

std::uint16_t port_of(Conversation& server) {
    const std::string mark = "listening on http://127.0.0.1:";
    REQUIRE(server.hears(mark));
    REQUIRE(server.hears("\n"));
    const std::string& said = server.transcript();
    return static_cast<std::uint16_t>(std::stoi(said.substr(said.find(mark) + mark.size())));
}

struct Project {
    TempDir dir;
    Relay relay;
    std::unique_ptr<Conversation> server;
    int records = 0;

    Project() {
        start();
        const auto published = office({"publish", SURVEY_TEST_DATA "/forms/visit.xml"});
        INFO(published.out << published.err);
        REQUIRE(published.status == 0);
    }

    Words variables(const std::string& device) const {
        return {"HOME=" + dir.path(), "XDG_STATE_HOME=" + (dir / (device + "-state")),
                "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"};
    }
    // --- the server
    Words server_command(const Words& words) const {
        return Words{std::string(SURVEY_BIN_DIR) + "/sync-server"} + words +
               Words{"--data", dir / "server", "--lang", "en"};
    }
    ProcessResult office(const Words& words) const {
        ProcessOptions options;
        options.environment = variables("server");
        return run_process(server_command(words), options);
    }
    void start() {
        server = std::make_unique<Conversation>(
            server_command({"serve", "--listen", "127.0.0.1:0", "--host",
                            "127.0.0.1:" + std::to_string(relay.port())}),
            variables("server"), Conversation::Channel::kPipes);
        relay.target = port_of(*server);
    }
    std::string code() const {
        const auto made = office({"codes", "--json"});
        std::smatch found;
        REQUIRE(std::regex_search(made.out, found, std::regex(R"([0-9A-Z]{4}(-[0-9A-Z]{2,4})+)")));
        return found.str();
    }
    std::vector<std::string> held() const {
        const auto listed = office({"revisions", "--form", "visit", "--json"});
        REQUIRE(listed.status == 0);
        const std::regex each("\"revision\":\\s*\"([0-9a-f]{64})\"");
        std::vector<std::string> all;
        for (std::sregex_iterator at(listed.out.begin(), listed.out.end(), each), end; at != end;
             ++at)
            all.push_back((*at)[1]);
        std::sort(all.begin(), all.end());
        return all;
    }

    // --- a laptop
    Words command(const std::string& device, const Words& words) const {
        return Words{std::string(SURVEY_BIN_DIR) + "/collector", "--data", dir / device, "--lang",
                     "en"} +
               words;
    }
    ProcessResult collector(const std::string& device, const Words& words) const {
        ProcessOptions options;
        options.environment = variables(device);
        return run_process(command(device, words), options);
    }
    void enrol(const std::string& device) const {
        const auto done = collector(device, {"enrol", relay.url(), code(), "--name", device});
        INFO(done.out << done.err);
        REQUIRE(done.status == 0);
    }
    void import(const std::string& device, int count) {
        const std::string file = dir / "records.ndxml";
        std::ofstream out(file);
        for (int i = 0; i < count; ++i) {
            const std::string number = std::to_string(++records);
            out << R"(<data id="visit" version="1"><name>Betrieb )" << number << "</name><staff>"
                << records % 500 << "</staff><meta><instanceID>uuid:record-" << number
                << "</instanceID></meta></data>\n";
        }
        out.close();
        const auto done = collector(device, {"import", file});
        INFO(done.out << done.err);
        REQUIRE(done.status == 0);
    }
    std::vector<std::string> made(const std::string& device) const {
        std::istringstream lines(collector(device, {"revisions"}).out);
        std::vector<std::string> all;
        for (std::string line; std::getline(lines, line);)
            all.push_back(line);
        return all;
    }
    /// A session that `at_cut` disturbs when so many bytes have passed.
    int disturbed(const std::string& device, std::uint64_t bytes,
                  const std::function<void(pid_t collector)>& at_cut) {
        relay.cut_after = bytes;
        std::atomic<pid_t> process = 0;
        relay.at_cut = [&] {
            // The traffic may be faster than this thread's next line.
            while (process == 0)
                std::this_thread::yield();
            at_cut(process);
        };
        Conversation sync(command(device, {"sync"}), variables(device),
                          Conversation::Channel::kPipes);
        process = sync.process();
        const int status = sync.wait();
        relay.cut_after = UINT64_MAX;
        return status;
    }
    void sync(const std::string& device) const {
        const auto done = collector(device, {"sync"});
        INFO(done.out << done.err);
        REQUIRE(done.status == 0);
        CHECK(says(done.out, " 0 still waiting"));
    }
    /// After quiet: each revision that a laptop finalised is at the server, once.
    void check_same(const Words& devices) const {
        std::vector<std::string> all;
        for (const std::string& device : devices) {
            const auto hashes = made(device);
            all.insert(all.end(), hashes.begin(), hashes.end());
        }
        std::sort(all.begin(), all.end());
        CHECK(static_cast<int>(all.size()) == records);
        CHECK(all == held());
    }
};

// Head, hello, its answer, push, its answer, pull: somewhere in each of them, and at their edges.
constexpr std::uint64_t kPlaces[] = {1, 90, 350, 500, 700, 1'000, 2'500, 6'000, 12'000, 20'000};

}  // namespace

TEST_CASE("collectors killed anywhere in a session lose and double nothing", "[e2e][sync][kill]") {
    Project project;
    project.enrol("laptop-1");
    project.enrol("laptop-2");
    int killed = 0;
    for (const std::uint64_t place : kPlaces) {
        for (const char* device : {"laptop-1", "laptop-2"}) {
            project.import(device, 3);
            const int status = project.disturbed(
                device, place, [](pid_t collector) { ::kill(collector, SIGKILL); });
            INFO(place << " " << status);
            CHECK((status == 0 || status == 128 + SIGKILL));
            killed += status == 128 + SIGKILL ? 1 : 0;
        }
    }
    CHECK(killed >= 12);
    project.sync("laptop-1");
    project.sync("laptop-2");
    project.check_same({"laptop-1", "laptop-2"});
}

TEST_CASE("a server killed anywhere in a session loses and doubles nothing", "[e2e][sync][kill]") {
    Project project;
    project.enrol("laptop");
    for (const std::uint64_t place : kPlaces) {
        project.import("laptop", 4);
        bool was_killed = false;
        const int status = project.disturbed("laptop", place, [&](pid_t) {
            ::kill(project.server->process(), SIGKILL);
            was_killed = true;
        });
        INFO(place << " " << status);
        CHECK(status == (was_killed ? 3 : 0));
        if (was_killed) project.start();
    }
    project.sync("laptop");
    project.check_same({"laptop"});
}

TEST_CASE("a line that breaks anywhere loses and doubles nothing", "[e2e][sync]") {
    Project project;
    project.enrol("laptop");
    for (const std::uint64_t place : kPlaces) {
        project.import("laptop", 4);
        const int status = project.disturbed("laptop", place, [](pid_t) {});
        CHECK((status == 0 || status == 3));
    }
    project.sync("laptop");
    project.check_same({"laptop"});
}

TEST_CASE("what keeps a laptop from syncing is said, with its exit code", "[e2e][sync]") {
    Project project;
    const auto not_enrolled = project.collector("laptop", {"sync"});
    CHECK(not_enrolled.status == 4);
    CHECK(says(not_enrolled.err, "enrol URL CODE"));

    const auto wrong = project.collector("laptop", {"enrol", project.relay.url(), "NO-SUCH-CODE"});
    CHECK(wrong.status == 4);
    CHECK(says(wrong.err, "not valid (any more)"));
    CHECK(says(wrong.err, "project office"));

    const std::string code = project.code();
    REQUIRE(project.collector("laptop", {"enrol", project.relay.url(), code}).status == 0);
    const auto used = project.collector("other", {"enrol", project.relay.url(), code});
    CHECK(used.status == 4);
    CHECK(says(used.err, "not valid (any more)"));
    project.import("laptop", 3);

    SECTION("a dead server") {
        project.server->kill();
        const auto dead = project.collector("laptop", {"sync"});
        CHECK(dead.status == 3);
        CHECK(says(dead.err, "3 interviews wait here"));
        CHECK(says(dead.err, "nothing is lost"));
        project.start();
    }
    SECTION("a network that wants a login") {
        const std::uint16_t real = std::exchange(project.relay.target, 0);
        const std::string page = "<html><body>Free WLAN</body></html>";
        project.relay.answer =
            "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(page.size()) + "\r\n\r\n" + page;
        const auto portal = project.collector("laptop", {"sync"});
        CHECK(portal.status == 3);
        CHECK(says(portal.err, "login in the browser"));
        project.relay.answer =
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
            "Content-Length: 0\r\n\r\n";
        CHECK(says(project.collector("laptop", {"sync"}).err, "login in the browser"));
        project.relay.target = real;
    }
    SECTION("a server that speaks later versions only") {
        const std::uint16_t real = std::exchange(project.relay.target, 0);
        const std::string body = R"({"code":"unsupported","message":"Please update."})";
        project.relay.answer =
            "HTTP/1.1 426 Upgrade Required\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n" + body;
        const auto newer = project.collector("laptop", {"sync"});
        CHECK(newer.status == 5);
        CHECK(says(newer.err, "too old"));
        project.relay.target = real;
    }
    SECTION("another server at the address") {
        const TempDir elsewhere;
        Conversation other({std::string(SURVEY_BIN_DIR) + "/sync-server", "serve", "--data",
                            elsewhere / "server", "--listen", "127.0.0.1:0", "--host",
                            "127.0.0.1:" + std::to_string(project.relay.port())},
                           project.variables("other"), Conversation::Channel::kPipes);
        const std::uint16_t real = project.relay.target;
        project.relay.target = port_of(other);
        const auto stranger = project.collector("laptop", {"sync"});
        CHECK(stranger.status == 4);
        CHECK(says(stranger.err, "does not know this device"));
        project.relay.target = real;
    }
    const auto status = project.collector("laptop", {"status"});
    CHECK(says(status.out, "Waiting   3"));
    project.sync("laptop");
    project.check_same({"laptop"});
}

TEST_CASE("a withdrawn laptop hands in what it has and is told so", "[e2e][sync][revoked]") {
    Project project;
    project.enrol("laptop");
    project.import("laptop", 2);
    const std::string listed = project.collector("laptop", {"status", "--json"}).out;
    std::smatch device;
    REQUIRE(std::regex_search(listed, device, std::regex("\"device\":\"([0-9A-Z]{26})\"")));
    const auto revoked = project.office({"revoke", device[1]});
    INFO(revoked.err);
    REQUIRE(revoked.status == 0);
    const auto done = project.collector("laptop", {"sync"});
    CHECK(done.status == 4);
    CHECK(says(done.out, "withdrawn"));
    CHECK(says(done.out, "2 set aside for the office"));
    CHECK(project.made("laptop").size() == 2);
    CHECK(says(project.collector("laptop", {"status"}).out, "withdrawn"));
}

TEST_CASE("a full disk is said, and what was said to be saved is", "[e2e][disk]") {
    Project project;
    project.enrol("laptop");
    project.import("laptop", 2);
    const auto before = project.made("laptop");
    std::ofstream(project.dir / "big.ndxml")
        << R"(<data id="visit" version="1"><name>)" << std::string(400'000, 'x')
        << "</name><meta><instanceID>uuid:big</instanceID></meta></data>\n";
    // No file may grow beyond 300 kB: what a full disk looks like to one program.
    ProcessOptions options;
    options.environment = project.variables("laptop");
    const Words limited = {"/bin/bash", "-c", "trap '' XFSZ; ulimit -f 300; exec \"$@\"", "-"};
    const auto full = run_process(
        limited + project.command("laptop", {"import", project.dir / "big.ndxml"}), options);
    CHECK(full.status == 3);
    CHECK(says(full.err, "disk"));
    CHECK(project.made("laptop") == before);
    CHECK(project.collector("laptop", {"import", project.dir / "big.ndxml"}).status == 0);
    ++project.records;
    project.sync("laptop");
    project.check_same({"laptop"});
}

TEST_CASE("the command that is shown after stopping goes on with the draft", "[e2e][terminal]") {
    Project project;
    project.enrol("a laptop's folder");
    ProcessOptions options;
    options.environment = project.variables("a laptop's folder");
    options.input = "Betrieb A\n:quit\n";
    const auto stopped = run_process(project.command("a laptop's folder", {"new"}), options);
    CHECK(stopped.status == 0);
    const std::string mark = "Go on with: collector ";
    const auto at = stopped.out.find(mark);
    REQUIRE(at != std::string::npos);
    const std::string rest = stopped.out.substr(at + mark.size());
    options.input = ":list\n:quit\n";
    const auto resumed = run_process(
        {"/bin/bash", "-c", std::string(SURVEY_BIN_DIR) + "/collector " + rest}, options);
    CHECK(resumed.status == 0);
    CHECK(says(resumed.out, "Betrieb A"));
}

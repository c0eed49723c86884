// The collector's window as a browser meets it: the real program, its loopback port, its files.

#include <csignal>
#include <string>

#include <catch2/catch.hpp>
#include <dirent.h>
#include <sys/stat.h>

#include "common/json/json.h"
#include "tests/support/conversation.h"
#include "tests/support/loopback.h"
#include "tests/support/process.h"

using namespace survey;
using tests::Conversation;
using tests::ProcessOptions;
using tests::ProcessResult;
using tests::run_process;
using tests::TemporaryDirectory;

namespace {

const std::string kCollector = std::string(SURVEY_BIN_DIR) + "/collector";
const std::string kServer = std::string(SURVEY_BIN_DIR) + "/sync-server";

std::string between(const std::string& text, const std::string& before, const std::string& after) {
    const auto from = text.find(before);
    if (from == std::string::npos) return {};
    const auto begin = from + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

struct Reply {
    int status = 0;
    std::string head;
    std::string body;

    json::Value json() const {
        CAPTURE(status, body);
        auto value = json::parse(body, {64u << 20, 32});
        REQUIRE(value);
        return *std::move(value);
    }
};

/// `collector open` on one folder, and a browser's side of it.
class Browser {
  public:
    explicit Browser(const std::string& home, const std::string& data)
        : talk_({kCollector, "open", "--no-browser", "--data", data},
                {"HOME=" + home, "LANG=C", "USER=anna"}, Conversation::Channel::kPipes) {
        REQUIRE(talk_.hears("http://127.0.0.1:"));
        REQUIRE(talk_.hears("Ctrl-C"));
        port_ = between(talk_.transcript(), "http://127.0.0.1:", "/");
        token_ = between(talk_.transcript(), "/#", "\n");
        REQUIRE(token_.size() >= 22);
    }

    void enter() {
        const Reply reply = call("POST", "/session", "{\"token\":\"" + token_ + "\"}");
        REQUIRE(reply.status == 204);
        cookie_ = between(reply.head, "Set-Cookie: ", ";");
        REQUIRE_FALSE(cookie_.empty());
    }
    Reply call(const std::string& method, const std::string& target, const std::string& body = {},
               const std::string& type = "application/json") const {
        const std::string host = "127.0.0.1:" + port_;
        std::string head = method + " " + target + " HTTP/1.1\r\nHost: " + host +
                           "\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n";
        if (!cookie_.empty()) head += "Cookie: " + cookie_ + "\r\n";
        if (method != "GET") {
            head += "Origin: http://" + host + "\r\nX-Werkstatt: 1\r\n";
            if (!body.empty()) head += "Content-Type: " + type + "\r\n";
            head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        }
        return raw(head + "\r\n" + body);
    }
    Reply raw(const std::string& bytes) const {
        test::Loopback client(static_cast<std::uint16_t>(std::atoi(port_.c_str())));
        CHECK(client.send(bytes));
        const std::string all = client.read_to_end();
        const auto end = all.find("\r\n\r\n");
        REQUIRE(end != std::string::npos);
        return {test::status_of(all), all.substr(0, end + 2), all.substr(end + 4)};
    }
    void signal(int number) { ::kill(talk_.process(), number); }
    int wait() { return talk_.wait(); }
    int process() const { return talk_.process(); }
    const std::string& port() const { return port_; }
    const std::string& token() const { return token_; }
    const std::string& said() const { return talk_.transcript(); }

  private:
    Conversation talk_;
    std::string port_, token_, cookie_;
};

/// A folder with a form in which nothing was answered yet.
struct Device {
    TemporaryDirectory home;
    std::string data = home.file("data");

    explicit Device(bool with_form = true) {
        if (with_form) REQUIRE(run({"add-form", SURVEY_TEST_DATA "/forms/visit.xml"}).status == 0);
    }
    ProcessResult run(std::vector<std::string> words) const {
        words.insert(words.begin(), kCollector);
        words.insert(words.end(), {"--data", data});
        ProcessOptions options;
        options.environment = {"HOME=" + home.path(), "LANG=C", "USER=anna"};
        return run_process(words, options);
    }
};

std::string answered(std::string xml, const std::string& name, const std::string& staff) {
    const auto put = [&xml](const std::string& element, const std::string& value) {
        const auto at = xml.find("<" + element + "/>");
        REQUIRE(at != std::string::npos);
        xml.replace(at, element.size() + 3, "<" + element + ">" + value + "</" + element + ">");
    };
    put("name", name);
    put("staff", staff);
    return xml;
}

std::string quoted(const std::string& text) {
    return json::serialise(json::Value(text));
}

std::pair<std::string, std::string> begin_draft(const Browser& browser) {
    const json::Value home = browser.call("GET", "/api/home").json();
    const std::string hash = *json::find_text(json::find(home, "forms")->get_array().at(0), "hash");
    const Reply reply =
        browser.call("POST", "/api/drafts", "{\"form\":{\"hash\":\"" + hash + "\"}}");
    REQUIRE(reply.status == 201);
    const json::Value draft = reply.json();
    return {*json::find_text(draft, "id"), *json::find_text(draft, "xml")};
}

/// Everything that the process's folder keeps, as bytes.
std::string everything_in(const std::string& folder) {
    std::string all;
    DIR* directory = ::opendir(folder.c_str());
    REQUIRE(directory != nullptr);
    while (const dirent* entry = ::readdir(directory))
        if (entry->d_type == DT_REG) all += tests::file_content(folder + "/" + entry->d_name);
    ::closedir(directory);
    return all;
}

}  // namespace

TEST_CASE("a killed window opens again with every answer, and the server gets it once",
          "[e2e][window]") {
    TemporaryDirectory office;
    Conversation server(
        {kServer, "serve", "--data", office.file("data"), "--listen", "127.0.0.1:0"}, {"LANG=C"},
        Conversation::Channel::kPipes);
    REQUIRE(server.hears("listening on http://127.0.0.1:"));
    REQUIRE(server.hears("\n"));
    const std::string url =
        "http://127.0.0.1:" + between(server.transcript(), "listening on http://127.0.0.1:", "\n");
    const auto in_office = [&](std::vector<std::string> words) {
        words.insert(words.begin(), kServer);
        words.insert(words.end(), {"--data", office.file("data")});
        ProcessOptions options;
        options.environment = {"LANG=C"};
        return run_process(words, options);
    };
    REQUIRE(in_office({"publish", SURVEY_TEST_DATA "/forms/visit.xml"}).status == 0);
    const std::string code = in_office({"codes"}).out;
    const Device device(false);
    REQUIRE(device.run({"enrol", url, code.substr(0, code.find('\n'))}).status == 0);

    std::string id;
    std::string xml;
    {
        Browser browser(device.home.path(), device.data);
        browser.enter();
        std::tie(id, xml) = begin_draft(browser);
        xml = answered(xml, "Weber &amp; S\xC3\xB6hne", "3");
        CHECK(browser
                  .call("PUT", "/api/drafts/" + id,
                        "{\"xml\":" + quoted(xml) +
                            ",\"position\":\"/data/staff\",\"language\":\"English (en)\"}")
                  .status == 204);
        browser.signal(SIGKILL);
        browser.wait();
    }
    Browser browser(device.home.path(), device.data);
    browser.enter();
    const json::Value draft = browser.call("GET", "/api/drafts/" + id).json();
    CHECK(json::find_text(draft, "xml") == xml);
    CHECK(json::find_text(draft, "position") == std::string("/data/staff"));
    const Reply finished = browser.call("POST", "/api/drafts/" + id + "/finalise",
                                        "{\"xml\":" + quoted(xml) + ",\"attachments\":[]}");
    REQUIRE(finished.status == 200);
    const std::string revision = *json::find_text(finished.json(), "revision");

    CHECK(browser.call("POST", "/api/sync", "{}").status == 202);
    json::Value state;
    for (int i = 0; i < 10'000; ++i) {
        state = browser.call("GET", "/api/sync").json();
        if (json::find_flag(state, "running") == false) break;
    }
    CAPTURE(json::serialise(state));
    REQUIRE(json::find(state, "report") != nullptr);
    CHECK(json::find_integer(*json::find(state, "report"), "stored") == 1);
    const std::string held = in_office({"revisions"}).out;
    CHECK(held.find(revision) != std::string::npos);
    CHECK(held.find(revision) == held.rfind(revision));
    CHECK(browser.call("POST", "/api/sync", "{}").status == 202);
    const json::Value home = browser.call("GET", "/api/home").json();
    CHECK(json::find_text(json::find(home, "interviews")->get_array().at(0), "delivery") ==
          std::string("delivered"));
    CHECK(browser.call("POST", "/api/close", "{}").status == 202);
    CHECK(browser.wait() == 0);
    CHECK_FALSE(tests::file_exists(device.data + "/window.address"));
    ::kill(server.process(), SIGTERM);
    CHECK(server.wait() == 0);
}

TEST_CASE("the window listens on this machine only and tells its token to nobody",
          "[e2e][window]") {
    const Device device;
    Browser browser(device.home.path(), device.data);
    // Every listening socket of all processes with that port (proc(5)): 0100007F is 127.0.0.1.
    char port[8];
    std::snprintf(port, sizeof port, ":%04X", std::atoi(browser.port().c_str()));
    const std::string sockets = tests::file_content("/proc/net/tcp");
    CHECK(sockets.find("0100007F" + std::string(port)) != std::string::npos);
    CHECK(sockets.find("00000000" + std::string(port)) == std::string::npos);
    CHECK(tests::file_content("/proc/net/tcp6").find(std::string(port) + " 0000") ==
          std::string::npos);
    const std::string process = "/proc/" + std::to_string(browser.process());
    for (const char* file : {"/cmdline", "/comm", "/environ"})
        CHECK(tests::file_content(process + file).find(browser.token()) == std::string::npos);
    // Files that others can read, and what stays after the exchange.
    struct stat info{};
    REQUIRE(::stat((device.data + "/window.address").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    browser.enter();
    CHECK(everything_in(device.data).find(browser.token()) == std::string::npos);
    CHECK(browser.call("POST", "/session", "{\"token\":\"" + browser.token() + "\"}").status ==
          403);
    browser.signal(SIGINT);
    CHECK(browser.wait() == 0);
}

TEST_CASE("the browser is led to the window by a file that only its owner reads", "[e2e][window]") {
    const Device device;
    const std::string program = device.home.write(
        "xdg-open",
        "#!/bin/sh\ncp -p \"$1\" \"$HOME/page\"\n"
        "tr '\\0' ' ' < /proc/$$/cmdline > \"$HOME/words\"\nmv \"$HOME/words\" \"$HOME/done\"\n");
    REQUIRE(::chmod(program.c_str(), 0755) == 0);
    Conversation talk(
        {kCollector, "open", "--data", device.data},
        {"HOME=" + device.home.path(), "LANG=C", "PATH=" + device.home.path() + ":/usr/bin:/bin"},
        Conversation::Channel::kPipes);
    REQUIRE(talk.hears("Ctrl-C"));
    for (int i = 0; i < 10'000'000 && !tests::file_exists(device.home.file("done")); ++i) {
    }
    const std::string page = tests::file_content(device.home.file("page"));
    const std::string token = between(page, "/#", "\"");
    REQUIRE(token.size() >= 22);
    CHECK(tests::file_content(device.home.file("done")).find(token) == std::string::npos);
    CHECK(talk.transcript().find(token) == std::string::npos);
    struct stat info{};
    REQUIRE(::stat((device.data + "/window.html").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    ::kill(talk.process(), SIGINT);
    CHECK(talk.wait() == 0);
    CHECK_FALSE(tests::file_exists(device.data + "/window.html"));
}

TEST_CASE("without a browser to start, the address is shown", "[e2e][window]") {
    const Device device;
    Conversation talk({kCollector, "open", "--data", device.data},
                      {"HOME=" + device.home.path(), "LANG=C", "PATH=/nonexistent"},
                      Conversation::Channel::kPipes);
    CHECK(talk.hears("xdg-open is missing"));
    CHECK(talk.hears("/#"));
    REQUIRE(talk.hears("Ctrl-C"));
    ::kill(talk.process(), SIGINT);
    CHECK(talk.wait() == 0);
}

TEST_CASE("a page of another site gets nowhere", "[e2e][window]") {
    const Device device;
    Browser browser(device.home.path(), device.data);
    browser.enter();
    const std::string host = "Host: 127.0.0.1:" + browser.port() + "\r\n";
    const std::string end = "Connection: close\r\n\r\n";
    CHECK(browser.raw("GET / HTTP/1.1\r\nHost: evil.example:" + browser.port() + "\r\n" + end)
              .status == 421);
    CHECK(browser.raw("GET /api/home HTTP/1.1\r\n" + host + end).status == 401);
    CHECK(browser.raw("GET /api/home HTTP/1.1\r\n" + host + "Sec-Fetch-Site: cross-site\r\n" + end)
              .status == 403);
    CHECK(browser
              .raw("POST /api/sync HTTP/1.1\r\n" + host +
                   "Origin: http://evil.example\r\nContent-Type: text/plain\r\n"
                   "Content-Length: 2\r\n" +
                   end + "{}")
              .status == 403);
    const Reply preflight = browser.raw("OPTIONS /api/sync HTTP/1.1\r\n" + host +
                                        "Origin: http://evil.example\r\n"
                                        "Access-Control-Request-Method: POST\r\n" +
                                        end);
    CHECK(preflight.status >= 400);
    CHECK(preflight.head.find("Access-Control") == std::string::npos);
    CHECK(browser.raw("POST /launch HTTP/1.1\r\n" + host + "Content-Length: 2\r\n" + end + "{}")
              .status == 403);
}

TEST_CASE("a second window shows the first one", "[e2e][window]") {
    const Device device;
    Browser browser(device.home.path(), device.data);
    browser.enter();
    const ProcessResult second = device.run({"open", "--no-browser"});
    CHECK(second.status == 0);
    CHECK(second.err.find("open already") != std::string::npos);
    CHECK(second.out.find("http://127.0.0.1:" + browser.port() + "/#") != std::string::npos);
    const std::string token = between(second.out, "/#", "\n");
    CHECK(token != browser.token());
    CHECK(browser.call("POST", "/session", "{\"token\":\"" + token + "\"}").status == 204);
    // Other commands say that the data is in use.
    CHECK(device.run({"list"}).status == 3);
    browser.signal(SIGTERM);
    CHECK(browser.wait() == 0);
    // What a killed one left behind leads nobody anywhere.
    {
        Browser killed(device.home.path(), device.data);
        killed.signal(SIGKILL);
        killed.wait();
    }
    CHECK(tests::file_exists(device.data + "/window.address"));
    Browser again(device.home.path(), device.data);
    again.enter();
    CHECK(again.call("GET", "/api/home").status == 200);
}

// The program sync-server as people start it: real process, real port, real files.

#include <csignal>
#include <string>

#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/json/json.h"
#include "tests/support/conversation.h"
#include "tests/support/loopback.h"
#include "tests/support/process.h"
#include "tests/support/served.h"

using namespace survey;
using tests::Conversation;
using tests::kServerProgram;
using tests::run_server;
using tests::Served;
using tests::TemporaryDirectory;

namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type | name | label |
| | select_one fit | fit | Does it fit? |
| choices |
| | list_name | name | label |
| | fit | yes | Yes |
| | fit | no | No |
| settings |
| | form_title | form_id | version |
| | Short | short | 1 |
)";

mode_t mode_of(const std::string& path) {
    struct stat info{};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777;
}

std::string line_of(std::string text) {
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

}  // namespace

TEST_CASE("a server starts from nothing, serves, and stops when asked", "[e2e][server]") {
    TemporaryDirectory dir;
    const std::string data = dir.file("data");
    Served server(data);
    CHECK(mode_of(data) == 0700);
    for (const char* secret :
         {"/office.token", "/analyst.token", "/organisation.key", "/server.db"})
        CHECK(mode_of(data + secret) == 0600);
    const std::string health = server.get("/v1/health");
    CHECK(test::status_of(health) == 200);
    CHECK(test::status_of(server.get("/results")) == 303);
    CHECK(test::status_of(server.get("/v1/devices")) == 401);
    const std::string office = line_of(run_server({"token", "--data", data}).out);
    CHECK(office.size() >= 40);
    CHECK(test::status_of(server.get("/v1/devices", office)) == 200);
    CHECK(tests::file_exists(data + "/server.address"));
    CHECK(server.stop() == 0);
    CHECK_FALSE(tests::file_exists(data + "/server.address"));
    CHECK(server.said().find(office) == std::string::npos);  // no secret in the log
}

TEST_CASE("the office's commands work with and without a running server", "[e2e][server]") {
    TemporaryDirectory dir;
    const std::string data = dir.file("data");
    const std::string form = dir.write("short.md", kForm);
    const auto check = [&](bool running) {
        CAPTURE(running);
        const auto published = run_server({"publish", "--data", data, form});
        CAPTURE(published.err);
        CHECK(published.status == 0);
        CHECK(published.out == "Published: short, version 1\n");
        const auto codes = run_server({"codes", "--data", data, "--count", "3", "--json"});
        CHECK(codes.status == 0);
        const auto body = json::parse(line_of(codes.out));
        REQUIRE(body);
        CHECK(json::find(*body, "codes")->as_array().size() == 3);
        CHECK(run_server({"devices", "--data", data}).status == 0);
        CHECK(run_server({"revisions", "--data", data, "--form", "short"}).status == 0);
        const auto table = run_server({"table", "--data", data, "--form", "short", "--row", "fit"});
        CHECK(table.status == 0);
        CHECK(table.out.find("yes,Yes,") != std::string::npos);
        CHECK(run_server({"table", "--data", data, "--form", "none", "--row", "fit"}).status == 1);
        CHECK(run_server({"revoke", "--data", data, "nobody"}).status == 1);
    };
    check(false);
    {
        Served server(data);
        check(true);
        CHECK(server.stop() == 0);
    }
    check(false);
}

TEST_CASE("a form with errors is refused with every finding", "[e2e][server]") {
    TemporaryDirectory dir;
    std::string broken(kForm);
    broken.replace(broken.find("select_one fit"), 14, "select_one nil");
    const auto refused =
        run_server({"publish", "--data", dir.file("data"), dir.write("broken.md", broken)});
    CHECK(refused.status == 1);
    CHECK(refused.err.find("survey row") != std::string::npos);
    const auto missing =
        run_server({"publish", "--data", dir.file("data"), dir.file("missing.xlsx")});
    CHECK(missing.status == 3);
}

TEST_CASE("two processes never work on one store", "[e2e][server]") {
    TemporaryDirectory dir;
    const std::string data = dir.file("data");
    Served server(data);
    const auto second = run_server({"serve", "--data", data, "--listen", "127.0.0.1:0"});
    CHECK(second.status == 3);
    CHECK(second.err.find("Another process") != std::string::npos);
    CHECK(second.out.empty());
    CHECK(server.stop() == 0);
}

TEST_CASE("after a kill the next start takes over and nothing is lost", "[e2e][server]") {
    TemporaryDirectory dir;
    const std::string data = dir.file("data");
    {
        Conversation killed({kServerProgram, "serve", "--data", data, "--listen", "127.0.0.1:0"},
                            {"LANG=C"}, Conversation::Channel::kPipes);
        REQUIRE(killed.hears("listening on "));
        REQUIRE(run_server({"publish", "--data", data, dir.write("short.md", kForm)}).status == 0);
        killed.kill();
    }
    // The address that the killed one left behind leads nowhere.
    CHECK(run_server({"devices", "--data", data}).status == 0);
    Served server(data);
    const std::string office = line_of(run_server({"token", "--data", data}).out);
    CHECK(server.get("/v1/forms", office).find("\"short\"") != std::string::npos);
    CHECK(server.stop() == 0);
}

TEST_CASE("a stranger at the address of a dead server gets no token", "[e2e][server]") {
    TemporaryDirectory dir;
    const std::string data = dir.file("data");
    REQUIRE(run_server({"devices", "--data", data}).status == 0);
    const int stranger = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    REQUIRE(stranger >= 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const name = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(stranger, name, size) == 0);
    REQUIRE(::listen(stranger, 1) == 0);
    REQUIRE(::getsockname(stranger, name, &size) == 0);
    const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    dir.write("data/server.address", url + "\n");
    CHECK(run_server({"devices", "--data", data}).status == 0);
    CHECK(::accept(stranger, nullptr, nullptr) < 0);  // nobody called
    CHECK_FALSE(tests::file_exists(data + "/server.address"));
    ::close(stranger);
}

TEST_CASE("all mistakes of the configuration are told together", "[e2e][server]") {
    TemporaryDirectory dir;
    const std::string file = dir.write("server.conf", "workers = many\nnonsense\ncolour = red\n");
    const auto refused =
        run_server({"serve", "--config", file, "--listen", "8080"},
                   {"LANG=C", "WERKSTATT_ORGANISATIONS_MIN=1", "WERKSTATT_TLS_KEY=/k"});
    CHECK(refused.status == 2);
    for (const char* mistake : {"line 2", "colour", "workers", "--listen",
                                "WERKSTATT_ORGANISATIONS_MIN", "--tls-certificate", "--data"}) {
        CAPTURE(mistake);
        CHECK(refused.err.find(mistake) != std::string::npos);
    }
}

TEST_CASE("flags win over the environment, the environment over the file", "[e2e][server]") {
    TemporaryDirectory dir;
    const std::string data = dir.file("data");
    const std::string file = dir.write("server.conf", "data = /nonexistent/a\n");
    const std::vector<std::string> environment = {"LANG=C", "WERKSTATT_DATA=/nonexistent/b",
                                                  "WERKSTATT_CONFIG=" + file};
    CHECK(run_server({"devices", "--data", data}, environment).status == 0);
    CHECK(tests::file_exists(data + "/server.db"));
    const auto by_environment = run_server({"token"}, environment);
    CHECK(by_environment.status == 3);
    CHECK(by_environment.err.find("/nonexistent/b") != std::string::npos);
}

TEST_CASE("help and version are there in both languages", "[e2e][server]") {
    const auto english = run_server({"--help"});
    CHECK(english.status == 0);
    CHECK(english.out.find("Examples:") != std::string::npos);
    CHECK(english.out.find("Exit status:") != std::string::npos);
    const auto german = run_server({"--help"}, {"LANG=de_DE.UTF-8"});
    CHECK(german.out.find("Beispiele:") != std::string::npos);
    CHECK(run_server({"--version"}).out.rfind("sync-server ", 0) == 0);
    CHECK(run_server({}).status == 2);
    CHECK(run_server({"dance"}).status == 2);
    CHECK(run_server({"publish"}).status == 2);
}

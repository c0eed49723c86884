// A link that everybody opens at once: each opening is a new connection with an empty cache that
// asks for the page, what the link says, the form's text, and every file that the page names.
// Run by `bash tests/bench/run`; arguments: the workbook, the folder of the programs, and
// optionally openings and people at once.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/json/json.h"
#include "tests/bench/running_server.h"

namespace {

using namespace survey;
using bench::give_up;
using Time = std::chrono::steady_clock;

double ms_since(Time::time_point start) {
    return std::chrono::duration<double, std::milli>(Time::now() - start).count();
}

/// One browser's connection.
class Browser {
  public:
    explicit Browser(std::uint16_t port) : port_(port) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            give_up("cannot connect");
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~Browser() { ::close(socket_); }
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    /// Body of the 200 reply; its time goes into `took_ms`.
    std::string get(const std::string& target, std::vector<double>& took_ms,
                    const char* coding = "gzip, deflate, br") {
        const auto start = Time::now();
        const std::string call =
            "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
            "\r\nAccept-Encoding: " + coding + "\r\nAccept-Language: de\r\n\r\n";
        if (::send(socket_, call.data(), call.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(call.size()))
            give_up("the server closed the connection");
        std::string body = read_reply(target);
        took_ms.push_back(ms_since(start));
        return body;
    }

  private:
    std::string read_reply(const std::string& target) {
        std::string inbox;
        std::size_t head = std::string::npos;
        std::size_t length = 0;
        char chunk[65536];
        while (head == std::string::npos || inbox.size() < head + length) {
            const auto got = ::recv(socket_, chunk, sizeof chunk, 0);
            if (got <= 0) give_up("the server closed the connection");
            inbox.append(chunk, static_cast<std::size_t>(got));
            if (head != std::string::npos) continue;
            const auto end = inbox.find("\r\n\r\n");
            if (end == std::string::npos) continue;
            head = end + 4;
            length = std::strtoul(inbox.c_str() + inbox.find("Content-Length: ") + 16, nullptr, 10);
        }
        if (inbox.compare(9, 3, "200") != 0) give_up(target + " refused: " + inbox.substr(0, 300));
        return inbox.substr(head);
    }

    std::uint16_t port_;
    int socket_ = -1;
};

/// Every file that the page names, once.
std::vector<std::string> assets_of(const std::string& page) {
    std::vector<std::string> assets;
    for (auto at = page.find("\"/a/"); at != std::string::npos; at = page.find("\"/a/", at + 1)) {
        const std::string name = page.substr(at + 1, page.find('"', at + 1) - at - 1);
        if (std::find(assets.begin(), assets.end(), name) == assets.end()) assets.push_back(name);
    }
    return assets;
}

/// The engine, which the page's script names.
std::string engine_of(const std::string& script) {
    constexpr std::string_view kEnding = ".wasm";
    const auto end = script.find(kEnding);
    if (end == std::string::npos) return {};
    const auto from = script.find_last_of("\"'`/", end);
    return "/a/" + script.substr(from + 1, end + kEnding.size() - from - 1);
}

struct Person {
    std::vector<double> request_ms;
    std::vector<double> opening_ms;
    std::size_t bytes = 0;
};

void open_links(Person& person, std::uint16_t port, const std::string& link, const std::string& xml,
                const std::vector<std::string>& assets, std::atomic<long>& left) {
    while (left.fetch_sub(1) > 0) {
        const auto start = Time::now();
        Browser browser(port);
        person.bytes += browser.get("/f/" + link, person.request_ms).size();
        for (const std::string& asset : assets)
            person.bytes += browser.get(asset, person.request_ms).size();
        person.bytes += browser.get("/f/" + link + "/form", person.request_ms).size();
        person.bytes += browser.get(xml, person.request_ms).size();
        person.opening_ms.push_back(ms_since(start));
    }
}

double at_share(std::vector<double>& sorted, double share) {
    return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * share)];
}

json::Value parsed(const std::string& text) {
    auto value = json::parse(text);
    if (!value) give_up(value.error().message);
    return *std::move(value);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) give_up("arguments: WORKBOOK PROGRAMS [OPENINGS PEOPLE]");
    const long openings = count > 3 ? std::strtol(arguments[3], nullptr, 10) : 3'000;
    const std::size_t people = count > 4 ? std::strtoul(arguments[4], nullptr, 10) : 16;

    char directory[] = "/tmp/werkstatt-links-XXXXXX";
    if (!::mkdtemp(directory)) give_up("no temporary directory");
    bench::Server server{std::string(arguments[2]) + "/sync-server",
                         std::string(directory) + "/data"};
    server.start();
    const json::Value form = parsed(server.office("publish " + std::string(arguments[1])));
    const std::string id = json::find_text(form, "form").value_or("");
    const json::Value made = parsed(server.office("link create --form " + id));
    const std::string link = json::find_text(made, "link").value_or("");
    const std::string xml =
        "/f/" + link + "/form/" + json::find_text(form, "hash").value_or("") + ".xml";
    std::vector<double> warm;
    std::vector<std::string> assets =
        assets_of(Browser(server.port).get("/f/" + link, warm, "identity"));
    for (std::size_t i = 0; i < assets.size(); ++i) {
        const std::string engine = engine_of(Browser(server.port).get(assets[i], warm, "identity"));
        if (!engine.empty() && std::find(assets.begin(), assets.end(), engine) == assets.end())
            assets.push_back(engine);
    }

    std::vector<Person> all(people);
    std::atomic<long> left = openings;
    const auto start = Time::now();
    std::vector<std::thread> threads;
    for (Person& person : all)
        threads.emplace_back([&] { open_links(person, server.port, link, xml, assets, left); });
    for (std::thread& thread : threads)
        thread.join();
    const double seconds = ms_since(start) / 1'000;
    const double cpu = server.stop();

    Person together;
    for (const Person& person : all) {
        together.request_ms.insert(together.request_ms.end(), person.request_ms.begin(),
                                   person.request_ms.end());
        together.opening_ms.insert(together.opening_ms.end(), person.opening_ms.begin(),
                                   person.opening_ms.end());
        together.bytes += person.bytes;
    }
    std::sort(together.request_ms.begin(), together.request_ms.end());
    std::sort(together.opening_ms.begin(), together.opening_ms.end());
    const auto requests = static_cast<double>(together.request_ms.size());
    const auto opened = static_cast<double>(together.opening_ms.size());
    std::printf("%zu people at once, %.0f openings with empty caches\n", people, opened);
    std::printf("%-46s %10.0f 1/s  (to reach: 1000)\n", "requests of the page", requests / seconds);
    std::printf("%-46s %10.1f ms   (to reach: 100)\n", "request, 95th percentile",
                at_share(together.request_ms, 0.95));
    std::printf("%-46s %10.1f ms\n", "request, slowest", together.request_ms.back());
    std::printf("%-46s %10.0f 1/s\n", "links opened", opened / seconds);
    std::printf("%-46s %10.1f ms\n", "whole opening, 95th percentile",
                at_share(together.opening_ms, 0.95));
    std::printf("%-46s %10.1f kB\n", "sent per opening, packed",
                static_cast<double>(together.bytes) / opened / 1'000);
    std::printf("%-46s %10.3f ms\n", "processor time of the server per request",
                cpu * 1e3 / requests);
}

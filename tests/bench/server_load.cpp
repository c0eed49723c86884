// Intake under load: devices that all come back into the network at once. Simulated interviews of a
// real questionnaire are signed and packed beforehand; then every device pushes its own over
// loopback to the real program, which checks each with the form engine and stores it durably.
// Run by `bash tests/bench/run`; arguments: the workbook, the folder of the programs, and
// optionally interviews, devices, interviews per push.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/codec/envelope.h"
#include "common/codec/wire.h"
#include "common/crypto/crypto.h"
#include "common/host/host.h"
#include "common/json/json.h"
#include "forms/runtime/session_cache.h"
#include "forms/simulate/simulate.h"
#include "forms/xform/load.h"
#include "forms/xlsform/convert.h"
#include "forms/xml/writer.h"
#include "tests/bench/running_server.h"

namespace {

using namespace survey;
using bench::give_up;
using bench::Server;
using Time = std::chrono::steady_clock;

template <typename T>
T require(Result<T> result) {
    if (!result) give_up(result.error().message);
    return *std::move(result);
}

std::string read_all(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) give_up("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// One kept-alive connection, as a device has it.
class Line {
  public:
    explicit Line(std::uint16_t port) : port_(port) {
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
    ~Line() { ::close(socket_); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    /// Body of the 2xx reply.
    std::string post(const std::string& target, const std::string& token, const std::string& body) {
        std::string call = "POST " + target +
                           " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                           "\r\nContent-Type: application/x-werkstatt\r\n" +
                           "Content-Length: " + std::to_string(body.size()) + "\r\n";
        if (!token.empty()) call += "Authorization: Bearer " + token + "\r\n";
        call += "\r\n" + body;
        for (std::size_t sent = 0; sent < call.size();) {
            const auto now = ::send(socket_, call.data() + sent, call.size() - sent, MSG_NOSIGNAL);
            if (now <= 0) give_up("the server closed the connection");
            sent += static_cast<std::size_t>(now);
        }
        return read_reply();
    }

  private:
    std::string read_reply() {
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
        if (inbox.compare(9, 1, "2") != 0) give_up("refused: " + inbox);
        return inbox.substr(head);
    }

    std::uint16_t port_;
    int socket_ = -1;
};

struct BenchDevice {
    std::string token;
    std::vector<std::string> pushes;  ///< Encoded.
    std::vector<double> took_ms;
};

struct Form {
    std::shared_ptr<const forms::FormDefinition> definition;
    FormHash hash;
};

Form load(const std::string& workbook) {
    auto converted = forms::convert_xlsform(read_all(workbook));
    if (!converted.xform) give_up("the workbook has errors");
    Form form;
    form.hash.bytes = blake2b_256(xml::write(*converted.xform));
    form.definition = forms::load_xform(*std::move(converted.xform)).form;
    if (!form.definition) give_up("the form has errors");
    return form;
}

/// A made-up interview as a device finalises it.
RevisionEnvelope interview(const Form& form, std::uint64_t seed, forms::SessionCache& cache) {
    static const SystemClock clock;
    static const FixedOffset zone(std::chrono::minutes(60));
    static const forms::NoMedia media;
    SeededRandom random(seed);
    forms::SessionEnvironment environment;
    environment.clock = &clock;
    environment.time_zone = &zone;
    environment.random = &random;
    environment.media = &media;
    environment.cache = &cache;
    forms::SimulateOptions options;
    options.seed = seed;
    const auto made = require(forms::simulate(form.definition, environment, options));
    RevisionEnvelope envelope;
    envelope.instance = InstanceId(made.record.instance_id);
    envelope.form = {form.definition->id, form.definition->version};
    envelope.form_hash = form.hash;
    envelope.hlc = Hlc{seed};
    envelope.wall_clock = clock.now();
    envelope.content = made.record.xml;
    return envelope;
}

/// Enrols, says hello and packs `count` interviews.
BenchDevice prepare(const Form& form, std::uint16_t port, const std::string& code,
                    std::uint64_t first_seed, std::size_t count, std::size_t per_push) {
    Line line(port);
    SigningKey key = SigningKey::generate();
    SystemRandom random;
    const EnrolRequest enrol{1, code, "bench", PublicKey{key.public_key()}, "bench"};
    const auto welcome =
        require(codec::decode<EnrolReply>(line.post("/v1/enrol", {}, codec::encode(enrol))));
    BenchDevice device;
    device.token = welcome.token;
    HelloRequest hello;
    hello.writer = {welcome.device, make_incarnation(random)};
    const auto greeting = require(
        codec::decode<HelloReply>(line.post("/v1/hello", device.token, codec::encode(hello))));
    PushRequest push{greeting.epoch, hello.writer, {}};
    ChainHead head;
    forms::SessionCache cache;
    for (std::size_t i = 0; i < count; ++i) {
        PushItem item;
        item.envelope = codec::encode_envelope(interview(form, first_seed + i, cache));
        item.entry = {hello.writer, head.seq + 1, head.hash, codec::revision_id(item.envelope), {}};
        item.entry.signature = Signature{key.sign(codec::entry_bytes(item.entry))};
        head = {item.entry.seq, codec::entry_hash(item.entry)};
        push.items.push_back(std::move(item));
        if (push.items.size() < per_push && i + 1 < count) continue;
        device.pushes.push_back(codec::encode(push));
        push.items.clear();
    }
    return device;
}

void deliver(BenchDevice& device, std::uint16_t port, std::atomic<std::size_t>& stored,
             std::atomic<std::size_t>& apart) {
    Line line(port);
    for (const std::string& push : device.pushes) {
        const auto start = Time::now();
        const auto reply =
            require(codec::decode<PushReply>(line.post("/v1/push", device.token, push)));
        device.took_ms.push_back(
            std::chrono::duration<double, std::milli>(Time::now() - start).count());
        for (const PushResult& result : reply.results) {
            if (result.status == ItemStatus::kStored) ++stored;
            if (result.status == ItemStatus::kQuarantined) ++apart;
        }
    }
}

template <typename Work>
double milliseconds_of(Work work) {
    const auto start = Time::now();
    work();
    return std::chrono::duration<double, std::milli>(Time::now() - start).count();
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) give_up("arguments: WORKBOOK PROGRAMS [INTERVIEWS DEVICES PER_PUSH]");
    const auto number = [&](int i, std::size_t fallback) {
        return i < count ? std::strtoul(arguments[i], nullptr, 10) : fallback;
    };
    const std::size_t interviews = number(3, 5'000);
    const std::size_t devices = number(4, 8);
    const std::size_t per_push = number(5, 50);

    char directory[] = "/tmp/werkstatt-load-XXXXXX";
    if (!::mkdtemp(directory)) give_up("no temporary directory");
    Server server{std::string(arguments[2]) + "/sync-server", std::string(directory) + "/data"};
    server.start();
    server.office("publish " + std::string(arguments[1]));
    const auto codes =
        require(json::parse(server.office("codes --count " + std::to_string(devices))));
    const Form form = load(arguments[1]);
    std::vector<BenchDevice> all;
    for (std::size_t i = 0; i < devices; ++i) {
        const std::string code(json::find(codes, "codes")->as_array()[i].as_string());
        all.push_back(
            prepare(form, server.port, code, i * interviews + 1, interviews / devices, per_push));
    }

    std::atomic<std::size_t> stored = 0;
    std::atomic<std::size_t> apart = 0;
    const auto start = Time::now();
    std::vector<std::thread> threads;
    for (BenchDevice& device : all)
        threads.emplace_back([&] { deliver(device, server.port, stored, apart); });
    for (std::thread& thread : threads)
        thread.join();
    const double seconds = std::chrono::duration<double>(Time::now() - start).count();
    // Reads all answers in, counts, protects, writes the journal; then from memory.
    const std::string table = "table --form " + form.definition->id + " --row m01_fit --column ";
    const double first_table_ms = milliseconds_of([&] { server.office(table + "actor_group"); });
    const double next_table_ms = milliseconds_of([&] { server.office(table + "district"); });
    const double same_table_ms = milliseconds_of([&] { server.office(table + "district"); });
    const double cpu = server.stop();

    std::vector<double> took;
    for (const BenchDevice& device : all)
        took.insert(took.end(), device.took_ms.begin(), device.took_ms.end());
    std::sort(took.begin(), took.end());
    const std::size_t total = stored + apart;
    std::printf("%zu devices, %zu interviews, %zu per push\n", devices, total, per_push);
    std::printf("%-46s %10.0f 1/s  (to reach: 667)\n", "interviews stored and checked",
                static_cast<double>(total) / seconds);
    std::printf("%-46s %10.1f ms\n", "push, median", took[took.size() / 2]);
    std::printf("%-46s %10.1f ms   (to reach: 1000)\n", "push, 99th percentile",
                took[took.size() * 99 / 100]);
    std::printf("%-46s %10.3f ms\n", "processor time of the server per interview",
                cpu * 1e3 / static_cast<double>(total));
    std::printf("%-46s %10.1f ms\n", "first table of the fit check, by command", first_table_ms);
    std::printf("%-46s %10.1f ms\n", "another table", next_table_ms);
    std::printf("%-46s %10.1f ms\n", "the same table again", same_table_ms);
    std::printf("%-46s %10zu      (to reach: 0)\n", "kept apart though honest", apart.load());
    std::string cleanup = "rm -r " + std::string(directory);
    return std::system(cleanup.c_str()) == 0 && total == interviews / devices * devices ? 0 : 1;
}

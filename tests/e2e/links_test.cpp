// Answering by link with the real program: what a browser asks for, in its order.

#include <string>

#include <catch2/catch.hpp>

#include "common/base/hex.h"
#include "common/crypto/crypto.h"
#include "common/json/json.h"
#include "tests/support/served.h"

using namespace survey;
using tests::file_content;
using tests::run_server;
using tests::Served;
using tests::TemporaryDirectory;

namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type | name | label | parameters |
| | select_one fit | fit | Does it fit? | |
| | image | photo | Photo | max-pixels=1024 |
| choices |
| | list_name | name | label |
| | fit | yes | Yes |
| | fit | no | No |
| settings |
| | form_title | form_id | version |
| | Short | short | 1 |
)";

json::Value json_of(const std::string& message) {
    auto body = json::parse(test::body_of(message));
    INFO(message);
    REQUIRE(body);
    return *std::move(body);
}

std::string hash_of(const std::string& bytes) {
    return to_hex(sha256(bytes));
}

/// A data directory with the form and a link to it.
struct Campaign {
    TemporaryDirectory dir;
    std::string data = dir.file("data");
    std::string link;
    std::string office;

    Campaign() {
        REQUIRE(run_server({"publish", "--data", data, dir.write("short.md", kForm)}).status == 0);
        const auto made = run_server({"link", "create", "--data", data, "--form", "short", "--json",
                                      "--label", "Members", "--limit", "50"});
        CAPTURE(made.err);
        REQUIRE(made.status == 0);
        link = json::find_text(*json::parse(made.out), "link").value_or("");
        REQUIRE(link.size() == 8);
        office = run_server({"token", "--data", data}).out;
        while (!office.empty() && office.back() == '\n')
            office.pop_back();
    }

    std::string address(const std::string& rest) const { return "/f/" + link + rest; }

    /// The record that a browser would send: the form's own template, filled in.
    std::string sheet(const Served& server, const std::string& instance, const std::string& fit,
                      const std::string& photo = {}) const {
        const json::Value about = json_of(server.get(address("/form")));
        const json::Value& form = *json::find(about, "form");
        const std::string hash = json::find_text(form, "hash").value_or("");
        const std::string xml = test::body_of(server.get(address("/form/" + hash + ".xml")));
        auto from = xml.find("<instance>");
        REQUIRE(from != std::string::npos);
        from += std::string("<instance>").size();
        std::string record = xml.substr(from, xml.find("</instance>") - from);
        const auto fill = [&record](const std::string& name, const std::string& value) {
            const auto at = record.find("<" + name + "/>");
            REQUIRE(at != std::string::npos);
            record.replace(at, name.size() + 3, "<" + name + ">" + value + "</" + name + ">");
        };
        fill("fit", fit);
        fill(
            record.find("<orx:instanceID/>") != std::string::npos ? "orx:instanceID" : "instanceID",
            instance);
        json::Array files;
        if (!photo.empty()) {
            fill("photo", "p.jpg");
            files.emplace_back(json::Object{
                {"name", "p.jpg"}, {"sha256", hash_of(photo)}, {"type", "image/jpeg"}});
        }
        return json::serialise(
            json::Object{{"instance", instance},
                         {"form", json::Object{{"id", "short"}, {"version", "1"}, {"hash", hash}}},
                         {"xml", record},
                         {"language", "en"},
                         {"files", std::move(files)}});
    }

    std::size_t count(const Served& server, const std::string& text) const {
        const std::string all = server.get("/v1/revisions?form=short", office);
        std::size_t found = 0;
        for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + 1))
            ++found;
        return found;
    }
};

}  // namespace

TEST_CASE("from the link to the results", "[e2e][links]") {
    Campaign campaign;
    Served server(campaign.data, {"--controller", "Project Office", "--purpose", "Wozu"});
    const std::string page = server.get(campaign.address(""));
    CHECK(test::status_of(page) == 200);
    CHECK(page.find("data-home=\"link\"") != std::string::npos);
    CHECK(page.find("\r\nContent-Security-Policy: default-src 'none'; script-src 'self'") !=
          std::string::npos);
    // All that the page names is there.
    int assets = 0;
    for (auto at = page.find("\"/a/"); at != std::string::npos; at = page.find("\"/a/", at + 1)) {
        const auto end = page.find('"', at + 1);
        CHECK(test::status_of(server.get(page.substr(at + 1, end - at - 1))) == 200);
        ++assets;
    }
    CHECK(assets >= 2);
    CHECK(test::status_of(server.get("/f/sw.js")) == 200);
    CHECK(server.get(campaign.address("/form")).find("Project Office") != std::string::npos);

    const std::string photo(100'000, 'p');
    const std::string sheet = campaign.sheet(server, "uuid:e2e-1", "yes", photo);
    const std::string answers = campaign.address("/answers");
    const std::string missing = server.send("POST", answers, sheet);
    CHECK(test::status_of(missing) == 409);
    CHECK(missing.find(hash_of(photo)) != std::string::npos);
    CHECK(test::status_of(
              server.send("PUT", campaign.address("/files/" + hash_of(photo)), photo)) == 201);
    const json::Value stored = json_of(server.send("POST", answers, sheet));
    CHECK(json::find_text(stored, "status") == "stored");
    const json::Value again = json_of(server.send("POST", answers, sheet));
    CHECK(json::find_text(again, "status") == "duplicate");
    CHECK(*json::find(again, "receipt") == *json::find(stored, "receipt"));

    CHECK(test::body_of(server.get("/v1/submissions/uuid:e2e-1/files/p.jpg", campaign.office)) ==
          photo);
    CHECK(campaign.count(server, "\"status\":\"stored\"") == 1);
    const auto list = run_server({"link", "list", "--data", campaign.data});
    CHECK(list.out.find("1/50") != std::string::npos);
    const auto table =
        run_server({"table", "--data", campaign.data, "--form", "short", "--row", "fit"});
    CHECK(table.status == 0);
    const std::string sheet_file = campaign.dir.file("sheet.html");
    CHECK(
        run_server({"link", "sheet", "--data", campaign.data, campaign.link, sheet_file}).status ==
        0);
    CHECK(file_content(sheet_file).find("<svg") != std::string::npos);
    CHECK(run_server({"link", "revoke", "--data", campaign.data, campaign.link}).status == 0);
    CHECK(test::status_of(server.get(campaign.address(""))) == 410);
    CHECK(server.stop() == 0);
    CHECK(server.said().find("uuid:e2e-1") == std::string::npos);
    CHECK(server.said().find("answer by link") == std::string::npos);
}

TEST_CASE("a server killed between answer and reply has the answer once", "[e2e][links]") {
    Campaign campaign;
    constexpr int kRounds = 6;
    for (int round = 0; round < kRounds; ++round) {
        CAPTURE(round);
        const std::string instance = "uuid:killed-" + std::to_string(round);
        std::string sheet;
        {
            Served server(campaign.data);
            sheet = campaign.sheet(server, instance, "no");
            test::Loopback client(server.port());
            CHECK(client.send(server.call("POST", campaign.address("/answers"), sheet)));
            // In every second round the answer is on the disk, and nobody hears of it.
            if (round % 2 == 1) {
                bool on_disk = false;
                for (int look = 0; look < 2'000 && !on_disk; ++look) {
                    on_disk = file_content(campaign.data + "/server.db-wal").find(instance) !=
                              std::string::npos;
                }
                CHECK(on_disk);
            }
            server.kill();
        }
        Served server(campaign.data);
        const std::string reply = server.send("POST", campaign.address("/answers"), sheet);
        CHECK(test::status_of(reply) == 200);
        CHECK(campaign.count(server, "\"" + instance + "\"") == 1);
        CHECK(server.stop() == 0);
    }
    const auto list = run_server({"link", "list", "--data", campaign.data});
    CHECK(list.out.find(std::to_string(kRounds) + "/50") != std::string::npos);
}

TEST_CASE("a copy of a running server goes on where it was made", "[e2e][backup]") {
    Campaign campaign;
    const std::string copy = campaign.dir.file("copy");
    const std::string photo = "a photo";
    {
        Served server(campaign.data);
        REQUIRE(test::status_of(server.send("PUT", campaign.address("/files/" + hash_of(photo)),
                                            photo)) == 201);
        REQUIRE(test::status_of(server.send("POST", campaign.address("/answers"),
                                            campaign.sheet(server, "uuid:kept", "yes", photo))) ==
                200);
        const auto made = run_server({"backup", "--data", campaign.data, copy});
        CAPTURE(made.err);
        CHECK(made.status == 0);
        CHECK(run_server({"backup", "--data", campaign.data, copy}).status == 2);
        CHECK(run_server({"erase", "--data", campaign.data, "uuid:kept"}).status == 2);
        CHECK(run_server({"erase", "--data", campaign.data, "uuid:kept", "--yes"}).status == 0);
        CHECK(run_server({"erase", "--data", campaign.data, "uuid:kept", "--yes"}).status == 1);
        CHECK(server.stop() == 0);
    }
    Served server(copy, {"--adopt"});
    CHECK(test::body_of(server.get("/v1/submissions/uuid:kept/files/p.jpg", campaign.office)) ==
          photo);
    CHECK(run_server({"alarms", "--data", copy}).status == 0);
    CHECK(server.stop() == 0);
}

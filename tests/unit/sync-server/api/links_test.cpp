// What people with a link meet, state by state.

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/unit/sync-server/api/link_world.h"

using namespace survey;
using namespace survey::server;
using test::field_of;
using test::Given;
using test::hash_of;
using test::kHour;
using World = test::LinkWorld;

TEST_CASE("an open link shows the form and tells all that a browser needs", "[links]") {
    World world;
    const std::string id = world.link({{"label", "Members of A"}, {"language", "de"}});
    CHECK(id.size() == 8);
    const Reply page = world.get("/f/" + id);
    CHECK(page.status == 200);
    CHECK(page.body.find("lang=\"de\"") != std::string::npos);
    CHECK(page.body.find("data-home=\"link\"") != std::string::npos);
    CHECK(page.body.find("<title>Visit</title>") != std::string::npos);
    CHECK(field_of(page, "Content-Security-Policy").find("'wasm-unsafe-eval'") !=
          std::string::npos);
    CHECK(field_of(page, "Content-Security-Policy").find("unsafe-inline") == std::string::npos);
    CHECK(world.get("/f/" + id + "/kiosk").status == 200);

    const Reply form = world.get("/f/" + id + "/form");
    REQUIRE(form.status == 200);
    const json::Value body = world.json_of(form);
    CHECK(json::find_flag(*json::find(body, "link"), "open") == true);
    CHECK(json::find_text(*json::find(body, "form"), "title") == "Visit");
    const std::string hash = json::find_text(*json::find(body, "form"), "hash").value_or("");
    const json::Value& german = *json::find(*json::find(body, "notice"), "de");
    CHECK(json::find_text(german, "sender") == "Project Office, Musterstadt");
    CHECK(json::find_text(german, "purpose") == "Wir fragen, was passt.");
    CHECK(json::find_integer(german, "floor") == 5);
    CHECK(json::find_integer(german, "kept_days") == 180);
    CHECK(json::find(german, "recipients")->as_array().size() == 3);
    const json::Value& english = *json::find(*json::find(body, "notice"), "en");
    CHECK(json::find_text(english, "purpose") == "We ask what fits.");

    const std::string tag = field_of(form, "ETag");
    const Reply same = world.get("/f/" + id + "/form", {{"if-none-match", tag}});
    CHECK(same.status == 304);
    CHECK(same.body.empty());

    const Reply xml = world.get("/f/" + id + "/form/" + hash + ".xml");
    CHECK(xml.status == 200);
    CHECK(xml.content_type == "application/xml");
    CHECK(xml.bytes().find("<h:html") != std::string::npos);
    CHECK(field_of(xml, "Cache-Control").find("immutable") != std::string::npos);
    const Reply packed =
        world.get("/f/" + id + "/form/" + hash + ".xml", {{"accept-encoding", "gzip, br"}});
    CHECK(field_of(packed, "Content-Encoding") == "gzip");
    CHECK(packed.bytes().size() < xml.bytes().size());
    CHECK(world.get("/f/" + id + "/form/" + std::string(64, '0') + ".xml").status == 404);
    CHECK(world.get("/f/" + id + "/form/" + hash).status == 404);
    CHECK(world.get("/f/" + id + "/media/none.csv?form=" + hash).status == 404);
    CHECK(world.get("/f/" + id + "/media/none.csv").status == 400);
}

TEST_CASE("an address is found as people type it and has one spelling", "[links]") {
    World world;
    const std::string id = world.link();
    std::string typed = id.substr(0, 4) + "-" + id.substr(4);
    for (char& c : typed)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    const Reply page = world.get("/f/" + typed);
    CHECK(page.status == 303);
    CHECK(field_of(page, "Location") == "/f/" + id);
    CHECK(field_of(world.get("/f/" + typed + "/kiosk"), "Location") == "/f/" + id + "/kiosk");
}

TEST_CASE("an unknown link says so, and guessing is slowed without harm to known ones", "[links]") {
    World world;
    const std::string id = world.link();
    const Reply page = world.get("/f/00000000", {{"accept-language", "de"}});
    CHECK(page.status == 404);
    CHECK(page.body.find("Unter dieser Adresse gibt es keinen Fragebogen") != std::string::npos);
    CHECK(world.code_of(world.get("/f/00000000/form")) == "unknown-link");
    CHECK(world.answer("00000000", world.sheet()).status == 404);
    int refused = 0;
    for (int i = 0; i < 300; ++i)
        refused += world.get("/f/N0THERE" + std::to_string(i % 10)).status == 429;
    CHECK(refused > 100);
    CHECK(world.get("/f/" + id).status == 200);
    CHECK(world.answer(id, world.sheet()).status == 200);
}

TEST_CASE("an answer is stored once and its receipt is the same for ever", "[links]") {
    World world;
    const std::string id = world.link();
    const json::Object sheet = world.sheet();
    const Reply first = world.answer(id, sheet);
    REQUIRE(first.status == 200);
    const json::Value said = world.json_of(first);
    CHECK(json::find_text(said, "status") == "stored");
    const json::Value& receipt = *json::find(said, "receipt");
    CHECK(json::find_text(receipt, "instance") == json::find_text(sheet, "instance"));
    CHECK(json::find_text(receipt, "sha256") == hash_of(*json::find_text(sheet, "xml")));
    CHECK(json::find_text(receipt, "day") == "2026-05-04");
    world.clock.advance(48 * kHour);
    const Reply again = world.answer(id, sheet);
    REQUIRE(again.status == 200);
    const json::Value repeated = world.json_of(again);
    CHECK(json::find_text(repeated, "status") == "duplicate");
    CHECK(*json::find(repeated, "receipt") == receipt);
    CHECK(world.stored() == 1);
    // The link is the channel in the data.
    const Reply seen = world.call(
        Method::kGet, "/v1/submissions/" + *json::find_text(sheet, "instance"), "office-token");
    CHECK(seen.body.find("\"link:" + id + "\"") != std::string::npos);
}

TEST_CASE("an answer by link counts in the results", "[links]") {
    World world;
    const std::string id = world.link();
    constexpr const char* kFits[] = {"good", "fair", "poor"};
    for (int i = 0; i < 30; ++i) {
        const RevisionEnvelope filled =
            world.interview({{"firm", "Firm " + std::to_string(i)}, {"fit", kFits[i % 3]}});
        REQUIRE(world.answer(id, world.sheet_of(filled)).status == 200);
    }
    std::size_t counted = 0;
    REQUIRE(world.store->for_each_answer("visit", [&](const AnswerRecord&) { ++counted; }));
    CHECK(counted == 30);
    const Reply table =
        world.call(Method::kGet, "/v1/results/visit/table?row=fit&format=csv", "analyst-token");
    CHECK(table.status == 200);
    CAPTURE(table.body);
    CHECK(table.body.find("good,Good,,Total,10,") != std::string::npos);
}

TEST_CASE("another content under the instance of an answer that counts is refused", "[links]") {
    World world;
    const std::string id = world.link();
    json::Object sheet = world.sheet();
    REQUIRE(world.answer(id, sheet).status == 200);
    std::string xml = *json::find_text(sheet, "xml");
    xml.replace(xml.find("Muster"), 6, "Anders");
    sheet["xml"] = xml;
    const Reply refused = world.answer(id, sheet);
    CHECK(refused.status == 409);
    CHECK(world.code_of(refused) == "conflict");
    CHECK(world.stored() == 1);
}

TEST_CASE("an answer that breaks the form's rules is kept apart, and may be replaced", "[links]") {
    World world;
    const std::string id = world.link();
    json::Object sheet = world.sheet();
    const std::string good = *json::find_text(sheet, "xml");
    std::string xml = good;
    xml.replace(xml.find("<people>12<"), 12, "<people>-12<");
    sheet["xml"] = xml;
    CHECK(world.answer(id, sheet).status == 200);
    const InstanceId instance(*json::find_text(sheet, "instance"));
    CHECK(world.store->submission(instance)->quarantine == QuarantineReason::kInvalid);
    sheet["xml"] = "<data>not closed";
    CHECK(world.answer(id, sheet).status == 200);
    sheet["xml"] = good;
    CHECK(world.answer(id, sheet).status == 200);
    const auto submission = world.store->submission(instance);
    REQUIRE(submission);
    CHECK(submission->quarantine == QuarantineReason::kNone);
    CHECK(submission->revisions == 3);
    CHECK(submission->heads == 1);
}

TEST_CASE("an answer to a version that nobody published waits apart", "[links]") {
    World world;
    const std::string id = world.link();
    RevisionEnvelope filled = world.interview({{"fit", "good"}});
    filled.form.version = "99";
    CHECK(world.answer(id, world.sheet_of(filled)).status == 200);
    CHECK(world.store->submission(filled.instance)->quarantine == QuarantineReason::kUnknownForm);
    RevisionEnvelope other = world.interview({{"fit", "good"}});
    other.form_hash.bytes.fill(7);
    CHECK(world.answer(id, world.sheet_of(other)).status == 200);
    CHECK(world.store->submission(other.instance)->quarantine == QuarantineReason::kFormMismatch);
}

TEST_CASE("what is no answer of ours is refused with its reason", "[links]") {
    World world;
    const std::string id = world.link();
    const auto with = [&](std::string_view member, json::Value value) {
        json::Object sheet = world.sheet();
        sheet[member] = std::move(value);
        return sheet;
    };
    const json::Object bad[] = {
        {},
        with("instance", "12"),
        with("instance", nullptr),
        with("instance", "uuid:a b"),
        with("form", "visit"),
        with("form", json::Object{{"id", "visit"}, {"version", "1"}, {"hash", "12"}}),
        with("xml", ""),
        with("xml", 5),
        with("xml", json::Value(std::string("<a>\0</a>", 8))),
        with("files", "none"),
        with("files", json::Array{json::Object{{"name", "../x"}, {"sha256", hash_of("x")}}}),
        with("files", json::Array{json::Object{{"name", "x"}, {"sha256", "12"}}}),
        with("files", json::Array{json::Object{
                          {"name", "x"}, {"sha256", hash_of("x")}, {"type", "text/ht ml"}}}),
        with("day", "yesterday"),
    };
    for (const json::Object& sheet : bad) {
        CAPTURE(json::serialise(sheet));
        const Reply reply = world.answer(id, sheet);
        CHECK(reply.status == 422);
        CHECK(world.code_of(reply) == "not-an-answer");
    }
    const std::string good = json::serialise(world.sheet());
    CHECK(world.call(Method::kPost, "/f/" + id + "/answers", "", good).status == 422);
    CHECK(world
              .call(Method::kPost, "/f/" + id + "/answers", "", "<a/>",
                    {{"content-type", "application/json"}})
              .status == 422);
    const json::Object elsewhere =
        with("form", json::Object{{"id", "other"}, {"version", "1"}, {"hash", hash_of("x")}});
    CHECK(world.code_of(world.answer(id, elsewhere)) == "wrong-form");
    CHECK(world.answer(id, with("xml", json::Value(std::string(900'001, 'x')))).status == 413);
    CHECK(world.answer(id, world.sheet(), {{"origin", "https://evil.example"}}).status == 403);
    CHECK(world.stored() == 0);
    const auto limit = [&](Method method, const std::string& target) {
        return world.router->body_bytes_max(method, *parse_target(target));
    };
    CHECK(limit(Method::kPost, "/f/" + id + "/answers") == 3 * 1024 * 1024);
    CHECK(limit(Method::kPut, "/f/" + id + "/files/x") == 16 * 1024 * 1024);
}

TEST_CASE("before it opens a link shows when, and takes nothing", "[links]") {
    World world;
    const std::string id = world.link({{"opens", "2026-05-05 10:00"}});
    const Reply page = world.get("/f/" + id + "?lang=de");
    CHECK(page.status == 200);
    CHECK(page.body.find("5. Mai 2026, 10:00 Uhr") != std::string::npos);
    CHECK(page.body.find("office@example.org") != std::string::npos);
    CHECK(world.get("/f/" + id + "?lang=en").body.find("5 May 2026, 10:00") != std::string::npos);
    CHECK(world.code_of(world.answer(id, world.sheet())) == "not-yet");
    CHECK(world.answer(id, world.sheet()).status == 403);
    const Reply form = world.get("/f/" + id + "/form");
    CHECK(form.body.find("\"hash\"") == std::string::npos);
    world.clock.advance(25 * kHour);  // 9:00 UTC is 10:00 there
    CHECK(world.answer(id, world.sheet()).status == 200);
}

TEST_CASE("after it closed a link takes for a while what was begun before", "[links]") {
    World world;
    const std::string id = world.link({{"closes", "2026-05-04"}, {"grace_hours", 48}});
    const json::Object early = world.sheet();
    REQUIRE(world.answer(id, early).status == 200);
    world.clock.advance(24 * kHour);
    const json::Value late = world.json_of(world.get("/f/" + id + "/form?lang=de"));
    CHECK(json::find_flag(*json::find(late, "link"), "open") == false);
    CHECK(json::find_text(*json::find(late, "link"), "reason")->find("5. Mai 2026, 00:00 Uhr") !=
          std::string::npos);
    CHECK(world.get("/f/" + id).body.find("data-home") != std::string::npos);
    CHECK(world.answer(id, world.sheet()).status == 200);
    world.clock.advance(48 * kHour);
    CHECK(world.get("/f/" + id).status == 410);
    const Reply refused = world.answer(id, world.sheet());
    CHECK(refused.status == 410);
    CHECK(world.code_of(refused) == "closed");
    // Whoever never heard the first receipt still gets it.
    CHECK(world.answer(id, early).status == 200);
    CHECK(world.call(Method::kPut, "/f/" + id + "/files/" + hash_of("x"), "", "x").status == 410);
    CHECK(world.stored() == 2);
}

TEST_CASE("a full link says so and counts no duplicate", "[links]") {
    World world;
    const std::string id = world.link({{"answers_max", 2}});
    const json::Object first = world.sheet();
    CHECK(world.answer(id, first).status == 200);
    CHECK(world.answer(id, first).status == 200);
    CHECK(world.answer(id, world.sheet()).status == 200);
    const Reply refused = world.answer(id, world.sheet());
    CHECK(refused.status == 410);
    CHECK(world.code_of(refused) == "full");
    CHECK(world.answer(id, first).status == 200);
    CHECK(world.get("/f/" + id).status == 410);
    CHECK(world.stored() == 2);
    const Reply list = world.call(Method::kGet, "/v1/links", "office-token");
    CHECK(list.body.find("\"answers\":2,\"answers_max\":2") != std::string::npos);
    CHECK(list.body.find("\"state\":\"full\"") != std::string::npos);
}

TEST_CASE("a withdrawn link takes and shows nothing more", "[links]") {
    World world;
    const std::string id = world.link();
    const json::Object first = world.sheet();
    REQUIRE(world.answer(id, first).status == 200);
    CHECK(world.call(Method::kPost, "/v1/links/" + id + "/revoke", "office-token").status == 200);
    CHECK(world.call(Method::kPost, "/v1/links/" + id + "/revoke", "office-token").status == 200);
    CHECK(world.call(Method::kPost, "/v1/links/00000000/revoke", "office-token").status == 404);
    CHECK(world.get("/f/" + id).status == 410);
    CHECK(world.get("/f/" + id + "/form").status == 410);
    CHECK(world.code_of(world.answer(id, world.sheet())) == "revoked");
    CHECK(world.answer(id, first).status == 200);
    world.start();  // it is remembered
    CHECK(world.get("/f/" + id).status == 410);
}

TEST_CASE("files come first, each once, and go with their answer", "[links][files]") {
    World world;
    const std::string id = world.link();
    json::Object sheet = world.sheet();
    const std::string photo = "bytes of a photo";
    sheet["files"] = json::Array{
        json::Object{{"name", "photo 1.jpg"}, {"sha256", hash_of(photo)}, {"type", "image/jpeg"}}};
    const Reply missing = world.answer(id, sheet);
    REQUIRE(missing.status == 409);
    CHECK(json::find(world.json_of(missing), "missing")->as_array().at(0).as_string() ==
          hash_of(photo));
    const std::string address = "/f/" + id + "/files/" + hash_of(photo);
    CHECK(world.call(Method::kPut, address, "", "other bytes").status == 422);
    CHECK(world.call(Method::kPut, address, "", photo).status == 201);
    CHECK(world.call(Method::kPut, address, "", photo).status == 200);
    CHECK(world.answer(id, sheet).status == 200);
    const std::string instance = *json::find_text(sheet, "instance");
    const Reply read = world.call(
        Method::kGet, "/v1/submissions/" + instance + "/files/photo%201.jpg", "office-token");
    CHECK(read.status == 200);
    CHECK(read.body == photo);
    CHECK(field_of(read, "Content-Disposition").rfind("attachment", 0) == 0);
    CHECK(field_of(read, "X-Content-Type-Options") == "nosniff");
    CHECK(world.call(Method::kGet, "/v1/submissions/" + instance + "/files/other", "office-token")
              .status == 404);
    const Reply seen = world.call(Method::kGet, "/v1/submissions/" + instance, "office-token");
    CHECK(seen.body.find("\"here\":true") != std::string::npos);
}

TEST_CASE("a device brings the files that its interviews name, and asks for no others",
          "[api][files]") {
    test::WholeServer world;
    world.publish();
    auto device = world.enrol();
    const std::string photo = "a photo";
    const std::string hash = to_hex(blake2b_256(photo));
    const std::string other = to_hex(blake2b_256("other"));
    const auto have = [&] {
        return world
            .call(Method::kPost, "/v1/files/have", device.token,
                  json::serialise(json::Object{{"hashes", json::Array{hash, other}}}))
            .body;
    };
    CHECK(world.call(Method::kPut, "/v1/files/" + hash, device.token, photo).status == 403);
    RevisionEnvelope filled = world.interview({{"fit", "good"}});
    filled.attachments = {{"p.jpg", "image/jpeg", photo.size(), BlobHash{blake2b_256(photo)}}};
    world.send_one(device, device.next(filled));
    CHECK(have() == R"({"missing":[")" + hash + R"("],"unknown":[")" + other + R"("]})");
    CHECK(world.call(Method::kPut, "/v1/files/" + hash, device.token, "wrong").status == 422);
    CHECK(world.call(Method::kPut, "/v1/files/" + hash, device.token, photo).status == 201);
    CHECK(world.call(Method::kPut, "/v1/files/" + hash, device.token, photo).status == 200);
    CHECK(have() == R"({"missing":[],"unknown":[")" + other + R"("]})");
    CHECK(world.call(Method::kPut, "/v1/files/xyz", device.token, photo).status == 400);
    CHECK(world.call(Method::kPost, "/v1/files/have", device.token, "{}").status == 400);
}

TEST_CASE("nothing of who answered is kept", "[links][privacy]") {
    World world;
    const std::string id = world.link();
    json::Object sheet = world.sheet();
    sheet["files"] = json::Array{
        json::Object{{"name", "p.jpg"}, {"sha256", hash_of("p")}, {"type", "image/jpeg"}}};
    const Given who = {{"user-agent", "Canary-Browser/7"},
                       {"x-forwarded-for", "198.51.100.77"},
                       {"referer", "https://canary.example/page"}};
    CHECK(world.call(Method::kPut, "/f/" + id + "/files/" + hash_of("p"), "", "p", who).status ==
          201);
    CHECK(world.answer(id, sheet, who).status == 200);
    const auto history = world.store->history(InstanceId(*json::find_text(sheet, "instance")));
    REQUIRE(history);
    CHECK(format_utc(history->at(0).received) == "2026-05-04T12:00:00.000Z");
    CHECK(format_utc(history->at(0).wall_clock) == "2026-05-04T12:00:00.000Z");
    world.router.reset();
    world.services.reset();
    world.store.reset();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world.dir.path())) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), {});
        CAPTURE(entry.path().string());
        for (const char* canary : {"Canary", "198.51.100.77", "canary.example", "127.0.0.1"})
            CHECK(bytes.find(canary) == std::string::npos);
    }
}

TEST_CASE("calls by link leave no line in the log", "[links][privacy]") {
    World world;
    const std::string id = world.link();
    Request request;
    request.method = Method::kPost;
    request.target = *parse_target("/f/" + id + "/answers");
    request.fields = {{"content-type", "application/json"}};
    request.body = json::serialise(world.sheet());
    const Handled handled = world.router->handle(std::move(request));
    CHECK(handled.reply.status == 200);
    CHECK(handled.unlogged);
}

TEST_CASE("the office makes links within bounds", "[links][office]") {
    World world;
    const auto status = [&](const json::Object& wanted) {
        return world.call(Method::kPost, "/v1/links", "office-token", json::serialise(wanted))
            .status;
    };
    CHECK(status({{"form", "nothing"}}) == 404);
    CHECK(status({}) == 400);
    CHECK(status({{"form", "visit"}, {"opens", "soon"}}) == 400);
    CHECK(status({{"form", "visit"}, {"opens", "2026-06-01"}, {"closes", "2026-05-01"}}) == 400);
    CHECK(status({{"form", "visit"}, {"answers_max", 0}}) == 400);
    CHECK(status({{"form", "visit"}, {"grace_hours", -1}}) == 400);
    CHECK(status({{"form", "visit"}, {"kiosk_code", "123"}}) == 400);
    CHECK(status({{"form", "visit"}, {"label", std::string(201, 'x')}}) == 400);
    CHECK(world.call(Method::kPost, "/v1/links", "analyst-token", R"({"form":"visit"})").status ==
          403);
    CHECK(world.json_of(world.call(Method::kGet, "/v1/links", "office-token"))
              .as_object()["links"]
              .as_array()
              .empty());
}

TEST_CASE("a code is drawn, pictured and put on a sheet", "[links][office]") {
    World world;
    const std::string id =
        world.link({{"language", "de"}, {"closes", "2026-12-31 18:00"}, {"kiosk_code", "4711"}});
    const auto get = [&](const std::string& picture) {
        return world.call(Method::kGet, "/v1/links/" + id + "/" + picture, "office-token");
    };
    CHECK(get("qr.svg").body.rfind("<svg", 0) == 0);
    CHECK(get("qr.png").body.substr(1, 3) == "PNG");
    CHECK(get("qr.gif").status == 404);
    const Reply sheet = get("sheet");
    CHECK(sheet.status == 200);
    for (const char* said : {"Visit", "https://umfrage.example.org/f/",
                             "31. Dezember 2026, 18:00 Uhr", "<svg", "Project Office"})
        CHECK(sheet.body.find(said) != std::string::npos);
    CHECK(field_of(sheet, "Content-Security-Policy").find("script") == std::string::npos);
    const Reply form = world.get("/f/" + id + "/form");
    CHECK(form.body.find("\"kiosk\":{\"salt\":") != std::string::npos);
    CHECK(form.body.find("4711") == std::string::npos);
}

TEST_CASE("assets are for ever, the worker is asked about", "[links]") {
    World world;
    const Reply worker = world.get("/f/sw.js");
    CHECK(worker.status == 200);
    CHECK(worker.content_type.rfind("text/javascript", 0) == 0);
    CHECK(field_of(worker, "Cache-Control") == "no-cache");
    CHECK(field_of(worker, "Content-Security-Policy").find("connect-src 'self'") !=
          std::string::npos);
    CHECK(world.get("/a/none.js").status == 404);
    CHECK(world.get("/favicon.ico").status == 204);
    const std::string id = world.link();
    const std::string page = world.get("/f/" + id).body;
    const auto from = page.find("/a/");
    REQUIRE(from != std::string::npos);
    const std::string asset = page.substr(from, page.find('"', from) - from);
    const Reply plain = world.get(asset);
    CHECK(plain.status == 200);
    CHECK(field_of(plain, "Cache-Control").find("immutable") != std::string::npos);
    CHECK(field_of(plain, "Content-Encoding") == "gzip");  // kept packed only
    const Reply packed = world.get(asset, {{"accept-encoding", "gzip, deflate, br"}});
    CHECK(field_of(packed, "Content-Encoding") == "br");
    CHECK(packed.bytes().size() < plain.bytes().size());
    CHECK(field_of(packed, "Vary") == "Accept-Encoding");
}

TEST_CASE("a new version of the form is offered at once; what was begun is still taken",
          "[links]") {
    World world;
    const std::string id = world.link();
    const json::Object begun = world.sheet();
    REQUIRE(world.get("/f/" + id + "/form").body.find("\"version\":\"1\"") != std::string::npos);
    std::string second(test::kVisitForm);
    second.replace(second.find("visit | 1 |"), 11, "visit | 2 |");
    const Reply published =
        world.call(Method::kPost, "/v1/forms?name=visit", "office-token", second);
    REQUIRE(published.status == 201);
    CHECK(world.get("/f/" + id + "/form").body.find("\"version\":\"2\"") != std::string::npos);
    CHECK(world.answer(id, begun).status == 200);
    CHECK(world.store->submissions({})->at(0).quarantine == QuarantineReason::kNone);
}

TEST_CASE("a browser is told which files a form needs and what no address may fill in", "[links]") {
    World world;
    auto form = world.store->form({"visit", "1"});
    REQUIRE(form);
    const auto replace = [&](const std::string& from, const std::string& to) {
        const auto at = form->xml.find(from);
        REQUIRE(at != std::string::npos);
        form->xml.replace(at, from.size(), to);
    };
    replace("version=\"1\"", "version=\"2\"");
    replace("</instance>", "</instance><instance id=\"towns\" src=\"jr://file-csv/towns.csv\"/>");
    replace("nodeset=\"/data/firm\"", "nodeset=\"/data/firm\" ws:prefill=\"no\"");
    form->ref.version = "2";
    form->media = {{"towns.csv", "name,label\none,One\n"}, {"unused.png", "x"}};
    REQUIRE(world.store->publish_form(*form));
    const std::string id = world.link();
    const json::Value body = world.json_of(world.get("/f/" + id + "/form"));
    const json::Array& refs = json::find(body, "no_prefill")->as_array();
    REQUIRE(refs.size() == 1);
    CHECK(refs[0].as_string() == "/data/firm");
    const json::Array& media = json::find(body, "media")->as_array();
    REQUIRE(media.size() == 1);
    CHECK(json::find_text(media[0], "url") == "jr://file-csv/towns.csv");
    CHECK(json::find_integer(media[0], "bytes") == 19);
    const Reply file = world.get(*json::find_text(media[0], "address"));
    CHECK(file.status == 200);
    CHECK(file.content_type == "text/csv");
    CHECK(file.bytes() == "name,label\none,One\n");
    CHECK(field_of(file, "Content-Security-Policy").find("sandbox") != std::string::npos);
    CHECK(field_of(file, "Cache-Control").find("immutable") != std::string::npos);
}

TEST_CASE("the office erases an answer with its files, and reviews and withdraws", "[api][care]") {
    World world;
    const std::string id = world.link();
    json::Object sheet = world.sheet();
    sheet["files"] = json::Array{
        json::Object{{"name", "p.jpg"}, {"sha256", hash_of("p")}, {"type", "image/jpeg"}}};
    REQUIRE(world.call(Method::kPut, "/f/" + id + "/files/" + hash_of("p"), "", "p").status == 201);
    REQUIRE(world.answer(id, sheet).status == 200);
    const std::string address = "/v1/submissions/" + *json::find_text(sheet, "instance");
    const auto office = [&](const std::string& target, const std::string& body = {}) {
        return world.call(Method::kPost, target, "office-token", body).status;
    };
    CHECK(office(address + "/review", R"({"state":"rejected"})") == 200);
    CHECK(world.store->submissions({.review = ReviewState::kRejected})->size() == 1);
    CHECK(office(address + "/review", R"({"state":"splendid"})") == 400);
    CHECK(office("/v1/submissions/uuid:none/review", R"({"state":"approved"})") == 404);
    CHECK(office("/v1/submissions/uuid:none/erase") == 404);
    CHECK(office(address + "/erase") == 200);
    CHECK(world.stored() == 0);
    CHECK(std::filesystem::is_empty(world.dir / "files"));
    CHECK(world.code_of(world.answer(id, sheet)) == "erased");
    CHECK(office("/v1/forms/withdraw", R"({"form":"visit","version":"1"})") == 200);
    CHECK(world.get("/f/" + id).status == 410);
    CHECK(office("/v1/forms/withdraw", R"({"form":"visit","version":"1","withdrawn":false})") ==
          200);
    CHECK(world.get("/f/" + id).status == 200);
    CHECK(office("/v1/forms/withdraw", R"({"form":"visit","version":"9"})") == 404);
    CHECK(world.call(Method::kGet, "/v1/alarms", "office-token").body == R"({"alarms":[]})");
    CHECK(office("/v1/backup", R"({"path":"relative"})") == 400);
    CHECK(office("/v1/backup", R"({"path":"/nowhere/at/all.db"})") == 400);
    CHECK(office("/v1/backup", R"({"path":")" + world.dir / "copy.db" + R"("})") == 200);
    CHECK(std::filesystem::exists(world.dir / "copy.db"));
}

TEST_CASE("an erased answer that comes again is told that it is gone", "[links][erase]") {
    World world;
    const std::string id = world.link();
    const json::Object sheet = world.sheet();
    REQUIRE(world.answer(id, sheet).status == 200);
    REQUIRE(world.store->erase(InstanceId(*json::find_text(sheet, "instance"))));
    const Reply late = world.answer(id, sheet);
    CHECK(late.status == 410);
    CHECK(world.code_of(late) == "erased");
}

TEST_CASE("two hundred people in one room are never told to wait", "[links][limits]") {
    World world;
    const std::string id = world.link();
    constexpr int kPeople = 200;
    int refused = 0;
    for (int person = 0; person < kPeople; ++person) {
        refused += world.get("/f/" + id).status != 200;
        refused += world.get("/f/" + id + "/form").status != 200;
        json::Object sheet = world.sheet();
        json::Array files;
        for (int i = 0; i < 3; ++i) {
            const std::string bytes = std::to_string(person * 3 + i);
            const std::string address = "/f/" + id + "/files/" + hash_of(bytes);
            refused += world.call(Method::kPut, address, "", bytes).status != 201;
            files.emplace_back(json::Object{{"name", "p" + std::to_string(i) + ".jpg"},
                                            {"sha256", hash_of(bytes)},
                                            {"type", "image/jpeg"}});
        }
        sheet["files"] = std::move(files);
        refused += world.answer(id, sheet).status != 200;
    }
    CHECK(refused == 0);
    CHECK(world.stored() == kPeople);
}

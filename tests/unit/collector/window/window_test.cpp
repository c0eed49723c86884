#include "collector/window/window.h"

#include <catch2/catch.hpp>

#include "collector/interview/open_interview.h"
#include "common/http/request.h"
#include "tests/unit/collector/interview/visit.h"

using namespace survey;
using namespace survey::collector;

namespace {

struct Opened : test::Visit {
    bool closed = false;
    std::unique_ptr<Window> window;
    std::string cookie;

    Opened() { start(); }

    void start() {
        window.reset();
        WindowSettings settings;
        settings.version = "collector/test";
        settings.user_name = "anna";
        settings.environment = environment();
        settings.open_transport =
            [](const std::string&, const std::atomic<bool>&) -> Result<std::unique_ptr<Transport>> {
            return fail(ErrorCode::kUnavailable, "no network here");
        };
        settings.explain = [](const Error& error) { return "told: " + error.message; };
        settings.close = [this] { closed = true; };
        window = std::make_unique<Window>(*store, random, settings);
        window->opened_at(80);
        cookie.clear();
    }
    /// As after a crash: nothing but what is on the disk.
    void restart() {
        window.reset();
        open();
        start();
        enter();
    }

    Request request(Method method, const std::string& target, std::string body = {}) const {
        Request made;
        made.id = "1";
        made.method = method;
        const auto parsed = parse_target(target);
        REQUIRE(parsed);
        made.target = *parsed;
        made.fields = {{"host", "127.0.0.1:80"}, {"sec-fetch-site", "same-origin"}};
        if (!cookie.empty()) made.fields.emplace_back("cookie", cookie);
        if (!is_safe(method)) {
            made.fields.emplace_back("x-werkstatt", "1");
            made.fields.emplace_back("content-type", "application/json");
        }
        made.body = std::move(body);
        return made;
    }
    Reply call(Method method, const std::string& target, const std::string& body = {}) {
        return window->handle(request(method, target, body)).reply;
    }
    Reply call(Method method, const std::string& target, const json::Object& body) {
        return call(method, target, json::serialise(body));
    }
    json::Value read(const Reply& reply) {
        CAPTURE(reply.status, reply.body);
        auto value = json::parse(reply.body);
        REQUIRE(value);
        return *std::move(value);
    }
    void enter() {
        const Reply reply =
            call(Method::kPost, "/session", json::Object{{"token", window->gate().new_token()}});
        REQUIRE(reply.status == 204);
        for (const auto& [name, value] : reply.fields) {
            if (name == "Set-Cookie") cookie = value.substr(0, value.find(';'));
        }
        REQUIRE_FALSE(cookie.empty());
    }
    std::string form_hash() { return store->forms()->front().hash.hex(); }
    /// Its id and XML.
    std::pair<std::string, std::string> begin_draft() {
        const Reply reply =
            call(Method::kPost, "/api/drafts",
                 json::Object{{"form", json::Object{{"hash", form_hash()}}}, {"language", ""}});
        CHECK(reply.status == 201);
        const json::Value draft = read(reply);
        return {*json::find_text(draft, "id"), *json::find_text(draft, "xml")};
    }
    static std::string answered(std::string xml, const std::string& name,
                                const std::string& staff = "3") {
        const auto put = [&xml](const std::string& element, const std::string& value) {
            const auto at = xml.find("<" + element + "/>");
            REQUIRE(at != std::string::npos);
            xml.replace(at, element.size() + 3, "<" + element + ">" + value + "</" + element + ">");
        };
        if (!name.empty()) put("name", name);
        if (!staff.empty()) put("staff", staff);
        return xml;
    }
    int save(const std::string& id, const std::string& xml) {
        return call(Method::kPut, "/api/drafts/" + id,
                    json::Object{
                        {"xml", xml}, {"position", "/data/staff"}, {"language", "English (en)"}})
            .status;
    }
};

std::string field_of(const Reply& reply, const std::string& name) {
    std::string found;
    for (const auto& [key, value] : reply.fields) {
        if (key == name) found += (found.empty() ? "" : " | ") + value;
    }
    return found;
}

}  // namespace

TEST_CASE("every call but the page and its files needs a session", "[window]") {
    Opened opened;
    CHECK(opened.call(Method::kGet, "/").status == 200);
    CHECK(opened.call(Method::kGet, "/a/none.js").status == 404);
    for (const char* target :
         {"/api/home", "/api/forms/x", "/api/drafts/x", "/api/drafts/x/files/y", "/api/sync",
          "/api/log", "/nothing", "/api", "/.env"}) {
        CAPTURE(target);
        CHECK(opened.call(Method::kGet, target).status == 401);
    }
    for (const char* target : {"/api/drafts", "/api/drafts/x/finalise", "/api/sync", "/api/close",
                               "/api/interviews/x/correct"}) {
        CAPTURE(target);
        CHECK(opened.call(Method::kPost, target, "{}").status == 401);
    }
    CHECK_FALSE(opened.closed);
    opened.enter();
    CHECK(opened.call(Method::kGet, "/api/home").status == 200);
    CHECK(opened.call(Method::kGet, "/nothing").status == 404);
}

TEST_CASE("a wrong token makes no session", "[window]") {
    Opened opened;
    const Reply reply = opened.call(Method::kPost, "/session", json::Object{{"token", "wrong"}});
    CHECK(reply.status == 403);
    CHECK(field_of(reply, "Set-Cookie").empty());
    CHECK(opened.call(Method::kPost, "/session", "not json").status == 400);
}

TEST_CASE("each reply forbids keeping, framing and foreign content", "[window]") {
    Opened opened;
    opened.enter();
    for (const Reply& reply :
         {opened.call(Method::kGet, "/"), opened.call(Method::kGet, "/api/home"),
          opened.call(Method::kGet, "/nothing"), opened.call(Method::kPost, "/api/drafts", "{")}) {
        CHECK(field_of(reply, "Cache-Control") == "no-store");
        const std::string policy = field_of(reply, "Content-Security-Policy");
        CHECK(policy.find("default-src 'none'") != std::string::npos);
        CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
        CHECK(policy.find("unsafe-inline") == std::string::npos);
        CHECK(field_of(reply, "X-Content-Type-Options") == "nosniff");
        CHECK(field_of(reply, "Access-Control-Allow-Origin").empty());
    }
}

TEST_CASE("a write must be JSON, a file octets", "[window]") {
    Opened opened;
    opened.enter();
    const auto [id, xml] = opened.begin_draft();
    for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded",
                             "multipart/form-data", "application/jsonx"}) {
        CAPTURE(type);
        Request request = opened.request(Method::kPut, "/api/drafts/" + id, "{}");
        std::erase_if(request.fields,
                      [](const auto& field) { return field.first == "content-type"; });
        if (*type != '\0') request.fields.emplace_back("content-type", type);
        CHECK(opened.window->handle(request).reply.status == 415);
    }
    CHECK(opened.call(Method::kPut, "/api/drafts/" + id + "/files/a.png", "{}").status == 415);
}

TEST_CASE("a draft is on the disk when it was said to be", "[window][draft]") {
    Opened opened;
    opened.enter();
    const auto [id, xml] = opened.begin_draft();
    CHECK(xml.find("uuid:") != std::string::npos);
    const std::string answered = Opened::answered(xml, "Weber");
    REQUIRE(opened.save(id, answered) == 204);
    opened.restart();
    const json::Value draft = opened.read(opened.call(Method::kGet, "/api/drafts/" + id));
    CHECK(json::find_text(draft, "xml") == answered);
    CHECK(json::find_text(draft, "position") == std::string("/data/staff"));
    CHECK(json::find_text(draft, "language") == std::string("English (en)"));
    // The terminal goes on at the same place.
    auto interview = OpenInterview::resume(*opened.store, opened.environment(), DraftId(id));
    REQUIRE(interview);
    CHECK(interview->session().state(interview->position().node).ref == "/data/staff");
}

TEST_CASE("what is not this draft's is not saved into it", "[window][draft]") {
    Opened opened;
    opened.enter();
    const auto [one, first] = opened.begin_draft();
    const auto [two, second] = opened.begin_draft();
    CHECK(opened.save(one, second) == 409);
    CHECK(opened.save("none", first) == 404);
    CHECK(opened.call(Method::kPut, "/api/drafts/" + one, "{\"position\": null}").status == 400);
    CHECK(opened.call(Method::kPut, "/api/drafts/" + one, "{\"xml\": 1}").status == 400);
    const json::Value draft = opened.read(opened.call(Method::kGet, "/api/drafts/" + one));
    CHECK(json::find_text(draft, "xml") == first);
}

TEST_CASE("the native engine judges what the page calls finished", "[window][finalise]") {
    Opened opened;
    opened.enter();
    const auto [id, xml] = opened.begin_draft();
    const auto finish = [&, draft = id](const std::string& record) {
        return opened.call(Method::kPost, "/api/drafts/" + draft + "/finalise",
                           json::Object{{"xml", record}, {"attachments", json::Array{}}});
    };
    const Reply refused = finish(Opened::answered(xml, "", "900"));
    CHECK(refused.status == 422);
    const json::Value found = opened.read(refused);
    const auto& list = json::find(found, "violations")->get_array();
    REQUIRE(list.size() == 2);
    CHECK(json::find_text(list[0], "ref") == std::string("/data/name"));
    CHECK(json::find_text(list[0], "condition") == std::string("required"));
    CHECK(json::find_text(list[1], "condition") == std::string("constraint"));
    CHECK(json::find_text(list[1], "message") == std::string("Bitte höchstens 500."));
    // A record has no hidden answers; the draft, which has, stays as it was saved.
    const json::Value draft = opened.read(opened.call(Method::kGet, "/api/drafts/" + id));
    CHECK(json::find_text(draft, "xml") == xml);
    CHECK(opened.store->interviews(5)->empty());

    const Reply done = finish(Opened::answered(xml, "Weber"));
    REQUIRE(done.status == 200);
    CHECK(json::find_text(opened.read(done), "revision") ==
          opened.store->revisions()->front().hex());
    CHECK(opened.store->drafts()->empty());
    CHECK(finish(Opened::answered(xml, "Weber")).status == 404);  // a second press
    CHECK(opened.store->interviews(5)->size() == 1);
}

TEST_CASE("what is no record of the form is refused, and the draft stays as it was",
          "[window][finalise]") {
    Opened opened;
    opened.enter();
    const auto [id, xml] = opened.begin_draft();
    const std::string answered = Opened::answered(xml, "Weber");
    REQUIRE(opened.save(id, answered) == 204);
    const std::string instance = opened.store->drafts()->front().instance.text();
    for (const std::string& record :
         {std::string("<"), "<other>" + instance + "</other>",
          "<data id=\"visit\" version=\"1\"><name>" + instance + "</name></data>"}) {
        CAPTURE(record);
        const int status = opened
                               .call(Method::kPost, "/api/drafts/" + id + "/finalise",
                                     json::Object{{"xml", record}})
                               .status;
        CHECK(status >= 400);
        CHECK(status < 500);
        const json::Value draft = opened.read(opened.call(Method::kGet, "/api/drafts/" + id));
        CHECK(json::find_text(draft, "xml") == answered);
    }
}

TEST_CASE("files of a draft come and go by octets", "[window][files]") {
    Opened opened;
    opened.enter();
    const auto [id, xml] = opened.begin_draft();
    const std::string place = "/api/drafts/" + id + "/files/";
    const auto put = [&](const std::string& name, const std::string& type, std::string bytes) {
        Request request =
            opened.request(Method::kPut, place + name + "?type=" + type, std::move(bytes));
        std::erase_if(request.fields,
                      [](const auto& field) { return field.first == "content-type"; });
        request.fields.emplace_back("content-type", "application/octet-stream");
        return opened.window->handle(request).reply.status;
    };
    CHECK(put("foto.jpg", "image/jpeg", std::string("\0\xff", 2)) == 204);
    CHECK(put("page.html", "text/html", "<script>") == 204);
    CHECK(put("pic.svg", "image/svg%2Bxml", "<svg onload=x>") == 204);
    CHECK(put(".hidden", "image/png", "x") == 400);
    const Reply picture = opened.call(Method::kGet, place + "foto.jpg");
    CHECK(picture.body == std::string("\0\xff", 2));
    CHECK(picture.content_type == "image/jpeg");
    // Nothing that a browser would run.
    CHECK(opened.call(Method::kGet, place + "page.html").content_type ==
          "application/octet-stream");
    CHECK(opened.call(Method::kGet, place + "pic.svg").content_type == "application/octet-stream");
    const json::Value draft = opened.read(opened.call(Method::kGet, "/api/drafts/" + id));
    CHECK(json::find(draft, "files")->get_array().size() == 3);
    CHECK(opened.call(Method::kDelete, place + "foto.jpg").status == 204);
    CHECK(opened.call(Method::kGet, place + "foto.jpg").status == 404);
}

TEST_CASE("only a file's own call takes a long body", "[window]") {
    Opened opened;
    const auto most = [&](Method method, const char* target) {
        return opened.window->body_bytes_max(method, *parse_target(target));
    };
    CHECK(most(Method::kPut, "/api/drafts/x/files/y") == kAnswerFileBytesMax);
    CHECK(most(Method::kPut, "/api/drafts/x") < kAnswerFileBytesMax);
    CHECK(most(Method::kPost, "/session") <= 65536);
    CHECK(most(Method::kPost, "/nothing") == 0);
    CHECK(most(Method::kGet, "/api/home") == 0);
}

TEST_CASE("the lists show what is here", "[window][home]") {
    Opened opened;
    opened.enter();
    const auto [id, xml] = opened.begin_draft();
    const auto [other, left] = opened.begin_draft();
    REQUIRE(opened
                .call(Method::kPost, "/api/drafts/" + id + "/finalise",
                      json::Object{{"xml", Opened::answered(xml, "Weber")}})
                .status == 200);
    const json::Value home = opened.read(opened.call(Method::kGet, "/api/home"));
    CHECK(json::find(home, "forms")->get_array().size() == 1);
    const auto& drafts = json::find(home, "drafts")->get_array();
    REQUIRE(drafts.size() == 1);
    CHECK(json::find_text(drafts[0], "id") == other);
    CHECK(json::find_text(drafts[0], "form_title") == std::string("visit"));
    CHECK(json::find(drafts[0], "xml") == nullptr);
    const auto& done = json::find(home, "interviews")->get_array();
    REQUIRE(done.size() == 1);
    CHECK(json::find_text(done[0], "delivery") == std::string("waiting"));
    CHECK(json::find_flag(home, "enrolled") == false);

    const std::string instance = *json::find_text(done[0], "instance");
    const Reply correction =
        opened.call(Method::kPost, "/api/interviews/" + instance + "/correct", "{}");
    CHECK(correction.status == 201);
    CHECK(json::find_flag(opened.read(correction), "correction") == true);
    CHECK(opened.call(Method::kDelete, "/api/drafts/" + other).status == 204);
    CHECK(opened.store->drafts()->size() == 1);
    const json::Value log = opened.read(opened.call(Method::kGet, "/api/log"));
    const auto& events = json::find(log, "events")->get_array();
    REQUIRE(events.size() == 3);
    CHECK(json::find_text(events[0], "kind") == std::string("discarded"));
    CHECK(json::find_text(events[2], "kind") == std::string("finalised"));
}

TEST_CASE("a form comes with its text, and an unknown one does not", "[window][home]") {
    Opened opened;
    opened.enter();
    const json::Value form =
        opened.read(opened.call(Method::kGet, "/api/forms/" + opened.form_hash()));
    CHECK(json::find_text(form, "xml")->find("<h:title>Besuch") != std::string::npos);
    CHECK(opened.call(Method::kGet, "/api/forms/00").status == 404);
    CHECK(
        opened
            .call(Method::kPost, "/api/drafts", json::Object{{"form", json::Object{{"hash", "0"}}}})
            .status == 404);
    CHECK(opened.call(Method::kPost, "/api/drafts", "{}").status == 400);
}

TEST_CASE("close asks the program to end", "[window]") {
    Opened opened;
    opened.enter();
    CHECK(opened.call(Method::kPost, "/api/close", "{}").status == 202);
    CHECK(opened.closed);
}

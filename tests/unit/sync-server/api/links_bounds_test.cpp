// Days, sentences, limits: what an answer by link meets beside the ordinary way.

#include <filesystem>

#include <catch2/catch.hpp>

#include "tests/unit/sync-server/api/link_world.h"

using namespace survey;
using namespace survey::server;
using test::field_of;
using test::Given;
using test::hash_of;
using test::kHour;
using World = test::LinkWorld;

TEST_CASE("rules about today hold all day long where the project is", "[links][day]") {
    World world;
    world.publish(R"(
| survey |
| | type | name | label | constraint |
| | date | seen | When? | . <= today() |
| settings |
| | form_title | form_id | version |
| | Seen | visit | 2 |
)");
    const std::string id = world.link();
    const auto status_of = [&](const std::string& seen, const std::string& day) {
        const RevisionEnvelope filled =
            world.interview({{"seen", seen}}, {}, {}, FormRef{"visit", "2"});
        json::Object sheet = world.sheet_of(filled);
        if (!day.empty()) sheet["day"] = day;
        CHECK(world.answer(id, sheet).status == 200);
        const auto stored = world.store->submission(filled.instance);
        REQUIRE(stored);
        UNSCOPED_INFO(seen << " on " << day << ": " << stored->note);
        return stored->quarantine;
    };
    // The project's clock is an hour ahead of UTC: half past midnight of the fifth there.
    while (format_utc(world.clock.now()).substr(0, 13) != "2026-05-04T23")
        world.clock.advance(std::chrono::minutes(30));
    CHECK(status_of("2026-05-05", "") == QuarantineReason::kNone);
    CHECK(status_of("2026-05-05", "2026-05-05") == QuarantineReason::kNone);
    CHECK(status_of("2026-05-06", "2026-05-05") == QuarantineReason::kInvalid);
    // An answer that waited is judged by its own day.
    CHECK(status_of("2026-05-03", "2026-05-03") == QuarantineReason::kNone);
    CHECK(status_of("2026-05-04", "2026-05-03") == QuarantineReason::kInvalid);
    // East of the project it is tomorrow already; a clock that is wrong by more is not believed.
    CHECK(status_of("2026-05-06", "2026-05-06") == QuarantineReason::kNone);
    CHECK(status_of("2026-05-07", "2026-05-07") == QuarantineReason::kInvalid);
}

TEST_CASE("what the office calls a link is not told to anybody", "[links]") {
    World world;
    const std::string id = world.link({{"label", "Late payers of region 7"}});
    const Reply form = world.get("/f/" + id + "/form");
    REQUIRE(form.status == 200);
    CHECK(form.body.find("Late payers") == std::string::npos);
    CHECK(json::find(*json::find(world.json_of(form), "link"), "label") == nullptr);
}

TEST_CASE("the way to the one spelling keeps what the address fills in", "[links]") {
    World world;
    const std::string id = world.link();
    std::string typed = id.substr(0, 4) + "-" + id.substr(4);
    const Reply page = world.get("/f/" + typed + "/kiosk?d[/data/firm]=A%26B&lang=de");
    CHECK(page.status == 303);
    CHECK(field_of(page, "Location") == "/f/" + id + "/kiosk?d%5B%2Fdata%2Ffirm%5D=A%26B&lang=de");
}

TEST_CASE("a proxy on the machine is not the machine: nobody behind it makes a copy",
          "[api][backup]") {
    World world;
    const std::string path = world.dir / "copy.db";
    for (const Given& fields :
         {Given{{"x-forwarded-for", "198.51.100.7"}}, Given{{"forwarded", "for=198.51.100.7"}}}) {
        const Reply reply = world.call(Method::kPost, "/v1/backup", "office-token",
                                       R"({"path":")" + path + R"("})", fields);
        CHECK(reply.status == 403);
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("what is not taken is said in the language of whoever reads it", "[links][words]") {
    World world;
    const std::string id = world.link({{"language", "de"}});
    const auto message_of = [&](const Reply& reply) {
        return json::find_text(world.json_of(reply), "message").value_or("");
    };
    json::Object sheet = world.sheet();
    REQUIRE(world.answer(id, sheet).status == 200);
    std::string xml = *json::find_text(sheet, "xml");
    xml.replace(xml.find("Muster"), 6, "Anders");
    sheet["xml"] = xml;
    const Reply conflict = world.answer(id, sheet);
    CHECK(conflict.status == 409);
    CHECK(world.code_of(conflict) == "conflict");
    CHECK(message_of(conflict).rfind("Diese Antwort ist schon angekommen", 0) == 0);
    sheet = world.sheet();
    sheet["form"] = json::Object{{"id", "other"}, {"version", "1"}, {"hash", hash_of("x")}};
    CHECK(message_of(world.answer(id, sheet)) == "Dieser Link gehört zu einem anderen Fragebogen.");
    CHECK(message_of(world.answer(world.link({{"language", "en"}}), sheet)) ==
          "This link is for another questionnaire.");
    sheet = world.sheet();
    sheet["xml"] = "";
    CHECK(message_of(world.answer(id, sheet)).rfind("Der Server kann diese Antwort nicht", 0) == 0);
    sheet["xml"] = std::string(900'001, 'x');
    const Reply long_one = world.answer(id, sheet);
    CHECK(long_one.status == 413);
    CHECK(world.code_of(long_one) == "limit");
    CHECK(message_of(long_one).rfind("Diese Antwort ist länger", 0) == 0);
    const Reply file = world.call(Method::kPut, "/f/" + id + "/files/" + hash_of("x"), "", "y");
    CHECK(message_of(file).rfind("Die Datei kam verändert an", 0) == 0);
}

TEST_CASE("the notice and the closing sentence say what is so", "[links][words]") {
    World world;
    const std::string id = world.link({{"closes", "2026-05-03"}, {"grace_hours", 0}});
    const std::string page = world.get("/f/" + id + "?lang=de").body;
    CHECK(page.find("ist seit dem 4. Mai 2026, 00:00 Uhr geschlossen") != std::string::npos);
    const std::string notice = json::serialise(notice_of(world.project, true));
    CHECK(notice.find("geschickt hat und nicht zum Projektbüro gehört") != std::string::npos);
}

TEST_CASE("what breaks the form's rules is bounded by link and day, what counts is not",
          "[links][limits]") {
    World world;
    const std::string id = world.link();
    // As large as an answer with its pictures may be: the store only knows their sizes.
    json::Array pictures;
    for (int i = 0; i < 100; ++i) {
        const std::string name = "p" + std::to_string(i);
        REQUIRE(
            world.store->note_file({BlobHash{blake2b_256(name)}, sha256(name), 16 * 1024 * 1024}));
        pictures.emplace_back(
            json::Object{{"name", name}, {"sha256", hash_of(name)}, {"type", "image/jpeg"}});
    }
    const auto odd = [&](json::Array files) {
        json::Object sheet = world.sheet();
        std::string xml = *json::find_text(sheet, "xml");
        xml.replace(xml.find("<people>12<"), 12, "<people>-12<");
        sheet["xml"] = xml;
        sheet["files"] = std::move(files);
        return sheet;
    };
    const json::Object first = odd(pictures);
    CHECK(world.answer(id, first).status == 200);
    const json::Object second = odd(pictures);
    const Reply refused = world.answer(id, second);
    CHECK(refused.status == 429);
    CHECK(world.code_of(refused) == "limit");
    CHECK_FALSE(field_of(refused, "Retry-After").empty());
    CHECK(world.stored() == 1);
    // Nothing else stands still: the first again, a small one, another link, one that counts.
    CHECK(world.answer(id, first).status == 200);
    CHECK(world.answer(id, odd({})).status == 200);
    CHECK(world.answer(world.link(), second).status == 200);
    json::Object good = world.sheet();
    good["files"] = pictures;
    CHECK(world.answer(id, good).status == 200);
    CHECK(world.store->submission(InstanceId(*json::find_text(good, "instance")))->quarantine ==
          QuarantineReason::kNone);
    const json::Object third = odd(pictures);
    CHECK(world.answer(id, third).status == 429);
    world.clock.advance(24 * kHour);
    CHECK(world.answer(id, third).status == 200);
}

TEST_CASE("on a disk that is nearly full only what counts is taken", "[links][limits]") {
    World world;
    const std::string id = world.link();
    const auto link = world.links->book.find(id);
    REQUIRE(link);
    const auto take = [&](const json::Object& body) {
        const auto sheet = read_answer_sheet(json::serialise(body));
        REQUIRE(sheet);
        const auto outcome = world.links->answers.take(**link, *sheet, false);
        REQUIRE(outcome);
        return *outcome;
    };
    CHECK(std::holds_alternative<AnswerReceipt>(take(world.sheet())));
    json::Object odd = world.sheet();
    odd["xml"] = "<data>not closed";
    CHECK(std::holds_alternative<TooManyOdd>(take(odd)));
    CHECK(world.stored() == 1);
}

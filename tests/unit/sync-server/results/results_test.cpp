#include <catch2/catch.hpp>

#include "common/json/json.h"
#include "tests/support/whole_server.h"

using namespace survey;
using namespace survey::server;
using test::Given;

namespace {

struct Field {
    test::WholeServer world;
    test::PaperDevice device;
    std::vector<RevisionEnvelope> sent;
    std::vector<RevisionId> revisions;

    Field() {
        world.publish();
        device = world.enrol();
    }

    RevisionId send(const RevisionEnvelope& envelope) {
        const PushItem item = device.next(envelope);
        const RevisionId rev = item.entry.rev;
        REQUIRE(world.send_one(device, item).status == ItemStatus::kStored);
        sent.push_back(envelope);
        revisions.push_back(rev);
        return rev;
    }

    /// `count` firms of their own that say this.
    void firms(int count, const std::string& fit, const std::string& district = "north") {
        for (int i = 0; i < count; ++i) {
            const std::string firm = "Firm " + std::to_string(sent.size());
            send(world.interview({{"firm", firm}, {"district", district}, {"fit", fit}}));
        }
    }

    std::optional<std::uint64_t> answers(const std::string& option) {
        const auto answer = world.results->table("visit", {"fit", {}, {}, {}});
        if (!answer) FAIL(answer.error().message);
        const auto& categories = answer->table.row.categories;
        for (std::uint32_t i = 0; i < categories.size(); ++i) {
            if (categories[i] != option) continue;
            const ReleasedNumber* number = answer->table.cell(i, kAll);
            return number ? std::optional(number->answers) : std::nullopt;
        }
        return std::nullopt;
    }
};

}  // namespace

TEST_CASE("a table counts what was pushed, and small groups stay hidden", "[results]") {
    Field field;
    field.firms(12, "good");
    field.firms(8, "fair");
    field.firms(2, "poor");
    CHECK(field.answers("good") == 12);
    CHECK_FALSE(field.answers("poor"));
}

TEST_CASE("corrected answers change the table, answers sent again do not", "[results]") {
    Field field;
    field.firms(20, "good");
    field.firms(10, "fair");
    CHECK(field.answers("good") == 20);
    for (std::size_t i = 0; i < 8; ++i) {
        const RevisionEnvelope& before = field.sent[i];
        RevisionEnvelope after = before;
        after.parents = {field.revisions[i]};
        after.hlc = Hlc{before.hlc.value + 1'000};
        const auto at = after.content.find("<fit>good</fit>");
        REQUIRE(at != std::string::npos);
        // "fair" also asks what is needed; nobody answered it.
        after.content.replace(at, 15, "<fit>fair</fit>");
        const auto end = after.content.find("<doubled");
        REQUIRE(end != std::string::npos);
        after.content.insert(end, "<needs/>");
        field.send(after);
    }
    CHECK(field.answers("good") == 12);
    CHECK(field.answers("fair") == 18);
    CHECK(field.world.store->count_submissions({}).value_or(0) == 30);
}

TEST_CASE("an answer taken out of the results leaves the table with enough others", "[results]") {
    Field field;
    field.firms(20, "good");
    field.firms(10, "fair");
    CHECK(field.answers("good") == 20);
    for (std::size_t i = 0; i < 6; ++i)
        REQUIRE(field.world.store->review({field.sent[i].instance, ReviewState::kRejected, ""}));
    CHECK(field.answers("good") == 14);
}

TEST_CASE("one firm that answers often is still one firm", "[results]") {
    Field field;
    for (int i = 0; i < 30; ++i)
        field.send(field.world.interview({{"firm", "Only One"}, {"fit", "good"}}));
    CHECK_FALSE(field.answers("good"));
}

TEST_CASE("what was shown before a restart is shown after it, and guards it",
          "[results][journal]") {
    Field field;
    field.firms(12, "good");
    field.firms(9, "fair");
    CHECK(field.answers("good") == 12);
    field.firms(1, "good");  // too few to move a number that was shown
    CHECK(field.answers("good") == 12);
    field.world.start();
    CHECK(field.answers("good") == 12);
    field.firms(5, "good");
    CHECK(field.answers("good") == 18);
    field.world.start();
    CHECK(field.answers("good") == 18);
}

TEST_CASE("a new version adds questions and options and keeps what was shown", "[results]") {
    Field field;
    field.firms(12, "good");
    field.firms(9, "fair");
    CHECK(field.answers("good") == 12);
    std::string next(test::kVisitForm);
    const auto change = [&next](const std::string& from, const std::string& to) {
        const auto at = next.find(from);
        REQUIRE(at != std::string::npos);
        next.replace(at, from.size(), to);
    };
    change("| visit | 1 |", "| visit | 2 |");
    change("| | fit | fair | Fair | 0 |  |\n",
           "| | fit | new | New | 0 |  |\n| | fit | fair | Fair | 0 |  |\n");
    field.world.publish(next);
    CHECK(field.answers("good") == 12);
    CHECK(field.answers("fair") == 9);
    field.world.start();
    CHECK(field.answers("fair") == 9);
}

TEST_CASE("questions that do not exist or are no table are said so", "[results]") {
    Field field;
    field.firms(6, "good");
    const auto ask = [&](const std::string& form, TableQuestion question) {
        const auto answer = field.world.results->table(form, question);
        return answer ? std::string("shown") : std::string(code_name(answer.error().code));
    };
    CHECK(ask("nothing", {"fit", {}, {}, {}}) == "not-found");
    CHECK(ask("visit", {"nothing", {}, {}, {}}) == "not-found");
    CHECK(ask("visit", {"firm", {}, {}, {}}) == "not-found");
    CHECK(ask("visit", {"fit", "nothing", {}, {}}) == "not-found");
    CHECK(ask("visit", {"people", {}, {}, {}}) == "not-found");  // no answers, so no classes
    CHECK(ask("visit", {"fit", {}, Filter{"district", {"nowhere"}}, {}}) == "not-found");
}

TEST_CASE("no format of a table betrays a small group", "[results][disclosure]") {
    Field field;
    field.firms(30, "good", "north");
    field.firms(24, "fair", "north");
    field.firms(3, "poor", "south");  // a number that stands nowhere else
    // Three in a cell; and the 54 others, who with the total of 57 would give the three away.
    const std::vector<std::pair<std::string, std::vector<std::string>>> formats = {
        {"json", {"\"answers\":3,", "\"answers\":3}", "\"answers\":54", "\"answers\":24"}},
        {"csv", {",3,", ";3;", ",54,", ";54;", ",24,", ";24;"}},
        {"svg", {">3<", ">3 ", ">54<", ">54 ", ">24<", ">24 "}},
    };
    for (const auto& [format, betrayals] : formats) {
        for (const std::string language : {"de", "en"}) {
            const auto reply = field.world.call(
                Method::kGet,
                "/v1/results/visit/table?row=fit&column=district&lang=" + language +
                    "&format=" + format,
                "analyst-token");
            CAPTURE(format, language, reply.body);
            REQUIRE(reply.status == 200);
            for (const std::string& betrayal : betrayals)
                CHECK(reply.body.find(betrayal) == std::string::npos);
        }
    }
    const auto workbook = field.world.call(
        Method::kGet, "/v1/results/visit/table?row=fit&format=xlsx", "analyst-token");
    CHECK(workbook.body.substr(0, 2) == "PK");
    CHECK(field.world
              .call(Method::kGet, "/v1/results/visit/table?row=fit&format=exe", "analyst-token")
              .status == 400);
    const auto page =
        field.world.call(Method::kGet, "/results/visit?row=fit&column=district", "analyst-token");
    REQUIRE(page.status == 200);
    CHECK(page.body.find("<td>30") != std::string::npos);  // what may be shown is
    for (const char* betrayal : {"<td>3<", "<td>3 (", "<td>54<", "<td>54 (", "<td>24<", "<td>24 ("})
        CHECK(page.body.find(betrayal) == std::string::npos);
}

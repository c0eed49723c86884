#include "sync-server/console/pages.h"

#include <catch2/catch.hpp>

#include "sync-server/console/assets.h"
#include "tests/support/whole_server.h"

using namespace survey;
using namespace survey::server;

namespace {

const std::vector<std::pair<std::string, std::string>> kFormFields = {
    {"content-type", "application/x-www-form-urlencoded"}};

}  // namespace

TEST_CASE("a person signs in with a token, looks at results and signs out", "[api][pages]") {
    test::WholeServer world;
    world.publish();
    CHECK(world.call(Method::kGet, "/login", "").status == 200);
    const auto reply = world.call(Method::kPost, "/login", "",
                                  "token=analyst-token%0A&next=%2Fresults%2Fvisit", kFormFields);
    CHECK(reply.status == 303);
    CHECK(test::field_of(reply, "Location") == "/results/visit");
    const std::string cookie = test::field_of(reply, "Set-Cookie");
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Strict") != std::string::npos);
    const std::string pair = cookie.substr(0, cookie.find(';'));
    CHECK(pair.find("analyst-token") == std::string::npos);
    const auto page =
        world.call(Method::kGet, "/results/visit?row=fit&lang=de", "", "", {{"cookie", pair}});
    REQUIRE(page.status == 200);
    CHECK(page.body.find("<html lang=\"de\">") != std::string::npos);
    CHECK(page.body.find("<table") != std::string::npos);
    CHECK(page.body.find("How well does it fit?") != std::string::npos);
    CHECK(page.body.find("class=\"result beside\"") != std::string::npos);
    CHECK(page.body.find("<script") == std::string::npos);
    CHECK(page.body.find(" style=") == std::string::npos);
    CHECK(test::field_of(page, "Content-Security-Policy").find("script-src") == std::string::npos);
    CHECK(world.call(Method::kGet, "/v1/forms", "", "", {{"cookie", pair}}).status == 403);
    CHECK(world.call(Method::kPost, "/logout", "", "", {{"cookie", pair}}).status == 303);
    CHECK(world.call(Method::kGet, "/results", "", "", {{"cookie", pair}}).status == 303);
}

TEST_CASE("a wrong token stays outside and is told so", "[api][pages]") {
    test::WholeServer world;
    const auto reply = world.call(Method::kPost, "/login", "", "token=guess&lang=de", kFormFields);
    CHECK(reply.status == 403);
    CHECK(test::field_of(reply, "Set-Cookie").empty());
    CHECK(reply.body.find("role=\"alert\"") != std::string::npos);
    CHECK(reply.body.find("guess") == std::string::npos);
}

TEST_CASE("signing in leads only to pages of ours", "[api][pages]") {
    test::WholeServer world;
    for (const char* next : {"https://evil.example", "//evil.example", "/results/../../x y",
                             "/\\evil.example", "/v1/forms", "/results%0d%0aSet-Cookie: a=b"}) {
        CAPTURE(next);
        const auto reply =
            world.call(Method::kPost, "/login", "",
                       "token=office-token&next=" + percent_encoded(next), kFormFields);
        CHECK(reply.status == 303);
        CHECK(test::field_of(reply, "Location") == "/results");
    }
}

TEST_CASE("sessions end when idle, when old, and when asked", "[api][sessions]") {
    test::FakeClock clock;
    Sessions sessions(clock);
    const std::string idle = sessions.open(Caller::Role::kAnalyst);
    CHECK(sessions.role(idle) == Caller::Role::kAnalyst);
    CHECK_FALSE(sessions.role(""));
    CHECK_FALSE(sessions.role("invented"));
    clock.advance(std::chrono::minutes(29));
    CHECK(sessions.role(idle));
    clock.advance(std::chrono::minutes(31));
    CHECK_FALSE(sessions.role(idle));
    const std::string busy = sessions.open(Caller::Role::kOffice);
    for (int i = 0; i < 12 * 3; ++i) {
        clock.advance(std::chrono::minutes(20));
        if (i < 12 * 3 - 1) CHECK(sessions.role(busy));
    }
    clock.advance(std::chrono::minutes(1));
    CHECK_FALSE(sessions.role(busy));
    const std::string closed = sessions.open(Caller::Role::kOffice);
    sessions.close(closed);
    CHECK_FALSE(sessions.role(closed));
    const std::string first = sessions.open(Caller::Role::kOffice);
    clock.advance(std::chrono::milliseconds(1));
    for (std::size_t i = 0; i < Sessions::kSessionsMax; ++i)
        sessions.open(Caller::Role::kAnalyst);
    CHECK_FALSE(sessions.role(first));
}

TEST_CASE("texts of forms and addresses are escaped in pages", "[console]") {
    QuestionList questions;
    FormQuestion question;
    question.name = "q\"><script>";
    question.options = {{"a&b", {"<b>bold</b> & **strong**"}, false, {}}};
    question.labels = {"<img src=x onerror=alert(1)>Which & why?"};
    questions.questions = {question};
    questions.languages = {"default"};
    ResultsView view;
    view.form_id = "f/\"<>";
    view.title = "</title><script>alert(1)</script>";
    view.questions = &questions;
    view.asked.row = question.name;
    view.message = "<script>";
    const std::string page = results_page(view);
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("<img") == std::string::npos);
    CHECK(page.find("bold &amp; strong") != std::string::npos);
    CHECK(page.find("/results/f%2F%22%3C%3E\"") != std::string::npos);
    CHECK(login_page(Language::kGerman, "/results\"><x", true).find("<x") == std::string::npos);
}

TEST_CASE("assets are named after their content and kept for ever", "[console]") {
    test::WholeServer world;
    const std::string name = style_sheet().name;
    const auto reply = world.call(Method::kGet, "/assets/" + name, "");
    CHECK(reply.status == 200);
    CHECK(reply.content_type == "text/css; charset=utf-8");
    CHECK(test::field_of(reply, "Cache-Control").find("immutable") != std::string::npos);
    CHECK(reply.bytes().find("font") != std::string::npos);
    CHECK(world.call(Method::kGet, "/assets/style-0000000000000000.css", "").status == 404);
}

TEST_CASE("questions in the same words are told apart by their heading", "[console]") {
    QuestionList questions;
    questions.languages = {"Deutsch (de)", "English (en)"};
    for (const char* name : {"m01_fit", "m02_fit"}) {
        FormQuestion question;
        question.name = name;
        question.labels = {"Passt das?", "Does it fit?"};
        question.headings = {std::string("Maßnahme ") + name[2], std::string("Measure ") + name[2]};
        questions.questions.push_back(question);
    }
    FormQuestion group;
    group.name = "calculated";
    group.role = "actor_group";
    group.labels = {"", ""};
    questions.questions.push_back(group);
    ResultsView view;
    view.language = Language::kEnglish;
    view.questions = &questions;
    view.asked.row = "m02_fit";
    const std::string page = results_page(view);
    CHECK(page.find("<optgroup label=\"Measure 1\"><option value=\"m01_fit\">Does it fit?</option>"
                    "</optgroup><optgroup label=\"Measure 2\">"
                    "<option value=\"m02_fit\" selected>") != std::string::npos);
    CHECK(page.find("</optgroup><option value=\"calculated\">Group</option>") != std::string::npos);
    CHECK(label_of(group, questions, Language::kGerman) == "Gruppe");
}

TEST_CASE("a page that cannot be made says so as a page", "[api][pages]") {
    test::WholeServer world;
    const auto reply = world.call(Method::kGet, "/results/%3Cb%3Enone?lang=de", "analyst-token");
    CHECK(reply.status == 404);
    CHECK(reply.content_type == "text/html; charset=utf-8");
    CHECK(reply.body.find("role=\"alert\"") != std::string::npos);
    CHECK(reply.body.find("<b>") == std::string::npos);
    CHECK(world.call(Method::kGet, "/v1/results/none/questions", "analyst-token").content_type ==
          "application/json");
}

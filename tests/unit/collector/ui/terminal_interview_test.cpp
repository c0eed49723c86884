#include "collector/ui/terminal_interview.h"

#include <deque>

#include "tests/unit/collector/interview/visit.h"

using namespace survey;
using namespace survey::collector;
using survey::test::Visit;

namespace {

// Types what the test gives it, then the input ends.
class Script final : public Terminal {
  public:
    explicit Script(std::vector<std::string> lines) : lines_(lines.begin(), lines.end()) {}

    std::optional<std::string> read_line(const std::string& prompt) override {
        screen += prompt;
        if (lines_.empty()) return std::nullopt;
        std::string line = lines_.front();
        lines_.pop_front();
        screen += line + "\n";
        return line;
    }
    void write(std::string_view text) override { screen += text; }
    std::size_t columns() const override { return width; }

    bool shows(std::string_view text) const { return screen.find(text) != std::string::npos; }
    std::size_t count(std::string_view text) const {
        std::size_t found = 0;
        for (std::size_t at = screen.find(text); at != std::string::npos;
             at = screen.find(text, at + 1))
            ++found;
        return found;
    }
    std::size_t left() const { return lines_.size(); }

    std::string screen;
    std::size_t width = 80;

  private:
    std::deque<std::string> lines_;
};

struct Held {
    InterviewEnd end;
    std::string xml;  ///< Of the draft, or what was finalised.
};

Held hold(Visit& visit, OpenInterview& interview, Script& script,
          UiLanguage language = UiLanguage::kGerman) {
    TerminalInterview screen(interview, script, language, "2026-05-04");
    const auto end = screen.run();
    INFO(script.screen);
    REQUIRE(end);
    CHECK(script.left() == 0);
    if (*end == InterviewEnd::kDraft) return {*end, visit.store->draft(interview.draft())->xml};
    return {*end, *visit.store->content(visit.store->interviews(1)->at(0).instance)};
}

Held hold(Visit& visit, Script& script, UiLanguage language = UiLanguage::kGerman) {
    OpenInterview interview = visit.begin();
    return hold(visit, interview, script, language);
}

bool has(const std::string& text, std::string_view part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

// A form with one question of each kind that reads its answer in its own way.
const char* const kKinds = R"x(<h:html xmlns="http://www.w3.org/2002/xforms"
 xmlns:h="http://www.w3.org/1999/xhtml" xmlns:orx="http://openrosa.org/xforms"><h:head>
<h:title>Kinds</h:title><model><instance><data id="kinds" version="1">
<hello/><town/><day/><at/><share/><sure/><place/><picture/><rank/><many/>
<meta><instanceID/></meta></data></instance>
<bind nodeset="/data/hello" type="string" readonly="true()"/>
<bind nodeset="/data/town" type="string"/><bind nodeset="/data/day" type="date"/>
<bind nodeset="/data/at" type="time"/><bind nodeset="/data/share" type="decimal"/>
<bind nodeset="/data/place" type="geopoint"/><bind nodeset="/data/picture" type="binary"/>
<bind nodeset="/data/sure" type="string"/>
</model></h:head><h:body>
<input ref="/data/hello"><label>Welcome</label></input>
<select1 ref="/data/town"><label>Town</label>
<item><label>Dresden</label><value>dd</value></item>
<item><label>Leipzig</label><value>l</value></item>
<item><label>Leisnig</label><value>ls</value></item></select1>
<input ref="/data/day"><label>Day</label></input>
<input ref="/data/at"><label>Hour</label></input>
<input ref="/data/share"><label>Share</label></input>
<trigger ref="/data/sure"><label>Sure</label></trigger>
<input ref="/data/place"><label>Place</label></input>
<upload ref="/data/picture" mediatype="image/*"><label>Picture</label></upload>
<select ref="/data/many"><label>Many</label>
<item><label>One</label><value>one</value></item>
<item><label>Two</label><value>two</value></item></select>
</h:body></h:html>)x";

OpenInterview begin_kinds(Visit& visit) {
    PublishedForm form;
    form.ref = {"kinds", "1"};
    form.xml = kKinds;
    REQUIRE(visit.store->add_form(form));
    auto made = OpenInterview::begin(*visit.store, visit.environment(), form.ref, "", {});
    if (!made) FAIL(made.error().message);
    return *std::move(made);
}

}  // namespace

TEST_CASE("an interview from the first question to the last", "[terminal]") {
    Visit visit;
    Script script({"Gießerei", "12", "1", "ja", "Aue", "nein", "ja"});
    const Held held = hold(visit, script);
    CHECK(held.end == InterviewEnd::kFinalised);
    CHECK(has(held.xml, "<name>Gießerei</name>"));
    CHECK(has(held.xml, "<council>yes</council>"));
    CHECK(has(held.xml, "<town>Aue</town>"));
    CHECK(script.shows("[Frage 3 von 3]"));
    CHECK(script.shows("Als abgeschlossen gespeichert"));
}

TEST_CASE("the end of the input anywhere leaves a draft with all that was said", "[terminal]") {
    const std::vector<std::string> whole = {"Gießerei", "12", "1", "ja", "Aue", "nein", "ja"};
    for (std::size_t said = 0; said < whole.size(); ++said) {
        Visit visit;
        Script script({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(said)});
        const Held held = hold(visit, script);
        INFO(said);
        CHECK(held.end == InterviewEnd::kDraft);
        CHECK((said < 1 || has(held.xml, "Gießerei")));
        CHECK((said < 5 || has(held.xml, "Aue")));
        CHECK(script.shows("Die Eingabe ist zu Ende."));
        CHECK(script.shows("Alles ist als Entwurf gespeichert."));

        const DraftId draft = visit.store->drafts()->at(0).id;
        OpenInterview again = visit.resume(draft);
        Script rest({whole.begin() + static_cast<std::ptrdiff_t>(said), whole.end()});
        CHECK(hold(visit, again, rest).end == InterviewEnd::kFinalised);
        CHECK((said == 0 || rest.shows("Sie machen dort weiter")));
    }
}

TEST_CASE("back shows the answer and Enter keeps it", "[terminal][back]") {
    Visit visit;
    Script script({"Gießerei", ":zurück", "", "12", ":back", "13", ":ende"});
    const Held held = hold(visit, script);
    CHECK(has(held.xml, "<name>Gießerei</name>"));
    CHECK(has(held.xml, "<staff>13</staff>"));
    CHECK(script.shows("Bisherige Antwort: Gießerei"));
}

TEST_CASE("back at the first question stays there and says so", "[terminal][back]") {
    Visit visit;
    Script script({":back", ":back", "A", ":quit"});
    CHECK(has(hold(visit, script).xml, "<name>A</name>"));
    CHECK(script.count("Das ist die erste Frage.") == 2);
}

TEST_CASE("back from the end and from an entry goes to the question before", "[terminal][back]") {
    Visit visit;
    Script script(
        {"A", "2", "ja", "Aue", "nein", ":back", ":back", "Burg", ":back", ":back", "3", ":quit"});
    const Held held = hold(visit, script);
    CHECK(has(held.xml, "<town>Burg</town>"));
    CHECK(has(held.xml, "<staff>3</staff>"));
}

TEST_CASE("jumping by number, by text, to nowhere and to the same question", "[terminal][jump]") {
    Visit visit;
    Script script({":jump 2", "7", ":jump heißt", "B", ":jump", ":jump 99", ":jump 0", ":jump -1",
                   ":jump nirgends", ":jump 2", ":jump 2", "8", ":quit"});
    const Held held = hold(visit, script);
    CHECK(has(held.xml, "<name>B</name>"));
    CHECK(has(held.xml, "<staff>8</staff>"));
    CHECK(script.count("Keine Frage passt zu") == 4);
    CHECK(script.shows("Wohin?"));
}

TEST_CASE("the list shows every question with its number and answer", "[terminal][list]") {
    Visit visit;
    Script script({"Gießerei", "12", "2", ":liste", ":quit"});
    hold(visit, script);
    CHECK(script.shows("   1   Wie heißt der Betrieb?                    Gießerei\n"));
    CHECK(script.shows("   3   Gibt es einen Betriebsrat?                Nein\n"));
}

TEST_CASE("clearing takes the answer away and a required one is asked for", "[terminal][clear]") {
    Visit visit;
    Script script({"A", ":back", ":leeren", "", ":weiter", "5", ":quit"});
    const Held held = hold(visit, script);
    CHECK_FALSE(has(held.xml, "<name>A</name>"));
    CHECK(script.shows("Die Antwort wurde weggenommen."));
    CHECK(script.shows("Hier wird eine Antwort gebraucht."));
}

TEST_CASE("a note is kept, shown and goes with the interview", "[terminal][note]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    Script script({":note", ":note hat gezögert", ":notiz", ":quit"});
    hold(visit, interview, script);
    CHECK(script.shows("Zu dieser Frage gibt es keine Notiz."));
    CHECK(script.shows("Notiz: hat gezögert"));
    CHECK(visit.store->draft(interview.draft())->remarks.at(0).ref == "/data/name");
}

TEST_CASE("a note at the end of the form says where notes go", "[terminal][note]") {
    Visit visit;
    Script script({"A", "2", "nein", ":note zum Ganzen", ":quit"});
    hold(visit, script);
    CHECK(script.shows("Eine Notiz gehört zu einer Frage"));
}

TEST_CASE("the language changes for form and program together", "[terminal][lang]") {
    Visit visit;
    Script script({":lang", "A", ":lang klingonisch", ":lang deu", ":lang e", ":quit"});
    hold(visit, script);
    CHECK(script.shows("What is the firm called?"));
    CHECK(script.shows("The form has no language \"klingonisch\""));
    CHECK(script.shows("Wie viele Beschäftigte?"));
}

TEST_CASE("a part of a name that fits both languages changes nothing", "[terminal][lang]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    Script script({":lang (", ":quit"});
    hold(visit, interview, script);
    CHECK(interview.session().language() == "Deutsch (de)");
    CHECK(script.shows("Deutsch (de), English (en)"));
}

TEST_CASE("removing an entry leaves the others, and the next place is shown",
          "[terminal][remove]") {
    Visit visit;
    Script script(
        {"A", "2", "ja", "Aue", "ja", "Burg", ":jump 3", ":entfernen", "", "nein", ":quit"});
    const Held held = hold(visit, script);
    CHECK_FALSE(has(held.xml, "Aue"));
    CHECK(has(held.xml, "<town>Burg</town>"));
    CHECK(script.shows("Der Eintrag wurde entfernt."));
    CHECK(script.shows("Standort, Eintrag 1 von 1"));
}

TEST_CASE("removing the only entry leads to the question whether to add one",
          "[terminal][remove]") {
    Visit visit;
    Script script({"A", "2", "ja", ":remove", "nein", ":quit"});
    hold(visit, script);
    CHECK(script.count("Bisher sind es 0") == 2);
}

TEST_CASE("outside of an entry there is nothing to remove", "[terminal][remove]") {
    Visit visit;
    Script script({":remove", "A", "2", ":remove", "nein", ":remove", ":quit"});
    hold(visit, script);
    CHECK(script.count("Hier gibt es keinen Eintrag") == 3);
}

TEST_CASE("adding entries asks, Enter is no, and nonsense asks again", "[terminal][repeat]") {
    Visit visit;
    Script script({"A", "2", "vielleicht", "J", "Aue", "YES", "Burg", "", ":back", "n", ":quit"});
    const Held held = hold(visit, script);
    CHECK(has(held.xml, "Aue"));
    CHECK(has(held.xml, "Burg"));
    CHECK(script.count("Bitte antworten Sie mit ja oder nein.") == 1);
}

TEST_CASE("finishing with gaps lists them and leads to each", "[terminal][end]") {
    Visit visit;
    Script script(
        {":weiter", "2", "", "ja", "x", "9", "0", "1", "Gießerei", ":finish", "vielleicht", "ja"});
    const Held held = hold(visit, script);
    CHECK(held.end == InterviewEnd::kFinalised);
    CHECK(has(held.xml, "<name>Gießerei</name>"));
    CHECK(script.shows("  1  Wie heißt der Betrieb?"));
    CHECK(script.count("Bitte antworten Sie mit ja oder nein.") == 1);
}

TEST_CASE("an answer that is warned of is kept with a reason, or given again",
          "[terminal][warning]") {
    Visit visit;
    PublishedForm form;
    form.ref = {"warned", "1"};
    form.xml =
        R"x(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:w="https://werkstatt.example/ns"><h:head><h:title>Warned</h:title><model><instance>
<data id="warned" version="1"><age/><name/><meta><instanceID/></meta></data></instance>
<bind nodeset="/data/age" type="int" w:warnIf=". &gt; 100" w:warnMsg="Really so old?"/>
<bind nodeset="/data/name" w:warnIf=". = ''"/></model></h:head><h:body>
<input ref="/data/age"><label>Age</label></input><input ref="/data/name"><label>Name</label></input>
</h:body></h:html>)x";
    REQUIRE(visit.store->add_form(form));
    auto made = OpenInterview::begin(*visit.store, visit.environment(), form.ref, "", {});
    REQUIRE(made);
    // Enter at the reason asks again; a reason keeps; a blank name needs one too, at the latest at
    // the end.
    Script script(
        {"120", "", "130", "saw the passport", "", "", "1", "", "refused", ":finish", "ja"});
    const Held held = hold(visit, *made, script);
    CHECK(held.end == InterviewEnd::kFinalised);
    CHECK(has(held.xml, "ws:overruled=\"saw the passport\">130</age>"));
    CHECK(has(held.xml, "ws:overruled=\"refused\"/>"));
    CHECK(script.count("! Really so old?") == 2);
    CHECK(script.count("Diese Antwort ist ungewöhnlich.") == 2);
    CHECK(script.shows("Ohne andere Antwort oder Grund"));
}

TEST_CASE("commands that do not fit the place say so there too", "[terminal][end]") {
    Visit visit;
    Script script({"A", "2", ":l", ":clear", "", ":l", ":leeren", ":info", ":quit"});
    hold(visit, script);
    CHECK(script.count("mehrere Befehle") == 2);
    CHECK(script.count("keine Antwort, die weggenommen") == 2);
}

TEST_CASE("no at the end keeps a draft", "[terminal][end]") {
    Visit visit;
    Script script({"A", "2", "nein", "nein"});
    CHECK(hold(visit, script).end == InterviewEnd::kDraft);
    CHECK(visit.store->interviews(1)->empty());
}

TEST_CASE("wrong answers say why and nothing is stored", "[terminal][wrong]") {
    Visit visit;
    Script script({"A", "zwölf", "1e3", "1.5", "501", "99999999999999999999", "4", ":quit"});
    const Held held = hold(visit, script);
    CHECK(has(held.xml, "<staff>4</staff>"));
    CHECK(script.count("ist keine ganze Zahl") == 4);
    CHECK(script.count("Bitte höchstens 500.") == 1);
}

TEST_CASE("an answer that begins with a colon is typed with two", "[terminal]") {
    Visit visit;
    Script script({"::-) GmbH", ":zur", ":unfug", ":", ":l", ":quit"});
    const Held held = hold(visit, script);
    CHECK(has(held.xml, "<name>:-) GmbH</name>"));
    CHECK(script.count("Einen Befehl") == 2);
    CHECK(script.count("mehrere Befehle") == 1);
}

TEST_CASE("choices are found by number, value, and a part of the label", "[terminal][choice]") {
    struct Case {
        std::vector<std::string> typed;
        std::string stored;
    };
    for (const Case& each :
         {Case{{"2"}, "l"}, Case{{"dd"}, "dd"}, Case{{"dres"}, "dd"}, Case{{"LEIPZIG"}, "l"},
          Case{{"lei", "2"}, "ls"}, Case{{"lei", "dresden"}, "dd"}, Case{{"lei", "x", "1"}, "l"},
          Case{{"4", "0", "-1", "1"}, "dd"}}) {
        Visit visit;
        OpenInterview interview = begin_kinds(visit);
        std::vector<std::string> lines = each.typed;
        lines.push_back(":quit");
        Script script(lines);
        CHECK(has(hold(visit, interview, script).xml, "<town>" + each.stored + "</town>"));
    }
}

TEST_CASE("every kind of question reads its answer and refuses what is none", "[terminal]") {
    Visit visit;
    OpenInterview interview = begin_kinds(visit);
    Script script({"1", "31.2.2026", "heute", "25:00", "9:30", "viel", "12,5", "vielleicht", "ja",
                   "91 0", "51.05 13.74", "bild.jpg", "", "1 3", "2 1", "ja"});
    const Held held = hold(visit, interview, script);
    CHECK(held.end == InterviewEnd::kFinalised);
    CHECK(script.count("Welcome") == 1);
    CHECK(has(held.xml, "<day>2026-05-04</day>"));
    CHECK(has(held.xml, "<at>09:30:00.000"));
    CHECK(has(held.xml, "<share>12.5</share>"));
    CHECK(has(held.xml, "<sure>OK</sure>"));
    CHECK(has(held.xml, "<place>51.05 13.74</place>"));
    CHECK(has(held.xml, "<many>two one</many>"));
}

TEST_CASE("back over a text that asks nothing does not get stuck", "[terminal][back]") {
    Visit visit;
    OpenInterview interview = begin_kinds(visit);
    Script script({":back", "1", ":back", "2", ":quit"});
    CHECK(has(hold(visit, interview, script).xml, "<town>l</town>"));
    CHECK(script.count("Welcome") >= 2);
}

TEST_CASE("a correction says so and is finalised as one", "[terminal][correct]") {
    Visit visit;
    Script first({"A", "2", "nein", "ja"});
    hold(visit, first);
    OpenInterview correction = visit.correct(visit.store->interviews(1)->at(0).instance);
    Script second({"B", ":abschließen", "ja"});
    const Held held = hold(visit, correction, second);
    CHECK(second.shows("Sie korrigieren ein Interview"));
    CHECK(has(held.xml, "<name>B</name>"));
    CHECK(visit.store->revisions()->size() == 2);
}

TEST_CASE("nothing on the screen is wider than the terminal", "[terminal][narrow]") {
    for (const std::size_t columns : {40U, 60U, 80U}) {
        Visit visit;
        Script script({":help", ":list", "", "A", ":note laut", ":info", "501", "12", "", ":jump",
                       ":lang x", "ja", "Aue", "", ":list", ":jump 1", ":clear", ":finish",
                       ":quit"});
        script.width = columns;
        hold(visit, script);
        std::istringstream lines(script.screen);
        std::string line;
        while (std::getline(lines, line)) {
            if (line.find("> ") != std::string::npos) continue;  // with what was typed
            std::size_t characters = 0;
            for (const char c : line)
                characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
            INFO(columns << ": " << line);
            CHECK(characters <= std::max<std::size_t>(columns, 80));
            if (line.rfind("  :", 0) != 0 && line.rfind("Ein Text, der", 0) != 0 &&
                line.rfind("  Enter", 0) != 0) {
                CHECK(characters <= columns);
            }
        }
    }
}

TEST_CASE("a store that cannot save ends the interview with an error", "[terminal][disk]") {
    Visit visit;
    OpenInterview interview = visit.begin();
    REQUIRE(visit.store->delete_draft(interview.draft()));
    Script script({"A"});
    TerminalInterview screen(interview, script, UiLanguage::kEnglish, "2026-05-04");
    CHECK_FALSE(screen.run());
}

TEST_CASE("a line that is no text is not stored without its bytes", "[terminal]") {
    Visit visit;
    Script script(
        {"Gie\xDF"
         "erei",
         "\x1B[AAue", "Gießerei"});
    script.width = 1000;
    const Held held = hold(visit, script);
    CHECK(has(held.xml, "<name>Gießerei</name>"));
    CHECK(script.count("kein UTF-8") == 2);
}

TEST_CASE("a note that cannot be kept is refused, and the interview goes on", "[terminal]") {
    Visit visit;
    Script script({":notiz M\xFCll", ":notiz gut", "Gießerei"});
    OpenInterview interview = visit.begin();
    hold(visit, interview, script);
    CHECK(script.count("lässt sich nicht aufheben") == 1);
    REQUIRE(visit.store->draft(interview.draft())->remarks.size() == 1);
    CHECK(visit.store->draft(interview.draft())->remarks[0].text == "gut");
}

TEST_CASE("an answer that takes entries away says so, and they come back", "[terminal]") {
    Visit visit;
    Script script({"2", "Aue", "Burg", ":back", ":back", ":back", "1", ":back", "2"});
    script.width = 1000;
    OpenInterview interview = visit.begin_counted();
    const Held held = hold(visit, interview, script);
    CHECK(script.count("Einträge weggefallen") == 1);
    CHECK(has(held.xml, "<town>Burg</town>"));
}

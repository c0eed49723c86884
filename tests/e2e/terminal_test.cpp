// The collector's terminal with the real program: through a terminal and through pipes, ended in
// every rude way.

#include <fstream>

#include <catch2/catch.hpp>

#include "tests/support/conversation.h"
#include "tests/support/temp_dir.h"

using namespace survey::tests;

namespace {

// A laptop with the form on it.
struct Laptop {
    survey::test::TempDir folder;

    Laptop() {
        Conversation add(command({"add-form", SURVEY_TEST_DATA "/forms/visit.xml"}), environment(),
                         Conversation::Channel::kPipes);
        REQUIRE(add.wait() == 0);
    }

    std::vector<std::string> command(std::vector<std::string> words) const {
        std::vector<std::string> whole = {std::string(SURVEY_BIN_DIR) + "/collector", "--data",
                                          folder / "data", "--lang", "de"};
        whole.insert(whole.end(), words.begin(), words.end());
        return whole;
    }
    std::vector<std::string> environment() const {
        return {"HOME=" + folder.path(), "XDG_STATE_HOME=" + (folder / "state"), "TERM=vt100",
                "LC_ALL=C.UTF-8"};
    }
    /// A program's whole output.
    std::string output(std::vector<std::string> words) const {
        Conversation run(command(std::move(words)), environment(), Conversation::Channel::kPipes);
        CHECK(run.wait() == 0);
        return run.transcript();
    }
};

}  // namespace

TEST_CASE("an interview is held as a person would hold it", "[e2e][terminal]") {
    const auto channel = GENERATE(Conversation::Channel::kPipes, Conversation::Channel::kTerminal);
    const Laptop laptop;
    Conversation talk(laptop.command({"new", "visit"}), laptop.environment(), channel);
    REQUIRE(talk.hears("Wie heißt der Betrieb?"));
    REQUIRE(talk.hears("> "));
    talk.send("");
    REQUIRE(talk.hears("Hier wird eine Antwort gebraucht"));
    talk.send("Müller & Söhne");
    REQUIRE(talk.hears("Wie viele Beschäftigte?"));
    talk.send("viele");
    REQUIRE(talk.hears("ist keine ganze Zahl"));
    talk.send("501");
    REQUIRE(talk.hears("Bitte höchstens 500."));
    talk.send("40");
    REQUIRE(talk.hears("Gibt es einen Betriebsrat?"));
    talk.send(":zurück");
    REQUIRE(talk.hears("Bisherige Antwort: 40"));
    talk.send("4");
    REQUIRE(talk.hears("Einen Eintrag zu"));  // the works council is no longer asked for
    talk.send("ja");
    REQUIRE(talk.hears("In welchem Ort?"));
    talk.send("Aue");
    REQUIRE(talk.hears("Bisher sind es 1"));
    talk.send("nein");
    REQUIRE(talk.hears("Interview abschließen?"));
    talk.send(":springe 2");
    REQUIRE(talk.hears("Wie viele Beschäftigte?"));
    talk.send("40");
    REQUIRE(talk.hears("Betriebsrat?"));
    talk.send(":lang en");
    REQUIRE(talk.hears("Is there a works council?"));
    talk.send("yes");
    REQUIRE(talk.hears("entry 1 of 1"));
    talk.send("");
    REQUIRE(talk.hears("Add an entry"));
    talk.send("no");
    REQUIRE(talk.hears("Finalise the interview?"));
    talk.send("yes");
    REQUIRE(talk.hears("Saved as finalised"));
    CHECK(talk.wait() == 0);
    const std::string list = laptop.output({"list"});
    CHECK(list.find("wartet") != std::string::npos);
    CHECK(list.find("visit") != std::string::npos);
}

TEST_CASE("no answered line is lost when the program is killed", "[e2e][terminal][kill]") {
    const Laptop laptop;
    std::string draft;
    {
        Conversation talk(laptop.command({"new", "visit"}), laptop.environment(),
                          Conversation::Channel::kPipes);
        REQUIRE(talk.hears("Wie heißt der Betrieb?"));
        talk.send("Gießerei Nord");
        REQUIRE(talk.hears("Wie viele Beschäftigte?"));
        talk.kill();
    }
    {
        Conversation talk(laptop.command({"resume"}), laptop.environment(),
                          Conversation::Channel::kPipes);
        REQUIRE(talk.hears("Wie viele Beschäftigte?"));
        talk.send("12");
        REQUIRE(talk.hears("Gibt es einen Betriebsrat?"));
        talk.send(":notiz sprach offen");
        REQUIRE(talk.hears("gespeichert"));
        talk.kill();
    }
    {
        Conversation talk(laptop.command({"resume"}), laptop.environment(),
                          Conversation::Channel::kPipes);
        REQUIRE(talk.hears("Gibt es einen Betriebsrat?"));
        talk.send(":notiz");
        REQUIRE(talk.hears("sprach offen"));
        talk.send(":liste");
        REQUIRE(talk.hears("Gießerei Nord"));
        REQUIRE(talk.hears("12"));
        talk.send("1");
        REQUIRE(talk.hears("Einen Eintrag"));
        talk.send("");
        REQUIRE(talk.hears("Interview abschließen?"));
        talk.send("j");
        REQUIRE(talk.hears("Als abgeschlossen gespeichert"));
        talk.kill();  // right after it was said
    }
    CHECK(laptop.output({"list"}).find("wartet") != std::string::npos);
    const std::string revisions = laptop.output({"revisions"});
    CHECK(revisions.size() == 65);
}

TEST_CASE("a second program on the same data is refused and told why", "[e2e][terminal]") {
    const Laptop laptop;
    Conversation first(laptop.command({"new", "visit"}), laptop.environment(),
                       Conversation::Channel::kPipes);
    REQUIRE(first.hears("> "));
    Conversation second(laptop.command({"list"}), laptop.environment(),
                        Conversation::Channel::kPipes);
    CHECK(second.wait() == 3);
    CHECK(second.transcript().find("Fehler: ") != std::string::npos);
    first.end_of_input();
    CHECK(first.hears("Entwurf gespeichert"));
    CHECK(first.wait() == 0);
}

TEST_CASE("the end of the input keeps everything as a draft", "[e2e][terminal]") {
    const Laptop laptop;
    Conversation talk(laptop.command({"new", "visit"}), laptop.environment(),
                      Conversation::Channel::kPipes);
    REQUIRE(talk.hears("> "));
    talk.send("Halbe Sache");
    REQUIRE(talk.hears("Beschäftigte"));
    talk.end_of_input();
    CHECK(talk.wait() == 0);
    CHECK(laptop.output({"list"}).find("Entwurf") != std::string::npos);
}

TEST_CASE("a wrong form file or a wrong word names itself", "[e2e]") {
    const Laptop laptop;
    std::ofstream(laptop.folder / "bad.xml") << "<h:html>";
    Conversation bad(laptop.command({"add-form", laptop.folder / "bad.xml"}), laptop.environment(),
                     Conversation::Channel::kPipes);
    CHECK(bad.wait() == 1);
    CHECK(bad.transcript().find("bad.xml") != std::string::npos);
    Conversation none(laptop.command({"new", "census"}), laptop.environment(),
                      Conversation::Channel::kPipes);
    CHECK(none.wait() == 1);
    CHECK(none.transcript().find("visit") != std::string::npos);
    Conversation usage(laptop.command({"frobnicate"}), laptop.environment(),
                       Conversation::Channel::kPipes);
    CHECK(usage.wait() == 2);
    CHECK(usage.transcript().find("„frobnicate“") != std::string::npos);
}

// The program `forms` as a script sees it.

#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "common/json/json.h"
#include "tests/support/process.h"

using namespace survey;
using namespace survey::tests;

namespace {

ProcessResult forms(std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.begin(), SURVEY_BIN_DIR "/forms");
    ProcessOptions options;
    options.input = input;
    options.environment = {"LANG=C", "TZ=UTC"};
    options.timeout = std::chrono::seconds(120);
    const ProcessResult result = run_process(arguments, options);
    CHECK_FALSE(result.timed_out);
    return result;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t from = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', from)) {
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

std::vector<json::Value> answers(const std::string& command, const std::string& input) {
    const ProcessResult result = forms({command}, input);
    CHECK(result.status == 0);
    std::vector<json::Value> all;
    for (const std::string& line : lines_of(result.out)) {
        auto answer = json::parse(line, json::Limits{std::size_t{64} << 20, 64});
        REQUIRE(answer);
        all.push_back(*std::move(answer));
    }
    return all;
}

std::string error_code(const json::Value& answer) {
    const json::Value* error = json::find(answer, "error");
    return error == nullptr ? "" : json::find_text(*error, "code").value_or("");
}

const std::string kHousehold =
    "| survey |\n"
    "| | type | name | label | relevant | constraint | constraint_message |\n"
    "| | integer | count | How many people? | | . >= 0 | Not below zero, ${count} was given |\n"
    "| | begin_repeat | person | Person | | | |\n"
    "| | text | name | Name | | | |\n"
    "| | end_repeat | | | | | |\n"
    "| | select_one yes_no | cat | A cat? | ${count} > 1 | | |\n"
    "| choices |\n"
    "| | list_name | name | label |\n"
    "| | yes_no | yes | Yes |\n"
    "| | yes_no | no | No |\n"
    "| settings |\n"
    "| | form_title | form_id | version |\n"
    "| | Household | household | 3 |\n";

const std::string kUnknownFunction =
    "| survey |\n"
    "| | type | name | label | calculation |\n"
    "| | calculate | a | | nope(1) |\n";

const std::string kCycle =
    "| survey |\n"
    "| | type | name | label | calculation |\n"
    "| | calculate | a | | ${b} + 1 |\n"
    "| | calculate | b | | ${a} + 1 |\n";

const std::vector<std::string> kShipped = {"fit_check", "event_feedback", "firm_visit"};

std::string shipped(const std::string& name, const std::string& ending) {
    return SURVEY_SOURCE_DIR "/forms/library/" + name + ending;
}

}  // namespace

TEST_CASE("help shows every command with examples, in both languages", "[e2e][cli]") {
    const ProcessResult help = forms({"--help"});
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    for (const char* command : {"validate", "convert", "xpath", "session", "simulate"}) {
        CAPTURE(command);
        CHECK(contains(help.out, command));
        const ProcessResult english = forms({command, "--help"});
        CHECK(english.status == 0);
        CHECK(contains(english.out, "Exit status"));
        CHECK(contains(english.out, std::string("forms ") + command));
        const ProcessResult german = forms({"--lang", "de", command, "--help"});
        CHECK(german.status == 0);
        CHECK(contains(german.out, "Ende-Status"));
    }
}

TEST_CASE("help fits a terminal of 80 columns", "[e2e][cli]") {
    for (const char* language : {"en", "de"}) {
        for (const char* command :
             {"--help", "validate", "convert", "diff", "xpath", "session", "simulate"}) {
            const ProcessResult help = forms({"--lang", language, command, "--help"});
            for (const std::string& line : lines_of(help.out)) {
                std::size_t width = 0;
                for (const char byte : line)
                    width += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1u : 0u;
                CAPTURE(command, line);
                CHECK(width <= 80);
            }
        }
    }
}

TEST_CASE("the version is one line", "[e2e][cli]") {
    const ProcessResult version = forms({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out == "forms " SURVEY_VERSION "\n");
}

TEST_CASE("a command line that is not understood ends with 2", "[e2e][cli]") {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                      {"dance"},
                                                      {"validate"},
                                                      {"validate", "--dance", "x"},
                                                      {"--lang", "fr", "validate", "x"},
                                                      {"convert", "only-one.xlsx"},
                                                      {"convert", "--batch", "a.xlsx", "b.xml"},
                                                      {"simulate"}}) {
        const ProcessResult result = forms(arguments);
        CHECK(result.status == 2);
        CHECK(contains(result.err, "error: "));
        CHECK(result.out.empty());
    }
}

TEST_CASE("a command that does not exist is named, in both languages", "[e2e][cli]") {
    CHECK(contains(forms({"dance"}).err, "no command \"dance\""));
    CHECK(contains(forms({"--lang", "de", "dance"}).err, "Befehl „dance“"));
    CHECK(contains(forms({}).err, "--help"));
}

TEST_CASE("a file that is not there ends with 3 and is named", "[e2e][cli]") {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"validate", "/nonexistent/a.xlsx"},
          {"convert", "/nonexistent/a.xlsx", "/tmp/a.xml"},
          {"simulate", "/nonexistent/a.xlsx"}}) {
        const ProcessResult result = forms(arguments);
        CHECK(result.status == 3);
        CHECK(contains(result.err, "/nonexistent/a.xlsx"));
    }
}

TEST_CASE("a workbook becomes an XForm", "[e2e][convert]") {
    const TemporaryDirectory place;
    const auto input = place.write("household.md", kHousehold);
    const ProcessResult result = forms({"convert", input, place.file("h.xml")});
    CHECK(result.status == 0);
    CHECK(result.err.empty());
    CHECK(contains(result.out, "h.xml"));
    const std::string xml = file_content(place.file("h.xml"));
    CHECK(contains(xml, "id=\"household\""));
    CHECK(contains(xml, "version=\"3\""));
    CHECK(forms({"validate", place.file("h.xml")}).status == 0);
}

TEST_CASE("a refused form leaves the old output alone and names row and column", "[e2e][convert]") {
    const TemporaryDirectory place;
    const auto input = place.write("bad.md", kUnknownFunction);
    const auto output = place.write("bad.xml", "old");
    const ProcessResult result = forms({"convert", input, output});
    CHECK(result.status == 1);
    CHECK(contains(result.err, "error: survey row 2, calculation"));
    CHECK(contains(result.err, "nope"));
    CHECK(file_content(output) == "old");
}

TEST_CASE("every finding of a broken form is reported, not only the first", "[e2e][validate]") {
    const TemporaryDirectory place;
    const auto input = place.write("bad.md",
                                   "| survey |\n"
                                   "| | type | name | label | relevant |\n"
                                   "| | text | a | A | ${none} = 1 |\n"
                                   "| | textt | b | B | |\n"
                                   "| | text | a b | C | |\n");
    const ProcessResult result = forms({"validate", "--json", input});
    CHECK(result.status == 1);
    const auto report = json::parse(result.out);
    REQUIRE(report);
    const json::Value& form = report->at("forms").at(0);
    CHECK(json::find_flag(form, "accepted") == false);
    std::vector<std::int64_t> rows;
    for (const json::Value& one : form.at("diagnostics").as_array())
        rows.push_back(json::find_integer(one, "row").value_or(0));
    CHECK(rows == std::vector<std::int64_t>{2, 3, 4});
}

TEST_CASE("bytes that are no workbook are refused, not crashed on", "[e2e][convert]") {
    const TemporaryDirectory place;
    for (const std::string& bytes :
         {std::string("PK\x03\x04 this is no zip"), std::string(),
          std::string("\xD0\xCF\x11\xE0 no ole"), std::string("<data>"), std::string(1000, '\0')}) {
        const auto input = place.write("broken.xlsx", bytes);
        const ProcessResult result = forms({"validate", input});
        CHECK(result.status == 1);
        CHECK(contains(result.err, "error: "));
    }
}

TEST_CASE("a form whose calculations turn in a circle is refused", "[e2e][validate]") {
    const TemporaryDirectory place;
    const ProcessResult result = forms({"validate", place.write("cycle.md", kCycle)});
    CHECK(result.status == 1);
    CHECK(contains(result.err, "/data/a"));
    CHECK(contains(result.err, "/data/b"));
}

TEST_CASE("a batch goes on after a refused form", "[e2e][convert]") {
    const TemporaryDirectory place;
    const auto good = place.write("good.md", kHousehold);
    const auto bad = place.write("bad.md", kUnknownFunction);
    const std::string input = bad + "\t" + place.file("1.xml") + "\n" + good + "\t" +
                              place.file("2.xml") + "\nno tab here\n" + "/nonexistent.md\t" +
                              place.file("3.xml") + "\n" + good + "\t/nonexistent/4.xml\n";
    const ProcessResult result = forms({"convert", "--batch"}, input);
    CHECK(result.status == 0);
    const auto lines = lines_of(result.out);
    REQUIRE(lines.size() == 5);
    CHECK(lines[0].rfind("error\t", 0) == 0);
    CHECK(lines[1] == "ok");
    CHECK(lines[2].rfind("error\t", 0) == 0);
    CHECK(lines[3].rfind("error\t", 0) == 0);
    CHECK(lines[4].rfind("error\t", 0) == 0);
    CHECK_FALSE(file_exists(place.file("1.xml")));
    CHECK(file_exists(place.file("2.xml")));
}

TEST_CASE("external choices leave itemsets.csv beside the form", "[e2e][convert]") {
    const TemporaryDirectory place;
    const auto input = place.write("towns.md",
                                   "| survey |\n"
                                   "| | type | name | label | choice_filter |\n"
                                   "| | text | land | Land | |\n"
                                   "| | select_one_external towns | town | Town | land=${land} |\n"
                                   "| choices |\n"
                                   "| | list_name | name | label |\n"
                                   "| | x | x | X |\n"
                                   "| external_choices |\n"
                                   "| | list_name | name | label | land |\n"
                                   "| | towns | a | Aue | sn |\n");
    CHECK(forms({"convert", input, place.file("towns.xml")}).status == 0);
    CHECK(contains(file_content(place.file("itemsets.csv")), "\"Aue\""));
}

TEST_CASE("a workbook in Markdown becomes an .xlsx that means the same", "[e2e][convert]") {
    const TemporaryDirectory place;
    const auto input = place.write("household.md", kHousehold);
    REQUIRE(forms({"convert", input, place.file("household.xlsx")}).status == 0);
    REQUIRE(forms({"convert", input, place.file("1.xml")}).status == 0);
    REQUIRE(forms({"convert", place.file("household.xlsx"), place.file("2.xml")}).status == 0);
    CHECK(file_content(place.file("1.xml")) == file_content(place.file("2.xml")));
}

TEST_CASE("expressions are evaluated as the protocol says", "[e2e][xpath]") {
    const auto all = answers(
        "xpath",
        "{\"id\":1,\"document\":\"<data><a>3</a><a>4</a></data>\",\"documentId\":\"d\","
        "\"expression\":\"sum(/data/a)\"}\n"
        "{\"id\":2,\"documentId\":\"d\",\"expression\":\"a[2]\",\"context\":\"/data\"}\n"
        "{\"id\":3,\"documentId\":\"d\",\"expression\":\"nope(\"}\n"
        "{\"id\":4,\"documentId\":\"d\",\"expression\":\"nope()\"}\n"
        "{\"id\":5,\"documentId\":\"e\",\"expression\":\"1\"}\n"
        "{\"id\":6,\"document\":\"<data\",\"expression\":\"1\"}\n"
        "{\"id\":7,\"documentId\":\"d\",\"expression\":\"1\",\"context\":\"/data/a\"}\n"
        "{\"id\":8,\"documentId\":\"d\",\"expression\":\"1\",\"resultType\":\"nodes\"}\n"
        "{\"id\":9,\"documentId\":\"d\",\"expression\":\"count(../..)\",\"root\":\"/Q{}data[1]/"
        "Q{}a[1]\"}\n"
        "{\"id\":10,\"documentId\":\"d\",\"expression\":\"today()\",\"now\":\"2026-11-25T23:30:"
        "00Z\","
        "\"timezone\":\"Europe/Berlin\"}\n"
        "{\"id\":11,\"documentId\":\"d\",\"expression\":\"random()\",\"seed\":4}\n"
        "{\"id\":12,\"documentId\":\"d\",\"expression\":\"random()\",\"seed\":4}\n"
        "{\"id\":13,\"documentId\":\"d\",\"expression\":\"0 div 0\"}\n"
        "{\"id\":14,\"documentId\":\"d\",\"expression\":\"q:a\"}\n"
        "{\"id\":15,\"documentId\":\"d\",\"expression\":\"string-length()\",\"context\":\"/data\","
        "\"functions\":\"core\"}\n"
        "{\"id\":16,\"documentId\":\"d\",\"expression\":\"today()\",\"functions\":\"core\"}\n");
    REQUIRE(all.size() == 16);
    CHECK(json::serialise(all[0]) == R"({"id":1,"type":"number","value":7})");
    CHECK(json::serialise(all[1]) ==
          R"({"id":2,"type":"nodes","nodes":[{"path":"/Q{}data[1]/Q{}a[2]","kind":"element",)"
          R"("name":"a","value":"4"}]})");
    CHECK(error_code(all[2]) == "parse");
    CHECK(json::find_integer(all[2].at("error"), "offset") == 5);
    CHECK(error_code(all[3]) == "function");
    CHECK(error_code(all[4]) == "document");
    CHECK(error_code(all[5]) == "document");
    CHECK(error_code(all[6]) == "context");
    CHECK(error_code(all[7]) == "type");
    CHECK(json::find_integer(all[8], "value") == 0);
    CHECK(json::find_text(all[9], "value") == "2026-11-26");
    CHECK(all[10].at("value") == all[11].at("value"));
    CHECK(json::find_text(all[12], "value") == "NaN");
    CHECK(error_code(all[13]) == "namespace");
    CHECK(json::find_integer(all[14], "value") == 2);
    CHECK(error_code(all[15]) == "function");
}

TEST_CASE("lists and translations of an XForm are within reach of expressions", "[e2e][xpath]") {
    const TemporaryDirectory place;
    const auto input = place.write("household.md", kHousehold);
    REQUIRE(forms({"convert", input, place.file("h.xml")}).status == 0);
    const std::string document = "\"document\":{\"file\":\"" + place.file("h.xml") + "\"}";
    const auto all = answers(
        "xpath", "{" + document + ",\"expression\":\"count(instance('yes_no')/root/item)\"}\n{" +
                     document + ",\"root\":\"instance\",\"expression\":\"name(/*)\"}\n");
    REQUIRE(all.size() == 2);
    CHECK(json::find_integer(all[0], "value") == 2);
    CHECK(json::find_text(all[1], "value") == "data");
}

TEST_CASE("a form is filled in as the protocol's example does", "[e2e][session]") {
    const TemporaryDirectory place;
    const auto file = place.write("household.md", kHousehold);
    const auto all = answers(
        "session",
        "{\"id\":1,\"op\":\"loadForm\",\"file\":\"" + file + "\"}\n" +
            "{\"id\":2,\"op\":\"open\",\"form\":\"f1\",\"timezone\":\"Europe/"
            "Berlin\",\"changes\":true}\n"
            "{\"id\":3,\"op\":\"setValue\",\"instance\":\"i1\",\"ref\":\"/data/"
            "count\",\"value\":2}\n"
            "{\"id\":4,\"op\":\"addRepeat\",\"instance\":\"i1\",\"ref\":\"/data/person\"}\n"
            "{\"id\":5,\"op\":\"setValue\",\"instance\":\"i1\",\"ref\":\"/data/person[2]/"
            "name\",\"value\":\"Ann\"}\n"
            "{\"id\":6,\"op\":\"setValue\",\"instance\":\"i1\",\"ref\":\"/data/"
            "count\",\"value\":-1}\n"
            "{\"id\":7,\"op\":\"finalize\",\"instance\":\"i1\"}\n"
            "{\"id\":8,\"op\":\"removeRepeat\",\"instance\":\"i1\",\"ref\":\"/data/"
            "person\",\"index\":0}\n"
            "{\"id\":9,\"op\":\"node\",\"instance\":\"i1\",\"ref\":\"/data/person[1]/name\"}\n"
            "{\"id\":10,\"op\":\"evaluate\",\"instance\":\"i1\",\"expression\":\"/data/person/"
            "name\"}\n"
            "{\"id\":11,\"op\":\"serialize\",\"instance\":\"i1\",\"ref\":\"/data/person[1]\"}\n");
    REQUIRE(all.size() == 11);
    CHECK(json::find_text(all[0], "form") == "f1");
    CHECK(json::find_text(all[0], "formId") == "household");
    CHECK(json::find_text(all[0], "version") == "3");
    CHECK(json::find_text(all[0], "title") == "Household");
    CHECK(all[0].at("warnings").as_array().empty());
    CHECK(json::find_text(all[1], "instance") == "i1");
    CHECK(json::find_text(all[1].at("nodes").at(0), "kind") == "root");
    CHECK(json::find_text(all[1].at("nodes").at(0), "ref") == "/data");
    // The count and the question that became relevant; nothing else looks different.
    std::vector<std::string> refs;
    for (const json::Value& node : all[2].at("changes").at("changed").as_array())
        refs.push_back(json::find_text(node, "ref").value_or(""));
    CHECK(refs == std::vector<std::string>{"/data/count", "/data/cat"});
    CHECK(all[3].at("added").as_array().size() == 1);
    CHECK(all[4].as_object().contains("changes"));
    CHECK(json::find_flag(all[6], "ready") == false);
    const json::Value& violation = all[6].at("violations").at(0);
    CHECK(json::find_text(violation, "ref") == "/data/count");
    CHECK(json::find_text(violation, "condition") == "constraint");
    CHECK(json::find_text(violation, "message") == "Not below zero, -1 was given");
    CHECK(contains(*json::find_text(all[6], "xml"), "<name>Ann</name>"));
    CHECK_FALSE(all[7].at("changes").at("removed").as_array().empty());
    CHECK(json::find_text(all[8].at("node"), "value") == "Ann");
    CHECK(json::find_text(all[9].at("nodes").at(0), "ref") == "/data/person[1]/name");
    CHECK(*json::find_text(all[10], "xml") == "<person><name>Ann</name></person>");
}

TEST_CASE("the walk stops where JavaRosa stops and survives a vanished stop", "[e2e][session]") {
    const TemporaryDirectory place;
    const auto file = place.write("household.md", kHousehold);
    const auto all = answers(
        "session",
        "{\"op\":\"loadForm\",\"file\":\"" + file + "\"}\n" +
            "{\"op\":\"open\",\"form\":\"f1\"}\n"
            "{\"op\":\"setValue\",\"instance\":\"i1\",\"ref\":\"/data/count\",\"value\":2}\n"
            "{\"op\":\"events\",\"instance\":\"i1\"}\n"
            "{\"op\":\"goTo\",\"instance\":\"i1\",\"ref\":\"/data/cat\"}\n"
            "{\"op\":\"setValue\",\"instance\":\"i1\",\"ref\":\"/data/count\",\"value\":1}\n"
            "{\"op\":\"next\",\"instance\":\"i1\"}\n"
            "{\"op\":\"next\",\"instance\":\"i1\"}\n"
            "{\"op\":\"previous\",\"instance\":\"i1\"}\n"
            "{\"op\":\"goTo\",\"instance\":\"i1\",\"ref\":\"/data/cat\"}\n");
    REQUIRE(all.size() == 10);
    std::string walk;
    for (const json::Value& event : all[3].at("events").as_array())
        walk += *json::find_text(event, "event") + " ";
    CHECK(walk ==
          "beginning-of-form question repeat question prompt-new-repeat question "
          "end-of-form ");
    CHECK(json::find_text(all[6].at("event"), "event") == "end-of-form");
    CHECK(json::find_text(all[7].at("event"), "event") == "end-of-form");
    CHECK(json::find_text(all[8].at("event"), "event") == "prompt-new-repeat");
    CHECK(error_code(all[9]) == "no-such-event");
}

TEST_CASE("a request that cannot be answered says why by its code", "[e2e][session]") {
    const TemporaryDirectory place;
    const auto file = place.write("household.md", kHousehold);
    const auto cycle = place.write("cycle.md", kCycle);
    const auto unknown = place.write("unknown.md", kUnknownFunction);
    const auto media = place.write("media.md",
                                   "| survey |\n"
                                   "| | type | name | label |\n"
                                   "| | select_one_from_file towns.csv | town | Town |\n");
    struct Case {
        std::string request;
        std::string code;
    };
    const std::vector<Case> cases = {
        {R"({"op":"loadForm","file":")" + file + R"("})", ""},
        {R"({"op":"open","form":"f1"})", ""},
        {R"({"op":"dance"})", "no-such-op"},
        {R"({"instance":"i1"})", "request"},
        {R"({"op":"open","form":"f9"})", "no-such-form"},
        {R"({"op":"nodes","instance":"i9"})", "no-such-instance"},
        {R"({"op":"node","instance":"i1","ref":"/data/none"})", "no-such-node"},
        {R"({"op":"node","instance":"i1","node":"n99999"})", "no-such-node"},
        {R"({"op":"node","instance":"i1"})", "request"},
        {R"({"op":"setLanguage","instance":"i1","language":"xx"})", "no-such-language"},
        {R"({"op":"open","form":"f1","language":"xx"})", "no-such-language"},
        {R"({"op":"answerRequest","instance":"i1","request":"r9","value":""})", "no-such-request"},
        {R"({"op":"setValue","instance":"i1","ref":"/data/person","value":"x"})", "not-writable"},
        {R"({"op":"setValue","instance":"i1","ref":"/data/count"})", "request"},
        {R"({"op":"addRepeat","instance":"i1","ref":"/data/count"})", "not-writable"},
        {R"({"op":"removeRepeat","instance":"i1","ref":"/data/person","index":7})", "no-such-node"},
        {R"({"op":"open","form":"f1","mode":"restore","xml":"<data"})", "instance"},
        {R"({"op":"open","form":"f1","mode":"edit","xml":"<data id=\"other\"/>"})", "instance"},
        {R"({"op":"open","form":"f1","mode":"edit"})", "request"},
        {R"({"op":"evaluate","instance":"i1","expression":"1 +"})", "parse"},
        {R"({"op":"loadForm","file":")" + cycle + R"("})", "cycle"},
        {R"({"op":"loadForm","file":")" + unknown + R"("})", "xpath"},
        {R"({"op":"loadForm","file":")" + media + R"("})", "media"},
        {R"({"op":"loadForm","file":")" + media + R"(","missingMedia":"blank"})", ""},
        {R"({"op":"loadForm","xml":"<data/>"})", "form"},
        {R"({"op":"loadForm","xml":"<data/>","file":"x"})", "request"},
        {R"({"op":"hello","now":"yesterday"})", "request"},
        {R"({"op":"close","instance":"i1"})", ""},
        {R"({"op":"nodes","instance":"i1"})", "no-such-instance"},
    };
    std::string input;
    for (const Case& one : cases)
        input += one.request + "\n";
    const auto all = answers("session", input);
    REQUIRE(all.size() == cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        CAPTURE(cases[i].request, json::serialise(all[i]));
        CHECK(error_code(all[i]) == cases[i].code);
    }
    CHECK(json::serialise(all[20].at("error").at("nodes")) == R"(["/data/a","/data/b"])");
    CHECK(contains(*json::find_text(all[22].at("error"), "message"), "towns.csv"));
}

TEST_CASE("media come from a folder or along with the request", "[e2e][session]") {
    const TemporaryDirectory place;
    const auto form = place.write("media.md",
                                  "| survey |\n"
                                  "| | type | name | label |\n"
                                  "| | select_one_from_file towns.csv | town | Town |\n");
    const auto all = answers(
        "session",
        R"({"op":"loadForm","file":")" + form +
            R"(","media":{"jr://file-csv/towns.csv":{"text":"name,label\na,Aue\nb,Bautzen\n"}}})"
            "\n"
            R"({"op":"open","form":"f1"})"
            "\n"
            R"({"op":"node","instance":"i1","ref":"/data/town"})"
            "\n"
            R"({"op":"loadForm","file":")" +
            form +
            R"(","media":{"jr://file-csv/towns.csv":{"base64":"bmFtZSxsYWJlbApjLENoZW1uaXR6Cg=="}}})"
            "\n"
            R"({"op":"open","form":"f2"})"
            "\n"
            R"({"op":"node","instance":"i2","ref":"/data/town"})"
            "\n");
    REQUIRE(all.size() == 6);
    CHECK(json::find_text(all[2].at("node").at("choices").at(1).at("label"), "text") == "Bautzen");
    CHECK(json::find_text(all[5].at("node").at("choices").at(0), "value") == "c");
}

TEST_CASE("a form goes to an XForm and back, and diff finds it the same", "[e2e][cli][diff]") {
    const TemporaryDirectory folder;
    const std::string form = shipped("fit_check", ".xlsx");
    REQUIRE(forms({"convert", form, folder.file("a.xml")}).status == 0);
    for (const char* name : {"back.xlsx", "back.csv"}) {
        CAPTURE(name);
        REQUIRE(forms({"convert", folder.file("a.xml"), folder.file(name)}).status == 0);
        const ProcessResult diff = forms({"diff", folder.file("a.xml"), folder.file(name)});
        CHECK(diff.status == 0);
        CHECK(contains(diff.out, "do not differ"));
    }
    CHECK(forms({"convert", folder.file("a.xml"), folder.file("b.xml")}).status == 2);
}

TEST_CASE("the status of diff says whether answers are touched", "[e2e][cli][diff]") {
    const TemporaryDirectory folder;
    const std::string head = "| survey |\n| | type | name | label |\n";
    const auto write = [&](const char* name, const std::string& rows) {
        std::ofstream(folder.file(name)) << head << rows;
    };
    write("old.md", "| | text | a | A |\n| | text | b | B |\n");
    write("gone.md", "| | text | a | A |\n");
    write("wrong.md", "| | txt | a | A |\n");
    const auto diff = [&](const char* name) {
        return forms({"diff", "--json", folder.file("old.md"), folder.file(name)});
    };
    // The titles differ: they are the names of the files.
    CHECK(forms({"diff", folder.file("old.md"), folder.file("old.md")}).status == 0);
    CHECK(diff("gone.md").status == 5);
    CHECK(contains(diff("gone.md").out, "\"change\": \"removed\""));
    CHECK(diff("wrong.md").status == 1);
    CHECK(diff("none.md").status == 3);
    CHECK(forms({"diff", folder.file("old.md")}).status == 2);
    std::ofstream(folder.file("one.md")) << head << "| | text | a | A |\n| settings |\n"
                                         << "| | form_id |\n| | f |\n";
    std::ofstream(folder.file("two.md")) << head << "| | text | a | Other |\n| settings |\n"
                                         << "| | form_id |\n| | f |\n";
    CHECK(forms({"diff", folder.file("one.md"), folder.file("two.md")}).status == 4);
}

TEST_CASE("the shipped forms are accepted without a warning", "[e2e][library]") {
    for (const std::string& name : kShipped) {
        CAPTURE(name);
        const ProcessResult result = forms({"validate", "--strict", shipped(name, ".xlsx")});
        CHECK(result.err.empty());
        CHECK(result.status == 0);
    }
}

TEST_CASE("source and workbook of a shipped form make the same XForm", "[e2e][library]") {
    const TemporaryDirectory place;
    for (const std::string& name : kShipped) {
        CAPTURE(name);
        REQUIRE(forms({"convert", shipped(name, ".md"), place.file("1.xml")}).status == 0);
        REQUIRE(forms({"convert", shipped(name, ".xlsx"), place.file("2.xml")}).status == 0);
        const std::string xml = file_content(place.file("1.xml"));
        CHECK(xml.size() > 1000);
        CHECK(xml == file_content(place.file("2.xml")));
    }
}

TEST_CASE("points that do not add up stop the fit check, and the last rank goes without saying",
          "[e2e][library]") {
    const auto set = [](const std::string& ref, const std::string& value) {
        return R"({"op":"setValue","instance":"i1","ref":"/data/)" + ref + R"(","value":)" + value +
               "}\n";
    };
    const std::string finalize = "{\"op\":\"finalize\",\"instance\":\"i1\"}\n";
    const auto all = answers(
        "session",
        R"({"op":"loadForm","file":")" + shipped("fit_check", ".xlsx") + "\"}\n" +
            R"({"op":"open","form":"f1"})" + "\n" + set("welcome/consent", "true") +
            set("you/actor_main", R"("industry")") +
            set("choose/concerned", R"(["m01","m02","m03"])") + set("ranking/top1", R"("m03")") +
            set("ranking/top2", R"("m01")") + set("points/m01_points", "40") + finalize +
            set("points/m02_points", "70") + finalize + set("points/m02_points", "60") + finalize +
            set("points/m01_points", "null") + set("points/m02_points", "null") + finalize);
    REQUIRE(all.size() == 16);
    for (const std::size_t stopped : {8u, 10u}) {
        REQUIRE(all[stopped].at("violations").as_array().size() == 1);
        CHECK(json::find_text(all[stopped].at("violations").at(0), "ref") ==
              "/data/points/points_gate");
    }
    CHECK(json::find_flag(all[12], "ready") == true);
    CHECK(contains(*json::find_text(all[12], "xml"), "<rank2>m01</rank2><rank3>m02</rank3>"));
    CHECK(json::find_flag(all[15], "ready") == true);
}

TEST_CASE("simulated respondents finish the shipped forms in both languages", "[e2e][library]") {
    for (const std::string& name : kShipped) {
        for (const char* language : {"Deutsch (de)", "English (en)"}) {
            CAPTURE(name, language);
            const ProcessResult result =
                forms({"simulate", shipped(name, ".xlsx"), "--count", "200", "--seed", "7",
                       "--language", language, "--json"});
            CHECK(result.status == 0);
            const auto report = json::parse(result.out);
            REQUIRE(report);
            CHECK(json::find_integer(*report, "instances") == 200);
            CHECK(json::find_integer(*report, "violations") == 0);
        }
    }
}

TEST_CASE("session: a point has as many numbers as the host knows", "[forms][session]") {
    const std::string form =
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'>"
        "<h:head><h:title>t</h:title><model><instance><data id='t'><p/></data></instance>"
        "<bind nodeset='/data/p' type='geopoint'/></model></h:head>"
        "<h:body><input ref='/data/p'><label>P</label></input></h:body></h:html>";
    const std::vector<std::pair<std::string, std::string>> points = {
        {R"({"latitude":1.5,"longitude":2})", "1.5 2"},
        {R"({"latitude":1.5,"longitude":2,"altitude":30})", "1.5 2 30"},
        {R"({"latitude":1.5,"longitude":2,"accuracy":4})", "1.5 2 0 4"},
        {R"({"latitude":1.5,"longitude":2,"altitude":30,"accuracy":4})", "1.5 2 30 4"},
    };
    std::string input = json::serialise(json::Object{{"op", "loadForm"}, {"xml", form}}) +
                        "\n{\"op\":\"open\",\"form\":\"f1\"}\n";
    for (const auto& [point, text] : points) {
        input += R"({"op":"setValue","instance":"i1","ref":"/data/p","value":)" + point + "}\n";
        input += "{\"op\":\"node\",\"instance\":\"i1\",\"ref\":\"/data/p\"}\n";
    }
    const auto replies = answers("session", input);
    REQUIRE(replies.size() == 2 + 2 * points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const json::Value* node = json::find(replies[3 + 2 * i], "node");
        REQUIRE(node != nullptr);
        CHECK(json::find_text(*node, "value") == points[i].second);
    }
}

TEST_CASE("session: taking the last entry away again says that there is none", "[forms][session]") {
    const std::string form = SURVEY_TEST_DATA "/forms/visit.xml";
    const auto told = answers("session", R"({"op":"loadForm","file":")" + form + R"("}
{"op":"open","form":"f1"}
{"op":"addRepeat","instance":"i1","ref":"/data/site"}
{"op":"removeRepeat","instance":"i1","ref":"/data/site[1]"}
{"op":"removeRepeat","instance":"i1","ref":"/data/site"}
{"op":"removeRepeat","instance":"i1","ref":"/data/site","index":0}
)");
    REQUIRE(told.size() == 6);
    CHECK(error_code(told[3]).empty());
    CHECK(error_code(told[4]) == "no-such-node");
    CHECK(error_code(told[5]) == "no-such-node");
}

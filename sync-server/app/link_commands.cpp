// Links from the command line.

#include "common/host/files.h"
#include "sync-server/app/office_answer.h"
#include "sync-server/console/pages.h"

namespace survey::server {

namespace {

constexpr Phrase kNoSender = {
    "The first page cannot say who asks: start the server with --controller and --contact.",
    "Die erste Seite kann nicht sagen, wer fragt: Starten Sie den Server mit --controller und "
    "--contact."};
constexpr Phrase kNoLinks = {"There is no link yet. Make one: sync-server link create --form FORM",
                             "Noch gibt es keinen Link: sync-server link create --form FORM"};
constexpr Phrase kWithdrawn = {"Withdrawn: {}", "Zurückgezogen: {}"};
constexpr Phrase kWritten = {"Written: {}", "Geschrieben: {}"};
constexpr Phrase kEnding = {"The file must end in .html (a sheet to print), .svg or .png.",
                            "Die Datei muss auf .html (Aushang), .svg oder .png enden."};

std::string state_word(const std::string& state, const Terminal& terminal) {
    if (state == "open") return terminal.say({"open", "offen"});
    if (state == "not-yet") return terminal.say({"not open yet", "noch nicht offen"});
    if (state == "closed") return terminal.say({"closed", "geschlossen"});
    if (state == "full") return terminal.say({"full", "voll"});
    return terminal.say({"withdrawn", "zurückgezogen"});
}

void put_unless_empty(json::Object& object, std::string_view name, const std::string& value) {
    if (!value.empty()) object[name] = value;
}

bool ends_with(const std::string& text, std::string_view ending) {
    return text.size() > ending.size() &&
           text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

ExitCode run_link_create(Office& office, const CommandOptions& options, const Terminal& terminal) {
    json::Object wanted{{"form", options.form}};
    put_unless_empty(wanted, "label", options.label);
    put_unless_empty(wanted, "language", options.language);
    put_unless_empty(wanted, "opens", options.opens);
    put_unless_empty(wanted, "closes", options.closes);
    put_unless_empty(wanted, "kiosk_code", options.kiosk_code);
    if (options.answers_max > 0) wanted["answers_max"] = options.answers_max;
    if (options.grace_hours >= 0) wanted["grace_hours"] = options.grace_hours;
    ExitCode exit = ExitCode::kOk;
    const auto made = answered(office.call(Method::kPost, "/v1/links", json::serialise(wanted)),
                               options, terminal, exit);
    if (!made) return exit;
    if (!json::find_flag(*made, "sender_known").value_or(true))
        terminal.warning(terminal.say(kNoSender));
    if (options.json) return exit;
    terminal.out(text_of(*made, "qr"));
    terminal.line(text_of(*made, "address"));
    return exit;
}

ExitCode run_link_list(Office& office, const CommandOptions& options, const Terminal& terminal) {
    ExitCode exit = ExitCode::kOk;
    const auto body =
        answered(office.call(Method::kGet, "/v1/links?form=" + percent_encoded(options.form)),
                 options, terminal, exit);
    if (!body || options.json) return exit;
    const json::Array& links = list_of(*body, "links");
    if (links.empty()) terminal.note(terminal.say(kNoLinks));
    if (links.empty()) return exit;
    std::vector<std::vector<std::string>> rows = {
        {"LINK", terminal.say({"FORM", "FORMULAR"}), terminal.say({"STATE", "ZUSTAND"}),
         terminal.say({"ANSWERS", "ANTWORTEN"}), terminal.say({"CLOSES", "SCHLIESST"}),
         terminal.say({"LABEL", "BEZEICHNUNG"})}};
    for (const json::Value& link : links) {
        std::string answers = std::to_string(json::find_integer(link, "answers").value_or(0));
        if (const auto most = json::find_integer(link, "answers_max"))
            answers += "/" + std::to_string(*most);
        rows.push_back({text_of(link, "link"), text_of(link, "form"),
                        state_word(text_of(link, "state"), terminal), answers,
                        text_of(link, "closes").substr(0, 16), text_of(link, "label")});
    }
    terminal.table(rows);
    return exit;
}

ExitCode run_link_revoke(Office& office, const CommandOptions& options, const Terminal& terminal) {
    ExitCode exit = ExitCode::kOk;
    const auto body = answered(
        office.call(Method::kPost, "/v1/links/" + percent_encoded(options.link) + "/revoke"),
        options, terminal, exit);
    if (body && !options.json) terminal.line(terminal.say(kWithdrawn, {text_of(*body, "address")}));
    return exit;
}

ExitCode run_link_sheet(Office& office, const CommandOptions& options, const Terminal& terminal) {
    std::string picture = "sheet";
    if (ends_with(options.out_file, ".svg")) picture = "qr.svg";
    if (ends_with(options.out_file, ".png")) picture = "qr.png";
    if (picture == "sheet" && !ends_with(options.out_file, ".html")) {
        terminal.error(terminal.say(kEnding));
        return ExitCode::kUsage;
    }
    const std::string target = "/v1/links/" + percent_encoded(options.link) + "/" + picture +
                               (terminal.german() ? "?lang=de" : "?lang=en");
    const auto answer = office.call(Method::kGet, target);
    if (!answer || answer->status != 200) {
        ExitCode exit = ExitCode::kRefused;
        (void)answered(answer, options, terminal, exit);
        return exit;
    }
    const auto written = write_file_atomic(options.out_file, answer->body, FileAccess::kEverybody);
    if (!written) return report(written.error(), terminal);
    terminal.line(terminal.say(kWritten, {options.out_file}));
    return ExitCode::kOk;
}

}  // namespace survey::server

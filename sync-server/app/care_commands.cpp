// Looking after what was collected, from the command line.

#include <filesystem>
#include <system_error>

#include "common/host/files.h"
#include "sync-server/app/office_answer.h"
#include "sync-server/console/pages.h"

namespace survey::server {

namespace {

namespace fs = std::filesystem;

constexpr Phrase kNeedsYes = {
    "This erases the answer here and on the devices, for good. If that is meant: --yes",
    "Das löscht die Antwort hier und auf den Geräten, endgültig. Wenn das gemeint ist: --yes"};
constexpr Phrase kErased = {"Erased: {}", "Gelöscht: {}"};
constexpr Phrase kWithdrawn = {
    "Withdrawn: no new answers; what was begun is still taken. Back with --offer",
    "Zurückgezogen: keine neuen Antworten; Begonnenes wird noch angenommen. Zurück mit --offer"};
constexpr Phrase kOffered = {"Offered again.", "Wieder angeboten."};
constexpr Phrase kNoAlarms = {"No alarms.", "Keine Warnungen."};
constexpr Phrase kReviewed = {"Noted.", "Vermerkt."};
constexpr Phrase kCopied = {
    "Copied to {}. It holds all answers and keys: keep it safe. To go on with it: put it in "
    "place of the data directory and start once with --adopt.",
    "Kopiert nach {}. Darin liegen alle Antworten und Schlüssel: Verwahren Sie es sicher. Um damit "
    "weiterzuarbeiten: an die Stelle des Datenordners legen und einmal mit --adopt starten."};
constexpr Phrase kTaken = {"{} is there already. Give a new directory.",
                           "{} gibt es schon. Nennen Sie einen neuen Ordner."};

std::string alarm_word(const std::string& kind, const Terminal& terminal) {
    if (kind == "cloned")
        return terminal.say({"two copies of one device", "zwei Kopien eines Geräts"});
    if (kind == "future-cursor")
        return terminal.say(
            {"the server was restored unannounced", "Server wurde ohne --adopt zurückgespielt"});
    return terminal.say({"a device told two stories", "ein Gerät erzählt zweierlei"});
}

/// What lies beside the database. Whatever is added to the files meanwhile does no harm.
Result<void> copy_beside(const std::string& from, const std::string& to) {
    std::error_code error;
    for (const char* name :
         {"office.token", "analyst.token", "organisation.key", "results", "files"}) {
        if (!fs::exists(from + "/" + name, error)) continue;
        fs::copy(from + "/" + name, to + "/" + name, fs::copy_options::recursive, error);
        if (error) return fail(ErrorCode::kUnavailable, to + "/" + name + ": " + error.message());
    }
    return {};
}

}  // namespace

ExitCode run_erase(Office& office, const CommandOptions& options, const Terminal& terminal) {
    if (!options.yes) {
        terminal.error(terminal.say(kNeedsYes));
        return ExitCode::kUsage;
    }
    ExitCode exit = ExitCode::kOk;
    const auto body =
        answered(office.call(Method::kPost,
                             "/v1/submissions/" + percent_encoded(options.instance) + "/erase"),
                 options, terminal, exit);
    if (body && !options.json) terminal.line(terminal.say(kErased, {options.instance}));
    return exit;
}

ExitCode run_review(Office& office, const CommandOptions& options, const Terminal& terminal) {
    const json::Object wanted{{"state", options.state}, {"note", options.note}};
    ExitCode exit = ExitCode::kOk;
    const auto body =
        answered(office.call(Method::kPost,
                             "/v1/submissions/" + percent_encoded(options.instance) + "/review",
                             json::serialise(wanted)),
                 options, terminal, exit);
    if (body && !options.json) terminal.line(terminal.say(kReviewed));
    return exit;
}

ExitCode run_withdraw(Office& office, const CommandOptions& options, const Terminal& terminal) {
    const json::Object wanted{
        {"form", options.form}, {"version", options.version}, {"withdrawn", !options.offer}};
    ExitCode exit = ExitCode::kOk;
    const auto body =
        answered(office.call(Method::kPost, "/v1/forms/withdraw", json::serialise(wanted)), options,
                 terminal, exit);
    if (body && !options.json) terminal.line(terminal.say(options.offer ? kOffered : kWithdrawn));
    return exit;
}

ExitCode run_alarms(Office& office, const CommandOptions& options, const Terminal& terminal) {
    ExitCode exit = ExitCode::kOk;
    const auto body = answered(office.call(Method::kGet, "/v1/alarms"), options, terminal, exit);
    if (!body || options.json) return exit;
    const json::Array& alarms = list_of(*body, "alarms");
    if (alarms.empty()) terminal.note(terminal.say(kNoAlarms));
    if (alarms.empty()) return exit;
    std::vector<std::vector<std::string>> rows = {{terminal.say({"WHEN", "WANN"}),
                                                   terminal.say({"WHAT", "WAS"}),
                                                   terminal.say({"DEVICE", "GERÄT"})}};
    for (const json::Value& alarm : alarms)
        rows.push_back({text_of(alarm, "when").substr(0, 16),
                        alarm_word(text_of(alarm, "kind"), terminal), text_of(alarm, "device")});
    terminal.table(rows);
    return exit;
}

ExitCode run_backup(Office& office, const Config& config, const CommandOptions& options,
                    const Terminal& terminal) {
    std::error_code error;
    const std::string target = fs::absolute(options.out_file, error).lexically_normal().string();
    if (fs::exists(target, error)) {
        terminal.error(terminal.say(kTaken, {target}));
        return ExitCode::kUsage;
    }
    if (const auto made = make_directory(target); !made) return report(made.error(), terminal);
    ExitCode exit = ExitCode::kOk;
    const auto body =
        answered(office.call(Method::kPost, "/v1/backup",
                             json::serialise(json::Object{{"path", target + "/server.db"}})),
                 options, terminal, exit);
    if (!body) return exit;
    // After the database, so that no file that it names is missing.
    const auto copied = copy_beside(config.data, target);
    if (!copied) return report(copied.error(), terminal);
    if (!options.json) terminal.line(terminal.say(kCopied, {target}));
    return exit;
}

}  // namespace survey::server

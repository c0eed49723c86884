// The office's commands: one call each, shown for people or, with --json, as the server said it.

#include "sync-server/app/commands.h"

#include <optional>
#include <utility>

#include "common/host/files.h"
#include "common/json/json.h"
#include "sync-server/app/office_answer.h"
#include "sync-server/console/pages.h"

namespace survey::server {

namespace {

constexpr std::size_t kFormBytesMax = 8 * 1024 * 1024;  // what the server takes

constexpr Phrase kPublished = {"Published: {}, version {}", "Veröffentlicht: {}, Fassung {}"};
constexpr Phrase kNotPublished = {"Not published: the form has errors. Mend them and try again.",
                                  "Nicht veröffentlicht: Das Formular hat Fehler. Bitte beheben "
                                  "Sie sie und versuchen Sie es noch einmal."};
constexpr Phrase kValidUntil = {"Valid until {}, each for one device.",
                                "Gültig bis {}, jeder für ein Gerät."};
constexpr Phrase kNoDevices = {"No device has enrolled yet. Make a code: sync-server codes",
                               "Noch ist kein Gerät angemeldet. Code erzeugen: sync-server codes"};
constexpr Phrase kRevoked = {"Withdrawn. What the device still sends is kept apart.",
                             "Entzogen. Was das Gerät noch sendet, wird gesondert abgelegt."};

}  // namespace

ExitCode report(const Error& error, const Terminal& terminal) {
    terminal.failure(error.message);
    const bool environment =
        error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kCorrupt ||
        error.code == ErrorCode::kNotFound || error.code == ErrorCode::kUnsupported;
    return environment ? ExitCode::kEnvironment : ExitCode::kRefused;
}

ExitCode run_publish(Office& office, const CommandOptions& options, const Terminal& terminal) {
    const auto bytes = read_file(options.form_file, kFormBytesMax);
    if (!bytes) return report(bytes.error(), terminal);
    // A workbook that names no form id is called like its file.
    std::string name = options.form_file.substr(options.form_file.rfind('/') + 1);
    name = name.substr(0, name.find('.'));
    ExitCode exit = ExitCode::kOk;
    const auto body =
        answered(office.call(Method::kPost, "/v1/forms?name=" + percent_encoded(name), *bytes),
                 options, terminal, exit);
    if (!body || options.json) return exit;
    for (const json::Value& diagnostic : list_of(*body, "diagnostics")) {
        terminal.note(text_of(diagnostic, "severity") + ": " + text_of(diagnostic, "text"));
        const std::string hint = text_of(diagnostic, "hint");
        if (!hint.empty()) terminal.note("  " + hint);
    }
    if (exit == ExitCode::kOk) {
        terminal.line(
            terminal.say(kPublished, {text_of(*body, "form"), text_of(*body, "version")}));
    } else {
        terminal.error(terminal.say(kNotPublished));
    }
    return exit;
}

ExitCode run_codes(Office& office, const CommandOptions& options, const Terminal& terminal) {
    const json::Object wanted{{"count", options.count}, {"valid_hours", options.valid_hours}};
    ExitCode exit = ExitCode::kOk;
    const auto body =
        answered(office.call(Method::kPost, "/v1/enrolment-codes", json::serialise(wanted)),
                 options, terminal, exit);
    if (!body || options.json) return exit;
    for (const json::Value& code : list_of(*body, "codes")) {
        if (code.is_string()) terminal.line(code.get_string());
    }
    terminal.note(terminal.say(kValidUntil, {text_of(*body, "valid_until")}));
    return exit;
}

ExitCode run_devices(Office& office, const CommandOptions& options, const Terminal& terminal) {
    ExitCode exit = ExitCode::kOk;
    const auto body = answered(office.call(Method::kGet, "/v1/devices"), options, terminal, exit);
    if (!body || options.json) return exit;
    const json::Array& devices = list_of(*body, "devices");
    if (devices.empty()) terminal.note(terminal.say(kNoDevices));
    if (devices.empty()) return exit;
    std::vector<std::vector<std::string>> rows = {
        {"DEVICE", terminal.say({"NAME", "NAME"}),
         terminal.say({"LAST CONTACT", "LETZTER KONTAKT"}), terminal.say({"STATE", "ZUSTAND"})}};
    for (const json::Value& device : devices) {
        const bool revoked = json::find_flag(device, "revoked").value_or(false);
        rows.push_back({text_of(device, "device"), text_of(device, "name"),
                        text_of(device, "last_contact").substr(0, 16),
                        revoked ? terminal.say({"withdrawn", "entzogen"}) : ""});
    }
    terminal.table(rows);
    return exit;
}

ExitCode run_revoke(Office& office, const CommandOptions& options, const Terminal& terminal) {
    ExitCode exit = ExitCode::kOk;
    const auto body = answered(
        office.call(Method::kPost, "/v1/devices/" + percent_encoded(options.device) + "/revoke"),
        options, terminal, exit);
    if (body && !options.json) terminal.line(terminal.say(kRevoked));
    return exit;
}

ExitCode run_revisions(Office& office, const CommandOptions& options, const Terminal& terminal) {
    std::vector<std::vector<std::string>> rows = {{"REVISION", "INSTANCE", "STATUS", "REASON"}};
    std::string before;
    for (;;) {
        std::string target = "/v1/revisions?form=" + percent_encoded(options.form);
        if (!before.empty()) target += "&before=" + before;
        ExitCode exit = ExitCode::kOk;
        const auto body = answered(office.call(Method::kGet, target), options, terminal, exit);
        if (!body) return exit;
        for (const json::Value& revision : list_of(*body, "revisions")) {
            rows.push_back({text_of(revision, "revision"), text_of(revision, "instance"),
                            text_of(revision, "status"), text_of(revision, "reason")});
        }
        const auto next = json::find_integer(*body, "next");
        if (!next) break;
        before = std::to_string(*next);
    }
    if (!options.json) terminal.table(rows);
    return ExitCode::kOk;
}

ExitCode run_table(Office& office, const CommandOptions& options, const Terminal& terminal) {
    std::string target = "/v1/results/" + percent_encoded(options.form) +
                         "/table?row=" + percent_encoded(options.row) +
                         "&format=" + percent_encoded(options.json ? "json" : options.format) +
                         (terminal.german() ? "&lang=de" : "&lang=en");
    if (!options.column.empty()) target += "&column=" + percent_encoded(options.column);
    if (!options.filter.empty()) target += "&filter=" + percent_encoded(options.filter);
    const auto answer = office.call(Method::kGet, target);
    if (answer && answer->status == 200) {
        terminal.out(answer->body);
        if (answer->content_type == "application/json") terminal.out("\n");
        return ExitCode::kOk;
    }
    ExitCode exit = ExitCode::kRefused;
    (void)answered(answer, options, terminal, exit);
    return exit;
}

ExitCode run_token(const Config& config, const CommandOptions& options, const Terminal& terminal) {
    const auto token = stored_token(config.data, options.role);
    if (!token) return report(token.error(), terminal);
    if (options.json) {
        terminal.line(json::serialise(json::Object{{"role", options.role}, {"token", *token}}));
    } else {
        terminal.line(*token);
    }
    return ExitCode::kOk;
}

}  // namespace survey::server

// The network: enrol, sync.

#include <cstdio>
#include <string>

#include <unistd.h>

#include "collector/agent/agent.h"
#include "collector/app/commands.h"
#include "common/json/json.h"

namespace survey::collector {

const std::string& app_version() {
    static const std::string kVersion = "collector/" SURVEY_VERSION;
    return kVersion;
}

Result<std::unique_ptr<CurlTransport>> open_transport(const Config& config, const std::string& url,
                                                      const std::atomic<bool>* stop) {
    CurlOptions options;
    options.base_url = url;
    options.ca_file = config.ca_file;
    options.user_agent = app_version();
    options.stop = stop;
    return CurlTransport::open(options);
}

namespace {

// On standard error, so that the result can be read by a program.
class ProgressBar {
  public:
    ~ProgressBar() {
        if (is_open_) std::fputc('\n', stderr);
    }
    void show(std::uint64_t done, std::uint64_t of) {
        constexpr std::size_t kColumns = 30;
        if (of == 0 || isatty(STDERR_FILENO) != 1) return;
        const std::size_t filled = std::min(
            kColumns, static_cast<std::size_t>(done) * kColumns / static_cast<std::size_t>(of));
        const std::string bar = std::string(filled, '#') + std::string(kColumns - filled, '.');
        std::fprintf(stderr, "\r[%s] %llu / %llu", bar.c_str(),
                     static_cast<unsigned long long>(done), static_cast<unsigned long long>(of));
        is_open_ = true;
    }

  private:
    bool is_open_ = false;  // The line has no end yet.
};

std::string_view sentence(const Desk& desk, HelloFinding finding) {
    switch (finding) {
        case HelloFinding::kServerForgot:
            return desk.both("The server had lost interviews and got them again.",
                             "Der Server hatte Interviews verloren und hat sie erneut bekommen.");
        case HelloFinding::kRestoredBackup:
            return desk.both(
                "The data on this device is older than what the server knows; it goes on as a new "
                "device history. Nothing was overwritten.",
                "Die Daten auf diesem Gerät sind älter als das, was der Server kennt; es geht als "
                "neue Gerätegeschichte weiter. Nichts wurde überschrieben.");
        case HelloFinding::kFork:
            return desk.both(
                "A copy of this device's data has been at work; both histories were kept.",
                "Eine Kopie der Daten dieses Geräts war in Gebrauch; beide Stände blieben "
                "erhalten.");
        case HelloFinding::kStaleEpoch:
        case HelloFinding::kWrongServer:
        case HelloFinding::kNormal:
            return {};
    }
    return {};
}

json::Value to_json(const SyncReport& report, const SyncStatus& status) {
    json::Object object;
    object["waiting_before"] = report.waiting_before;
    object["stored"] = report.stored;
    object["duplicates"] = report.duplicates;
    object["quarantined"] = report.quarantined;
    object["refused"] = report.refused;
    object["files_sent"] = report.files_sent;
    object["files_left"] = report.files_left;
    object["changes_received"] = report.changes_received;
    object["incarnations_changed"] = report.incarnations_changed;
    object["revoked"] = report.revoked;
    object["waiting_now"] = status.waiting;
    return object;
}

}  // namespace

int run_enrol(Desk& desk, const EnrolArguments& arguments) {
    auto transport = open_transport(desk.config(), arguments.url);
    if (!transport) return report(desk, transport.error());
    std::string url = arguments.url;
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    const std::string name =
        arguments.device_name.empty() ? desk.environment().host_name : arguments.device_name;
    const auto enrolled =
        enrol(desk.store(), **transport, url, arguments.code, name, app_version());
    transport->reset();  // the session that follows has a connection of its own
    if (!enrolled) return report(desk, enrolled.error());
    desk.print(std::string(desk.both("Enrolled as ", "Angemeldet als ")) +
               desk.store().identity().writer.device.text() +
               std::string(desk.both(" with ", " bei ")) + url);
    return run_sync(desk);
}

int run_sync(Desk& desk) {
    const auto& enrolment = desk.store().identity().enrolment;
    if (!enrolment) {
        return report(
            desk,
            fail(ErrorCode::kNotEnrolled,
                 std::string(desk.both("this device is not enrolled yet; run: ",
                                       "dieses Gerät ist noch nicht angemeldet; rufen Sie auf: ")) +
                     desk.command("enrol URL CODE")));
    }
    auto transport = open_transport(desk.config(), enrolment->url);
    if (!transport) return report(desk, transport.error());
    Agent agent(desk.store(), **transport, desk.random(), app_version());
    const auto result = [&] {
        ProgressBar bar;
        return agent.run_once([&](std::uint64_t done, std::uint64_t of) { bar.show(done, of); });
    }();
    const auto status = desk.store().sync_status();
    if (!result) {
        if (status && status->waiting > 0) {
            desk.tell(desk.counted(status->waiting, {"interview waits here to be sent.",
                                                     "interviews wait here to be sent.",
                                                     "Interview wartet hier auf das Senden.",
                                                     "Interviews warten hier auf das Senden."}));
        }
        return report(desk, result.error());
    }
    if (!status) return report(desk, status.error());
    if (desk.config().json) {
        desk.print(json::serialise(to_json(*result, *status)));
        return result->revoked ? kExitNotEnrolled : kExitDone;
    }
    for (const std::string& notice : result->notices)
        desk.print(notice);
    if (const auto text = sentence(desk, result->finding); !text.empty()) desk.print(text);
    if (result->revoked) {
        desk.print(desk.both("The enrolment was withdrawn; the office looks at what was sent.",
                             "Die Anmeldung wurde zurückgezogen; das Büro prüft das Gesendete."));
    }
    std::string line = std::string(desk.both("Synced: ", "Abgeglichen: ")) +
                       std::to_string(result->stored) +
                       std::string(desk.both(" sent", " gesendet"));
    if (result->duplicates > 0) {
        line += ", " + std::to_string(result->duplicates) +
                std::string(desk.both(" were there already", " waren schon da"));
    }
    if (result->quarantined > 0) {
        line += ", " + std::to_string(result->quarantined) +
                std::string(desk.both(" set aside for the office", " zur Prüfung beim Büro"));
    }
    if (result->files_sent > 0) {
        line += ", " + desk.counted(result->files_sent, {"file", "files", "Datei", "Dateien"});
    }
    line += ", " + desk.counted(result->changes_received,
                                {"change received", "changes received", "Neuigkeit empfangen",
                                 "Neuigkeiten empfangen"});
    if (result->refused > 0) {
        line += ", " + std::to_string(result->refused) +
                std::string(desk.both(" refused and kept here", " abgelehnt und hier behalten"));
    }
    line += ", " + std::to_string(status->waiting) +
            std::string(desk.both(" still waiting", " noch wartend"));
    desk.print(line);
    return result->revoked ? kExitNotEnrolled : kExitDone;
}

}  // namespace survey::collector

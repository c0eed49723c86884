#include "collector/app/desk.h"

#include <chrono>
#include <cstdio>

#include "common/host/files.h"

namespace survey::collector {

namespace {

constexpr std::size_t kMachineIdBytesMax = 256;

}  // namespace

Desk::Desk(Config config, Environment environment)
    : config_(std::move(config)), environment_(std::move(environment)) {}

Result<std::unique_ptr<Desk>> Desk::open(const Config& config, const Environment& environment) {
    std::unique_ptr<Desk> desk(new Desk(config, environment));  // NOLINT private constructor
    desk->zone_ = local_time_zone();
    if (!environment.time_zone.empty()) {
        // An unknown TZ means UTC to the C library; the machine's own zone is the better guess.
        if (auto zone = find_time_zone(environment.time_zone)) desk->zone_ = *std::move(zone);
    }
    StorePaths paths;
    paths.data = config.data;
    paths.marker = config.marker;
    paths.machine = read_file("/etc/machine-id", kMachineIdBytesMax).value_or("");
    TRY_ASSIGN(desk->store_, CollectorStore::open(paths, desk->clock_, desk->random_));
    return desk;
}

forms::SessionEnvironment Desk::session_environment() {
    forms::SessionEnvironment environment;
    environment.clock = &clock_;
    environment.time_zone = zone_.get();
    environment.random = &random_;
    return environment;
}

std::string Desk::today() const {
    return local_time(clock_.now()).substr(0, 10);
}

std::string Desk::local_time(Instant instant) const {
    // Shifted into local time and then read as if it were UTC.
    return format_utc(instant + zone_->offset_at(instant)).replace(10, 1, " ").substr(0, 16);
}

void Desk::print(std::string_view line) const {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
}

void Desk::tell(std::string_view line) const {
    std::fflush(stdout);
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fputc('\n', stderr);
}

int exit_code(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalidInput:
        case ErrorCode::kNotFound:
        case ErrorCode::kConflict:
        case ErrorCode::kLimit:
            return kExitRefused;
        case ErrorCode::kUnavailable:
            return kExitUnavailable;
        case ErrorCode::kNotEnrolled:
        case ErrorCode::kForbidden:
            return kExitNotEnrolled;
        case ErrorCode::kCorrupt:
        case ErrorCode::kUnsupported:
            return kExitDamaged;
    }
    return kExitRefused;
}

std::string_view reaction(UiLanguage language, ErrorCode code) {
    const bool german = language == UiLanguage::kGerman;
    switch (code) {
        case ErrorCode::kUnavailable:
            return german ? "Es ging gerade nicht; nichts ist verloren, versuchen Sie es später."
                          : "It did not work just now; nothing is lost, try again later.";
        case ErrorCode::kNotEnrolled:
            return german ? "Dieses Gerät darf hier nicht abgleichen; wenden Sie sich an das "
                            "Projektbüro. Alle Interviews bleiben gespeichert."
                          : "This device may not sync here; ask the project office. All interviews "
                            "stay saved.";
        case ErrorCode::kForbidden:
            return german ? "Es wurde nichts gesendet. Alle Interviews bleiben gespeichert."
                          : "Nothing was sent. All interviews stay saved.";
        case ErrorCode::kCorrupt:
            return german ? "Die gespeicherten Daten sind beschädigt. Bitte nichts löschen und das "
                            "Projektbüro fragen."
                          : "The stored data is damaged. Please delete nothing and ask the project "
                            "office.";
        case ErrorCode::kUnsupported:
            return german ? "Dieses Programm ist dafür zu alt. Alle Interviews bleiben gespeichert."
                          : "This program is too old for that. All interviews stay saved.";
        case ErrorCode::kNotFound:
            return german ? "Das gibt es hier nicht." : "There is no such thing here.";
        default:
            return german ? "So geht es nicht; bitte ändern Sie die Angabe."
                          : "That cannot be done like this; please change what you entered.";
    }
}

int report(const Desk& desk, const Error& error) {
    desk.tell(std::string(desk.both("error: ", "Fehler: ")) + error.message);
    desk.tell(reaction(desk.config().language, error.code));
    return exit_code(error.code);
}

}  // namespace survey::collector

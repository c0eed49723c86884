#include "collector/app/desk.h"

#include <cctype>
#include <chrono>
#include <cstdio>

#include "collector/app/german.h"
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

std::string Desk::counted(std::uint64_t count, const Noun& noun) const {
    const std::string_view word = count == 1 ? both(noun.english_one, noun.german_one)
                                             : both(noun.english_many, noun.german_many);
    return std::to_string(count) + " " + std::string(word);
}

std::string Desk::command(std::string_view words) const {
    std::string line = "collector ";
    if (config_.data_named) {
        // In single quotes a shell takes everything as it is, except the quote itself.
        std::string quoted;
        bool plain = true;
        for (const char c : config_.data) {
            const bool ordinary = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                                  std::string_view("/._-+,").find(c) != std::string_view::npos;
            plain = plain && ordinary;
            quoted += c == '\'' ? "'\\''" : std::string(1, c);
        }
        line += "--data " + (plain ? quoted : "'" + quoted + "'") + " ";
    }
    return line + std::string(words);
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
            return german ? "Alle Interviews bleiben hier gespeichert."
                          : "All interviews stay saved here.";
        case ErrorCode::kForbidden:
            return german ? "Es wurde nichts gesendet. Alle Interviews bleiben hier gespeichert."
                          : "Nothing was sent. All interviews stay saved here.";
        case ErrorCode::kCorrupt:
            return german ? "Die gespeicherten Daten sind beschädigt. Bitte nichts löschen und das "
                            "Projektbüro fragen."
                          : "The stored data is damaged. Please delete nothing and ask the project "
                            "office.";
        case ErrorCode::kUnsupported:
            return german ? "Dieses Programm ist dafür zu alt. Alle Interviews bleiben gespeichert."
                          : "This program is too old for that. All interviews stay saved.";
        default:
            return {};
    }
}

int report(UiLanguage language, const Error& error) {
    const bool german = language == UiLanguage::kGerman;
    const std::string line =
        german ? "Fehler: " + in_german(error.message) : "error: " + error.message;
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", line.c_str());
    const std::string meaning(reaction(language, error.code));
    if (!meaning.empty()) std::fprintf(stderr, "%s\n", meaning.c_str());
    return exit_code(error.code);
}

int report(const Desk& desk, const Error& error) {
    return report(desk.config().language, error);
}

}  // namespace survey::collector

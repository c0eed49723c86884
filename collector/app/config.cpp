#include "collector/app/config.h"

#include <filesystem>

#include "common/base/hex.h"
#include "common/base/phrase.h"
#include "common/crypto/crypto.h"

namespace survey::collector {

namespace {

constexpr Phrase kNoData = {
    "there is no home directory here; say with --data where to keep the interviews",
    "Hier gibt es kein Benutzerverzeichnis; sagen Sie mit --data, wo die Interviews liegen "
    "sollen."};
constexpr Phrase kNoState = {"there is no home directory here; set XDG_STATE_HOME",
                             "Hier gibt es kein Benutzerverzeichnis; setzen Sie XDG_STATE_HOME."};

std::string first_of(std::initializer_list<std::string> candidates) {
    for (const std::string& candidate : candidates) {
        if (!candidate.empty()) return candidate;
    }
    return {};
}

// One folder is one text, wherever the program was called from and however the path was written.
std::string whole_path(const std::string& path, const std::string& working_directory) {
    std::string whole = (std::filesystem::path(working_directory) / path).lexically_normal();
    while (whole.size() > 1 && whole.back() == '/')
        whole.pop_back();
    return whole;
}

}  // namespace

ConfigOutcome make_config(const Flags& flags, const Environment& environment, bool is_german) {
    ConfigOutcome outcome;
    Config config;
    config.json = flags.json;
    config.data_named = !flags.data.empty();
    config.ca_file = first_of({flags.ca_file, environment.ca_file});

    config.language = is_german ? UiLanguage::kGerman : UiLanguage::kEnglish;

    const std::string shared =
        first_of({environment.xdg_data_home,
                  environment.home.empty() ? std::string() : environment.home + "/.local/share"});
    config.data = first_of({flags.data, environment.data,
                            shared.empty() ? std::string() : shared + "/werkstatt/collector"});
    if (config.data.empty()) {
        outcome.mistakes.push_back(std::string(kNoData.in(is_german)));
    }
    // Outside the data folder: that is how a copied or restored folder is told from the living one.
    const std::string state =
        first_of({environment.xdg_state_home,
                  environment.home.empty() ? std::string() : environment.home + "/.local/state"});
    if (state.empty()) {
        outcome.mistakes.push_back(std::string(kNoState.in(is_german)));
    }
    const Bytes32 place = blake2b_256(whole_path(config.data, environment.working_directory));
    config.marker = state + "/werkstatt/" + to_hex(std::span(place).first(8)) + "/identity.marker";

    if (outcome.mistakes.empty()) outcome.config = std::move(config);
    return outcome;
}

}  // namespace survey::collector

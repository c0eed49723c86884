#include "collector/app/config.h"

#include <filesystem>

#include "common/base/hex.h"
#include "common/crypto/crypto.h"
#include "common/host/host.h"

namespace survey::collector {

namespace {

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

ConfigOutcome make_config(const Flags& flags, const Environment& environment) {
    ConfigOutcome outcome;
    Config config;
    config.json = flags.json;
    config.data_named = !flags.data.empty();
    config.ca_file = first_of({flags.ca_file, environment.ca_file});

    const std::string language =
        flags.language.empty() ? language_of(environment.locale) : flags.language;
    if (language != "de" && language != "en") {
        outcome.mistakes.push_back("--lang takes de or en, not \"" + language + "\"");
    }
    config.language = language == "de" ? UiLanguage::kGerman : UiLanguage::kEnglish;

    const std::string shared =
        first_of({environment.xdg_data_home,
                  environment.home.empty() ? std::string() : environment.home + "/.local/share"});
    config.data = first_of({flags.data, environment.data,
                            shared.empty() ? std::string() : shared + "/werkstatt/collector"});
    if (config.data.empty()) {
        outcome.mistakes.push_back(
            "there is no home directory here; say with --data where to keep the interviews");
    }
    // Outside the data folder: that is how a copied or restored folder is told from the living one.
    const std::string state =
        first_of({environment.xdg_state_home,
                  environment.home.empty() ? std::string() : environment.home + "/.local/state"});
    if (state.empty()) {
        outcome.mistakes.push_back("there is no home directory here; set XDG_STATE_HOME");
    }
    const Bytes32 place = blake2b_256(whole_path(config.data, environment.working_directory));
    config.marker = state + "/werkstatt/" + to_hex(std::span(place).first(8)) + "/identity.marker";

    if (outcome.mistakes.empty()) outcome.config = std::move(config);
    return outcome;
}

}  // namespace survey::collector

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/ui/words.h"
#include "common/base/result.h"

namespace survey::collector {

/// What the environment says; read once in main, so that nothing below asks the machine.
struct Environment {
    std::string home;
    std::string working_directory;
    std::string xdg_data_home;
    std::string xdg_state_home;
    std::vector<std::string> locale;  ///< LC_ALL, LC_MESSAGES, LANG
    std::string data;                 ///< WERKSTATT_COLLECTOR_DATA
    std::string ca_file;              ///< WERKSTATT_CA_FILE
    std::string term;
    std::string no_color;
    std::string time_zone;  ///< TZ
    std::string host_name;
    std::string user_name;
};

/// What was said on the command line, before defaults.
struct Flags {
    std::string data;
    std::string ca_file;
    bool json = false;
};

/// Where things are and how to speak. Flags over environment over default.
struct Config {
    std::string data;         ///< Folder of the store.
    bool data_named = false;  ///< It was said on the command line, so hints have to say it too.
    std::string marker;       ///< identity.marker, outside `data`.
    std::string ca_file;
    UiLanguage language = UiLanguage::kEnglish;
    bool json = false;
};

/// All mistakes at once, as sentences in the program's language; or the configuration.
struct ConfigOutcome {
    std::optional<Config> config;
    std::vector<std::string> mistakes;
};
ConfigOutcome make_config(const Flags& flags, const Environment& environment, bool is_german);

}  // namespace survey::collector

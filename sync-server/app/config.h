#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/phrase.h"
#include "common/base/result.h"
#include "common/http/http_server.h"
#include "sync-server/aggregate/primary_rules.h"

namespace survey::server {

/// Everything about one running server that a person may set.
struct Config {
    std::string data;    ///< Directory of the store, the keys and the tokens.
    std::string marker;  ///< Empty: in `data`. Better on another volume.
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    bool listen_given = false;
    std::vector<std::string> hosts;  ///< Names to answer under besides the address.
    std::vector<std::string> trusted_proxies;
    TlsFiles tls;
    std::uint32_t workers = 4;
    std::string project;  ///< Title shown on devices; empty: leave it as it is.
    bool adopt = false;   ///< Go on with a restored backup, in a new epoch.
    Rules rules;          ///< Of disclosure control.

    // What the first page of a questionnaire says, and where people find it.
    std::string controller;
    std::string contact;
    std::string purpose_german;
    std::string purpose_english;
    std::uint32_t keep_days = 0;  ///< 0: answers by link are kept until somebody erases them.
    std::string public_url;       ///< Without a slash at the end.
    std::string time_zone;        ///< Empty: the machine's.
};

/// One setting: `--tls-key`, `WERKSTATT_TLS_KEY`, `tls_key = …` in the file.
struct Setting {
    std::string_view name;   ///< "tls-key"
    std::string_view value;  ///< What stands for its value in the help; empty: a flag without one.
    Phrase help;
    bool repeatable = false;
};
const std::vector<Setting>& settings();

/// Values of settings by name, as one source gives them.
using GivenValues = std::map<std::string, std::vector<std::string>>;

/// Every mistake that was found, as sentences in the language of the person in front of it.
struct Mistakes {
    bool is_german = false;
    std::vector<std::string> found;

    void add(const Phrase& phrase, std::initializer_list<std::string_view> values = {}) {
        found.push_back(fill(phrase.in(is_german), values));
    }
};

/// `key = value` lines; `#` begins a comment line. Lists are separated by commas. Unknown keys and
/// lines that are none are mistakes.
GivenValues read_config_file(std::string_view text, Mistakes& mistakes);

/// Flags over environment over file over the defaults. Every mistake of every source goes into
/// `mistakes`; with any of them the result must not be used.
/// \param environment value of an environment variable, or nothing.
Config make_config(const GivenValues& flags,
                   const std::function<std::optional<std::string>(const std::string&)>& environment,
                   const GivenValues& file, Mistakes& mistakes);

/// Whether only this machine can reach the address.
bool is_loopback(std::string_view address);

}  // namespace survey::server

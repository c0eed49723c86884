#include "sync-server/app/config.h"

#include <algorithm>

#include "common/base/number.h"

namespace survey::server {

namespace {

constexpr std::uint32_t kWorkersMax = 64;  // past the cores, threads only wait for each other

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const std::string_view item = trimmed(text.substr(0, comma));
        if (!item.empty()) items.emplace_back(item);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return items;
}

const Setting* find_setting(std::string_view name) {
    for (const Setting& setting : settings()) {
        if (setting.name == name) return &setting;
    }
    return nullptr;
}

std::string with(std::string_view name, char from, char to) {
    std::string out(name);
    std::replace(out.begin(), out.end(), from, to);
    return out;
}

std::string environment_name(std::string_view name) {
    std::string out = "WERKSTATT_" + with(name, '-', '_');
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
    }
    return out;
}

std::optional<std::uint32_t> whole(const std::string& text, std::uint32_t low, std::uint32_t high) {
    const auto number = parse_int(text);
    if (!number || *number < low || *number > high) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

/// "127.0.0.1:8080", "[::1]:8080", ":8080" is refused: which addresses is not to be guessed.
bool read_listen(const std::string& text, Config& config) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return false;
    const auto port = whole(text.substr(colon + 1), 0, 65'535);
    if (!port) return false;
    std::string address = text.substr(0, colon);
    if (address.front() == '[') {
        if (address.back() != ']') return false;
        address = address.substr(1, address.size() - 2);
    }
    if (address == "localhost") address = "127.0.0.1";
    config.address = address;
    config.port = static_cast<std::uint16_t>(*port);
    config.listen_given = true;
    return true;
}

/// What is wrong with the values, or nothing.
std::string apply(std::string_view name, const std::vector<std::string>& values, Config& config) {
    const std::string& last = values.back();
    if (name == "data") config.data = last;
    if (name == "marker") config.marker = last;
    if (name == "project") config.project = last;
    if (name == "host") config.hosts = values;
    if (name == "tls-certificate") config.tls.certificate = last;
    if (name == "tls-key") config.tls.key = last;
    if (name == "listen" && !read_listen(last, config))
        return "must be an address and a port, such as 127.0.0.1:8080 or [::1]:8080";
    if (name == "workers") {
        const auto number = whole(last, 1, kWorkersMax);
        if (!number) return "must be a whole number from 1 to " + std::to_string(kWorkersMax);
        config.workers = *number;
    }
    if (name == "organisations-min") {
        const auto number = whole(last, 3, 20);
        if (!number) return "must be a whole number from 3 to 20";
        config.rules.organisations_min = *number;
    }
    if (name == "adopt") {
        if (last != "yes" && last != "no") return "must be yes or no";
        config.adopt = last == "yes";
    }
    return {};
}

}  // namespace

const std::vector<Setting>& settings() {
    static const std::vector<Setting> kSettings = {
        {"data", "DIR", "directory of the store, keys and tokens; made if it is missing", false},
        {"listen", "ADDRESS:PORT", "where to listen [127.0.0.1:8080]; port 0: any free one", false},
        {"host", "NAME", "name to answer under, with port unless 80 or 443; repeatable", true},
        {"tls-certificate", "FILE", "certificate chain, PEM", false},
        {"tls-key", "FILE", "its private key, PEM", false},
        {"workers", "N", "threads that answer calls [4]", false},
        {"project", "TITLE", "title of the project, shown on devices", false},
        {"organisations-min", "N", "fewer organisations than this are never shown [5]", false},
        {"marker", "FILE", "marker that proves a restore; best on another volume", false},
        {"adopt", "", "the store is a restored backup: go on with it in a new epoch", false},
    };
    return kSettings;
}

GivenValues read_config_file(std::string_view text, std::vector<std::string>& mistakes) {
    GivenValues given;
    for (int line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        const std::string_view content = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (content.empty() || content.front() == '#') continue;
        const std::string where = "configuration file, line " + std::to_string(line) + ": ";
        const auto equals = content.find('=');
        if (equals == std::string_view::npos) {
            mistakes.push_back(where + "not of the form key = value");
            continue;
        }
        const std::string name = with(trimmed(content.substr(0, equals)), '_', '-');
        const Setting* setting = find_setting(name);
        if (!setting) {
            mistakes.push_back(where + "there is no setting \"" + name + "\"");
            continue;
        }
        const std::string_view value = trimmed(content.substr(equals + 1));
        given[name] =
            setting->repeatable ? split_list(value) : std::vector<std::string>{std::string(value)};
    }
    return given;
}

Config make_config(const GivenValues& flags,
                   const std::function<std::optional<std::string>(const std::string&)>& environment,
                   const GivenValues& file, std::vector<std::string>& mistakes) {
    Config config;
    for (const Setting& setting : settings()) {
        const std::string name(setting.name);
        std::vector<std::string> values;
        std::string source;
        if (const auto flag = flags.find(name); flag != flags.end()) {
            values = flag->second;
            source = "--" + name;
        } else if (const auto value = environment(environment_name(name))) {
            values = setting.repeatable ? split_list(*value) : std::vector<std::string>{*value};
            source = environment_name(name);
        } else if (const auto kept = file.find(name); kept != file.end()) {
            values = kept->second;
            source = "configuration file, " + with(name, '-', '_');
        }
        if (values.empty()) continue;
        const std::string mistake = apply(name, values, config);
        if (!mistake.empty()) mistakes.push_back(source + " " + mistake);
    }
    if (config.data.empty()) mistakes.push_back("--data DIR is missing");
    if (config.tls.wanted() && (config.tls.certificate.empty() || config.tls.key.empty()))
        mistakes.push_back("--tls-certificate and --tls-key belong together");
    const bool any_address = config.address == "0.0.0.0" || config.address == "::";
    if (any_address && config.hosts.empty()) {
        mistakes.push_back(
            "--listen on all addresses needs --host NAME, the name that devices use");
    }
    return config;
}

bool is_loopback(std::string_view address) {
    return address == "::1" || address.substr(0, 4) == "127.";
}

}  // namespace survey::server

#include "sync-server/app/config.h"

#include <algorithm>

#include "common/base/number.h"

namespace survey::server {

namespace {

constexpr std::uint32_t kKeepDaysMax = 3'660;  // ten years; longer is no retention period
constexpr std::uint32_t kWorkersMax = 64;      // past the cores, threads only wait for each other

constexpr Phrase kInFile = {"configuration file, line {}: ", "Konfigurationsdatei, Zeile {}: "};
constexpr Phrase kNoLine = {"not of the form key = value", "nicht von der Form Name = Wert"};
constexpr Phrase kNoSetting = {"there is no setting \"{}\"", "die Einstellung „{}“ gibt es nicht"};
constexpr Phrase kFile = {"configuration file, {}", "Konfigurationsdatei, {}"};
constexpr Phrase kListen = {
    "{} must be an address and a port, such as 127.0.0.1:8080 or [::1]:8080",
    "{} verlangt Adresse und Port, etwa 127.0.0.1:8080 oder [::1]:8080"};
constexpr Phrase kWhole = {"{} must be a whole number from {} to {}",
                           "{} verlangt eine ganze Zahl von {} bis {}"};
constexpr Phrase kUrl = {"{} must be an address such as https://survey.example.org",
                         "{} verlangt eine Adresse wie https://umfrage.example.org"};
constexpr Phrase kYesNo = {"{} must be yes or no", "{} verlangt yes (ja) oder no (nein)"};
constexpr Phrase kNoData = {"--data DIR is missing", "Es fehlt --data ORDNER"};
constexpr Phrase kTlsPair = {"--tls-certificate and --tls-key belong together",
                             "--tls-certificate und --tls-key gehören zusammen"};
constexpr Phrase kNoHost = {
    "--listen on all addresses needs --host NAME, the name that devices use",
    "--listen auf allen Adressen braucht --host NAME, den Namen, den die Geräte benutzen"};

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

/// Scheme and host, with a port where one belongs to it.
bool read_public_url(std::string_view text, Config& config) {
    while (!text.empty() && text.back() == '/')
        text.remove_suffix(1);
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) return false;
    const std::string_view host = text.substr(scheme + 3);
    const bool is_http = text.substr(0, scheme) == "http" || text.substr(0, scheme) == "https";
    if (!is_http || host.empty() || host.find_first_of("/?# \"<>") != std::string_view::npos)
        return false;
    config.public_url = text;
    return true;
}

/// \param source where the values come from, for complaints.
void apply(std::string_view name, const std::vector<std::string>& values, const std::string& source,
           Config& config, Mistakes& mistakes) {
    const std::string& last = values.back();
    const auto number = [&](std::uint32_t low, std::uint32_t high, std::uint32_t& into) {
        const auto given = whole(last, low, high);
        if (!given) mistakes.add(kWhole, {source, std::to_string(low), std::to_string(high)});
        into = given.value_or(into);
    };
    if (name == "data") config.data = last;
    if (name == "marker") config.marker = last;
    if (name == "project") config.project = last;
    if (name == "host") config.hosts = values;
    if (name == "trusted-proxy") config.trusted_proxies = values;
    if (name == "tls-certificate") config.tls.certificate = last;
    if (name == "tls-key") config.tls.key = last;
    if (name == "listen" && !read_listen(last, config)) mistakes.add(kListen, {source});
    if (name == "workers") number(1, kWorkersMax, config.workers);
    if (name == "organisations-min") number(3, 20, config.rules.organisations_min);
    if (name == "controller") config.controller = last;
    if (name == "contact") config.contact = last;
    if (name == "purpose") config.purpose_german = last;
    if (name == "purpose-english") config.purpose_english = last;
    if (name == "time-zone") config.time_zone = last;
    if (name == "public-url" && !read_public_url(last, config)) mistakes.add(kUrl, {source});
    if (name == "keep-days") number(1, kKeepDaysMax, config.keep_days);
    if (name == "adopt") {
        if (last != "yes" && last != "no") mistakes.add(kYesNo, {source});
        config.adopt = last == "yes";
    }
}

}  // namespace

const std::vector<Setting>& settings() {
    static const std::vector<Setting> kSettings = {
        {"data",
         "DIR",
         {"Directory of the store, keys and tokens; made if missing",
          "Ordner für Bestand, Schlüssel und Zugänge; wird angelegt"},
         false},
        {"listen",
         "ADDRESS:PORT",
         {"Where to listen [127.0.0.1:8080]; port 0: any free one",
          "Wo zu lauschen ist [127.0.0.1:8080]; Port 0: ein freier"},
         false},
        {"host",
         "NAME",
         {"Name to answer under, with its port unless 80 or 443",
          "Name des Servers, mit Port außer 80, 443; auch mehrere"},
         true},
        {"trusted-proxy",
         "ADDRESS",
         {"Proxy whose X-Forwarded-For and -Proto are believed",
          "Proxy, dessen X-Forwarded-For und -Proto gelten"},
         true},
        {"tls-certificate", "FILE", {"Certificate chain, PEM", "Zertifikatskette, PEM"}, false},
        {"tls-key", "FILE", {"Its private key, PEM", "Privater Schlüssel dazu, PEM"}, false},
        {"workers",
         "N",
         {"Threads that answer calls [4]", "Threads, die Anfragen beantworten [4]"},
         false},
        {"project",
         "TITLE",
         {"Title of the project, shown on devices", "Titel des Projekts, wie Geräte ihn zeigen"},
         false},
        {"controller",
         "TEXT",
         {"Who answers for the data, with address; first page",
          "Wer für die Daten einsteht, mit Anschrift; erste Seite"},
         false},
        {"contact",
         "TEXT",
         {"For questions of people who answer by link",
          "Für Fragen von Menschen, die per Link antworten"},
         false},
        {"purpose",
         "TEXT",
         {"What the survey is for, one sentence in German",
          "Wozu die Befragung dient, ein Satz auf Deutsch"},
         false},
        {"purpose-english", "TEXT", {"The same in English", "Dasselbe auf Englisch"}, false},
        {"keep-days",
         "N",
         {"Erase answers by link after so many days [never]",
          "Antworten per Link nach so vielen Tagen löschen [nie]"},
         false},
        {"public-url",
         "URL",
         {"Address that people use: https://survey.example.org",
          "Wo man den Server erreicht: https://umfrage.example.org"},
         false},
        {"time-zone",
         "NAME",
         {"Of opening and closing times [the machine's]",
          "Für Öffnen und Schließen von Links [die des Rechners]"},
         false},
        {"organisations-min",
         "N",
         {"Fewer organisations than this are never shown [5]",
          "Weniger Organisationen werden nie gezeigt [5]"},
         false},
        {"marker",
         "FILE",
         {"Proof against a hidden restore; best on another volume",
          "Beleg gegen unbemerktes Zurückspielen; besser woanders"},
         false},
        {"adopt",
         "",
         {"The store is a restored backup: go on in a new epoch",
          "Der Bestand ist zurückgespielt: in neuer Epoche weiter"},
         false},
    };
    return kSettings;
}

GivenValues read_config_file(std::string_view text, Mistakes& mistakes) {
    GivenValues given;
    for (int line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        const std::string_view content = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (content.empty() || content.front() == '#') continue;
        const std::string number = std::to_string(line);
        const auto complain = [&](const Phrase& what,
                                  std::initializer_list<std::string_view> values) {
            const bool german = mistakes.is_german;
            mistakes.found.push_back(fill(kInFile.in(german), {number}) +
                                     fill(what.in(german), values));
        };
        const auto equals = content.find('=');
        if (equals == std::string_view::npos) {
            complain(kNoLine, {});
            continue;
        }
        const std::string name = with(trimmed(content.substr(0, equals)), '_', '-');
        const Setting* setting = find_setting(name);
        if (!setting) {
            complain(kNoSetting, {name});
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
                   const GivenValues& file, Mistakes& mistakes) {
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
            source = fill(kFile.in(mistakes.is_german), {with(name, '-', '_')});
        }
        if (values.empty()) continue;
        apply(name, values, source, config, mistakes);
    }
    if (config.data.empty()) mistakes.add(kNoData);
    if (config.tls.wanted() && (config.tls.certificate.empty() || config.tls.key.empty()))
        mistakes.add(kTlsPair);
    // Where people reach the server it must answer.
    const std::string public_host =
        config.public_url.substr(config.public_url.empty() ? 0 : config.public_url.find("://") + 3);
    if (!public_host.empty() &&
        std::find(config.hosts.begin(), config.hosts.end(), public_host) == config.hosts.end())
        config.hosts.push_back(public_host);
    const bool any_address = config.address == "0.0.0.0" || config.address == "::";
    if (any_address && config.hosts.empty()) mistakes.add(kNoHost);
    return config;
}

bool is_loopback(std::string_view address) {
    return address == "::1" || address.substr(0, 4) == "127.";
}

}  // namespace survey::server

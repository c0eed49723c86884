#include "common/http/framing.h"

#include <algorithm>
#include <array>

namespace survey {

namespace {

// tchar of RFC 9110, section 5.6.2.
bool is_token(std::string_view text) {
    constexpr std::string_view kTokenCharacters =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return !text.empty() && text.find_first_not_of(kTokenCharacters) == std::string_view::npos;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool same_name(std::string_view name, std::string_view lower_case) {
    return name.size() == lower_case.size() &&
           std::equal(name.begin(), name.end(), lower_case.begin(),
                      [](char a, char b) { return lower(a) == b; });
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// At most 15 digits: no sum of ours with it can overflow.
bool is_length(std::string_view text) {
    return !text.empty() && text.size() <= 15 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_known_host(std::string_view host, std::span<const std::string> hosts) {
    if (hosts.empty()) return true;
    return std::any_of(hosts.begin(), hosts.end(),
                       [&](const std::string& known) { return same_name(host, known); });
}

constexpr Refusal kBadLine{400, "framing", "The head of this call is not valid HTTP."};

std::optional<Refusal> check_request_line(std::string_view line) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return kBadLine;
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!is_token(method)) return kBadLine;
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        if (version.substr(0, 5) == "HTTP/")
            return Refusal{505, "version", "This server speaks HTTP/1.1."};
        return kBadLine;
    }
    constexpr std::array<std::string_view, 5> kMethods{"GET", "HEAD", "POST", "PUT", "DELETE"};
    if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end())
        return Refusal{405, "method", "This server takes GET, HEAD, POST, PUT and DELETE."};
    if (target.size() > kTargetBytesMax)
        return Refusal{414, "target-length", "The address of this call is too long."};
    const bool plain =
        std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!plain || target.front() != '/')
        return Refusal{400, "target", "The address of this call is not valid."};
    return std::nullopt;
}

/// What must be true of all fields together.
class FieldCheck {
  public:
    explicit FieldCheck(std::span<const std::string> hosts) : hosts_(hosts) {}

    std::optional<Refusal> take(std::string_view line) {
        const auto colon = line.find(':');
        // A blank in front of the name is a folded line, one behind it the classic smuggling trick.
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return kBadLine;
        if (++fields_ > kFieldsMax)
            return Refusal{431, "fields", "The head of this call has too many fields."};
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (same_name(name, "transfer-encoding"))
            return Refusal{400, "framing", "Bodies need a Content-Length; no transfer encodings."};
        if (same_name(name, "content-length")) {
            if (++lengths_ > 1 || !is_length(value)) {
                return Refusal{400, "framing",
                               "Content-Length must stand there once, as a number."};
            }
        }
        if (same_name(name, "host")) {
            if (++host_fields_ > 1) return Refusal{400, "framing", "Host must stand there once."};
            host_ = value;
        }
        return std::nullopt;
    }

    std::optional<Refusal> finish() const {
        if (host_fields_ == 0) return Refusal{400, "framing", "Host is missing."};
        if (!is_known_host(host_, hosts_))
            return Refusal{421, "host", "This server does not answer under that name."};
        return std::nullopt;
    }

  private:
    std::span<const std::string> hosts_;
    std::string_view host_;
    std::size_t fields_ = 0;
    std::size_t lengths_ = 0;
    std::size_t host_fields_ = 0;
};

}  // namespace

std::optional<Refusal> check_framing(std::string_view head, std::span<const std::string> hosts) {
    FieldCheck fields(hosts);
    bool first = true;
    for (;;) {
        const auto end = head.find("\r\n");
        if (end == std::string_view::npos) return kBadLine;
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end + 2);
        if (line.empty()) break;
        if (std::any_of(line.begin(), line.end(), is_control)) return kBadLine;  // bare CR, LF, NUL
        auto refusal = first ? check_request_line(line) : fields.take(line);
        if (refusal) return refusal;
        first = false;
    }
    if (first || !head.empty()) return kBadLine;
    return fields.finish();
}

}  // namespace survey

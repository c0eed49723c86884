#include "common/http/request.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "common/base/hex.h"

namespace survey {

namespace {

constexpr std::size_t kFieldsMax = 200;  // of one query or form; no page of ours has forty

// `+` means a blank in form fields only. False: a bad escape or a NUL.
bool decode_escapes(std::string_view text, bool plus_is_blank, std::string& out) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            std::array<std::uint8_t, 1> byte{};
            if (i + 2 >= text.size() || !read_hex(text.substr(i + 1, 2), byte)) return false;
            c = static_cast<char>(byte[0]);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        if (c == '\0') return false;
        out += c;
    }
    return true;
}

Error bad_target(std::string_view why) {
    return fail(ErrorCode::kInvalidInput,
                "The address of this call is not valid: " + std::string(why) + ".");
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

// RFC 9110, section 12.5.4, without quality values: the first language we have wins, because
// browsers list them in order of preference.
std::string_view first_known_language(std::string_view accepted) {
    while (!accepted.empty()) {
        const auto comma = accepted.find(',');
        const std::string_view range = trimmed(accepted.substr(0, comma));
        if (range.substr(0, 2) == "de") return "de";
        if (range.substr(0, 2) == "en") return "en";
        if (comma == std::string_view::npos) break;
        accepted.remove_prefix(comma + 1);
    }
    return "en";
}

}  // namespace

bool is_safe(Method method) {
    return method == Method::kGet || method == Method::kHead;
}

std::string_view method_name(Method method) {
    switch (method) {
        case Method::kGet:
            return "GET";
        case Method::kHead:
            return "HEAD";
        case Method::kPost:
            return "POST";
        case Method::kPut:
            return "PUT";
        case Method::kDelete:
            return "DELETE";
    }
    return "";
}

std::string Target::path() const {
    std::string out;
    for (const std::string& segment : segments)
        out += "/" + segment;
    return out.empty() ? "/" : out;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_form_fields(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> fields;
    while (!text.empty()) {
        const auto end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (pair.empty()) continue;
        if (fields.size() == kFieldsMax) {
            return fail(ErrorCode::kLimit,
                        "There are more than " + std::to_string(kFieldsMax) + " fields.");
        }
        const auto equals = pair.find('=');
        auto& field = fields.emplace_back();
        const bool good = decode_escapes(pair.substr(0, equals), true, field.first) &&
                          (equals == std::string_view::npos ||
                           decode_escapes(pair.substr(equals + 1), true, field.second));
        if (!good) return bad_target("an escape with % is broken");
    }
    return fields;
}

Result<Target> parse_target(std::string_view text) {
    if (text.empty() || text.front() != '/') return bad_target("it does not begin with /");
    if (text.find('#') != std::string_view::npos) return bad_target("it contains #");
    Target target;
    const auto question = text.find('?');
    std::string_view path =
        text.substr(1, question == std::string_view::npos ? std::string_view::npos : question - 1);
    while (!path.empty()) {
        const auto slash = path.find('/');
        std::string segment;
        if (!decode_escapes(path.substr(0, slash), false, segment))
            return bad_target("an escape with % is broken");
        if (segment.empty() || segment == "." || segment == "..")
            return bad_target("a part between slashes is empty or made of dots");
        if (segment.find('/') != std::string::npos)
            return bad_target("a slash is hidden in an escape");
        target.segments.push_back(std::move(segment));
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    if (question != std::string_view::npos) {
        TRY_ASSIGN(target.query, parse_form_fields(text.substr(question + 1)));
    }
    return target;
}

std::string_view Request::field(std::string_view lower_case_name) const {
    for (const auto& [name, value] : fields) {
        if (name == lower_case_name) return value;
    }
    return {};
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    for (const auto& [key, value] : target.query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

std::vector<std::string_view> Request::parameters(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : target.query) {
        if (key == name) values.push_back(value);
    }
    return values;
}

std::string_view Request::cookie(std::string_view name) const {
    std::string_view rest = field("cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        const std::string_view pair = trimmed(rest.substr(0, end));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return pair.substr(equals + 1);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return {};
}

std::string_view Request::language() const {
    if (const auto asked = parameter("lang")) {
        if (*asked == "de") return "de";
        if (*asked == "en") return "en";
    }
    return first_known_language(field("accept-language"));
}

}  // namespace survey

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/result.h"

namespace survey {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kDelete };

/// Whether a call with that method only looks (RFC 9110, section 9.2.1).
bool is_safe(Method method);

std::string_view method_name(Method method);

/// What a call asks for, decoded exactly once (decoding twice is how checks are walked around).
struct Target {
    std::vector<std::string> segments;                       ///< "/v1/forms" → "v1", "forms".
    std::vector<std::pair<std::string, std::string>> query;  ///< In order, names may repeat.

    /// "/v1/forms"; for logs and messages only.
    std::string path() const;
};

/// Origin form (RFC 9112, section 3.2.1): path, percent-decoded, and query, form-decoded.
/// kInvalidInput: another form, a bad escape, a NUL, a slash hidden in an escape, dot segments.
Result<Target> parse_target(std::string_view target);

/// `application/x-www-form-urlencoded`, as browsers send a form's fields.
Result<std::vector<std::pair<std::string, std::string>>> parse_form_fields(std::string_view text);

/// One call, free of sockets: a test makes one by hand.
struct Request {
    std::string id;  ///< For the log and the problem body; made where the call came in.
    Method method = Method::kGet;
    Target target;
    /// Field names in lower case; each at most once except those that may repeat.
    std::vector<std::pair<std::string, std::string>> fields;
    std::string peer;  ///< Address without port: "127.0.0.1".
    bool secure = false;
    std::string body;

    /// The field's value, empty where it is absent.
    std::string_view field(std::string_view lower_case_name) const;
    /// First query parameter of that name.
    std::optional<std::string_view> parameter(std::string_view name) const;
    /// All of them, in order.
    std::vector<std::string_view> parameters(std::string_view name) const;
    /// Value of a cookie, empty where it is absent.
    std::string_view cookie(std::string_view name) const;
    /// "de" or "en": the parameter `lang`, else what the browser prefers, else "en".
    std::string_view language() const;
};

}  // namespace survey

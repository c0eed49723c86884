#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace survey {

/// Why a call is not even looked at. The connection is closed after the reply.
struct Refusal {
    int status = 400;
    std::string_view code;
    std::string_view message;
};

/// Most fields of one head; browsers send about fifteen.
inline constexpr std::size_t kFieldsMax = 64;
/// Our longest address is a table with its filters.
inline constexpr std::size_t kTargetBytesMax = 2 * 1024;

/// Judges the raw bytes of a request's head, up to and with the empty line, before any library
/// reads them: Boost.Beast 1.81 accepts framing that two parties may read differently (RFC 9112,
/// section 11.2, request smuggling). Here there is exactly one way to say where a body ends:
/// Content-Length. Nothing: well framed.
///
/// Refused: bare CR or LF, folded lines, blanks around a field's name, control characters,
/// Transfer-Encoding in any form, Content-Length or Host more than once, no Host, one that is not
/// in `hosts`, a target that does not begin with `/` or is too long, too many fields, methods and
/// versions that we do not speak.
/// \param hosts lower case, with the port where one belongs to it. Empty: any host.
std::optional<Refusal> check_framing(std::string_view head, std::span<const std::string> hosts);

}  // namespace survey

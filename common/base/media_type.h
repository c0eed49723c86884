#pragma once

#include <string>
#include <string_view>

namespace survey {

/// "type/subtype" of RFC 9110, section 8.3.1, without parameters; a hundred bytes at most.
bool is_media_type(std::string_view text);

/// What stands before the first semicolon, without blanks: browsers call a recording
/// "audio/webm;codecs=opus".
std::string_view without_parameters(std::string_view media_type);

/// The type that somebody said, without parameters; "application/octet-stream" if it is none.
std::string plain_media_type(std::string_view said);

/// By the ending of a file's name, in capitals too; "application/octet-stream" for others. Nothing
/// that a form brings along is a page: no ending means HTML, and XML is plain text.
std::string_view media_type_of_name(std::string_view name);

}  // namespace survey

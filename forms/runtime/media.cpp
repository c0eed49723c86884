#include "forms/runtime/media.h"

namespace survey::forms {

std::string MediaSource::content_type(std::string_view) const {
    return {};
}

Result<std::string> NoMedia::read(std::string_view url) const {
    return fail(ErrorCode::kNotFound, "The file " + std::string(url) + " is missing.");
}

}  // namespace survey::forms

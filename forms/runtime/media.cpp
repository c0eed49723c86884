#include "forms/runtime/media.h"

namespace survey::forms {

Result<std::string> NoMedia::read(std::string_view url) const {
    return fail(ErrorCode::kNotFound, "The file " + std::string(url) + " is missing.");
}

}  // namespace survey::forms

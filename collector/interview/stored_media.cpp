#include "collector/interview/stored_media.h"

namespace survey::collector {

Result<std::string> StoredMedia::read(std::string_view url) const {
    const std::size_t slash = url.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? url : url.substr(slash + 1);
    for (const FormMedia& file : files_) {
        if (file.name == name) return file.bytes;
    }
    return fail(ErrorCode::kNotFound, "the form's file \"" + std::string(name) +
                                          "\" has not come with the form; please tell the project "
                                          "office");
}

}  // namespace survey::collector

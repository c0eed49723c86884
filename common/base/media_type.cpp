#include "common/base/media_type.h"

#include <cstddef>

namespace survey {

namespace {

constexpr std::size_t kTypeBytesMax = 100;

}  // namespace

bool is_media_type(std::string_view text) {
    constexpr std::string_view kToken =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&^_.+-";
    const auto slash = text.find('/');
    return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() &&
           text.size() <= kTypeBytesMax &&
           text.substr(0, slash).find_first_not_of(kToken) == std::string_view::npos &&
           text.substr(slash + 1).find_first_not_of(kToken) == std::string_view::npos;
}

std::string_view without_parameters(std::string_view media_type) {
    constexpr std::string_view kBlanks = " \t";
    std::string_view type = media_type.substr(0, media_type.find(';'));
    const auto first = type.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return type.substr(first, type.find_last_not_of(kBlanks) - first + 1);
}

std::string plain_media_type(std::string_view said) {
    const std::string_view type = without_parameters(said);
    return std::string(is_media_type(type) ? type : "application/octet-stream");
}

}  // namespace survey

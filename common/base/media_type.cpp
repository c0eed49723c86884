#include "common/base/media_type.h"

#include <cstddef>
#include <utility>

namespace survey {

namespace {

constexpr std::size_t kTypeBytesMax = 100;
constexpr std::string_view kAnyBytes = "application/octet-stream";

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
    return std::string(is_media_type(type) ? type : kAnyBytes);
}

std::string_view media_type_of_name(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {"png", "image/png"},         {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},       {"gif", "image/gif"},
        {"webp", "image/webp"},       {"svg", "image/svg+xml"},
        {"mp3", "audio/mpeg"},        {"m4a", "audio/mp4"},
        {"ogg", "audio/ogg"},         {"wav", "audio/wav"},
        {"mp4", "video/mp4"},         {"webm", "video/webm"},
        {"csv", "text/csv"},          {"xml", "text/plain; charset=utf-8"},
        {"json", "application/json"}, {"geojson", "application/geo+json"},
    };
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) return kAnyBytes;
    std::string ending(name.substr(dot + 1));
    for (char& c : ending) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    for (const auto& [known, type] : kTypes) {
        if (ending == known) return type;
    }
    return kAnyBytes;
}

}  // namespace survey

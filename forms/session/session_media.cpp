#include "forms/session/session_media.h"

#include <cstdint>
#include <utility>

namespace survey::forms {

namespace {

std::string_view last_segment(std::string_view url) {
    const auto slash = url.rfind('/');
    return slash == std::string_view::npos ? url : url.substr(slash + 1);
}

Error missing(std::string_view url) {
    return fail(ErrorCode::kNotFound,
                fill("the form needs the file \"{}\" ({})", {last_segment(url), url}));
}

// RFC 4648, section 4; blanks and line ends between the digits are skipped.
std::optional<std::string> from_base64(std::string_view text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t buffer = 0;
    int bits = 0;
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    for (const char digit : text) {
        if (digit == ' ' || digit == '\n' || digit == '\r') continue;
        const auto value = kDigits.find(digit);
        if (value == std::string_view::npos) return std::nullopt;
        buffer = (buffer << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<char>(buffer >> bits & 0xFF));
    }
    return bytes;
}

Outcome<std::string> one_file(const Machine& machine, const std::string& url,
                              const json::Value& given) {
    if (const auto text = json::find_text(given, "text")) return *text;
    if (const auto encoded = json::find_text(given, "base64")) {
        auto bytes = from_base64(*encoded);
        if (!bytes) return Refusal{"media", fill("\"{}\": this is not base64", {url})};
        return *std::move(bytes);
    }
    if (const auto path = json::find_text(given, "file")) {
        auto bytes = machine.read_file(*path, kMediaBytesMax);
        if (!bytes) return Refusal{"media", bytes.error().message};
        return *std::move(bytes);
    }
    return Refusal{"request", fill("\"{}\" needs \"text\", \"base64\" or \"file\"", {url})};
}

}  // namespace

Result<std::string> FolderMedia::read(std::string_view url) const {
    const std::string_view name = last_segment(url);
    // The address comes from the form, which may come from anywhere: a name, never a way out.
    if (name.empty() || name == "." || name == "..") return missing(url);
    auto bytes = machine_.read_file(folder_ + "/" + std::string(name), kMediaBytesMax);
    if (!bytes && bytes.error().code == ErrorCode::kNotFound) return missing(url);
    return bytes;
}

Result<std::string> GivenMedia::read(std::string_view url) const {
    const auto found = files_.find(url);
    if (found == files_.end()) return missing(url);
    return found->second.bytes;
}

std::string GivenMedia::content_type(std::string_view url) const {
    const auto found = files_.find(url);
    return found == files_.end() ? std::string() : found->second.content_type;
}

Outcome<std::shared_ptr<const MediaSource>> media_of(const json::Object& request,
                                                     const Machine& machine,
                                                     const std::string& folder) {
    using Source = std::shared_ptr<const MediaSource>;
    const json::Value* member = request.if_contains("media");
    if (member == nullptr || member->is_null()) {
        if (folder.empty()) return Source(std::make_shared<NoMedia>());
        return Source(std::make_shared<FolderMedia>(machine, folder));
    }
    if (const auto* path = member->if_string()) {
        return Source(std::make_shared<FolderMedia>(machine, std::string(*path)));
    }
    const json::Object* given = member->if_object();
    if (given == nullptr) {
        return Refusal{"request", "\"media\" must be a folder or an object of jr:// addresses"};
    }
    std::map<std::string, GivenMedia::File, std::less<>> files;
    for (const auto& entry : *given) {
        const std::string url(entry.key());
        GivenMedia::File file;
        TRY_ASSIGN(file.bytes, one_file(machine, url, entry.value()));
        file.content_type = json::find_text(entry.value(), "contentType").value_or("");
        files.emplace(url, std::move(file));
    }
    return Source(std::make_shared<GivenMedia>(std::move(files)));
}

}  // namespace survey::forms

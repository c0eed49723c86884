#include "common/http/content_coding.h"

#include <zlib.h>

#include "common/base/ensure.h"

namespace survey {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool is_refused(std::string_view parameters) {
    const auto weight = parameters.find("q=");
    if (weight == std::string_view::npos) return false;
    return parameters.substr(weight + 2).find_first_not_of("0. ") == std::string_view::npos;
}

}  // namespace

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
    while (!accept_encoding.empty()) {
        const auto comma = accept_encoding.find(',');
        const std::string_view item = accept_encoding.substr(0, comma);
        const auto semicolon = item.find(';');
        if (trimmed(item.substr(0, semicolon)) == coding)
            return semicolon == std::string_view::npos || !is_refused(item.substr(semicolon));
        if (comma == std::string_view::npos) return false;
        accept_encoding.remove_prefix(comma + 1);
    }
    return false;
}

std::string gzip_packed(std::string_view bytes) {
    constexpr int kGzipWindow = 15 + 16;  // the largest window; 16 asks for gzip's head
    constexpr int kMemoryLevel = 9;
    z_stream stream{};
    ENSURE(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                        Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    // zlib does not write to its input; it only lacks the const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int status = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    ENSURE(status == Z_STREAM_END);
    return out;
}

}  // namespace survey

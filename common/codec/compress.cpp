#include <algorithm>
#include <memory>

#include <zstd.h>

#include "common/codec/compress_internal.h"

namespace survey::codec {

namespace {

constexpr int kLevel = 3;
constexpr int kWindowLogMax = 23;

struct FreeStream {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

}  // namespace

std::string compress(std::string_view bytes) {
    std::string frame(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compress(frame.data(), frame.size(), bytes.data(), bytes.size(), kLevel);
    ENSURE(ZSTD_isError(size) == 0U);
    frame.resize(size);
    return frame;
}

Result<std::string> decompress(std::string_view frame, std::size_t bytes_max) {
    const auto not_ours = [] {
        return fail(ErrorCode::kInvalidInput, "the message is not compressed as agreed");
    };
    const std::unique_ptr<ZSTD_DStream, FreeStream> stream(ZSTD_createDStream());
    if (!stream) return fail(ErrorCode::kUnavailable, "not enough memory to unpack a message");
    ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, kWindowLogMax);
    std::string out;
    ZSTD_inBuffer in{frame.data(), frame.size(), 0};
    std::size_t hint = 1;
    while (hint != 0) {
        // One byte beyond the bound is enough to see that it is broken.
        const std::size_t before = out.size();
        const std::size_t room = std::min<std::size_t>(bytes_max + 1 - before, 128 * 1024);
        out.resize(before + room);
        ZSTD_outBuffer block{out.data() + before, room, 0};
        hint = ZSTD_decompressStream(stream.get(), &block, &in);
        out.resize(before + block.pos);
        if (ZSTD_isError(hint) != 0U) return not_ours();
        if (out.size() > bytes_max) {
            return fail(ErrorCode::kLimit, "the message is larger than " +
                                               std::to_string(bytes_max) + " bytes unpacked");
        }
        const bool starved = hint != 0 && in.pos == in.size && block.pos < room;
        if (starved) return not_ours();
    }
    if (in.pos != in.size) return not_ours();
    return out;
}

}  // namespace survey::codec

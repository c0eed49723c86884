#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace survey::codec {

/// Writes numbers in little-endian order, text with its length in front.
class ByteWriter {
  public:
    template <typename Number>
    void number(Number value) {
        auto bits = static_cast<std::uint64_t>(value);
        for (std::size_t i = 0; i < sizeof(Number); ++i) {
            out_ += static_cast<char>(bits & 0xFF);
            bits >>= 8;
        }
    }
    void raw(std::string_view bytes) { out_ += bytes; }
    template <std::size_t N>
    void raw(const std::array<std::uint8_t, N>& bytes) {
        out_.append(reinterpret_cast<const char*>(bytes.data()), N);
    }
    /// REQUIRES: at most 65535 bytes.
    void text(std::string_view text) {
        number(static_cast<std::uint16_t>(text.size()));
        raw(text);
    }

    std::string take() && { return std::move(out_); }

  private:
    std::string out_;
};

/// Reads what ByteWriter wrote. After the first read past the end everything reads as zero and
/// `ok` is false, so that a decoder checks once.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : left_(bytes) {}

    template <typename Number>
    Number number() {
        const std::string_view bytes = raw(sizeof(Number));
        std::uint64_t bits = 0;
        for (std::size_t i = bytes.size(); i-- > 0;) {
            bits = bits << 8 | static_cast<std::uint8_t>(bytes[i]);
        }
        return static_cast<Number>(bits);
    }
    std::string_view raw(std::size_t count) {
        if (count > left_.size()) {
            ok_ = false;
            left_ = {};
            return {};
        }
        const std::string_view bytes = left_.substr(0, count);
        left_.remove_prefix(count);
        return bytes;
    }
    template <std::size_t N>
    void raw(std::array<std::uint8_t, N>& out) {
        const std::string_view bytes = raw(N);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            out[i] = static_cast<std::uint8_t>(bytes[i]);
    }
    std::string text() { return std::string(raw(number<std::uint16_t>())); }

    /// Nothing missing and nothing left over.
    bool complete() const { return ok_ && left_.empty(); }
    bool ok() const { return ok_; }

  private:
    std::string_view left_;
    bool ok_ = true;
};

}  // namespace survey::codec

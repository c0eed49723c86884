#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/hex.h"

namespace survey {

/// A name that cannot be mixed up with another kind of name. `Tag` is an incomplete type.
template <typename Tag>
class Id {
  public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}

    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }

    friend bool operator==(const Id&, const Id&) = default;
    friend auto operator<=>(const Id&, const Id&) = default;

  private:
    std::string text_;
};

/// 256 bits that name or prove something: a content hash, the head of a chain. `Tag` says what.
template <typename Tag>
struct Digest256 {
    std::array<std::uint8_t, 32> bytes{};

    /// 64 lower-case hexadecimal digits.
    std::string hex() const { return to_hex(bytes); }
    /// Exactly 64 hexadecimal digits, else nothing.
    static std::optional<Digest256> from_hex(std::string_view text) {
        Digest256 digest;
        if (!read_hex(text, digest.bytes)) return std::nullopt;
        return digest;
    }

    friend bool operator==(const Digest256&, const Digest256&) = default;
    friend auto operator<=>(const Digest256&, const Digest256&) = default;
};

}  // namespace survey

template <typename Tag>
struct std::hash<survey::Id<Tag>> {
    std::size_t operator()(const survey::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.text());
    }
};

template <typename Tag>
struct std::hash<survey::Digest256<Tag>> {
    std::size_t operator()(const survey::Digest256<Tag>& digest) const noexcept {
        std::size_t folded = 0;
        for (std::size_t i = 0; i < sizeof folded; ++i)
            folded = folded << 8 | digest.bytes[i];
        return folded;
    }
};

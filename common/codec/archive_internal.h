#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <cereal/cereal.hpp>

namespace survey::codec {

/// Stays inside this room: cereal has no other way to stop in the middle.
struct BadBytes {
    const char* reason;
};

/// How deep values may nest. Our messages need five.
inline constexpr std::size_t kDepthMax = 32;

/// Writes the layout of WIRE.md: little-endian numbers, 32-bit counts.
class Out : public cereal::OutputArchive<Out> {
  public:
    Out() : cereal::OutputArchive<Out>(this) {}
    void raw(const void* data, std::size_t size) {
        bytes_.append(static_cast<const char*>(data), size);
    }
    std::string take() && { return std::move(bytes_); }

  private:
    std::string bytes_;
};

/// Reads hostile bytes. Every count is checked against the bytes that are left, memory is charged
/// to a budget, nothing is allocated before its bytes are there.
class BoundedIn : public cereal::InputArchive<BoundedIn> {
  public:
    BoundedIn(std::string_view bytes, std::size_t memory_max)
        : cereal::InputArchive<BoundedIn>(this), left_(bytes), budget_(memory_max) {}

    std::string_view raw(std::size_t size) {
        if (size > left_.size()) throw BadBytes{"it ends too early"};
        const std::string_view taken = left_.substr(0, size);
        left_.remove_prefix(size);
        return taken;
    }
    /// A count of things that need at least one byte each.
    std::size_t count() {
        std::uint32_t count = 0;
        (*this)(count);
        if (count > left_.size()) throw BadBytes{"a count is larger than the message"};
        return count;
    }
    void charge(std::size_t memory) {
        if (memory > budget_) throw BadBytes{"it would need too much memory"};
        budget_ -= memory;
    }
    void enter() {
        if (++depth_ > kDepthMax) throw BadBytes{"it is nested too deeply"};
    }
    void leave() { --depth_; }
    void finish() const {
        if (!left_.empty()) throw BadBytes{"bytes are left over"};
    }

  private:
    std::string_view left_;
    std::size_t budget_;
    std::size_t depth_ = 0;
};

}  // namespace survey::codec

CEREAL_SETUP_ARCHIVE_TRAITS(survey::codec::BoundedIn, survey::codec::Out)

namespace survey::codec {

template <typename T>
concept Whole = std::is_integral_v<T> && !std::is_same_v<T, bool>;

template <Whole T>
void save(Out& out, const T& number) {
    std::array<unsigned char, sizeof(T)> bytes{};
    auto bits = static_cast<std::make_unsigned_t<T>>(number);
    for (unsigned char& byte : bytes) {
        byte = static_cast<unsigned char>(bits & 0xFF);
        bits = static_cast<decltype(bits)>(std::uint64_t{bits} >> 8);
    }
    out.raw(bytes.data(), bytes.size());
}

template <Whole T>
void load(BoundedIn& in, T& number) {
    const std::string_view bytes = in.raw(sizeof(T));
    std::uint64_t bits = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        bits = bits << 8 | static_cast<unsigned char>(bytes[i]);
    }
    number = static_cast<T>(bits);
}

inline void save(Out& out, const bool& flag) {
    save(out, static_cast<std::uint8_t>(flag ? 1 : 0));
}

inline void load(BoundedIn& in, bool& flag) {
    std::uint8_t number = 0;
    load(in, number);
    if (number > 1) throw BadBytes{"a truth value is neither 0 nor 1"};
    flag = number == 1;
}

inline void save(Out& out, const std::string& text) {
    save(out, static_cast<std::uint32_t>(text.size()));
    out.raw(text.data(), text.size());
}

inline void load(BoundedIn& in, std::string& text) {
    const std::size_t size = in.count();
    in.charge(size + sizeof(std::string));
    text = std::string(in.raw(size));
}

template <std::size_t N>
void save(Out& out, const std::array<std::uint8_t, N>& bytes) {
    out.raw(bytes.data(), N);
}

template <std::size_t N>
void load(BoundedIn& in, std::array<std::uint8_t, N>& bytes) {
    const std::string_view taken = in.raw(N);
    for (std::size_t i = 0; i < N; ++i)
        bytes[i] = static_cast<std::uint8_t>(taken[i]);
}

template <typename T>
void save(Out& out, const std::vector<T>& values) {
    save(out, static_cast<std::uint32_t>(values.size()));
    for (const T& value : values)
        out(value);
}

/// One by one, not `resize`: a false count must not make memory.
template <typename T>
void load(BoundedIn& in, std::vector<T>& values) {
    const std::size_t count = in.count();
    values.clear();
    for (std::size_t i = 0; i < count; ++i) {
        in.charge(sizeof(T) + 16);
        in(values.emplace_back());
    }
}

template <typename T>
void save(Out& out, const std::optional<T>& value) {
    save(out, value.has_value());
    if (value) out(*value);
}

template <typename T>
void load(BoundedIn& in, std::optional<T>& value) {
    bool is_there = false;
    load(in, is_there);
    value.reset();
    if (is_there) in(value.emplace());
}

template <typename T>
void prologue(BoundedIn& in, const T&) {
    static_assert(!std::is_floating_point_v<T>, "no floating point on the wire");
    if constexpr (std::is_class_v<T>) in.enter();
}

template <typename T>
void epilogue(BoundedIn& in, const T&) {
    if constexpr (std::is_class_v<T>) in.leave();
}

}  // namespace survey::codec

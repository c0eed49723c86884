#include "forms/expr/ed25519.h"

#include <algorithm>
#include <optional>
#include <string>

#include "forms/expr/digest.h"

namespace survey::expr {

namespace {

// Whole numbers of 256 bits as eight words of 32, the least first: products and carries fit into
// 64 bits on every machine, the browser included. Slow and plain: one check takes milliseconds.
using Words = std::array<std::uint32_t, 8>;

constexpr Words kPrime = {0xFFFFFFED, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
                          0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF};  // 2^255 - 19
// Order of the base point: 2^252 + 27742317777372353535851937790883648493.
constexpr Words kOrder = {0x5CF5D3ED, 0x5812631A, 0xA2F79CD6, 0x14DEF9DE, 0, 0, 0, 0x10000000};

bool less(const Words& a, const Words& b) {
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

Words read_words(const std::uint8_t* bytes) {
    Words words{};
    for (std::size_t i = 0; i < 32; ++i) {
        words[i / 4] |= static_cast<std::uint32_t>(bytes[i]) << (8 * (i % 4));
    }
    return words;
}

bool bit_of(const Words& words, std::size_t i) {
    return (words[i / 32] >> (i % 32) & 1) != 0;
}

void subtract(Words& a, const Words& b) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const std::uint64_t difference = std::uint64_t{a[i]} - b[i] - borrow;
        a[i] = static_cast<std::uint32_t>(difference);
        borrow = difference >> 63;
    }
}

/// An element of the field of 2^255 - 19, always below it.
struct Field {
    Words words{};

    friend bool operator==(const Field&, const Field&) = default;
};

Field number(std::uint32_t small) {
    return Field{{small}};
}

// Takes a sum or product with what is past 256 bits in `high`; 2^256 is 38 in this field.
Field reduced(Words words, std::uint64_t high) {
    while (high != 0) {
        std::uint64_t carry = high * 38;
        for (std::size_t i = 0; i < 8; ++i) {
            carry += words[i];
            words[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        high = carry;
    }
    while (!less(words, kPrime))
        subtract(words, kPrime);
    return Field{words};
}

Field operator+(const Field& a, const Field& b) {
    Words sum{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        carry += std::uint64_t{a.words[i]} + b.words[i];
        sum[i] = static_cast<std::uint32_t>(carry);
        carry >>= 32;
    }
    return reduced(sum, carry);
}

Field operator-(const Field& a, const Field& b) {
    Words negated = kPrime;
    subtract(negated, b.words);
    return a + Field{negated};
}

Field operator*(const Field& a, const Field& b) {
    std::array<std::uint32_t, 16> product{};
    for (std::size_t i = 0; i < 8; ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < 8; ++j) {
            carry += std::uint64_t{a.words[i]} * b.words[j] + product[i + j];
            product[i + j] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        product[i + 8] = static_cast<std::uint32_t>(carry);
    }
    Words low{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        carry += std::uint64_t{product[i + 8]} * 38 + product[i];
        low[i] = static_cast<std::uint32_t>(carry);
        carry >>= 32;
    }
    return reduced(low, carry);
}

Field power(const Field& base, const Words& exponent) {
    Field result = number(1);
    for (std::size_t i = 256; i-- > 0;) {
        result = result * result;
        if (bit_of(exponent, i)) result = result * base;
    }
    return result;
}

Field inverse(const Field& a) {
    Words exponent = kPrime;
    exponent[0] -= 2;  // Fermat
    return power(a, exponent);
}

Field curve_constant() {
    static const Field kD = (number(0) - number(121665)) * inverse(number(121666));
    return kD;
}

/// A point of the curve in extended coordinates (RFC 8032, section 5.1.4).
struct Point {
    Field x, y, z, t;
};

Point sum(const Point& p, const Point& q) {
    const Field a = (p.y - p.x) * (q.y - q.x);
    const Field b = (p.y + p.x) * (q.y + q.x);
    const Field c = p.t * q.t * curve_constant() * number(2);
    const Field d = p.z * q.z * number(2);
    const Field e = b - a, f = d - c, g = d + c, h = b + a;
    return {e * f, g * h, f * g, e * h};
}

Point times(const Words& scalar, const Point& point) {
    Point result{number(0), number(1), number(1), number(0)};
    for (std::size_t i = 256; i-- > 0;) {
        result = sum(result, result);
        if (bit_of(scalar, i)) result = sum(result, point);
    }
    return result;
}

bool same(const Point& p, const Point& q) {
    return p.x * q.z == q.x * p.z && p.y * q.z == q.y * p.z;
}

// Section 5.1.3: y and the lowest bit of x.
std::optional<Point> decode(const std::uint8_t* bytes) {
    Words words = read_words(bytes);
    const bool odd = (words[7] >> 31) != 0;
    words[7] &= 0x7FFFFFFF;
    if (!less(words, kPrime)) return std::nullopt;
    const Field y{words};
    const Field y_squared = y * y;
    const Field x_squared =
        (y_squared - number(1)) * inverse(curve_constant() * y_squared + number(1));
    const Words eighth = {0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
                          0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x0FFFFFFF};  // (p + 3) / 8
    Field x = power(x_squared, eighth);
    if (x * x != x_squared) {
        // Times the square root of -1: 2^((p - 1) / 4).
        const Words quarter = {0xFFFFFFFB, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
                               0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x1FFFFFFF};
        x = x * power(number(2), quarter);
        if (x * x != x_squared) return std::nullopt;
    }
    if (x == number(0) && odd) return std::nullopt;
    if (bit_of(x.words, 0) != odd) x = number(0) - x;
    return Point{x, y, number(1), x * y};
}

// 64 bytes as a number modulo the order of the base point, bit by bit.
Words modulo_order(const std::array<std::uint8_t, 64>& bytes) {
    Words rest{};
    for (std::size_t i = 512; i-- > 0;) {
        std::uint32_t carry = bytes[i / 8] >> (i % 8) & 1;
        for (std::uint32_t& word : rest) {
            const std::uint32_t next = word >> 31;
            word = word << 1 | carry;
            carry = next;
        }
        if (!less(rest, kOrder)) subtract(rest, kOrder);
    }
    return rest;
}

const Point& base_point() {
    // y = 4/5, x even.
    static const Point kBase = [] {
        const Field y = number(4) * inverse(number(5));
        std::array<std::uint8_t, 32> bytes{};
        for (std::size_t i = 0; i < 32; ++i) {
            bytes[i] = static_cast<std::uint8_t>(y.words[i / 4] >> (8 * (i % 4)));
        }
        return decode(bytes.data()).value_or(Point{});
    }();
    return kBase;
}

}  // namespace

bool verify_ed25519(std::span<const std::uint8_t, 64> signature,
                    std::span<const std::uint8_t, 32> public_key, std::string_view message) {
    const std::optional<Point> key = decode(public_key.data());
    const std::optional<Point> r = decode(signature.data());
    const Words s = read_words(signature.data() + 32);
    if (!key || !r || !less(s, kOrder)) return false;
    std::string hashed(signature.begin(), signature.begin() + 32);
    hashed.append(public_key.begin(), public_key.end());
    hashed += message;
    const Words k = modulo_order(sha512(hashed));
    return same(times(s, base_point()), sum(*r, times(k, *key)));
}

}  // namespace survey::expr

#include "forms/expr/digest.h"

#include <bit>
#include <cstddef>
#include <string>

namespace survey::expr {

namespace {

// Fractional parts of the cube roots of the first 80 primes; SHA-256 uses the upper halves of the
// first 64 (FIPS 180-4, section 4.2).
constexpr std::array<std::uint64_t, 80> kCubeRoots = {{
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
}};
// Fractional parts of the square roots of the first eight primes, and of the next eight.
constexpr std::array<std::uint64_t, 8> kSquareRoots = {{
    0x6a09e667f3bcc908,
    0xbb67ae8584caa73b,
    0x3c6ef372fe94f82b,
    0xa54ff53a5f1d36f1,
    0x510e527fade682d1,
    0x9b05688c2b3e6c1f,
    0x1f83d9abfb41bd6b,
    0x5be0cd19137e2179,
}};
constexpr std::array<std::uint64_t, 8> kSquareRoots384 = {{
    0xcbbb9d5dc1059ed8,
    0x629a292a367cd507,
    0x9159015a3070dd17,
    0x152fecd8f70e5939,
    0x67332667ffc00b31,
    0x8eb44a8768581511,
    0xdb0c2e0d64f98fa7,
    0x47b5481dbefa4fa4,
}};
// 2^32 times |sin i|, i from 1 (RFC 1321, section 3.4).
constexpr std::array<std::uint32_t, 64> kSines = {{
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
}};

// The text, a one bit, zeros, and its length in bits in the last `length_bytes` of a block.
std::string padded(std::string_view text, std::size_t block, std::size_t length_bytes, bool big) {
    std::string all(text);
    all += '\x80';
    while (all.size() % block != block - length_bytes)
        all += '\0';
    const std::uint64_t bits = static_cast<std::uint64_t>(text.size()) * 8;
    for (std::size_t i = 0; i < length_bytes; ++i) {
        const std::size_t place = big ? length_bytes - 1 - i : i;
        all += place < 8 ? static_cast<char>(bits >> (8 * place)) : '\0';
    }
    return all;
}

template <typename Word>
Word read_big(const std::string& bytes, std::size_t at) {
    Word word = 0;
    for (std::size_t i = 0; i < sizeof(Word); ++i) {
        word = static_cast<Word>(word << 8) | static_cast<unsigned char>(bytes[at + i]);
    }
    return word;
}

template <typename Word, std::size_t Size, std::size_t Words>
std::array<std::uint8_t, Size> write_big(const std::array<Word, Words>& words) {
    std::array<std::uint8_t, Size> bytes{};
    for (std::size_t i = 0; i < Size; ++i) {
        const std::size_t shift = 8 * (sizeof(Word) - 1 - i % sizeof(Word));
        bytes[i] = static_cast<std::uint8_t>(words[i / sizeof(Word)] >> shift);
    }
    return bytes;
}

// SHA-256 and SHA-512 are one algorithm over words of two widths.
template <typename Word>
struct Rotations;
template <>
struct Rotations<std::uint32_t> {
    static constexpr int kBig0[3] = {2, 13, 22}, kBig1[3] = {6, 11, 25};
    static constexpr int kSmall0[3] = {7, 18, 3}, kSmall1[3] = {17, 19, 10};
    static constexpr std::size_t kRounds = 64;
    static std::uint32_t constant(std::size_t i) {
        return static_cast<std::uint32_t>(kCubeRoots[i] >> 32);
    }
};
template <>
struct Rotations<std::uint64_t> {
    static constexpr int kBig0[3] = {28, 34, 39}, kBig1[3] = {14, 18, 41};
    static constexpr int kSmall0[3] = {1, 8, 7}, kSmall1[3] = {19, 61, 6};
    static constexpr std::size_t kRounds = 80;
    static std::uint64_t constant(std::size_t i) { return kCubeRoots[i]; }
};

template <typename Word>
std::array<Word, 8> sha2(std::array<Word, 8> state, std::string_view text) {
    using R = Rotations<Word>;
    const auto big = [](Word x, const int(&n)[3]) {
        return std::rotr(x, n[0]) ^ std::rotr(x, n[1]) ^ std::rotr(x, n[2]);
    };
    const auto small = [](Word x, const int(&n)[3]) {
        return std::rotr(x, n[0]) ^ std::rotr(x, n[1]) ^ (x >> n[2]);
    };
    constexpr std::size_t kBlock = 16 * sizeof(Word);
    const std::string all = padded(text, kBlock, 2 * sizeof(Word), true);
    for (std::size_t block = 0; block < all.size(); block += kBlock) {
        std::array<Word, R::kRounds> w{};
        for (std::size_t i = 0; i < 16; ++i) {
            w[i] = read_big<Word>(all, block + i * sizeof(Word));
        }
        for (std::size_t i = 16; i < R::kRounds; ++i) {
            w[i] =
                w[i - 16] + small(w[i - 15], R::kSmall0) + w[i - 7] + small(w[i - 2], R::kSmall1);
        }
        auto [a, b, c, d, e, f, g, h] = state;
        for (std::size_t i = 0; i < R::kRounds; ++i) {
            const Word first = h + big(e, R::kBig1) + ((e & f) ^ (~e & g)) + R::constant(i) + w[i];
            const Word second = big(a, R::kBig0) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }
        const std::array<Word, 8> mixed = {a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < 8; ++i)
            state[i] += mixed[i];
    }
    return state;
}

}  // namespace

std::array<std::uint8_t, 16> md5(std::string_view text) {
    constexpr int kShifts[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    std::array<std::uint32_t, 4> state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    const std::string all = padded(text, 64, 8, false);
    for (std::size_t block = 0; block < all.size(); block += 64) {
        std::array<std::uint32_t, 16> words{};
        for (std::size_t i = 0; i < 64; ++i) {
            words[i / 4] |= static_cast<std::uint32_t>(static_cast<unsigned char>(all[block + i]))
                            << (8 * (i % 4));
        }
        auto [a, b, c, d] = state;
        for (std::uint32_t i = 0; i < 64; ++i) {
            std::uint32_t mix = 0, word = 0;
            switch (i / 16) {
                case 0:
                    mix = (b & c) | (~b & d);
                    word = i;
                    break;
                case 1:
                    mix = (d & b) | (~d & c);
                    word = (5 * i + 1) % 16;
                    break;
                case 2:
                    mix = b ^ c ^ d;
                    word = (3 * i + 5) % 16;
                    break;
                default:
                    mix = c ^ (b | ~d);
                    word = 7 * i % 16;
                    break;
            }
            const std::uint32_t sum = a + mix + kSines[i] + words[word];
            a = d;
            d = c;
            c = b;
            b += std::rotl(sum, kShifts[i / 16][i % 4]);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < 16; ++i) {
        bytes[i] = static_cast<std::uint8_t>(state[i / 4] >> (8 * (i % 4)));
    }
    return bytes;
}

std::array<std::uint8_t, 20> sha1(std::string_view text) {
    std::array<std::uint32_t, 5> state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
                                          0xc3d2e1f0};
    constexpr std::uint32_t kConstants[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    const std::string all = padded(text, 64, 8, true);
    for (std::size_t block = 0; block < all.size(); block += 64) {
        std::array<std::uint32_t, 80> w{};
        for (std::size_t i = 0; i < 16; ++i)
            w[i] = read_big<std::uint32_t>(all, block + i * 4);
        for (std::size_t i = 16; i < 80; ++i) {
            w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        }
        auto [a, b, c, d, e] = state;
        for (std::size_t i = 0; i < 80; ++i) {
            const std::uint32_t mix = i < 20   ? (b & c) | (~b & d)
                                      : i < 40 ? b ^ c ^ d
                                      : i < 60 ? (b & c) | (b & d) | (c & d)
                                               : b ^ c ^ d;
            const std::uint32_t sum = std::rotl(a, 5) + mix + e + kConstants[i / 20] + w[i];
            e = d;
            d = c;
            c = std::rotl(b, 30);
            b = a;
            a = sum;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
    return write_big<std::uint32_t, 20>(state);
}

std::array<std::uint8_t, 32> sha256(std::string_view text) {
    std::array<std::uint32_t, 8> start{};
    for (std::size_t i = 0; i < 8; ++i)
        start[i] = static_cast<std::uint32_t>(kSquareRoots[i] >> 32);
    return write_big<std::uint32_t, 32>(sha2(start, text));
}

std::array<std::uint8_t, 48> sha384(std::string_view text) {
    return write_big<std::uint64_t, 48>(sha2(kSquareRoots384, text));
}

std::array<std::uint8_t, 64> sha512(std::string_view text) {
    return write_big<std::uint64_t, 64>(sha2(kSquareRoots, text));
}

std::optional<std::vector<std::uint8_t>> digest_of(std::string_view algorithm,
                                                   std::string_view text) {
    std::string name(algorithm);
    for (char& c : name) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    const auto bytes = [](const auto& hash) {
        return std::vector<std::uint8_t>(hash.begin(), hash.end());
    };
    if (name == "MD5") return bytes(md5(text));
    if (name == "SHA-1") return bytes(sha1(text));
    if (name == "SHA-256") return bytes(sha256(text));
    if (name == "SHA-384") return bytes(sha384(text));
    if (name == "SHA-512") return bytes(sha512(text));
    return std::nullopt;
}

}  // namespace survey::expr

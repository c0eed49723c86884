#include "sync-server/ingest/packed_bytes.h"

#include <bit>

namespace survey::server {

void PackedWriter::number(std::uint64_t value) {
    while (value >= 0x80) {
        byte(static_cast<std::uint8_t>(value | 0x80));
        value >>= 7;
    }
    byte(static_cast<std::uint8_t>(value));
}

void PackedWriter::text(std::string_view value) {
    number(value.size());
    bytes_ += value;
}

void PackedWriter::real(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8)
        byte(static_cast<std::uint8_t>(bits >> shift));
}

std::uint8_t PackedReader::byte() {
    if (rest_.empty()) {
        good_ = false;
        return 0;
    }
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
}

std::uint64_t PackedReader::number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const std::uint8_t part = byte();
        if (!good_) return 0;
        value |= std::uint64_t{part & 0x7fU} << shift;
        if ((part & 0x80) == 0) return value;
    }
    good_ = false;
    return 0;
}

std::size_t PackedReader::count() {
    const std::uint64_t value = number();
    if (value > rest_.size()) {
        good_ = false;
        return 0;
    }
    return static_cast<std::size_t>(value);
}

std::string PackedReader::text() {
    const std::size_t length = count();
    std::string value(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return value;
}

double PackedReader::real() {
    std::uint64_t bits = 0;
    for (int shift = 0; shift < 64; shift += 8)
        bits |= std::uint64_t{byte()} << shift;
    return good_ ? std::bit_cast<double>(bits) : 0;
}

}  // namespace survey::server

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace survey::server {

/// Small records of the server's own files: numbers as LEB128, texts with their length, doubles as
/// eight little-endian bytes.
class PackedWriter {
  public:
    void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
    void number(std::uint64_t value);
    void text(std::string_view value);
    void real(double value);

    std::string take() && { return std::move(bytes_); }
    std::size_t size() const { return bytes_.size(); }

  private:
    std::string bytes_;
};

/// Never reads past the end: after the first failure everything is zero or empty and `good` false.
class PackedReader {
  public:
    explicit PackedReader(std::string_view bytes) : rest_(bytes) {}

    std::uint8_t byte();
    std::uint64_t number();
    std::string text();
    double real();
    /// A count of things that take at least one byte each, so that it bounds what is reserved.
    std::size_t count();

    bool good() const { return good_; }
    bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
    bool good_ = true;
};

}  // namespace survey::server

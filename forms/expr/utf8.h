#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace survey::expr {

/// Bytes of the character at `at`: 1 where the bytes there are not UTF-8.
std::size_t character_length(std::string_view text, std::size_t at);
std::size_t count_characters(std::string_view text);
/// The same with each byte that is not UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// `for (std::string_view character : Characters(text))`, by code points.
class Characters {
  public:
    class Iterator {
      public:
        Iterator(std::string_view text, std::size_t at) : text_(text), at_(at) {}
        std::string_view operator*() const {
            return text_.substr(at_, character_length(text_, at_));
        }
        Iterator& operator++() {
            at_ += character_length(text_, at_);
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at_ != other.at_; }

      private:
        std::string_view text_;
        std::size_t at_;
    };
    /// `text` must outlive it.
    explicit Characters(std::string_view text) : text_(text) {}
    Iterator begin() const { return {text_, 0}; }
    Iterator end() const { return {text_, text_.size()}; }

  private:
    std::string_view text_;
};

}  // namespace survey::expr

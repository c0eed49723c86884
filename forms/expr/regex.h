#pragma once

#include <memory>
#include <string_view>

#include "common/base/result.h"

namespace survey::expr {

inline constexpr std::size_t kPatternBytesMax = 1024;
// Backtracking of one match, its depth and its memory: a hostile pattern ends as an error.
inline constexpr unsigned kMatchSteps = 100'000;
inline constexpr unsigned kMatchDepth = 10'000;
inline constexpr unsigned kMatchHeapKiB = 20'000;

/// A compiled regular expression of a form. Immutable; any thread.
class Regex {
  public:
    /// kInvalidInput where the pattern cannot be read, kLimit where it is too long.
    static Result<Regex> compile(std::string_view pattern);
    /// True where the *whole* text matches (as JavaRosa and the ODK documentation have it).
    /// kLimit where the limits above are met.
    Result<bool> matches(std::string_view text) const;

  private:
    struct Code;
    explicit Regex(std::shared_ptr<const Code> code) : code_(std::move(code)) {}
    std::shared_ptr<const Code> code_;
};

}  // namespace survey::expr

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "common/base/ensure.h"

namespace survey {

/// What a caller can do about a failure. One entry per reaction, not per cause.
enum class ErrorCode : std::uint8_t {
    kInvalidInput,  ///< The data is wrong; sending it again cannot help.
    kNotFound,      ///< The thing named does not exist here.
    kConflict,      ///< Well formed, but loses against what is already stored.
    kNotEnrolled,   ///< The device is unknown or its enrolment was revoked.
    kForbidden,     ///< Known, but not allowed to do this.
    kLimit,         ///< Over a size, count or rate limit.
    kUnsupported,   ///< A version or feature this build does not understand.
    kCorrupt,       ///< Stored bytes fail a checksum or an invariant.
    kUnavailable,   ///< Network, lock or disk; the same call may work later.
};

/// The stable spelling of a code, for logs and for `--json` output: "invalid-input", "not-found", …
std::string_view code_name(ErrorCode code);

/// A failure that the world caused. The message is for a person: what, where, what to do.
/// It never contains answers, labels or secrets.
struct Error {
    ErrorCode code = ErrorCode::kInvalidInput;
    std::string message;

    /// Puts what was being done in front of the message: "reading form.xlsx: not a workbook".
    Error during(std::string_view activity) && {
        message.insert(0, std::string(activity) + ": ");
        return std::move(*this);
    }

    friend bool operator==(const Error&, const Error&) = default;
};

/// The one way to make an error.
inline Error fail(ErrorCode code, std::string message) {
    return Error{code, std::move(message)};
}

/// Either a T or an Error. Spelled like std::expected so that it can become one.
template <typename T>
class [[nodiscard]] Result {
    static_assert(!std::is_same_v<T, Error> && !std::is_reference_v<T>);

  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT implicit
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT implicit

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& operator*() & {
        ENSURE(has_value());
        return *std::get_if<0>(&state_);
    }
    const T& operator*() const& {
        ENSURE(has_value());
        return *std::get_if<0>(&state_);
    }
    T&& operator*() && {
        ENSURE(has_value());
        return std::move(*std::get_if<0>(&state_));
    }
    T* operator->() { return &**this; }
    const T* operator->() const { return &**this; }

    const Error& error() const& {
        ENSURE(!has_value());
        return *std::get_if<1>(&state_);
    }
    Error&& error() && {
        ENSURE(!has_value());
        return std::move(*std::get_if<1>(&state_));
    }

    /// The value, or `fallback` on failure. Only where the failure truly does not matter.
    T value_or(T fallback) && {
        if (has_value()) return std::move(*std::get_if<0>(&state_));
        return fallback;
    }

  private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}  // NOLINT implicit

    bool has_value() const { return !error_; }
    explicit operator bool() const { return has_value(); }

    const Error& error() const& {
        ENSURE(error_);
        return *error_;
    }
    Error&& error() && {
        ENSURE(error_);
        return std::move(*error_);
    }

  private:
    std::optional<Error> error_;
};

}  // namespace survey

// Standard C++ only, no GNU statement expressions: the browser rooms use them too.
#define SURVEY_CAT_(a, b) a##b
#define SURVEY_CAT(a, b) SURVEY_CAT_(a, b)

/// Returns the error of a Result<void> (or any Result) to the caller, else goes on.
#define TRY(expr)                                                                        \
    do {                                                                                 \
        if (auto try_result = (expr); !try_result) return std::move(try_result).error(); \
    } while (false)

/// `TRY_ASSIGN(const auto form, load(id));` declares or assigns the value, or returns the error.
#define TRY_ASSIGN(lhs, expr) TRY_ASSIGN_(SURVEY_CAT(try_result_, __LINE__), lhs, expr)
#define TRY_ASSIGN_(tmp, lhs, expr)          \
    auto tmp = (expr);                       \
    if (!tmp) return std::move(tmp).error(); \
    lhs = *std::move(tmp)

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "common/base/ensure.h"
#include "common/base/phrase.h"
#include "common/json/json.h"

namespace survey::forms {

/// A request that was refused. The codes are part of the protocol: never change or reuse one.
struct Refusal {
    std::string code;
    std::string message;
    json::Object more = {};  ///< Further members of the error, such as "offset".
};

/// Either a T or a Refusal; shaped like `Result`, so TRY and TRY_ASSIGN serve both.
template <typename T>
class [[nodiscard]] Outcome {
  public:
    Outcome(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT implicit
    Outcome(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) {}  // NOLINT

    explicit operator bool() const { return state_.index() == 0; }
    T& operator*() & { return held(); }
    T&& operator*() && { return std::move(held()); }
    T* operator->() { return &held(); }
    Refusal&& error() && {
        ENSURE(state_.index() == 1);
        return std::move(*std::get_if<1>(&state_));
    }

  private:
    T& held() {
        ENSURE(state_.index() == 0);
        return *std::get_if<0>(&state_);
    }
    std::variant<T, Refusal> state_;
};

/// Answers requests of one of the line protocols. A refused request has changed nothing.
class LineService {
  public:
    virtual ~LineService() = default;
    virtual Outcome<json::Object> answer(const json::Object& request) = 0;
};

/// Documents and forms stand inside a line; past this a line is refused unread.
inline constexpr std::size_t kLineBytesMax = std::size_t{128} << 20;

/// One line of JSON in, one line out: the request's `id`, then the answer or
/// `"error": {"code", "message", …}`.
std::string answer_line(LineService& service, std::string_view line);

/// The line that refuses a request, whose `id` is null where it could not be read.
std::string refusal_line(const json::Value& id, const Refusal& refusal);

// Reading members. A member of the wrong type is refused with code "request".
Outcome<std::string> required_text(const json::Object& request, std::string_view name);
Outcome<std::optional<std::string>> optional_text(const json::Object& request,
                                                  std::string_view name);
/// `fallback` where the member is absent.
Outcome<std::string> text_or(const json::Object& request, std::string_view name,
                             std::string_view fallback);
/// False where the member is absent.
Outcome<bool> flag(const json::Object& request, std::string_view name);
Outcome<std::optional<std::int64_t>> optional_integer(const json::Object& request,
                                                      std::string_view name);

}  // namespace survey::forms

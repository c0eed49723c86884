#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "common/base/result.h"

/// The one door to Boost.JSON: its values as they are, its failures as ours.
namespace survey::json {

using Array = boost::json::array;
using Object = boost::json::object;
using Value = boost::json::value;

struct Limits {
    std::size_t bytes_max = 1024 * 1024;
    std::size_t depth_max = 32;  ///< Deeper documents exist only to hurt the parser's stack.
};

/// RFC 8259, UTF-8, no extensions, exactly one document. kInvalidInput says at which byte;
/// kLimit: too long or too deep.
Result<Value> parse(std::string_view text, const Limits& limits = {});

/// One line without blanks.
std::string serialise(const Value& value);
/// Two blanks per level, for files that people read.
std::string serialise_pretty(const Value& value);

/// The member, if `object` is an object that has it with that type; nothing otherwise.
const Value* find(const Value& object, std::string_view name);
std::optional<std::string> find_text(const Value& object, std::string_view name);
/// Also from a number written without a fraction as 5.0.
std::optional<std::int64_t> find_integer(const Value& object, std::string_view name);
std::optional<double> find_number(const Value& object, std::string_view name);
std::optional<bool> find_flag(const Value& object, std::string_view name);

}  // namespace survey::json

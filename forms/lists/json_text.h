#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace survey::forms {

/// A JSON value (RFC 8259) as it is needed to read GeoJSON in the browser too, where the programs'
/// JSON library is not: numbers keep their text, members their order.
struct JsonText {
    enum class Kind { kNull, kBoolean, kNumber, kString, kArray, kObject };
    Kind kind = Kind::kNull;
    std::string text;  ///< Of a string its characters; of numbers and booleans as written.
    std::vector<JsonText> items;     ///< Of an array.
    std::vector<std::string> names;  ///< Of an object: `names[i]` names `values[i]`.
    std::vector<JsonText> values;

    /// The first member of that name; nullptr where there is none.
    const JsonText* member(std::string_view name) const;
};

inline constexpr std::size_t kJsonDepthMax = 64;  // GeoJSON needs 8

/// The whole of `bytes` as one value; the error names the byte.
Result<JsonText> parse_json_text(std::string_view bytes);

}  // namespace survey::forms

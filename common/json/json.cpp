#include "common/json/json.h"

#include <cmath>
#include <cstdlib>
#include <exception>
#include <istream>
#include <memory>

#include <boost/throw_exception.hpp>

#include "common/base/ensure.h"

// Boost.JSON's own sources, compiled here and nowhere else. One function in one of them, which
// reads from a stream and which nobody calls, catches exceptions; browser rooms have none.
#define BOOST_JSON_SOURCE
#ifdef __clang__
#pragma clang diagnostic ignored "-Wkeyword-macro"
#endif
#define try if (true)
#define catch(...) else
#define throw std::abort()
#include <boost/json/impl/value.ipp>
#undef try
#undef catch
#undef throw
#include <boost/json/src.hpp>

// Without exceptions Boost asks for these. What throws in Boost.JSON is an access
// to a value that is of another type, a mistake of ours.
namespace boost {

void throw_exception(const std::exception& problem, const source_location& place) {
    survey::ensure_failed(problem.what(), place.file_name(), static_cast<int>(place.line()));
}
void throw_exception(const std::exception& problem) {
    survey::ensure_failed(problem.what(), "boost", 0);
}

}  // namespace boost

namespace survey::json {

Result<Value> parse(std::string_view text, const Limits& limits) {
    if (text.size() > limits.bytes_max) {
        return fail(ErrorCode::kLimit, "JSON document of " + std::to_string(text.size()) +
                                           " bytes; the limit is " +
                                           std::to_string(limits.bytes_max));
    }
    boost::json::parse_options options;
    options.max_depth = limits.depth_max;
    boost::json::parser parser({}, options);
    boost::json::error_code error;
    const std::size_t read = parser.write_some(text.data(), text.size(), error);
    if (error == boost::json::error::incomplete) {
        return fail(ErrorCode::kInvalidInput, "JSON document ends too early");
    }
    if (error == boost::json::error::too_deep) {
        return fail(ErrorCode::kLimit, "JSON document is nested too deeply");
    }
    if (error) {
        return fail(ErrorCode::kInvalidInput,
                    "not a JSON document (at byte " + std::to_string(read) + ")");
    }
    for (std::size_t i = read; i < text.size(); ++i) {
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n') {
            return fail(ErrorCode::kInvalidInput,
                        "text after the JSON document (at byte " + std::to_string(i) + ")");
        }
    }
    return parser.release();
}

std::string serialise(const Value& value) {
    return boost::json::serialize(value);
}

namespace {

void write_pretty(std::string& out, const Value& value, std::size_t depth) {
    const auto line = [&out](std::size_t level) {
        out += '\n';
        out.append(level * 2, ' ');
    };
    if (const Object* object = value.if_object(); object != nullptr && !object->empty()) {
        char before = '{';
        for (const auto& member : *object) {
            out += before;
            line(depth + 1);
            out += boost::json::serialize(member.key());
            out += ": ";
            write_pretty(out, member.value(), depth + 1);
            before = ',';
        }
        line(depth);
        out += '}';
    } else if (const Array* array = value.if_array(); array != nullptr && !array->empty()) {
        char before = '[';
        for (const Value& element : *array) {
            out += before;
            line(depth + 1);
            write_pretty(out, element, depth + 1);
            before = ',';
        }
        line(depth);
        out += ']';
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

std::string serialise_pretty(const Value& value) {
    std::string out;
    write_pretty(out, value, 0);
    out += '\n';
    return out;
}

const Value* find(const Value& object, std::string_view name) {
    const Object* members = object.if_object();
    return members == nullptr ? nullptr : members->if_contains(name);
}

std::optional<std::string> find_text(const Value& object, std::string_view name) {
    const Value* member = find(object, name);
    if (member == nullptr || !member->is_string()) return std::nullopt;
    return std::string(member->get_string());
}

std::optional<std::int64_t> find_integer(const Value& object, std::string_view name) {
    const Value* member = find(object, name);
    if (member == nullptr) return std::nullopt;
    if (member->is_int64()) return member->get_int64();
    // Integers beyond 2^53 are not exact as doubles, so those are not taken from 1e17.
    constexpr double kExact = 9007199254740992.0;
    if (member->is_double()) {
        const double number = member->get_double();
        if (std::floor(number) == number && std::abs(number) <= kExact) {
            return static_cast<std::int64_t>(number);
        }
    }
    return std::nullopt;
}

std::optional<double> find_number(const Value& object, std::string_view name) {
    const Value* member = find(object, name);
    if (member == nullptr) return std::nullopt;
    if (member->is_double()) return member->get_double();
    if (member->is_int64()) return static_cast<double>(member->get_int64());
    if (member->is_uint64()) return static_cast<double>(member->get_uint64());
    return std::nullopt;
}

std::optional<bool> find_flag(const Value& object, std::string_view name) {
    const Value* member = find(object, name);
    if (member == nullptr || !member->is_bool()) return std::nullopt;
    return member->get_bool();
}

}  // namespace survey::json

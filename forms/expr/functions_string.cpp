// Functions about texts: XPath 1.0 section 4.2 and ODK XForms. Characters are code points.
#include <cmath>
#include <limits>
#include <span>

#include "common/base/hex.h"
#include "forms/expr/base64.h"
#include "forms/expr/digest.h"
#include "forms/expr/ed25519.h"
#include "forms/expr/functions.h"
#include "forms/expr/utf8.h"

namespace survey::expr::fn {

Value string(Call& call) {
    return call.string_or_context(0);
}

Value concat(Call& call) {
    std::string all;
    for (std::size_t i = 0; i < call.size(); ++i) {
        all += call.string(i);
        if (!call.evaluator().check_length(all.size())) break;
    }
    return all;
}

namespace {

std::string joined(Call& call, std::size_t from, const std::string& separator) {
    std::string all;
    bool first = true;
    for (const Value& part : call.flattened(from)) {
        if (!first) all += separator;
        first = false;
        all += to_string(part);
        if (!call.evaluator().check_length(all.size())) break;
    }
    return all;
}

}  // namespace

Value concat_flattened(Call& call) {
    return joined(call, 0, "");
}

Value join(Call& call) {
    return joined(call, 1, call.string(0));
}

Value starts_with(Call& call) {
    return call.string(0).starts_with(call.string(1));
}

Value ends_with(Call& call) {
    return call.string(0).ends_with(call.string(1));
}

Value contains(Call& call) {
    return call.string(0).find(call.string(1)) != std::string::npos;
}

Value substring_before(Call& call) {
    const std::string text = call.string(0);
    const std::size_t at = text.find(call.string(1));
    return at == std::string::npos ? std::string() : text.substr(0, at);
}

Value substring_after(Call& call) {
    const std::string text = call.string(0);
    const std::string mark = call.string(1);
    const std::size_t at = text.find(mark);
    return at == std::string::npos ? std::string() : text.substr(at + mark.size());
}

namespace {

double round_half_up(double number) {
    return std::floor(number + 0.5);
}

}  // namespace

// Positions count from 1 and are rounded; NaN and the infinities take their course (4.2).
Value substring(Call& call) {
    const std::string text = call.string(0);
    const double start = round_half_up(call.number(1));
    const double end = call.size() == 3 ? start + round_half_up(call.number(2))
                                        : std::numeric_limits<double>::infinity();
    std::string part;
    double position = 1;
    for (const std::string_view character : Characters(text)) {
        if (position >= start && position < end) part += character;
        ++position;
    }
    return part;
}

// Positions count from 0, negative ones from the end; the end is not included.
Value substr(Call& call) {
    const std::string text = call.string(0);
    const double length = static_cast<double>(count_characters(text));
    const auto place = [length](double number) {
        if (std::isnan(number)) return 0.0;
        number = std::trunc(number);
        if (number < 0) number += length;
        return number < 0 ? 0.0 : number;
    };
    const double start = place(call.number(1));
    const double end = call.size() == 3 ? place(call.number(2)) : length;
    std::string part;
    double position = 0;
    for (const std::string_view character : Characters(text)) {
        if (position >= start && position < end) part += character;
        ++position;
    }
    return part;
}

Value string_length(Call& call) {
    return static_cast<double>(count_characters(call.string_or_context(0)));
}

Value normalize_space(Call& call) {
    std::string text;
    bool gap = false;
    for (const char c : call.string_or_context(0)) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            gap = !text.empty();
            continue;
        }
        if (gap) text += ' ';
        gap = false;
        text += c;
    }
    return text;
}

Value translate(Call& call) {
    const std::string text = call.string(0);
    const std::string from = call.string(1);
    const std::string to = call.string(2);
    std::vector<std::string_view> replacements;
    for (const std::string_view character : Characters(to))
        replacements.push_back(character);
    std::string result;
    for (const std::string_view character : Characters(text)) {
        std::size_t place = 0;
        bool found = false;
        for (const std::string_view candidate : Characters(from)) {
            if (candidate == character) {
                found = true;
                break;
            }
            ++place;
        }
        if (!call.evaluator().charge(1 + place / 8)) break;
        if (!found) {
            result += character;
        } else if (place < replacements.size()) {
            result += replacements[place];
        }
    }
    return result;
}

Value regex(Call& call) {
    const std::string text = call.string(0);
    const auto outcome = [&](const Regex& regex) -> Value {
        const Result<bool> found = regex.matches(text);
        // PCRE2 gives up after as many steps as an evaluation may take a hundredth of.
        call.evaluator().charge(100 + text.size());
        if (!found) return call.fail(found.error().code, found.error().message);
        return *found;
    };
    if (call.node().regex) return outcome(*call.node().regex);
    const Result<Regex> compiled = Regex::compile(call.string(1));
    if (!compiled) return call.fail(compiled.error().code, compiled.error().message);
    return outcome(*compiled);
}

Value uuid(Call& call) {
    Random& random = call.host().random();
    if (call.evaluator().stopped()) return false;
    if (call.size() == 0) return uuid_v4(random);
    constexpr double kCharactersMax = 10'000;  // an id, not a text
    constexpr std::string_view kCharacters =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const double wanted = call.number(0);
    std::string id;
    if (!(wanted >= 1)) return id;
    if (wanted > kCharactersMax) return call.fail(ErrorCode::kLimit, "the id would be too long");
    for (int i = static_cast<int>(wanted); i > 0; --i) {
        id += kCharacters[static_cast<std::size_t>(random.below(kCharacters.size()))];
    }
    return id;
}

Value digest(Call& call) {
    const std::string text = call.string(0);
    std::string name = call.string(1);
    std::string encoding = call.size() == 3 ? call.string(2) : "base64";
    if (call.evaluator().stopped()) return false;
    const auto bytes = digest_of(name, text);
    if (!bytes) {
        return call.fail(ErrorCode::kInvalidInput,
                         "the algorithm must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512");
    }
    if (encoding == "hex") return to_hex(*bytes);
    if (encoding == "base64") return base64_encode(*bytes);
    return call.fail(ErrorCode::kInvalidInput, "the encoding must be base64 or hex");
}

Value base64_decode(Call& call) {
    const auto bytes = expr::base64_decode(call.string(0));
    if (!bytes) return std::string();
    return valid_utf8(std::string(bytes->begin(), bytes->end()));
}

// A signature of 64 bytes and what is signed, in base64; blank where the signature is not the
// key's.
Value extract_signed(Call& call) {
    const auto contents = expr::base64_decode(call.string(0));
    const auto key = expr::base64_decode(call.string(1));
    constexpr std::size_t kSignature = 64;
    constexpr std::size_t kKey = 32;
    if (!contents || !key || contents->size() < kSignature || key->size() != kKey) {
        return std::string();
    }
    // As much work as some ten thousand steps.
    if (!call.evaluator().charge(10'000 + contents->size())) return false;
    const std::span<const std::uint8_t> bytes(*contents);
    const std::string message(bytes.begin() + kSignature, bytes.end());
    const bool genuine = verify_ed25519(bytes.first<kSignature>(),
                                        std::span<const std::uint8_t>(*key).first<kKey>(), message);
    return genuine ? valid_utf8(message) : std::string();
}

}  // namespace survey::expr::fn

#include "forms/lists/json_text.h"

#include <cstdint>

namespace survey::forms {

namespace {

class JsonReader {
  public:
    explicit JsonReader(std::string_view bytes) : bytes_(bytes) {}

    Result<JsonText> read() {
        TRY_ASSIGN(JsonText value, read_value(0));
        skip_blanks();
        if (at_ != bytes_.size()) return wrong("nothing after the value");
        return value;
    }

  private:
    Error wrong(std::string_view expected) const {
        return fail(ErrorCode::kInvalidInput, "This is not JSON: expected " +
                                                  std::string(expected) + " at byte " +
                                                  std::to_string(at_) + ".");
    }
    void skip_blanks() {
        while (at_ < bytes_.size() && (bytes_[at_] == ' ' || bytes_[at_] == '\t' ||
                                       bytes_[at_] == '\n' || bytes_[at_] == '\r')) {
            ++at_;
        }
    }
    bool take(char c) {
        skip_blanks();
        if (at_ >= bytes_.size() || bytes_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool take_word(std::string_view word) {
        if (!bytes_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }

    Result<JsonText> read_value(std::size_t depth) {
        if (depth > kJsonDepthMax) return wrong("fewer levels of nesting");
        JsonText value;
        skip_blanks();
        if (take('{')) {
            value.kind = JsonText::Kind::kObject;
            if (take('}')) return value;
            do {
                skip_blanks();
                TRY_ASSIGN(std::string name, read_string());
                if (!take(':')) return wrong("':'");
                TRY_ASSIGN(JsonText member, read_value(depth + 1));
                value.names.push_back(std::move(name));
                value.values.push_back(std::move(member));
            } while (take(','));
            if (!take('}')) return wrong("'}'");
            return value;
        }
        if (take('[')) {
            value.kind = JsonText::Kind::kArray;
            if (take(']')) return value;
            do {
                TRY_ASSIGN(JsonText item, read_value(depth + 1));
                value.items.push_back(std::move(item));
            } while (take(','));
            if (!take(']')) return wrong("']'");
            return value;
        }
        if (at_ < bytes_.size() && bytes_[at_] == '"') {
            TRY_ASSIGN(value.text, read_string());
            value.kind = JsonText::Kind::kString;
            return value;
        }
        if (take_word("null")) return value;
        value.kind = JsonText::Kind::kBoolean;
        value.text = bytes_.substr(at_, 4) == "true" ? "true" : "false";
        if (take_word("true") || take_word("false")) return value;
        value.kind = JsonText::Kind::kNumber;
        const std::size_t start = at_;
        while (at_ < bytes_.size() &&
               std::string_view("0123456789+-.eE").find(bytes_[at_]) != std::string_view::npos) {
            ++at_;
        }
        if (at_ == start) return wrong("a value");
        value.text = bytes_.substr(start, at_ - start);
        return value;
    }

    Result<std::uint32_t> read_hex4() {
        std::uint32_t code = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = at_ < bytes_.size() ? bytes_[at_] : ' ';
            code <<= 4;
            if (c >= '0' && c <= '9') {
                code |= static_cast<std::uint32_t>(c - '0');
            } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
                code |= static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
            } else {
                return wrong("four hexadecimal digits");
            }
        }
        return code;
    }

    static void append_utf8(std::string& out, std::uint32_t code) {
        const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
        if (code < 0x80) {
            put(code);
        } else if (code < 0x800) {
            put(0xC0 | (code >> 6));
            put(0x80 | (code & 0x3F));
        } else if (code < 0x10000) {
            put(0xE0 | (code >> 12));
            put(0x80 | ((code >> 6) & 0x3F));
            put(0x80 | (code & 0x3F));
        } else {
            put(0xF0 | (code >> 18));
            put(0x80 | ((code >> 12) & 0x3F));
            put(0x80 | ((code >> 6) & 0x3F));
            put(0x80 | (code & 0x3F));
        }
    }

    Result<std::string> read_string() {
        if (!take('"')) return wrong("a string");
        std::string out;
        while (at_ < bytes_.size() && bytes_[at_] != '"') {
            const char c = bytes_[at_++];
            if (c != '\\') {
                out += c;
                continue;
            }
            if (at_ >= bytes_.size()) break;
            const char escape = bytes_[at_++];
            constexpr std::string_view kNames = "\"\\/bfnrt";
            constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
            if (const std::size_t i = kNames.find(escape); i != std::string_view::npos) {
                out += kMeanings[i];
                continue;
            }
            if (escape != 'u') return wrong("an escape sequence");
            TRY_ASSIGN(std::uint32_t code, read_hex4());
            if (code >= 0xD800 && code < 0xDC00 && bytes_.substr(at_).starts_with("\\u")) {
                at_ += 2;
                TRY_ASSIGN(const std::uint32_t low, read_hex4());
                code = 0x10000 + ((code - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
            }
            append_utf8(out, code);
        }
        if (!take('"')) return wrong("the end of the string");
        return out;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
};

}  // namespace

const JsonText* JsonText::member(std::string_view name) const {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return &values[i];
    }
    return nullptr;
}

Result<JsonText> parse_json_text(std::string_view bytes) {
    return JsonReader(bytes).read();
}

}  // namespace survey::forms

#include "forms/expr/lexer.h"

#include "common/base/number.h"

namespace survey::expr {

namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Bytes of multi-byte characters count as letters: the few Unicode characters that XML does not
// allow in names cannot match any name either.
bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_name(char c) {
    return is_name_start(c) || is_digit(c) || c == '-' || c == '.';
}

// Section 3.7: after these a `*` is a name test and a word is a name.
bool expects_operand(TokenKind previous) {
    switch (previous) {
        case TokenKind::kNumber:
        case TokenKind::kLiteral:
        case TokenKind::kName:
        case TokenKind::kClose:
        case TokenKind::kClosePredicate:
        case TokenKind::kDot:
        case TokenKind::kDoubleDot:
            return false;
        default:
            return true;
    }
}

class Lexer {
  public:
    Lexer(std::string_view source, Library library) : source_(source), library_(library) {}

    Tokens run() {
        while (!result_.error) {
            while (at_ < source_.size() && is_space(source_[at_]))
                ++at_;
            if (at_ == source_.size()) break;
            next();
        }
        result_.tokens.push_back({TokenKind::kEnd, source_.size(), {}, 0});
        return std::move(result_);
    }

  private:
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }

    bool operand_expected() const {
        return result_.tokens.empty() || expects_operand(result_.tokens.back().kind);
    }

    void add(TokenKind kind, std::size_t length, double number = 0) {
        result_.tokens.push_back({kind, at_, source_.substr(at_, length), number});
        at_ += length;
    }

    void refuse(std::string message) {
        result_.error = CompileError{CompileError::Kind::kParse, at_, std::move(message)};
    }

    void next() {
        const char c = peek();
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
        if (c == '"' || c == '\'') return literal(c);
        if (is_name_start(c)) return word();
        symbol(c);
    }

    void number() {
        std::size_t length = 0;
        while (is_digit(peek(length)))
            ++length;
        if (peek(length) == '.') {
            ++length;
            while (is_digit(peek(length)))
                ++length;
        }
        if (library_ == Library::kOpenRosa && (peek(length) == 'e' || peek(length) == 'E')) {
            std::size_t digits = length + 1;
            if (peek(digits) == '+' || peek(digits) == '-') ++digits;
            if (is_digit(peek(digits))) {
                while (is_digit(peek(digits)))
                    ++digits;
                length = digits;
            }
        }
        std::string text(source_.substr(at_, length));
        if (text.back() == '.') text.pop_back();
        add(TokenKind::kNumber, length, parse_double(text).value_or(0));
    }

    void literal(char quote) {
        const std::size_t end = source_.find(quote, at_ + 1);
        if (end == std::string_view::npos) {
            return refuse(std::string("the text that starts here has no closing ") + quote);
        }
        result_.tokens.push_back(
            {TokenKind::kLiteral, at_, source_.substr(at_ + 1, end - at_ - 1), 0});
        at_ = end + 1;
    }

    std::size_t name_length(std::size_t from) const {
        std::size_t length = 0;
        while (from + length < source_.size() && is_name(source_[from + length]))
            ++length;
        return length;
    }

    void word() {
        std::size_t length = name_length(at_);
        const std::string_view name = source_.substr(at_, length);
        if (!operand_expected()) {
            if (name == "or") return add(TokenKind::kOr, length);
            if (name == "and") return add(TokenKind::kAnd, length);
            if (name == "div") return add(TokenKind::kDivide, length);
            if (name == "mod") return add(TokenKind::kModulo, length);
            // Typographic quotes arrive from word processors and start with a byte of a letter.
            if (name.starts_with("\xE2\x80")) return refuse("use straight quotes: ' or \"");
            return refuse("expected an operator before \"" + std::string(name.substr(0, 60)) +
                          "\"");
        }
        if (name.starts_with("\xE2\x80")) return refuse("use straight quotes: ' or \"");
        if (peek(length) == ':' && peek(length + 1) == '*')
            return add(TokenKind::kName, length + 2);
        bool prefixed = false;
        if (peek(length) == ':' && is_name_start(peek(length + 1))) {
            length += 1 + name_length(at_ + length + 1);
            prefixed = true;
        }
        std::size_t after = at_ + length;
        while (after < source_.size() && is_space(source_[after]))
            ++after;
        const std::string_view rest = source_.substr(after);
        if (!prefixed && rest.starts_with("::")) return add(TokenKind::kAxis, length);
        if (rest.starts_with("(")) {
            const bool node_type =
                !prefixed && (name == "comment" || name == "text" ||
                              name == "processing-instruction" || name == "node");
            return add(node_type ? TokenKind::kNodeType : TokenKind::kFunction, length);
        }
        add(TokenKind::kName, length);
    }

    void symbol(char c) {
        const char second = peek(1);
        switch (c) {
            case '(':
                return add(TokenKind::kOpen, 1);
            case ')':
                return add(TokenKind::kClose, 1);
            case '[':
                return add(TokenKind::kOpenPredicate, 1);
            case ']':
                return add(TokenKind::kClosePredicate, 1);
            case ',':
                return add(TokenKind::kComma, 1);
            case '@':
                return add(TokenKind::kAt, 1);
            case '|':
                return add(TokenKind::kUnion, 1);
            case '+':
                return add(TokenKind::kPlus, 1);
            case '-':
                return add(TokenKind::kMinus, 1);
            case '=':
                return add(TokenKind::kEqual, 1);
            case '*':
                return add(operand_expected() ? TokenKind::kName : TokenKind::kMultiply, 1);
            case '.':
                if (second == '.') return add(TokenKind::kDoubleDot, 2);
                return add(TokenKind::kDot, 1);
            case '/':
                if (second == '/') return add(TokenKind::kDoubleSlash, 2);
                return add(TokenKind::kSlash, 1);
            case ':':
                if (second == ':') return add(TokenKind::kDoubleColon, 2);
                return refuse("\":\" stands between a prefix and a name, without blanks");
            case '!':
                if (second == '=') return add(TokenKind::kNotEqual, 2);
                return refuse("\"!\" is not an operator: write not(…) or !=");
            case '<':
                if (second == '=') return add(TokenKind::kLessEqual, 2);
                return add(TokenKind::kLess, 1);
            case '>':
                if (second == '=') return add(TokenKind::kGreaterEqual, 2);
                return add(TokenKind::kGreater, 1);
            case '$':
                return refuse(second == '{' ? "a ${…} reference stands where it is not replaced: "
                                              "write the path of the question"
                                            : "there are no variables here: write a path, or in a "
                                              "workbook ${name}");
            case '&':
                return refuse("\"&\" is not an operator: write and, or concat(…) to join texts");
            case ';':
                return refuse("\";\" has no meaning here: put commas between arguments");
            case '{':
                return refuse("\"{\" has no meaning here: a reference is ${name}");
            default:
                return refuse(std::string("\"") + c + "\" has no meaning here");
        }
    }

    std::string_view source_;
    Library library_;
    std::size_t at_ = 0;
    Tokens result_;
};

}  // namespace

Tokens tokenize(std::string_view source, Library library) {
    return Lexer(source, library).run();
}

}  // namespace survey::expr

#include "forms/expr/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "common/base/number.h"

namespace survey::expr {

struct Regex::Code {
    pcre2_code* code = nullptr;
    Code() = default;
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
    ~Code() { pcre2_code_free(code); }
};

Result<Regex> Regex::compile(std::string_view pattern) {
    if (pattern.size() > kPatternBytesMax) {
        return fail(ErrorCode::kLimit, "a pattern of regex() is longer than " +
                                           std::to_string(kPatternBytesMax) + " bytes");
    }
    int error = 0;
    PCRE2_SIZE offset = 0;
    auto code = std::make_shared<Code>();
    code->code =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                      PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error, &offset, nullptr);
    if (code->code == nullptr) {
        PCRE2_UCHAR text[160] = {};
        pcre2_get_error_message(error, text, sizeof text);
        return fail(ErrorCode::kInvalidInput,
                    "the pattern of regex() cannot be read at character " +
                        std::to_string(offset + 1) + ": " + reinterpret_cast<const char*>(text));
    }
    return Regex(std::move(code));
}

Result<bool> Regex::matches(std::string_view text) const {
    pcre2_match_context* context = pcre2_match_context_create(nullptr);
    pcre2_set_match_limit(context, kMatchSteps);
    pcre2_set_depth_limit(context, kMatchDepth);
    pcre2_set_heap_limit(context, kMatchHeapKiB);
    pcre2_match_data* data = pcre2_match_data_create(1, nullptr);
    const int found = pcre2_match(code_->code, reinterpret_cast<PCRE2_SPTR>(text.data()),
                                  text.size(), 0, 0, data, context);
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    if (found >= 0) return true;
    if (found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_DEPTHLIMIT ||
        found == PCRE2_ERROR_HEAPLIMIT) {
        return fail(ErrorCode::kLimit,
                    "a pattern of regex() takes too long on this answer: write it without nested "
                    "repetitions");
    }
    return false;
}

}  // namespace survey::expr

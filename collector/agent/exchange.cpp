#include "collector/agent/exchange.h"

#include "common/json/json.h"

namespace survey::collector {

namespace {

constexpr std::size_t kSentenceBytesMax = 400;

ErrorCode code_of(int status) {
    switch (status) {
        case 400:
            return ErrorCode::kInvalidInput;
        case 401:
        case 403:
            return ErrorCode::kNotEnrolled;
        case 404:
        case 410:
            return ErrorCode::kNotFound;
        case 409:
            return ErrorCode::kConflict;
        case 413:
            return ErrorCode::kLimit;
        case 426:
            return ErrorCode::kUnsupported;
        default:
            return ErrorCode::kUnavailable;
    }
}

// The sentence of a problem body, without control characters: it goes to a terminal.
std::string sentence_of(const std::string& body) {
    const auto problem = json::parse(body);
    if (!problem) return {};
    const auto message = json::find_text(*problem, "message");
    if (!message) return {};
    std::string sentence;
    for (const char c : message->substr(0, kSentenceBytesMax)) {
        const auto byte = static_cast<unsigned char>(c);
        // The second set of control characters is written as two bytes, C2 80 to C2 9F.
        if (byte >= 0x80 && byte < 0xA0 && !sentence.empty() && sentence.back() == '\xC2') {
            sentence.pop_back();
            continue;
        }
        if (byte >= 0x20 && byte != 0x7F) sentence += c;
    }
    return sentence;
}

}  // namespace

Error stranger() {
    return fail(ErrorCode::kUnavailable,
                "the answer is not from the survey server; does this network want a login in the "
                "browser first?");
}

Error refusal(const TransportReply& reply) {
    std::string sentence = sentence_of(reply.body);
    if (sentence.empty()) {
        // No words of ours: whoever answered, it need not have been the survey server.
        if (reply.status == 413) return fail(ErrorCode::kLimit, "the message is too large");
        // A redirect, or RFC 6585, section 6: the way of networks to ask for a login.
        if ((reply.status >= 300 && reply.status < 400) || reply.status == 511) return stranger();
        return fail(ErrorCode::kUnavailable, "the server answered with HTTP status " +
                                                 std::to_string(reply.status) +
                                                 "; try again later");
    }
    return fail(code_of(reply.status), std::move(sentence));
}

}  // namespace survey::collector

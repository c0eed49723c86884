#include "common/http/problem.h"

#include <string>

#include "common/json/json.h"

namespace survey {

namespace {

constexpr int kRetryAfterFailure_s = 10;  // long enough for a disk or a lock to recover

}  // namespace

int http_status(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalidInput:
            return 400;
        case ErrorCode::kNotFound:
            return 404;
        case ErrorCode::kConflict:
            return 409;
        case ErrorCode::kNotEnrolled:
            return 401;
        case ErrorCode::kForbidden:
            return 403;
        case ErrorCode::kLimit:
            return 413;
        case ErrorCode::kUnsupported:
            return 426;
        case ErrorCode::kCorrupt:
            return 500;
        case ErrorCode::kUnavailable:
            return 503;
    }
    return 500;
}

bool is_public(ErrorCode code) {
    return code != ErrorCode::kCorrupt && code != ErrorCode::kUnavailable;
}

std::string public_message(ErrorCode code) {
    if (code == ErrorCode::kCorrupt) {
        return "The server found damaged data and did not go on. Nothing you sent is lost; please "
               "give the request number to whoever runs the server.";
    }
    return "The server cannot do this right now. Please try again in a moment.";
}

Reply problem(const Error& error, const Request& request) {
    const int status = http_status(error.code);
    const std::string message = is_public(error.code) ? error.message : public_message(error.code);
    Reply reply = http_problem(status, code_name(error.code), message, request.id);
    if (status == 503)
        reply.fields.emplace_back("Retry-After", std::to_string(kRetryAfterFailure_s));
    if (status == 401) reply.fields.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
}

Reply credentials_needed(const Request& request) {
    return http_problem(401, code_name(ErrorCode::kNotEnrolled),
                        "This call needs a valid token: Authorization: Bearer <token>.", request.id)
        .with("WWW-Authenticate", "Bearer");
}

Reply too_many_calls(const Request& request, int retry_after_s) {
    return http_problem(429, code_name(ErrorCode::kLimit),
                        "Too many tries from this address. Please wait a moment.", request.id)
        .with("Retry-After", std::to_string(retry_after_s));
}

Reply http_problem(int status, std::string_view code, std::string_view message,
                   std::string_view request_id) {
    return Reply::json(json::serialise(json::Object{
                           {"code", code}, {"message", message}, {"request", request_id}}),
                       status);
}

}  // namespace survey

#include "common/base/result.h"

namespace survey {

std::string_view code_name(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalidInput:
            return "invalid-input";
        case ErrorCode::kNotFound:
            return "not-found";
        case ErrorCode::kConflict:
            return "conflict";
        case ErrorCode::kNotEnrolled:
            return "not-enrolled";
        case ErrorCode::kForbidden:
            return "forbidden";
        case ErrorCode::kLimit:
            return "limit";
        case ErrorCode::kUnsupported:
            return "unsupported";
        case ErrorCode::kCorrupt:
            return "corrupt";
        case ErrorCode::kUnavailable:
            return "unavailable";
    }
    ENSURE(false);
}

}  // namespace survey

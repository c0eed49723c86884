#include "common/model/log_entry.h"

namespace survey {

bool is_final(ItemStatus status) {
    return status == ItemStatus::kStored || status == ItemStatus::kDuplicate ||
           status == ItemStatus::kQuarantined || status == ItemStatus::kErased;
}

std::string_view status_name(ItemStatus status) {
    switch (status) {
        case ItemStatus::kStored:
            return "stored";
        case ItemStatus::kDuplicate:
            return "duplicate";
        case ItemStatus::kQuarantined:
            return "quarantined";
        case ItemStatus::kErased:
            return "erased";
        case ItemStatus::kRetry:
            return "retry";
        case ItemStatus::kNeedBlob:
            return "need-blob";
        case ItemStatus::kFork:
            return "fork";
        case ItemStatus::kGap:
            return "gap";
        case ItemStatus::kNotAuthentic:
            return "not-authentic";
    }
    return "unknown";
}

std::string_view reason_name(QuarantineReason reason) {
    switch (reason) {
        case QuarantineReason::kNone:
            return "none";
        case QuarantineReason::kUnknownForm:
            return "unknown-form";
        case QuarantineReason::kInvalid:
            return "invalid";
        case QuarantineReason::kNotAssigned:
            return "not-assigned";
        case QuarantineReason::kRevoked:
            return "revoked";
        case QuarantineReason::kUnknownFormat:
            return "unknown-format";
        case QuarantineReason::kClock:
            return "clock";
        case QuarantineReason::kFormMismatch:
            return "form-mismatch";
        case QuarantineReason::kOtherInstance:
            return "other-instance";
    }
    return "unknown";
}

}  // namespace survey

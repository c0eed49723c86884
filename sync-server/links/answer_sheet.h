#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/crypto/crypto.h"
#include "common/model/form.h"
#include "common/model/ids.h"

namespace survey::server {

/// An answer as a browser sends it; the bytes of its files come before, each for itself.
struct AnswerSheet {
    struct File {
        std::string name;  ///< As the answer names it.
        Bytes32 sha256{};
        std::string type;
    };

    InstanceId instance;
    FormRef form;
    FormHash hash;
    std::string xml;
    std::vector<File> files;
    /// When it was finalised, where the browser says so: it may have waited for a network.
    std::optional<std::chrono::year_month_day> day;
};

/// The longest answer and its files' names as JSON, where a byte may take six.
inline constexpr std::size_t kSheetBytesMax = 3 * 1024 * 1024;
/// More pictures than anybody takes for one questionnaire.
inline constexpr std::size_t kSheetFilesMax = 100;

/// kInvalidInput names the member that is wrong; kLimit: too many files, or too long an answer.
Result<AnswerSheet> read_answer_sheet(std::string_view text);

}  // namespace survey::server

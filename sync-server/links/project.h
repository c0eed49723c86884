#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/json/json.h"

namespace survey::server {

/// What the configuration says of the project: who asks, why, and how long answers are kept. The
/// first page of a questionnaire is computed from it, so that it cannot say anything else.
struct Project {
    std::string controller;      ///< Who answers for the data (GDPR, Art. 4 no. 7), with address.
    std::string contact;         ///< For questions and rights.
    std::string purpose_german;  ///< One sentence each.
    std::string purpose_english;
    std::uint32_t keep_days = 0;  ///< Single answers are erased after so many; 0: nobody says.
    std::uint32_t floor = 5;      ///< No table about fewer organisations.
    std::string public_url;       ///< "https://umfrage.example.org"; empty: as the caller came.
    std::shared_ptr<const TimeZone> zone;  ///< Of opening and closing times, and of days. Not null.
};

/// {"sender", "purpose", "recipients", "floor", "kept_days"?, "contact"} in one language.
json::Object notice_of(const Project& project, bool german);

}  // namespace survey::server

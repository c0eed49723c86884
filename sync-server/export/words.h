#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace survey::server {

enum class Language : std::uint8_t { kGerman, kEnglish };

/// The fixed words of a table. Filled by `words`, never changed.
struct Words {
    std::string_view code;  ///< BCP 47, for lang attributes.
    std::string_view total;
    std::string_view answers;
    std::string_view share;
    std::string_view mean;
    std::string_view suppressed;  ///< In place of a number.
    std::string_view older;       ///< Behind a number of an earlier state.
    std::string_view positive;
    std::string_view neutral;
    std::string_view negative;
    std::string_view balance;
    std::string_view cannot_say;
    std::string_view blank;
    std::string_view not_asked;
    std::string_view below;     ///< "below 10": "{} " + number
    std::string_view to_below;  ///< "10 to below 50"
    std::string_view and_more;  ///< "50 and more"
    std::string_view table_sheet;
    std::string_view notes_sheet;
    std::string_view note_suppressed;
    std::string_view note_older;
    std::string_view note_shares;
    std::string_view note_several;  ///< Several answers per person.
    std::string_view note_interval;
    std::string_view open_quote;
    std::string_view close_quote;
};
const Words& words(Language language);

/// The sign for a number that is not shown, as in German official statistics.
inline constexpr std::string_view kSuppressedSign = ".";

/// "12.345" in German, "12,345" in English.
std::string format_count(std::uint64_t count, Language language);
/// Rounded to `decimals`, with the language's marks.
std::string format_decimal(double number, int decimals, Language language);
/// A share of 1 as per cent, without decimals that few answers do not carry: "43 %" / "43%".
std::string format_share(double share, Language language);
/// A difference of shares in percentage points with its sign: "+10", "−3".
std::string format_points(double difference, Language language);

}  // namespace survey::server

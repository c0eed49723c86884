#include "sync-server/export/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace survey::server {

namespace {

constexpr Words kGermanWords{
    "de",
    "Insgesamt",
    "Antworten",
    "Anteil",
    "Mittelwert",
    "nicht ausgewiesen",
    "älterer Stand",
    "zustimmend",
    "neutral",
    "ablehnend",
    "Saldo",
    "weiß nicht / keine Angabe möglich",
    "nicht beantwortet",
    "nicht gefragt",
    "unter ",
    " bis unter ",
    " und mehr",
    "Tabelle",
    "Hinweise",
    "Ein Punkt (.) steht für eine Zahl, die nicht gezeigt wird. Dahinter stehen entweder zu wenige "
    "Organisationen oder niemand, oder aus ihr ließe sich eine andere Zahl ausrechnen, die "
    "geschützt "
    "werden muss. Welcher Grund gilt, wird nicht verraten. Anteile, die auf einer solchen Zahl "
    "beruhen, fehlen ebenfalls.",
    "Zahlen mit dem Zusatz „älterer Stand“ wurden noch nicht erneuert: Seit der letzten "
    "Veröffentlichung kamen zu wenige Antworten hinzu, um sie zeigen zu können. Anteile aus Zahlen "
    "verschiedener Stände werden nicht gebildet.",
    "Anteile beziehen sich auf die Antworten der Spalte. Wer nicht geantwortet hat, zählt nicht "
    "mit "
    "und steht gesondert.",
    "Mehrere Antworten waren möglich; die Anteile ergeben zusammen mehr als 100 %.",
    "Der Unsicherheitsbereich (95 %, nach Wilson) gilt für eine Zufallsstichprobe. Bei offener "
    "Teilnahme ist er nur ein Anhaltspunkt.",
    "„",
    "“",
};

constexpr Words kEnglishWords{
    "en",
    "Total",
    "Answers",
    "Share",
    "Mean",
    "not shown",
    "earlier state",
    "in favour",
    "neutral",
    "against",
    "Balance",
    "cannot say",
    "not answered",
    "not asked",
    "below ",
    " to below ",
    " and more",
    "Table",
    "Notes",
    "A dot (.) stands for a number that is not shown. Either too few organisations or none are "
    "behind "
    "it, or another number that must be protected could be computed from it. Which reason applies "
    "is "
    "not told. Shares that rest on such a number are missing too.",
    "Numbers marked “earlier state” have not been refreshed yet: since the last release too few "
    "answers were new to show them. No shares are formed from numbers of different states.",
    "Shares are of the answers in the column. Those who did not answer are not counted and stand "
    "apart.",
    "Several answers were possible; the shares add up to more than 100%.",
    "The interval (95%, after Wilson) holds for a random sample. With open participation it is an "
    "indication only.",
    "“",
    "”",
};

}  // namespace

const Words& words(Language language) {
    return language == Language::kGerman ? kGermanWords : kEnglishWords;
}

std::string format_count(std::uint64_t count, Language language) {
    const std::string digits = std::to_string(count);
    std::string grouped;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) {
            grouped += language == Language::kGerman ? '.' : ',';
        }
        grouped += digits[i];
    }
    return grouped;
}

std::string format_decimal(double number, int decimals, Language language) {
    // Large enough for every double with few decimals.
    std::array<char, 400> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, std::abs(number));
    std::string result(text.data(), static_cast<std::size_t>(std::max(length, 0)));
    const bool zero = result.find_first_of("123456789") == std::string::npos;
    if (language == Language::kGerman) std::replace(result.begin(), result.end(), '.', ',');
    return number < 0 && !zero ? "−" + result : result;
}

std::string format_share(double share, Language language) {
    return format_decimal(100 * share, 0, language) +
           (language == Language::kGerman ? "\u00A0%" : "%");
}

std::string format_points(double difference, Language language) {
    const std::string points = format_decimal(100 * difference, 0, language);
    return difference > 0 && points != "0" ? "+" + points : points;
}

}  // namespace survey::server

#include "forms/simulate/respondent.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace survey::forms {

namespace {

constexpr std::array<std::string_view, 12> kGerman = {
    "Uns fehlen vor allem Fachkräfte in der Fertigung.",
    "Die Genehmigungen dauern zu lange.",
    "Wir möchten mit der Hochschule enger zusammenarbeiten.",
    "Die Energiepreise sind für uns das größte Hindernis.",
    "Für kleine Betriebe ist der Aufwand zu hoch.",
    "Der Vorschlag passt gut zu unserer Region.",
    "Das sollte mit den Verbänden abgestimmt werden.",
    "Weiterbildung müsste während der Arbeitszeit möglich sein.",
    "Wir planen eine neue Halle am Standort.",
    "Dazu haben wir noch keine abschließende Meinung.",
    "Bitte die Zulieferer stärker einbeziehen.",
    "Der öffentliche Nahverkehr reicht für die Frühschicht nicht aus."};
constexpr std::array<std::string_view, 10> kEnglish = {
    "We mainly lack skilled workers in production.",
    "Permits take far too long.",
    "We would like to work more closely with the university.",
    "Energy prices are our greatest obstacle.",
    "The effort is too high for small firms.",
    "The proposal suits our region well.",
    "This should be agreed with the associations.",
    "Training should be possible during working hours.",
    "We plan a new hall at this site.",
    "We have no final opinion on this yet."};
constexpr std::array<std::string_view, 10> kFirstNames = {
    "Anna", "Jonas", "Miriam", "Tomasz", "Elif", "Peter", "Katrin", "Deniz", "Ruth", "Jan"};
constexpr std::array<std::string_view, 10> kLastNames = {"Lehmann", "Nowak",  "Yilmaz",   "Schulze",
                                                         "Berger",  "Krause", "Hartmann", "Jahn",
                                                         "Wolf",    "Roth"};
constexpr std::array<std::string_view, 8> kTrades = {"Maschinenbau", "Werkzeuge",  "Metallbau",
                                                     "Textil",       "Elektronik", "Logistik",
                                                     "Holzbau",      "Chemie"};

/// FNV-1a, to give each question and choice a weight of its own that never changes.
std::uint64_t hash_of(std::string_view text, std::uint64_t hash = 0xCBF29CE484222325) {
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    return hash;
}

double unit_of(std::uint64_t hash) {
    SeededRandom spread(hash);
    return spread.unit();
}

}  // namespace

Respondent::Respondent(std::uint64_t seed) : random_(seed) {
    attitude_ = normal();
    patience_ = normal();
    is_german_ = chance(0.7);
}

double Respondent::normal() {
    // Box and Muller; the logarithm never sees 0.
    const double radius = std::sqrt(-2 * std::log(1 - random_.unit()));
    return radius * std::cos(2 * std::numbers::pi * random_.unit());
}

double Respondent::willingness(double usual, double effort) const {
    const double clamped = std::clamp(usual, 0.001, 0.999);
    const double logit = std::log(clamped / (1 - clamped)) + 0.8 * patience_ - 0.9 * (effort - 1);
    return usual >= 1 ? 1 : 1 / (1 + std::exp(-logit));
}

std::vector<std::size_t> Respondent::ranking(std::string_view question,
                                             const std::vector<std::string>& choices) {
    const std::uint64_t base = hash_of(question);
    const double loading = 4.0 * unit_of(base) - 2.0;  // some questions run against the others
    std::vector<std::pair<double, std::size_t>> scores;
    scores.reserve(choices.size());
    const double middle = (static_cast<double>(choices.size()) - 1) / 2;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const double popularity = 1.6 * unit_of(hash_of(choices[i], base));
        const double place = middle > 0 ? (static_cast<double>(i) - middle) / middle : 0;
        // Adding Gumbel noise and sorting draws in proportion to the weights, without replacement.
        const double noise = -std::log(-std::log(1e-12 + (1 - 2e-12) * random_.unit()));
        scores.emplace_back(popularity + loading * attitude_ * place + noise, i);
    }
    std::sort(scores.begin(), scores.end(), std::greater<>());
    std::vector<std::size_t> order;
    order.reserve(scores.size());
    for (const auto& [score, i] : scores)
        order.push_back(i);
    return order;
}

double Respondent::head_count(double median) {
    return std::max(1.0, std::round(median * std::exp(1.3 * normal())));
}

std::string Respondent::sentences(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        if (!out.empty()) out += ' ';
        out += is_german_ ? kGerman[below(kGerman.size())] : kEnglish[below(kEnglish.size())];
    }
    return out;
}

std::string Respondent::name() {
    return std::string(kFirstNames[below(kFirstNames.size())]) + " " +
           std::string(kLastNames[below(kLastNames.size())]);
}

std::string Respondent::email() {
    return "kontakt" + std::to_string(below(1000)) + "@example.org";
}

std::string Respondent::organisation() {
    return std::string(kLastNames[below(kLastNames.size())]) + " " +
           std::string(kTrades[below(kTrades.size())]) + " GmbH";
}

}  // namespace survey::forms

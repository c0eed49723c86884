#include "forms/xlsform/range_parameters.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "common/base/number.h"
#include "forms/xlsform/parameters.h"

namespace survey::forms {

namespace {

bool is_multiple(double value, double step) {
    // Decimal steps such as 0.1 are not exact in binary.
    constexpr double kTolerance = 1e-9;
    const double steps = value / step;
    return std::fabs(steps - std::round(steps)) < kTolerance * std::max(1.0, std::fabs(steps));
}

struct Scale {
    double start = 1;
    double end = 10;
    double step = 1;
    std::optional<double> tick_interval;
    std::optional<double> placeholder;
};

std::optional<Scale> read_scale(const Item& range, std::uint32_t place, Findings* findings) {
    Scale scale;
    bool good = true;
    const auto read = [&](const char* key) -> std::optional<double> {
        const std::string* text = range.parameter(key);
        if (text == nullptr) return std::nullopt;
        const auto number = parse_double(*text);
        if (!number) {
            good = false;
            if (findings != nullptr) {
                findings->error(
                    place, "invalid-parameter",
                    std::string("The parameter ") + key + " cannot be \"" + *text + "\".", *text,
                    "Write a number.");
            }
        }
        return number;
    };
    scale.start = read("start").value_or(scale.start);
    scale.end = read("end").value_or(scale.end);
    scale.step = read("step").value_or(scale.step);
    scale.tick_interval = read("tick_interval");
    scale.placeholder = read("placeholder");
    if (!good) return std::nullopt;
    return scale;
}

}  // namespace

bool range_is_decimal(const Item& range) {
    for (const char* key : {"start", "end", "step", "tick_interval", "placeholder"}) {
        const std::string* text = range.parameter(key);
        if (text == nullptr) continue;
        const auto number = parse_double(*text);
        if (number && std::trunc(*number) != *number) return true;
    }
    return false;
}

void check_range_parameters(Item& range, std::uint32_t place, Findings& findings) {
    const auto set = [&](const char* attribute, const char* key, const char* fallback) {
        const std::string* text = range.parameter(key);
        if (text == nullptr && fallback == nullptr) return;
        range.attributes.emplace_back(attribute, Cell{text != nullptr ? *text : fallback, place});
    };
    set("control::start", "start", "1");
    set("control::end", "end", "10");
    set("control::step", "step", "1");
    set("control::odk:tick-interval", "tick_interval", nullptr);
    set("control::odk:placeholder", "placeholder", nullptr);
    const auto scale = read_scale(range, place, &findings);
    if (!scale) return;
    const auto refuse = [&](const char* key, const std::string& why) {
        const std::string* text = range.parameter(key);
        findings.error(place, "invalid-range", std::string("The parameter ") + key + " " + why,
                       text != nullptr ? *text : "");
    };
    const double width = std::fabs(scale->end - scale->start);
    if (scale->step == 0 || std::fabs(scale->step) > width) {
        refuse("step", "must not be 0 and not be wider than the range.");
        return;
    }
    if (scale->tick_interval) {
        if (*scale->tick_interval == 0 || std::fabs(*scale->tick_interval) > width) {
            refuse("tick_interval", "must not be 0 and not be wider than the range.");
        } else if (!is_multiple(*scale->tick_interval, scale->step)) {
            refuse("tick_interval", "must be a multiple of step.");
        }
    }
    if (scale->placeholder) {
        const double low = std::min(scale->start, scale->end);
        const double high = std::max(scale->start, scale->end);
        if (*scale->placeholder < low || *scale->placeholder > high) {
            refuse("placeholder", "must lie between start and end.");
        } else if (!is_multiple(*scale->placeholder - scale->start, scale->step)) {
            refuse("placeholder", "must be a multiple of step.");
        }
    }
    const bool ticks =
        scale->tick_interval || scale->placeholder || range.parameter("tick_labelset");
    for (const std::string& word : range.appearances()) {
        if (!ticks || word == "vertical" || word == "no-ticks") continue;
        if (word.size() < 4 && word.front() == 'w') continue;  // width in the grid theme
        findings.error(
            range.cell("control::appearance").place, "range-appearance",
            "tick_interval, placeholder and tick_labelset do not work with the appearance \"" +
                word + "\".",
            word, "Use no appearance, vertical or no-ticks.");
    }
}

void check_range_labels(const Item& range, const ChoiceList& labels, Findings& findings) {
    const auto scale = read_scale(range, 0, nullptr);
    if (!scale || scale->step == 0) return;
    const double tick = scale->tick_interval.value_or(scale->step);
    if (tick == 0) return;
    const double low = std::min(scale->start, scale->end);
    const double high = std::max(scale->start, scale->end);
    const bool only_ends = range.has_appearance("no-ticks");
    for (const ListedChoice& choice : labels.choices) {
        const auto value = parse_double(choice.name.text);
        const char* why = nullptr;
        if (!value) {
            why = "must be a number";
        } else if (*value < low || *value > high) {
            why = "must lie between start and end";
        } else if (only_ends && *value != low && *value != high) {
            why = "must be start or end where the appearance is no-ticks";
        } else if (!only_ends && !is_multiple(*value - scale->start, tick)) {
            why = "must lie on a tick";
        }
        if (why == nullptr) continue;
        findings.error(choice.name.place, "invalid-tick-label",
                       "The name \"" + choice.name.text + "\" labels a tick of the range \"" +
                           range.name + "\" and " + why + ".",
                       choice.name.text);
    }
    if (only_ends && labels.choices.size() != 2) {
        findings.error(
            labels.place, "invalid-tick-label",
            "With no-ticks the list \"" + labels.name + "\" must label exactly the two ends.",
            labels.name);
    }
}

}  // namespace survey::forms

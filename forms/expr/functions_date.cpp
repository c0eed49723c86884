// Dates are texts in ISO 8601 form; numbers are days since 1970-01-01 (ODK XForms, section 3.2).
#include <cmath>

#include "forms/expr/calendar.h"
#include "forms/expr/functions.h"

namespace survey::expr::fn {

using namespace std::chrono;  // NOLINT calendar arithmetic reads better so

namespace {

const double kNaN = std::nan("");
constexpr double kMsPerDay = 86'400'000;

// What an argument says about time: a number of days, or a text.
struct Moment {
    std::optional<double> days;
    std::optional<DateTime> time;
};

std::string trimmed(std::string text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && blank(text.back()))
        text.pop_back();
    std::size_t start = 0;
    while (start < text.size() && blank(text[start]))
        ++start;
    return text.substr(start);
}

Moment moment(Call& call, std::size_t argument) {
    Moment found;
    Value value = call.value(argument);
    if (std::holds_alternative<bool>(value)) return found;
    if (const auto* nodes = std::get_if<NodeSet>(&value)) {
        value = nodes->empty() ? std::string() : call.evaluator().to_text(nodes->front());
    }
    if (const auto* number = std::get_if<double>(&value)) {
        if (*number >= kDaysMin && *number <= kDaysMax) found.days = *number;
        return found;
    }
    const std::string text = trimmed(*std::get_if<std::string>(&value));
    found.time = parse_date_time(text);
    if (found.time) return found;
    const double number = call.evaluator().text_number(text);
    if (number >= kDaysMin && number <= kDaysMax) found.days = number;
    return found;
}

Instant instant_of_days(double number) {
    return Instant(milliseconds(static_cast<std::int64_t>(std::llround(number * kMsPerDay))));
}

// The wall clock of the device at that moment. A number without a fraction is a date.
std::optional<LocalTime> local_of(Call& call, const Moment& moment) {
    if (moment.days) {
        if (*moment.days == std::floor(*moment.days)) {
            return LocalTime(days(static_cast<int>(*moment.days)));
        }
        return to_local(instant_of_days(*moment.days), call.time_zone());
    }
    if (!moment.time) return std::nullopt;
    if (!moment.time->has_time || !moment.time->offset) return moment.time->local;
    return to_local(to_instant(*moment.time, call.time_zone()), call.time_zone());
}

}  // namespace

Value today(Call& call) {
    const Instant now = call.host().now();
    return expr::format_date(std::chrono::floor<days>(to_local(now, call.time_zone())));
}

Value now(Call& call) {
    const Instant now = call.host().now();
    return format_date_time(to_local(now, call.time_zone()), call.time_zone().offset_at(now));
}

Value date(Call& call) {
    const Moment given = moment(call, 0);
    if (given.days) {
        return expr::format_date(local_days(days(static_cast<int>(std::floor(*given.days)))));
    }
    if (!given.time) return std::string();
    return expr::format_date(std::chrono::floor<days>(given.time->local));
}

Value date_time(Call& call) {
    const Moment given = moment(call, 0);
    const TimeZone& zone = call.time_zone();
    if (given.time) {
        const LocalTime local = given.time->local;
        return format_date_time(
            local, given.time->offset ? *given.time->offset : zone.offset_at_local(local));
    }
    if (!given.days) return std::string();
    const Instant instant = instant_of_days(*given.days);
    return format_date_time(to_local(instant, zone), zone.offset_at(instant));
}

Value decimal_date_time(Call& call) {
    const Moment given = moment(call, 0);
    if (given.days) return *given.days;
    if (!given.time) return kNaN;
    const Instant instant = to_instant(*given.time, call.time_zone());
    return static_cast<double>(instant.time_since_epoch().count()) / kMsPerDay;
}

// The fraction of the local day. A time stands on today's date, whose offset holds.
Value decimal_time(Call& call) {
    const std::string text = trimmed(call.string(0));
    const TimeZone& zone = call.time_zone();
    milliseconds since_midnight{};
    if (const auto time = parse_time(text)) {
        since_midnight = time->since_midnight;
        if (time->offset) {
            const Instant now = call.evaluator().has_host() ? call.host().now() : Instant{};
            const auto local = to_local(now, zone);
            const auto day = std::chrono::floor<days>(local);
            const Instant instant((day + since_midnight).time_since_epoch() - *time->offset);
            const LocalTime there = to_local(instant, zone);
            since_midnight = there - std::chrono::floor<days>(there);
        }
    } else if (const auto moment = parse_date_time(text); moment && moment->has_time) {
        const LocalTime there = to_local(to_instant(*moment, zone), zone);
        since_midnight = there - std::chrono::floor<days>(there);
    } else {
        return kNaN;
    }
    return static_cast<double>(since_midnight.count()) / kMsPerDay;
}

Value format_date(Call& call) {
    const Moment given = moment(call, 0);
    const std::string pattern = call.string(1);
    const std::optional<LocalTime> local = local_of(call, given);
    if (!local) return std::string();
    const auto text = format_pattern(*local, pattern);
    if (!text) {
        return call.fail(ErrorCode::kInvalidInput,
                         "the format has an unknown letter; there are %Y %y %m %n %b %d %e %a %W "
                         "%H %h %M %S %3 and %%");
    }
    return *text;
}

}  // namespace survey::expr::fn

// Functions about numbers and truth: XPath 1.0 sections 4.3 and 4.4, and ODK XForms.
#include <cmath>
#include <numbers>

#include "forms/expr/functions.h"

namespace survey::expr::fn {

namespace {

const double kNaN = std::nan("");

}  // namespace

Value boolean(Call& call) {
    return call.boolean(0);
}

Value boolean_from_string(Call& call) {
    std::string text = call.string(0);
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text == "true" || text == "1";
}

Value not_(Call& call) {
    return !call.boolean(0);
}
Value true_(Call&) {
    return true;
}
Value false_(Call&) {
    return false;
}

Value if_(Call& call) {
    const bool condition = call.boolean(0);
    if (call.evaluator().stopped()) return false;
    return call.value(condition ? 1 : 2);
}

// NaN counts as empty too, as in JavaRosa: an answer left out reads so in arithmetic.
Value coalesce(Call& call) {
    Value first = call.value(0);
    if (const auto* nodes = std::get_if<NodeSet>(&first)) {
        first = nodes->empty() ? std::string() : call.evaluator().to_text(nodes->front());
    }
    const auto* number = std::get_if<double>(&first);
    const auto* text = std::get_if<std::string>(&first);
    const bool empty =
        (number != nullptr && std::isnan(*number)) || (text != nullptr && text->empty());
    return empty ? call.value(1) : first;
}

// The answer that is there stays; also where the node is not relevant, as it is its own.
Value once(Call& call) {
    std::string present = call.evaluator().to_text(call.evaluator().current());
    if (!present.empty()) return present;
    return call.value(0);
}

namespace {

bool within(double number, double min, double max) {
    // A bound below zero is none.
    return (min < 0 || number >= min) && (max < 0 || number <= max);
}

}  // namespace

Value checklist(Call& call) {
    const double min = call.number(0);
    const double max = call.number(1);
    double count = 0;
    for (const Value& one : call.flattened(2)) {
        if (to_boolean(one)) ++count;
    }
    return within(count, min, max);
}

Value weighted_checklist(Call& call) {
    const double min = call.number(0);
    const double max = call.number(1);
    if (call.size() % 2 != 0) {
        return call.fail(ErrorCode::kInvalidInput, "each condition needs its weight");
    }
    double sum = 0;
    for (std::size_t i = 2; i + 1 < call.size() && !call.evaluator().stopped(); i += 2) {
        const Value truth = call.value(i);
        const Value weight = call.value(i + 1);
        const auto* truths = std::get_if<NodeSet>(&truth);
        const auto* weights = std::get_if<NodeSet>(&weight);
        if (truths != nullptr && weights != nullptr) {
            for (std::size_t n = 0; n < truths->size() && n < weights->size(); ++n) {
                if (call.evaluator().to_text((*truths)[n]).empty()) continue;
                sum += call.evaluator().to_number((*weights)[n]);
            }
        } else if (to_boolean(truth)) {
            sum += call.evaluator().to_number(weight);
        }
    }
    return within(sum, min, max);
}

Value depend(Call& call) {
    return call.value(0);
}

Value number(Call& call) {
    if (call.size() == 0) return call.evaluator().to_number(call.frame().node);
    return call.number(0);
}

Value int_(Call& call) {
    return std::trunc(call.number(0));
}

// Members that are no number are passed over: a blank answer does not spoil the sum (JavaRosa).
Value sum(Call& call) {
    double total = 0;
    for (const NodeView& node : call.nodes(0)) {
        const double one = call.evaluator().to_number(node);
        if (!std::isnan(one)) total += one;
    }
    return total;
}

Value sum_core(Call& call) {
    double total = 0;
    for (const NodeView& node : call.nodes(0))
        total += call.evaluator().to_number(node);
    return total;
}

namespace {

// Members that are no number are passed over; NaN if all are.
template <typename Better>
double extreme(Call& call, Better better) {
    double found = kNaN;
    for (const Value& one : call.flattened(0)) {
        const double candidate = call.evaluator().to_number(one);
        if (std::isnan(candidate)) continue;
        if (std::isnan(found) || better(candidate, found)) found = candidate;
    }
    return found;
}

}  // namespace

Value max(Call& call) {
    return extreme(call, [](double a, double b) { return a > b; });
}

Value min(Call& call) {
    return extreme(call, [](double a, double b) { return a < b; });
}

Value floor(Call& call) {
    return std::floor(call.number(0));
}
Value ceiling(Call& call) {
    return std::ceil(call.number(0));
}

namespace {

// A half goes towards +infinity (4.4).
double nearest(double number) {
    // floor(x + 0.5) would take 0.49999999999999994 to 1, and odd numbers past 2^52 further.
    const double below = std::floor(number);
    return number - below < 0.5 ? below : below + 1;
}

}  // namespace

Value round_core(Call& call) {
    const double number = call.number(0);
    return std::isfinite(number) ? nearest(number) : number;
}

Value round(Call& call) {
    const double number = call.number(0);
    const double places = call.size() == 2 ? std::trunc(call.number(1)) : 0;
    if (!std::isfinite(number)) return number;
    constexpr double kPlacesMax = 30;  // JavaRosa's bound; a double has 17 digits
    if (std::isnan(places) || std::fabs(places) > kPlacesMax) return kNaN;
    if (places == 0) return nearest(number);
    const double scale = std::pow(10.0, std::fabs(places));
    if (places < 0) return nearest(number / scale) * scale;
    const double scaled = number * scale;
    // 1.005 * 100 is 100.49999999999999: what prints as a half is one.
    const double whole = std::floor(scaled);
    const double fraction = scaled - whole;
    const double slack = std::fabs(scaled) * 4e-16;
    if (!std::isfinite(scaled)) return number;
    return (fraction < 0.5 - slack ? whole : whole + 1) / scale;
}

Value pow(Call& call) {
    return std::pow(call.number(0), call.number(1));
}
Value log(Call& call) {
    return std::log(call.number(0));
}
Value log10(Call& call) {
    return std::log10(call.number(0));
}
Value abs(Call& call) {
    return std::fabs(call.number(0));
}
Value sin(Call& call) {
    return std::sin(call.number(0));
}
Value cos(Call& call) {
    return std::cos(call.number(0));
}
Value tan(Call& call) {
    return std::tan(call.number(0));
}
Value asin(Call& call) {
    return std::asin(call.number(0));
}
Value acos(Call& call) {
    return std::acos(call.number(0));
}
Value atan(Call& call) {
    return std::atan(call.number(0));
}
Value atan2(Call& call) {
    return std::atan2(call.number(0), call.number(1));
}
Value sqrt(Call& call) {
    return std::sqrt(call.number(0));
}
Value exp(Call& call) {
    return std::exp(call.number(0));
}
Value exp10(Call& call) {
    return std::pow(10.0, call.number(0));
}
Value pi(Call&) {
    return std::numbers::pi;
}

Value random(Call& call) {
    Random& random = call.host().random();
    return call.evaluator().stopped() ? kNaN : random.unit();
}

}  // namespace survey::expr::fn

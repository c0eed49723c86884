#include "forms/simulate/answer_candidates.h"

#include <algorithm>
#include <cmath>

#include "common/base/number.h"
#include "forms/runtime/answer_value.h"
#include "forms/simulate/rule_text.h"

namespace survey::forms {

namespace {

constexpr int kDrawsMax = 6;  // of one distribution before bounds and odd values are tried
constexpr double kDayMs = 86'400'000.0;

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
        if (text.find(word) != std::string_view::npos) return true;
    }
    return false;
}

/// What the comparisons of a constraint allow `.` to be.
struct Bounds {
    std::optional<double> low;
    std::optional<double> high;
    std::vector<double> marks;  ///< Numbers that stand in comparisons.

    void at_least(double number) { low = low ? std::max(*low, number) : number; }
    void at_most(double number) { high = high ? std::min(*high, number) : number; }
};

Bounds bounds_of(const FormSession& session, NodeId node, std::string_view constraint) {
    Bounds bounds;
    for (const Comparison& one : comparisons_of(constraint)) {
        const bool dot_left = one.left == ".";
        if (!dot_left && one.right != ".") continue;
        const auto number = number_at(session, node, dot_left ? one.right : one.left);
        if (!number) continue;
        bounds.marks.push_back(*number);
        const bool below = one.op[0] == '<';
        const bool above = one.op[0] == '>';
        if ((below && dot_left) || (above && !dot_left)) bounds.at_most(*number);
        if ((above && dot_left) || (below && !dot_left)) bounds.at_least(*number);
    }
    return bounds;
}

class CandidateMaker {
  public:
    CandidateMaker(const FormSession& session, NodeId node, const SessionEnvironment& environment,
                   Respondent& respondent)
        : session_(session),
          node_(node),
          environment_(environment),
          respondent_(respondent),
          state_(session.state(node)),
          definition_(session.form().nodes[state_.definition]),
          control_(session.form().controls[state_.control]) {
        if (definition_.bind && definition_.bind->constraint) {
            constraint_ = definition_.bind->constraint->source();
        }
        for (const char c : definition_.name.local) {
            name_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }

    std::vector<std::string> make() {
        switch (control_.kind) {
            case ControlKind::kSelectOne:
                return one_choice();
            case ControlKind::kSelectMany:
                return several_choices();
            case ControlKind::kRank:
                return ranked();
            case ControlKind::kTrigger:
                return {"OK"};
            case ControlKind::kUpload:
                return {"simulated-" + name_ + ".jpg"};
            case ControlKind::kRange:
                return range();
            case ControlKind::kInput:
            case ControlKind::kSecret:
            case ControlKind::kGroup:
            case ControlKind::kRepeat:
                break;
        }
        const AnswerType type = definition_.bind ? definition_.bind->type : AnswerType::kString;
        switch (type) {
            case AnswerType::kInt:
                return numbers(true);
            case AnswerType::kDecimal:
                return numbers(false);
            case AnswerType::kBoolean:
                return {respondent_.chance(0.5) ? "true" : "false", "true"};
            case AnswerType::kDate:
            case AnswerType::kDateTime:
                return dates(type);
            case AnswerType::kTime:
                return {"09:30", "14:00", "00:00", "23:59"};
            case AnswerType::kGeopoint:
                return {point()};
            case AnswerType::kGeotrace:
                return {point() + ";" + point() + ";" + point()};
            case AnswerType::kGeoshape: {
                const std::string first = point();
                return {first + ";" + point() + ";" + point() + ";" + first};
            }
            case AnswerType::kString:
            case AnswerType::kBinary:
            case AnswerType::kBarcode:
            case AnswerType::kIntent:
            case AnswerType::kSelectOne:
            case AnswerType::kSelectMany:
                break;
        }
        return texts();
    }

  private:
    std::vector<std::string> offered() {
        std::vector<std::string> values;
        const auto choices = session_.choices(node_);
        if (!choices) return values;
        for (const Choice& choice : *choices)
            values.push_back(choice.value);
        return values;
    }

    std::vector<std::string> one_choice() {
        const std::vector<std::string> values = offered();
        std::vector<std::string> out;
        for (const std::size_t i : respondent_.ranking(definition_.path, values)) {
            out.push_back(values[i]);
        }
        return out;
    }

    std::vector<std::string> several_choices() {
        const std::vector<std::string> values = one_choice();
        std::vector<std::string> out;
        if (values.empty()) return out;
        const auto take = [&](std::size_t first, std::size_t count) {
            std::string set;
            for (std::size_t i = first; i < std::min(first + count, values.size()); ++i) {
                set += (set.empty() ? "" : " ") + values[i];
            }
            out.push_back(std::move(set));
        };
        std::size_t count = 1;
        while (count < values.size() && respondent_.chance(0.55))
            ++count;
        for (; count > 0; --count)
            take(0, count);
        for (std::size_t i = 1; i < values.size(); ++i)
            take(i, 1);
        for (std::size_t i = 2; i <= values.size(); ++i)
            take(0, i);
        return out;
    }

    std::vector<std::string> ranked() {
        std::string all;
        for (const std::string& value : one_choice())
            all += (all.empty() ? "" : " ") + value;
        if (all.empty()) return {};
        return {all};
    }

    std::vector<std::string> range() {
        const double start = parse_double(control_.range_start).value_or(0);
        const double end = parse_double(control_.range_end).value_or(10);
        const double step = std::max(1e-9, parse_double(control_.range_step).value_or(1));
        const auto steps = static_cast<std::size_t>(
            std::clamp(std::floor((end - start) / step + 1e-9), 0.0, 1000.0));
        std::vector<std::string> values;
        for (std::size_t i = 0; i <= steps; ++i) {
            const double value = start + static_cast<double>(i) * step;
            values.push_back(format_double(std::round(value * 1e6) / 1e6));
        }
        std::vector<std::string> out;
        for (const std::size_t i : respondent_.ranking(definition_.path, values)) {
            out.push_back(values[i]);
        }
        return out;
    }

    double draw(const Bounds& bounds) {
        if (mentions(name_, {"age", "alter"}) && !mentions(name_, {"manage", "average", "stage"})) {
            return std::round(44 + 14 * respondent_.normal());
        }
        if (mentions(name_, {"year", "jahr"})) return 2025 - std::floor(respondent_.head_count(12));
        // Where both ends are near, people use all of it; where the upper end only keeps nonsense
        // out, sizes are log-normal.
        const double low = bounds.low.value_or(0);
        if (bounds.high && *bounds.high - low <= 1000) {
            const double width = *bounds.high - low;
            return low + width * respondent_.random().unit() * respondent_.random().unit();
        }
        const bool people = mentions(name_, {"head", "staff", "employ", "beschaeft", "person"});
        return low + respondent_.head_count(people ? 28 : 12) - (bounds.low ? 1 : 0);
    }

    std::vector<std::string> numbers(bool whole) {
        const Bounds bounds = bounds_of(session_, node_, constraint_);
        std::vector<double> values;
        for (int i = 0; i < kDrawsMax; ++i) {
            double value = draw(bounds);
            if (bounds.low) value = std::max(value, *bounds.low);
            if (bounds.high) value = std::min(value, *bounds.high);
            values.push_back(value);
        }
        const double unit = whole ? 1 : 0.5;
        for (const double mark : bounds.marks) {
            for (const double value : {mark, mark - unit, mark + unit})
                values.push_back(value);
        }
        if (bounds.low && bounds.high) {
            for (const double part : {0.5, 0.25, 0.1, 0.02}) {
                values.push_back(*bounds.low + part * (*bounds.high - *bounds.low));
            }
        }
        for (double value = 1; value <= 1e9; value *= 4)
            values.push_back(value);
        for (const double value : {0.0, 2.0, 3.0, 5.0, 10.0, 50.0, 100.0, -1.0})
            values.push_back(value);
        std::vector<std::string> out;
        for (const double value : values) {
            const double rounded = whole ? std::round(value) : std::round(value * 10) / 10;
            out.push_back(format_double(rounded));
        }
        return out;
    }

    std::vector<std::string> dates(AnswerType type) {
        const Bounds bounds = bounds_of(session_, node_, constraint_);
        const double today = std::floor(
            static_cast<double>(environment_.clock->now().time_since_epoch().count()) / kDayMs);
        std::vector<double> days;
        const bool later = bounds.low && *bounds.low >= today - 1;
        const double spread = respondent_.head_count(40);
        days.push_back(later ? *bounds.low + 1 + spread
                             : std::min(today, bounds.high.value_or(today)) - spread);
        for (const double mark : bounds.marks) {
            for (const double step : {1.0, -1.0, 0.0, 30.0, -30.0})
                days.push_back(mark + step);
        }
        for (const double step : {-1.0, 1.0, -365.0, 365.0, -9000.0, 0.0})
            days.push_back(today + step);
        std::vector<std::string> out;
        out.reserve(days.size());
        const LocalMoment moment{environment_.clock->now(), environment_.time_zone};
        for (const double day : days) {
            out.push_back(answer_of(type, ControlKind::kInput, std::floor(day), moment));
        }
        return out;
    }

    std::string point() {
        const double latitude = 50.9 + 0.3 * respondent_.normal();
        const double longitude = 13.3 + 0.5 * respondent_.normal();
        return format_double(std::round(latitude * 1e5) / 1e5) + " " +
               format_double(std::round(longitude * 1e5) / 1e5) + " 0 10";
    }

    std::vector<std::string> texts() {
        std::vector<std::string> out;
        if (mentions(name_, {"mail"})) out.push_back(respondent_.email());
        if (mentions(name_, {"phone", "telefon", "mobil"})) out.push_back("+49 351 5550123");
        if (mentions(name_, {"organi", "firm", "betrieb", "company", "unternehmen"})) {
            out.push_back(respondent_.organisation());
        }
        if (mentions(name_, {"name", "person"})) out.push_back(respondent_.name());
        if (definition_.bind && definition_.bind->type == AnswerType::kBarcode) {
            out.push_back("4006381333931");
        }
        out.push_back(respondent_.sentences(1 + respondent_.below(2)));
        if (constraint_.empty()) return out;
        out.push_back(respondent_.email());
        for (const std::string& text : quoted_texts(constraint_))
            out.push_back(text);
        for (const char* text :
             {"01067", "1", "12", "123", "1234", "123456", "A", "AB", "AB12", "a1b2", "ABC-1234",
              "https://example.org", "+493515550123", "555-123-4567", "0123456789", "2026-11-25"}) {
            out.emplace_back(text);
        }
        for (const std::size_t count : {3u, 8u, 20u})
            out.push_back(respondent_.sentences(count));
        return out;
    }

    const FormSession& session_;
    NodeId node_;
    const SessionEnvironment& environment_;
    Respondent& respondent_;
    NodeState state_;
    const FormNode& definition_;
    const Control& control_;
    std::string constraint_;
    std::string name_;
};

}  // namespace

std::optional<double> number_at(const FormSession& session, NodeId node, std::string_view source) {
    const auto literal = parse_double(source);
    if (literal) return literal;
    const auto compiled = expr::Expr::compile(source);
    if (!compiled.expr) return std::nullopt;
    const auto value = session.evaluate(*compiled.expr, node);
    if (!value) return std::nullopt;
    const double number = expr::to_number(*value);
    if (!std::isfinite(number)) return std::nullopt;
    return number;
}

std::vector<std::string> answer_candidates(const FormSession& session, NodeId node,
                                           const SessionEnvironment& environment,
                                           Respondent& respondent) {
    return CandidateMaker(session, node, environment, respondent).make();
}

}  // namespace survey::forms

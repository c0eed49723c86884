#include "sync-server/aggregate/tabulation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace survey::server {

namespace {

Error no_such(const std::string& what, const std::string& name) {
    return fail(ErrorCode::kNotFound, "there is no " + what + " " + name);
}

Result<const Column*> find_column(const Columns& columns, const std::string& question) {
    const auto index = columns.find(question);
    if (!index) return no_such("question", question);
    return &columns.column(*index);
}

Result<void> check_options(const Column& column, const std::vector<std::string>& options) {
    for (const std::string& option : options) {
        if (!column.find(option)) {
            return no_such("option", option + " in question " + column.question().name);
        }
    }
    return {};
}

/// The number of categories of one side.
Result<std::size_t> check_dimension(const Columns& columns, const Dimension& dimension) {
    TRY_ASSIGN(const Column* column, find_column(columns, dimension.question));
    const std::vector<double>& breaks = dimension.breaks;
    if (column->question().kind != QuestionKind::kNumber) {
        if (breaks.empty()) return column->options().size();
        return fail(ErrorCode::kInvalidInput,
                    "question " + dimension.question + " is not a number and takes no breaks");
    }
    const auto unordered = std::adjacent_find(breaks.begin(), breaks.end(), std::greater_equal<>());
    const bool finite =
        std::all_of(breaks.begin(), breaks.end(), [](double edge) { return std::isfinite(edge); });
    if (unordered != breaks.end() || !finite || breaks.size() > kBreaksMax) {
        return fail(ErrorCode::kInvalidInput, "the class breaks of question " + dimension.question +
                                                  " must be at most " + std::to_string(kBreaksMax) +
                                                  " numbers in strictly ascending order");
    }
    return breaks.size() + 1;
}

Result<void> check_scale(const Column& column, const Scale& scale) {
    if (column.question().kind != QuestionKind::kSelectOne) {
        return fail(ErrorCode::kInvalidInput,
                    "a scale needs a question with one answer: " + column.question().name);
    }
    TRY(check_options(column, scale.positive));
    TRY(check_options(column, scale.negative));
    std::vector<std::string> all = scale.positive;
    all.insert(all.end(), scale.negative.begin(), scale.negative.end());
    std::sort(all.begin(), all.end());
    const bool twice = std::adjacent_find(all.begin(), all.end()) != all.end();
    const bool outside = std::any_of(all.begin(), all.end(), [&column](const std::string& option) {
        return column.outside_scale(*column.find(option));
    });
    if (twice || outside) {
        return fail(ErrorCode::kInvalidInput,
                    "an option of the scale of question " + column.question().name +
                        (twice ? " is named twice" : " is one that stands outside the scale"));
    }
    return {};
}

/// The smallest 1, 2 or 5 times a power of ten that is at least `width`.
double round_width(double width) {
    const double power = std::pow(10.0, std::floor(std::log10(width)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= width * (1 - 1e-12)) return factor * power;
    }
    return 10 * power;
}

}  // namespace

Result<void> check(const Columns& columns, const Tabulation& tabulation) {
    TRY_ASSIGN(std::size_t cells, check_dimension(columns, tabulation.row));
    if (tabulation.column) {
        if (tabulation.column->question == tabulation.row.question) {
            return fail(ErrorCode::kInvalidInput,
                        "question " + tabulation.row.question + " cannot cross itself");
        }
        TRY_ASSIGN(const std::size_t across, check_dimension(columns, *tabulation.column));
        cells = (cells + 1) * (across + 1);
    }
    if (cells > kCellsMax) {
        return fail(ErrorCode::kLimit, "the table would have " + std::to_string(cells) +
                                           " cells; at most " + std::to_string(kCellsMax) +
                                           " are counted");
    }
    if (tabulation.filter) {
        TRY_ASSIGN(const Column* column, find_column(columns, tabulation.filter->question));
        if (column->question().kind == QuestionKind::kNumber) {
            return fail(ErrorCode::kInvalidInput,
                        "a filter needs a choice question: " + tabulation.filter->question);
        }
        TRY(check_options(*column, tabulation.filter->options));
    }
    if (tabulation.mean_of) {
        TRY_ASSIGN(const Column* column, find_column(columns, *tabulation.mean_of));
        if (column->question().kind != QuestionKind::kNumber) {
            return fail(ErrorCode::kInvalidInput,
                        "a mean needs a number question: " + *tabulation.mean_of);
        }
    }
    if (tabulation.scale) {
        TRY_ASSIGN(const Column* column, find_column(columns, tabulation.row.question));
        TRY(check_scale(*column, *tabulation.scale));
    }
    return {};
}

std::vector<double> equal_breaks(const Columns& columns, QuestionIndex number_question,
                                 Version as_of, std::size_t classes) {
    constexpr std::size_t kOrganisationsMin = 10;
    const Column& column = columns.column(number_question);
    if (column.question().kind != QuestionKind::kNumber || classes < 2) return {};
    std::map<OrganisationIndex, double> first;
    for (Slot slot = 0; slot < columns.slots(); ++slot) {
        if (!columns.live_at(slot, as_of) || column.standing(slot) != Standing::kSubstantive) {
            continue;
        }
        first.try_emplace(columns.organisation(slot), column.number(slot));
    }
    if (first.size() < kOrganisationsMin) return {};
    std::vector<double> values;
    values.reserve(first.size());
    for (const auto& [organisation, value] : first)
        values.push_back(value);
    std::sort(values.begin(), values.end());
    const double low = values[values.size() / 10];
    const double high = values[values.size() - 1 - values.size() / 10];
    if (!(high > low) || !std::isfinite(high - low)) return {};

    const double width = round_width((high - low) / static_cast<double>(classes));
    std::vector<double> breaks;
    const double begin = std::ceil(low / width);
    for (std::size_t i = 0; i <= std::min(classes, kBreaksMax - 1); ++i) {
        const double edge = (begin + static_cast<double>(i)) * width;
        if (edge > high) break;
        if (!breaks.empty() && !(edge > breaks.back())) break;
        breaks.push_back(edge);
    }
    return breaks;
}

}  // namespace survey::server

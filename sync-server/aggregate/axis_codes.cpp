#include "sync-server/aggregate/axis_codes.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "common/base/ensure.h"
#include "common/base/number.h"

namespace survey::server {

namespace {

constexpr std::array kOffScale{Standing::kCannotSay, Standing::kBlank, Standing::kNotAsked};

/// One state per category, then one per way of not answering.
void add_plain_states(AxisCodes& codes) {
    for (std::uint32_t i = 0; i < codes.axis.categories.size(); ++i) {
        codes.states.push_back({Standing::kSubstantive, {i}});
    }
    for (const Standing standing : kOffScale)
        codes.states.push_back({standing, {}});
}

std::uint32_t off_scale(std::size_t substantive_states, Standing standing) {
    const auto at = std::find(kOffScale.begin(), kOffScale.end(), standing);
    return static_cast<std::uint32_t>(substantive_states +
                                      static_cast<std::size_t>(at - kOffScale.begin()));
}

/// Option to category: the options outside the scale have none. Options that later answers add come
/// last, so that earlier categories keep their numbers.
std::vector<std::uint32_t> number_categories(const Column& column, Axis& axis) {
    std::vector<std::uint32_t> category(column.options().size(), kAll);
    for (std::size_t i = 0; i < category.size(); ++i) {
        if (column.outside_scale(static_cast<OptionIndex>(i))) continue;
        category[i] = static_cast<std::uint32_t>(axis.categories.size());
        axis.categories.push_back(column.options()[i]);
    }
    return category;
}

void code_single(const Column& column, std::size_t slots, AxisCodes& codes) {
    const std::vector<std::uint32_t> category = number_categories(column, codes.axis);
    add_plain_states(codes);
    for (Slot slot = 0; slot < slots; ++slot) {
        const Standing standing = column.standing(slot);
        codes.state_of_slot[slot] = standing == Standing::kSubstantive
                                        ? category[column.option(slot)]
                                        : off_scale(codes.axis.categories.size(), standing);
    }
}

void code_number(const Column& column, const std::vector<double>& breaks, std::size_t slots,
                 AxisCodes& codes) {
    codes.axis.categories.emplace_back();
    for (const double edge : breaks)
        codes.axis.categories.push_back(format_double(edge));
    add_plain_states(codes);
    for (Slot slot = 0; slot < slots; ++slot) {
        const Standing standing = column.standing(slot);
        if (standing != Standing::kSubstantive) {
            codes.state_of_slot[slot] = off_scale(codes.axis.categories.size(), standing);
            continue;
        }
        const auto above = std::upper_bound(breaks.begin(), breaks.end(), column.number(slot));
        codes.state_of_slot[slot] = static_cast<std::uint32_t>(above - breaks.begin());
    }
}

Result<void> code_many(const Column& column, std::size_t slots, AxisCodes& codes) {
    const std::vector<std::uint32_t> category = number_categories(column, codes.axis);
    codes.axis.overlapping = true;
    for (const Standing standing : kOffScale)
        codes.states.push_back({standing, {}});
    std::map<std::vector<std::uint32_t>, std::uint32_t> known;
    std::vector<std::uint32_t> pattern;
    for (Slot slot = 0; slot < slots; ++slot) {
        const Standing standing = column.standing(slot);
        if (standing != Standing::kSubstantive) {
            codes.state_of_slot[slot] = off_scale(0, standing);
            continue;
        }
        pattern.clear();
        for (const OptionIndex option : column.marked(slot))
            pattern.push_back(category[option]);
        const auto next = static_cast<std::uint32_t>(codes.states.size());
        const auto [entry, added] = known.try_emplace(pattern, next);
        if (added) codes.states.push_back({Standing::kSubstantive, pattern});
        codes.state_of_slot[slot] = entry->second;
        if (codes.states.size() > kPatternsMax) {
            return fail(ErrorCode::kLimit, "question " + column.question().name +
                                               ": too many different combinations of options");
        }
    }
    return {};
}

}  // namespace

Result<AxisCodes> code_axis(const Columns& columns, const Dimension& dimension) {
    const auto question = columns.find(dimension.question);
    ENSURE(question);
    const Column& column = columns.column(*question);
    AxisCodes codes;
    codes.axis.question = *question;
    codes.axis.identifying = column.question().identifying;
    codes.state_of_slot.resize(columns.slots());
    switch (column.question().kind) {
        case QuestionKind::kSelectOne:
            code_single(column, columns.slots(), codes);
            break;
        case QuestionKind::kSelectMany:
            TRY(code_many(column, columns.slots(), codes));
            break;
        case QuestionKind::kNumber:
            code_number(column, dimension.breaks, columns.slots(), codes);
            break;
    }
    return codes;
}

}  // namespace survey::server

// Functions about choices, texts of the form and the device.
#include <cmath>

#include "forms/expr/functions.h"

namespace survey::expr::fn {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The next chosen value in a list separated by blanks, from `at` on; empty at the end.
std::string_view next_choice(std::string_view list, std::size_t& at) {
    while (at < list.size() && is_blank(list[at]))
        ++at;
    const std::size_t start = at;
    while (at < list.size() && !is_blank(list[at]))
        ++at;
    return list.substr(start, at - start);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

}  // namespace

Value selected(Call& call) {
    const std::string list = call.string(0);
    const std::string given = call.string(1);
    const std::string_view wanted = trimmed(given);
    std::size_t at = 0;
    for (auto choice = next_choice(list, at); !choice.empty(); choice = next_choice(list, at)) {
        if (choice == wanted) return true;
    }
    return false;
}

Value selected_at(Call& call) {
    const std::string list = call.string(0);
    const double wanted = std::trunc(call.number(1));
    std::size_t at = 0;
    double place = 0;
    for (auto choice = next_choice(list, at); !choice.empty(); choice = next_choice(list, at)) {
        if (place == wanted) return std::string(choice);
        ++place;
    }
    return std::string();
}

Value count_selected(Call& call) {
    const std::string list = call.string(0);
    std::size_t at = 0;
    double count = 0;
    while (!next_choice(list, at).empty())
        ++count;
    return count;
}

Value choice_name(Call& call) {
    const std::string value = call.string(0);
    const std::string path = call.string(1);
    if (call.evaluator().stopped()) return false;
    const NodeView context = call.evaluator().current();
    return call.host().choice_label(value, trimmed(path), context).value_or(std::string());
}

Value itext(Call& call) {
    const std::string id = call.string(0);
    if (call.evaluator().stopped()) return false;
    return call.host().itext(id).value_or(std::string());
}

Value version(Call& call) {
    return call.host().form_version();
}

Value property(Call& call) {
    const std::string name = call.string(0);
    if (call.evaluator().stopped()) return false;
    return call.host().property(name);
}

}  // namespace survey::expr::fn

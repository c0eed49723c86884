#include <algorithm>
#include <array>

#include "forms/expr/functions.h"

namespace survey::expr {

namespace {

using enum ValueKind;

constexpr std::string_view kXPath = "XPath 1.0, 4";
constexpr std::string_view kOdk = "ODK XForms, functions";
constexpr std::string_view kJavaRosa = "JavaRosa";
constexpr std::uint8_t kAny8 = kAnyCount;

// In byte order of the name: find_function searches by halving.
constexpr std::array kOpenRosaTable = std::to_array<FunctionSpec>({
    {"abs", 1, 1, kNumber, "n", kPure, fn::abs, kOdk},
    {"acos", 1, 1, kNumber, "n", kPure, fn::acos, kOdk},
    {"area", 1, 1, kNumber, "F", kPure, fn::area, kOdk},
    {"asin", 1, 1, kNumber, "n", kPure, fn::asin, kOdk},
    {"atan", 1, 1, kNumber, "n", kPure, fn::atan, kOdk},
    {"atan2", 2, 2, kNumber, "n", kPure, fn::atan2, kOdk},
    {"base64-decode", 1, 1, kString, "s", kPure, fn::base64_decode, kOdk},
    {"boolean", 1, 1, kBoolean, "v", kPure, fn::boolean, kXPath},
    {"boolean-from-string", 1, 1, kBoolean, "s", kPure, fn::boolean_from_string, kOdk},
    {"ceiling", 1, 1, kNumber, "n", kPure, fn::ceiling, kXPath},
    {"checklist", 2, kAny8, kBoolean, "nnF", kPure, fn::checklist, kOdk},
    {"coalesce", 2, 2, kAny, "v", kPure, fn::coalesce, kOdk},
    {"concat", 0, kAny8, kString, "F", kPure, fn::concat_flattened, kOdk},
    {"contains", 2, 2, kBoolean, "s", kPure, fn::contains, kXPath},
    {"cos", 1, 1, kNumber, "n", kPure, fn::cos, kOdk},
    {"count", 1, 1, kNumber, "N", kPure, fn::count, kXPath},
    {"count-non-empty", 1, 1, kNumber, "N", kPure, fn::count_non_empty, kOdk},
    {"count-selected", 1, 1, kNumber, "s", kPure, fn::count_selected, kOdk},
    {"current", 0, 0, kNodeSet, "", kReadsHost, fn::current, kOdk},
    {"date", 1, 1, kString, "v", kReadsHost, fn::date, kOdk},
    {"date-time", 1, 1, kString, "v", kReadsHost, fn::date_time, kOdk},
    {"decimal-date-time", 1, 1, kNumber, "v", kReadsHost, fn::decimal_date_time, kOdk},
    {"decimal-time", 1, 1, kNumber, "v", kReadsHost | kVolatileCall, fn::decimal_time, kOdk},
    {"depend", 1, kAny8, kAny, "v", kPure, fn::depend, kJavaRosa},
    {"digest", 2, 3, kString, "s", kPure, fn::digest, kOdk},
    {"distance", 1, kAny8, kNumber, "F", kPure, fn::distance, kOdk},
    {"enclosed-area", 1, 1, kNumber, "F", kPure, fn::area, kJavaRosa},
    {"ends-with", 2, 2, kBoolean, "s", kPure, fn::ends_with, kOdk},
    {"exp", 1, 1, kNumber, "n", kPure, fn::exp, kOdk},
    {"exp10", 1, 1, kNumber, "n", kPure, fn::exp10, kOdk},
    {"extract-signed", 2, 2, kString, "s", kPure, fn::extract_signed, kOdk},
    {"false", 0, 0, kBoolean, "", kPure, fn::false_, kXPath},
    {"floor", 1, 1, kNumber, "n", kPure, fn::floor, kXPath},
    {"format-date", 2, 2, kString, "vs", kReadsHost, fn::format_date, kOdk},
    {"format-date-time", 2, 2, kString, "vs", kReadsHost, fn::format_date, kOdk},
    {"geofence", 2, 2, kBoolean, "s", kPure, fn::geofence, kOdk},
    {"id", 1, 1, kNodeSet, "F", kReadsContext, fn::id, kXPath},
    {"if", 3, 3, kAny, "bp", kPure, fn::if_, kOdk},
    {"indexed-repeat", 3, kAny8, kNodeSet, "N*Nn", kReadsHost, fn::indexed_repeat, kOdk},
    {"instance", 1, 1, kNodeSet, "s", kReadsHost, fn::instance, kOdk},
    {"int", 1, 1, kNumber, "n", kPure, fn::int_, kOdk},
    {"intersects", 1, 1, kBoolean, "s", kPure, fn::intersects, kOdk},
    {"is-selected", 2, 2, kBoolean, "s", kPure, fn::selected, kJavaRosa},
    {"join", 1, kAny8, kString, "sF", kPure, fn::join, kOdk},
    {"jr:choice-name", 2, 2, kString, "s", kReadsHost, fn::choice_name, kOdk},
    {"jr:itext", 1, 1, kString, "s", kReadsHost, fn::itext, kOdk},
    {"lang", 1, 1, kBoolean, "s", kReadsContext, fn::lang, kXPath},
    {"last", 0, 0, kNumber, "", kReadsContext | kPosition, fn::last, kXPath},
    {"local-name", 0, 1, kString, "N", kContextWithoutArguments, fn::local_name, kXPath},
    {"log", 1, 1, kNumber, "n", kPure, fn::log, kOdk},
    {"log10", 1, 1, kNumber, "n", kPure, fn::log10, kOdk},
    {"max", 1, kAny8, kNumber, "F", kPure, fn::max, kOdk},
    {"min", 1, kAny8, kNumber, "F", kPure, fn::min, kOdk},
    {"name", 0, 1, kString, "N", kContextWithoutArguments, fn::name, kXPath},
    {"namespace-uri", 0, 1, kString, "N", kContextWithoutArguments, fn::namespace_uri, kXPath},
    {"normalize-space", 0, 1, kString, "s", kContextWithoutArguments, fn::normalize_space, kXPath},
    {"not", 1, 1, kBoolean, "b", kPure, fn::not_, kXPath},
    {"now", 0, 0, kString, "", kReadsHost | kVolatileCall, fn::now, kOdk},
    {"number", 0, 1, kNumber, "v", kContextWithoutArguments, fn::number, kOdk},
    {"once", 1, 1, kAny, "v", kReadsHost, fn::once, kOdk},
    {"pi", 0, 0, kNumber, "", kPure, fn::pi, kOdk},
    {"position", 0, 1, kNumber, "v", kContextWithoutArguments | kPosition, fn::position, kOdk},
    {"pow", 2, 2, kNumber, "n", kPure, fn::pow, kOdk},
    {"property", 1, 1, kString, "s", kReadsHost, fn::property, kJavaRosa},
    {"pulldata", 4, 4, kString, "s", kReadsHost, fn::pulldata, kOdk},
    {"random", 0, 0, kNumber, "", kReadsHost | kVolatileCall, fn::random, kOdk},
    {"randomize", 1, 2, kNodeSet, "Nv", kReadsHost | kVolatileCall, fn::randomize, kOdk},
    {"regex", 2, 2, kBoolean, "s", kPure, fn::regex, kOdk},
    {"round", 1, 2, kNumber, "n", kPure, fn::round, kOdk},
    {"selected", 2, 2, kBoolean, "s", kPure, fn::selected, kOdk},
    {"selected-at", 2, 2, kString, "sn", kPure, fn::selected_at, kOdk},
    {"sin", 1, 1, kNumber, "n", kPure, fn::sin, kOdk},
    {"sqrt", 1, 1, kNumber, "n", kPure, fn::sqrt, kOdk},
    {"starts-with", 2, 2, kBoolean, "s", kPure, fn::starts_with, kXPath},
    {"string", 0, 1, kString, "v", kContextWithoutArguments, fn::string, kXPath},
    {"string-length", 0, 1, kNumber, "s", kContextWithoutArguments, fn::string_length, kXPath},
    {"substr", 2, 3, kString, "snn", kPure, fn::substr, kOdk},
    {"substring", 2, 3, kString, "snn", kPure, fn::substring, kXPath},
    {"substring-after", 2, 2, kString, "s", kPure, fn::substring_after, kXPath},
    {"substring-before", 2, 2, kString, "s", kPure, fn::substring_before, kXPath},
    {"sum", 1, 1, kNumber, "N", kPure, fn::sum, kXPath},
    {"tan", 1, 1, kNumber, "n", kPure, fn::tan, kOdk},
    {"today", 0, 0, kString, "", kReadsHost | kVolatileCall, fn::today, kOdk},
    {"translate", 3, 3, kString, "s", kPure, fn::translate, kXPath},
    {"true", 0, 0, kBoolean, "", kPure, fn::true_, kXPath},
    {"uuid", 0, 1, kString, "n", kReadsHost | kVolatileCall, fn::uuid, kOdk},
    {"version", 0, 0, kString, "", kReadsHost, fn::version, kJavaRosa},
    {"weighted-checklist", 4, kAny8, kBoolean, "nnF", kPure, fn::weighted_checklist, kOdk},
});

constexpr std::array kCoreTable = std::to_array<FunctionSpec>({
    {"boolean", 1, 1, kBoolean, "v", kPure, fn::boolean, kXPath},
    {"ceiling", 1, 1, kNumber, "n", kPure, fn::ceiling, kXPath},
    {"concat", 2, kAny8, kString, "s", kPure, fn::concat, kXPath},
    {"contains", 2, 2, kBoolean, "s", kPure, fn::contains, kXPath},
    {"count", 1, 1, kNumber, "N", kPure, fn::count, kXPath},
    {"false", 0, 0, kBoolean, "", kPure, fn::false_, kXPath},
    {"floor", 1, 1, kNumber, "n", kPure, fn::floor, kXPath},
    {"id", 1, 1, kNodeSet, "F", kReadsContext, fn::id, kXPath},
    {"lang", 1, 1, kBoolean, "s", kReadsContext, fn::lang, kXPath},
    {"last", 0, 0, kNumber, "", kReadsContext | kPosition, fn::last, kXPath},
    {"local-name", 0, 1, kString, "N", kContextWithoutArguments, fn::local_name, kXPath},
    {"name", 0, 1, kString, "N", kContextWithoutArguments, fn::name, kXPath},
    {"namespace-uri", 0, 1, kString, "N", kContextWithoutArguments, fn::namespace_uri, kXPath},
    {"normalize-space", 0, 1, kString, "s", kContextWithoutArguments, fn::normalize_space, kXPath},
    {"not", 1, 1, kBoolean, "b", kPure, fn::not_, kXPath},
    {"number", 0, 1, kNumber, "v", kContextWithoutArguments, fn::number, kXPath},
    {"position", 0, 0, kNumber, "", kReadsContext | kPosition, fn::position_core, kXPath},
    {"round", 1, 1, kNumber, "n", kPure, fn::round_core, kXPath},
    {"starts-with", 2, 2, kBoolean, "s", kPure, fn::starts_with, kXPath},
    {"string", 0, 1, kString, "v", kContextWithoutArguments, fn::string, kXPath},
    {"string-length", 0, 1, kNumber, "s", kContextWithoutArguments, fn::string_length, kXPath},
    {"substring", 2, 3, kString, "snn", kPure, fn::substring, kXPath},
    {"substring-after", 2, 2, kString, "s", kPure, fn::substring_after, kXPath},
    {"substring-before", 2, 2, kString, "s", kPure, fn::substring_before, kXPath},
    {"sum", 1, 1, kNumber, "N", kPure, fn::sum_core, kXPath},
    {"translate", 3, 3, kString, "s", kPure, fn::translate, kXPath},
    {"true", 0, 0, kBoolean, "", kPure, fn::true_, kXPath},
});

constexpr bool in_order(const FunctionSpec& a, const FunctionSpec& b) {
    return a.name < b.name;
}
static_assert(std::is_sorted(kOpenRosaTable.begin(), kOpenRosaTable.end(), in_order));
static_assert(std::is_sorted(kCoreTable.begin(), kCoreTable.end(), in_order));

}  // namespace

std::span<const FunctionSpec> function_table(Library library) {
    if (library == Library::kCore) return kCoreTable;
    return kOpenRosaTable;
}

char argument_letter(const FunctionSpec& spec, std::size_t i) {
    const std::size_t star = spec.args.find('*');
    if (star == std::string_view::npos) return spec.args[std::min(i, spec.args.size() - 1)];
    if (i < star) return spec.args[i];
    const std::string_view group = spec.args.substr(star + 1);
    return group[(i - star) % group.size()];
}

const FunctionSpec* find_function(Library library, std::string_view name) {
    const std::span<const FunctionSpec> table = function_table(library);
    const auto found = std::lower_bound(
        table.begin(), table.end(), name,
        [](const FunctionSpec& spec, std::string_view wanted) { return spec.name < wanted; });
    if (found == table.end() || found->name != name) return nullptr;
    return &*found;
}

}  // namespace survey::expr

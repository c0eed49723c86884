#include "forms/cli/form_source.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "forms/xlsform/convert.h"

namespace survey::forms {

namespace {

// The order in which an author reads a workbook; what is not known to lie anywhere comes first.
std::size_t sheet_order(const std::string& sheet) {
    constexpr std::array<std::string_view, 7> kOrder = {
        "", "settings", "survey", "choices", "external_choices", "entities", "osm"};
    return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), sheet) -
                                    kOrder.begin());
}

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                         return std::tuple(sheet_order(a.place.sheet), a.place.row, a.place.line) <
                                std::tuple(sheet_order(b.place.sheet), b.place.row, b.place.line);
                     });
}

}  // namespace

FormFileKind kind_of_form(std::string_view bytes) {
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
    const std::string_view utf16_marks[] = {"\xFF\xFE<", "\xFE\xFF"};
    for (const std::string_view mark : utf16_marks) {
        if (bytes.substr(0, mark.size()) == mark) return FormFileKind::kXForm;
    }
    const auto first = bytes.find_first_not_of(" \t\r\n");
    const bool tag = first != std::string_view::npos && bytes[first] == '<';
    return tag ? FormFileKind::kXForm : FormFileKind::kWorkbook;
}

FormSource open_form(std::string_view bytes, const std::string& fallback_id) {
    FormSource source;
    if (kind_of_form(bytes) == FormFileKind::kXForm) {
        LoadedForm loaded = load_xform(bytes);
        source.form = std::move(loaded.form);
        source.diagnostics = std::move(loaded.diagnostics);
        return source;
    }
    ConvertedForm converted = convert_xlsform(bytes, ConvertOptions{fallback_id});
    source.diagnostics = std::move(converted.diagnostics);
    source.itemsets_csv = std::move(converted.itemsets_csv);
    if (!converted.xform) {
        sort_by_place(source.diagnostics);
        return source;
    }
    const std::vector<Place>& places = converted.places;
    LoadedForm loaded = load_xform(*std::move(converted.xform), [&places](std::uint32_t mark) {
        return mark < places.size() ? places[mark] : Place{};
    });
    source.form = std::move(loaded.form);
    for (Diagnostic& found : loaded.diagnostics) {
        const bool known = std::find(source.diagnostics.begin(), source.diagnostics.end(), found) !=
                           source.diagnostics.end();
        if (!known) source.diagnostics.push_back(std::move(found));
    }
    sort_by_place(source.diagnostics);
    return source;
}

std::string stem_of(std::string_view path) {
    const auto slash = path.rfind('/');
    if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
    const auto dot = path.rfind('.');
    if (dot != std::string_view::npos && dot > 0) path = path.substr(0, dot);
    return std::string(path);
}

}  // namespace survey::forms

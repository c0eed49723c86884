#include "sync-server/export/labelled_table.h"

#include <algorithm>

#include "common/base/number.h"

namespace survey::server {

namespace {

std::string class_label(const std::vector<double>& breaks, std::size_t i, Language language) {
    const auto number = [language](double edge) {
        std::string text = format_double(edge);
        if (language == Language::kGerman) std::replace(text.begin(), text.end(), '.', ',');
        return text;
    };
    const Words& w = words(language);
    if (breaks.empty()) return std::string(w.total);
    if (i == 0) return std::string(w.below) + number(breaks.front());
    if (i >= breaks.size()) return number(breaks.back()) + std::string(w.and_more);
    return number(breaks[i - 1]) + std::string(w.to_below) + number(breaks[i]);
}

std::string category_label(const ReleasedAxis& axis, const AxisLabels& labels, std::size_t i,
                           Language language) {
    if (axis.number) return class_label(axis.breaks, i, language);
    if (i < labels.categories.size() && !labels.categories[i].empty()) return labels.categories[i];
    return axis.categories[i];
}

std::string category_name(const ReleasedAxis& axis, std::size_t i) {
    return axis.number ? "class" + std::to_string(i + 1) : axis.categories[i];
}

std::string first_of(const std::string& label, const std::string& name) {
    return label.empty() ? name : label;
}

LabelledCell cell_of(const ReleasedTable& table, SetKey key, SetKey base) {
    LabelledCell cell;
    const ReleasedNumber* number = table.find(key);
    if (number == nullptr) return cell;
    cell.answers = number->answers;
    cell.mean = number->mean;
    cell.older = number->as_of != table.as_of;
    cell.share = table.share(key, base);
    if (cell.share && key != base) {
        cell.interval = wilson(*cell.share, static_cast<double>(table.find(base)->answers));
    }
    return cell;
}

/// The columns of the table as keys, the total last.
std::vector<std::uint32_t> columns_of(const ReleasedTable& table) {
    std::vector<std::uint32_t> columns;
    for (std::uint32_t c = 0; c < table.columns(); ++c)
        columns.push_back(c);
    columns.push_back(kAll);
    return columns;
}

SetKey base_of(std::uint32_t column) {
    return column == kAll ? SetKey{} : SetKey{SetKind::kColumn, kAll, column};
}

void add_rows(const ReleasedTable& table, const TableLabels& labels, LabelledTable& result) {
    for (std::uint32_t r = 0; r < table.rows(); ++r) {
        LabelledTable::Row row{category_name(table.row, r),
                               category_label(table.row, labels.row, r, result.language),
                               {}};
        for (const std::uint32_t c : columns_of(table)) {
            const SetKey key{c == kAll ? SetKind::kRow : SetKind::kInner, r, c};
            row.cells.push_back(cell_of(table, key, base_of(c)));
        }
        result.rows.push_back(std::move(row));
    }
    LabelledTable::Row total{"", std::string(words(result.language).total), {}};
    for (const std::uint32_t c : columns_of(table)) {
        total.cells.push_back(cell_of(table, base_of(c), base_of(c)));
    }
    result.rows.push_back(std::move(total));
}

void add_left_out(const ReleasedTable& table, LabelledTable& result) {
    const Words& w = words(result.language);
    for (const Side side : {Side::kRow, Side::kColumn, Side::kMeasure}) {
        if (side == Side::kColumn && !table.column) continue;
        if (side == Side::kMeasure && !table.mean_of) continue;
        const std::string& question = side == Side::kRow      ? result.row_question
                                      : side == Side::kColumn ? result.column_question
                                                              : result.mean_of;
        const auto add = [&](Standing standing, std::string_view word) {
            const ReleasedNumber* number = table.excluded(side, standing);
            if (number != nullptr && number->answers == 0) return;
            result.left_out.push_back(
                {question + " – " + std::string(word),
                 number != nullptr ? std::optional(number->answers) : std::nullopt});
        };
        add(Standing::kCannotSay, w.cannot_say);
        add(Standing::kBlank, w.blank);
        add(Standing::kNotAsked, w.not_asked);
    }
}

/// The most frequent row that is shown, in a sentence that stays true whatever is hidden.
std::string summarise(const LabelledTable& table) {
    const Words& w = words(table.language);
    const bool german = table.language == Language::kGerman;
    const LabelledCell& base = table.rows.back().cells.back();
    const LabelledTable::Row* top = nullptr;
    for (const LabelledTable::Row& row : table.rows) {
        if (&row == &table.rows.back() || !row.cells.back().share) continue;
        if (top == nullptr || *row.cells.back().share > *top->cells.back().share) top = &row;
    }
    if (!base.answers || top == nullptr) {
        return german ? "Zu dieser Tabelle kann keine Gesamtaussage gezeigt werden."
                      : "No overall statement can be shown for this table.";
    }
    const std::string count = format_count(*base.answers, table.language);
    const std::string share = format_share(*top->cells.back().share, table.language);
    const std::string label = std::string(w.open_quote) + top->label + std::string(w.close_quote);
    if (german) {
        return "Die höchste gezeigte Angabe ist " + label + " mit " + share + " von " + count +
               " Antworten.";
    }
    return "The highest number shown is " + label + " with " + share + " of " + count + " answers.";
}

void add_notes(const ReleasedTable& table, LabelledTable& result) {
    const Words& w = words(result.language);
    bool hidden = false;
    bool older = false;
    bool interval = false;
    for (const LabelledTable::Row& row : result.rows) {
        for (const LabelledCell& cell : row.cells) {
            hidden |= !cell.answers;
            older |= cell.older;
            interval |= cell.interval.has_value();
        }
    }
    for (const LabelledTable::Left& left : result.left_out)
        hidden |= !left.answers;
    result.notes.emplace_back(w.note_shares);
    if (table.row.overlapping) result.notes.emplace_back(w.note_several);
    if (hidden) result.notes.emplace_back(w.note_suppressed);
    if (older) result.notes.emplace_back(w.note_older);
    if (interval) result.notes.emplace_back(w.note_interval);
}

}  // namespace

LabelledTable labelled(const ReleasedTable& table, const TableLabels& labels, Language language) {
    LabelledTable result;
    result.id = table.id;
    result.language = language;
    result.row_question = first_of(labels.row.question, table.row.question);
    result.title = first_of(labels.title, result.row_question);
    result.state = labels.state;
    if (table.column) {
        result.column_question = first_of(labels.column.question, table.column->question);
        for (std::size_t c = 0; c < table.columns(); ++c) {
            result.column_names.push_back(category_name(*table.column, c));
            result.columns.push_back(category_label(*table.column, labels.column, c, language));
        }
    }
    result.column_names.emplace_back();
    result.columns.emplace_back(words(language).total);
    if (table.mean_of) result.mean_of = first_of(labels.mean_of, *table.mean_of);
    add_rows(table, labels, result);
    add_left_out(table, result);
    for (const std::uint32_t c : columns_of(table)) {
        if (table.has_scale) result.scale.push_back(table.scale(c));
    }
    result.summary = summarise(result);
    add_notes(table, result);
    return result;
}

}  // namespace survey::server

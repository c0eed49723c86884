#include "forms/xlsform/row_tree.h"

#include <algorithm>
#include <optional>

#include "forms/xlsform/expansions.h"
#include "forms/xlsform/names.h"
#include "forms/xlsform/parameters.h"

namespace survey::forms {

namespace {

using Shape = TypeUse::Shape;

// Deeper than any form; keeps the recursion over the tree bounded.
constexpr std::size_t kDepthMax = 100;

class RowTreeReader {
  public:
    RowTreeReader(const Table& sheet, Settings& settings, ChoiceLists& choices, Findings& findings)
        : sheet_(sheet), settings_(settings), choices_(choices), findings_(findings) {
        for (const auto& [name, key] : settings_headers().names)
            setting_names_.emplace_back(name);
    }

    std::unique_ptr<Item> read() {
        form_ = std::make_unique<Item>();
        form_->kind = ItemKind::kForm;
        open_.push_back({form_.get(), Shape::kBeginGroup, Cell{}, ""});
        for (const TableRow& row : sheet_.rows)
            read_row(row);
        while (open_.size() > 1) {
            const Cell& begin = open_.back().begin;
            findings_.error(begin.place, "begin-without-end",
                            "\"" + begin.text + "\" has no matching end row.", begin.text,
                            "Add \"" + end_of(open_.back().shape) + "\" after its last question.");
            open_.pop_back();
        }
        return std::move(form_);
    }

  private:
    struct Open {
        Item* item;
        Shape shape;
        Cell begin;
        std::string loop_list;
    };

    static std::string end_of(Shape begin) {
        return begin == Shape::kBeginGroup    ? "end_group"
               : begin == Shape::kBeginRepeat ? "end_repeat"
                                              : "end_loop";
    }

    void read_row(const TableRow& row) {
        const Cell* type = sheet_.find(row, "type");
        const Cell* name = sheet_.find(row, "name");
        if (const Cell* disabled = sheet_.find(row, "disabled"); disabled != nullptr) {
            if (is_yes(disabled->text)) {
                findings_.warn(disabled->place, "disabled-row",
                               "This row is disabled and left out.", disabled->text,
                               "Remove the row, or its \"disabled\".");
                return;
            }
        }
        if (type == nullptr) return read_untyped(row, name);
        if (take_setting(*type, name)) return;
        const std::optional<TypeUse> use = read_type(type->text);
        if (!use) {
            findings_.error(type->place, "unknown-type",
                            "\"" + type->text + "\" is not a question type.", type->text,
                            type_hint(type->text));
            return;
        }
        switch (use->shape) {
            case Shape::kQuestion:
                return read_question(row, *type, *use, name);
            case Shape::kBeginGroup:
            case Shape::kBeginRepeat:
            case Shape::kBeginLoop:
                return begin_section(row, *type, *use, name);
            case Shape::kEndGroup:
            case Shape::kEndRepeat:
            case Shape::kEndLoop:
                refuse_save_to(row);
                return end_section(*type, use->shape);
        }
    }

    std::string type_hint(const std::string& text) const {
        if (const std::string hint = did_you_mean(text, type_names()); !hint.empty()) return hint;
        if (choices_.find(text) != nullptr) {
            return "For a choice from this list write \"select_one " + text + "\".";
        }
        const std::vector<std::string> words = split(text, " ");
        if (words.size() > 2 && lower(words.front()).starts_with("select")) {
            return "The name of a list cannot hold blanks.";
        }
        if (words.size() > 1) return did_you_mean(words.front(), type_names());
        return {};
    }

    void read_untyped(const TableRow& row, const Cell* name) {
        bool has_label = false;
        for (const auto& [index, cell] : row.cells) {
            has_label = has_label || sheet_.columns[index].name.key == "label";
        }
        if (name == nullptr && !has_label) {
            findings_.warn(row.place, "comment-row", "This row has no type and is left out.");
            return;
        }
        findings_.error(row.place, "missing-type", "This row has no type.",
                        name != nullptr ? name->text : "",
                        "Write a type, such as text or integer, or empty the row.");
    }

    /// Old forms set the title by a row of type "form_title".
    bool take_setting(const Cell& type, const Cell* name) {
        const std::string key = snake_case(type.text);
        if (key == "name" || key == "style" || key == "prefix" || key == "flat") return false;
        if (std::find(setting_names_.begin(), setting_names_.end(), key) == setting_names_.end()) {
            return false;
        }
        if (name != nullptr) settings_.set(read_header(key, settings_headers(), true).key, *name);
        return true;
    }

    std::unique_ptr<Item> make_item(const TableRow& row, const Cell& type, const Cell* name) {
        auto item = std::make_unique<Item>();
        item->place = row.place;
        item->row = row.number;
        item->type_cell = type;
        item->name_place = name != nullptr ? name->place : row.place;
        if (name != nullptr) item->name = name->text;
        const bool clean = settings_.flag("clean_text_values", true);
        for (const auto& [index, from] : row.cells) {
            const HeaderName& header = sheet_.columns[index].name;
            if (!header.known || header.key == "type" || header.key == "name") continue;
            Cell cell{clean ? collapse_blanks(from.text) : from.text, from.place};
            if (is_translatable(header.key)) {
                text_for(item->texts, header.key).set(header.language, std::move(cell));
            } else {
                item->cells.emplace_back(header.key, std::move(cell));  // keys differ already
            }
        }
        return item;
    }

    void read_question(const TableRow& row, const Cell& type, const TypeUse& use,
                       const Cell* name) {
        auto item = make_item(row, type, name);
        item->type = use.type;
        item->list = use.list;
        item->from_file = use.from_file;
        if (use.type->kind == QuestionKind::kAudit) {
            if (name != nullptr && name->text != "audit") {
                findings_.error(name->place, "audit-name",
                                "A row of type audit must be named audit.", name->text,
                                "Leave the name empty.");
            }
            item->name = "audit";
        }
        if (item->name.empty() && use.type->kind == QuestionKind::kNote) {
            item->name = "generated_note_name_" + std::to_string(row.number);
        }
        if (item->name.empty()) {
            findings_.error(row.place, "missing-name", "This question has no name.", type.text,
                            "Write a name that begins with a letter and has no blanks.");
            return;
        }
        if (!use.type->hint.empty() && item->text("hint") == nullptr) {
            text_for(item->texts, "hint").set("", Cell{std::string(use.type->hint), type.place});
        }
        if (!use.type->constraint.empty() && item->cell("bind::constraint").empty()) {
            item->set_cell("bind::constraint", Cell{std::string(use.type->constraint), type.place});
        }
        read_parameters(*item, findings_);
        Item& parent = *open_.back().item;
        if (parent.is_table_list) join_table_list(parent, *item, findings_);
        Item& added = parent.add(std::move(item));
        if (use.or_other) add_or_other(parent, added);
    }

    void add_or_other(Item& parent, const Item& select) {
        ChoiceList* list = select.from_file ? nullptr : choices_.find(select.list);
        if (!select.cell("choice_filter").empty()) {
            findings_.error(select.cell("choice_filter").place, "or-other-with-filter",
                            "or_other cannot be combined with a choice_filter.",
                            select.type_cell.text,
                            "Add a choice \"other\" to the list and a text question of your own.");
            return;
        }
        if (list == nullptr) {
            if (select.from_file) {
                findings_.error(select.type_cell.place, "or-other-without-choices",
                                "or_other needs a list on the choices sheet.",
                                select.type_cell.text);
            }
            return;  // an unknown list is reported with its question
        }
        if (!choices_.languages.empty()) {
            findings_.warn(
                select.type_cell.place, "or-other-translated",
                "or_other adds the English texts \"Other\" and \"Specify other.\" in all "
                "languages.",
                select.type_cell.text,
                "Add a choice \"other\" to the list and a text question of your own.");
        }
        add_other_choice(*list, choices_.languages);
        parent.add(specify_other(select));
    }

    void refuse_save_to(const TableRow& row) {
        const Cell* save_to = sheet_.find(row, "save_to");
        if (save_to == nullptr) return;
        findings_.error(save_to->place, "save-to-on-group",
                        "Only questions can be saved to an entity.", save_to->text,
                        "Move save_to to a question.");
    }

    void begin_section(const TableRow& row, const Cell& type, const TypeUse& use,
                       const Cell* name) {
        auto item = make_item(row, type, name);
        item->kind = use.shape == Shape::kBeginRepeat ? ItemKind::kRepeat : ItemKind::kGroup;
        if (item->name.empty()) {
            findings_.error(row.place, "missing-name",
                            "This " +
                                std::string(use.shape == Shape::kBeginRepeat ? "repeat" : "group") +
                                " has no name.",
                            type.text, "Write a name that begins with a letter and has no blanks.");
            item->name = "unnamed_" + std::to_string(row.number);
        }
        if (use.shape == Shape::kBeginLoop && use.list.empty()) {
            findings_.error(type.place, "loop-without-list",
                            "This loop does not say over which list.", type.text,
                            "Write \"begin loop over LIST\".");
        }
        refuse_save_to(row);
        if (const TranslatedText* hint = item->text("hint"); hint != nullptr) {
            findings_.warn(hint->any().place, "hint-on-group",
                           "The hint of a group or repeat is shown nowhere.", hint->any().text,
                           "Write it into the label, or into a note inside.");
        }
        Item& parent = *open_.back().item;
        if (item->kind == ItemKind::kRepeat) {
            if (auto count = repeat_count_calculate(*item)) parent.add(std::move(count));
        }
        if (item->kind == ItemKind::kGroup) begin_table_list(*item);
        if (open_.size() > kDepthMax) {
            findings_.error(row.place, "too-deep", "Groups are nested too deeply.");
            open_.push_back({open_.back().item, use.shape, type, use.list});
            return;
        }
        open_.push_back({&parent.add(std::move(item)), use.shape, type, use.list});
    }

    static Shape end_shape(Shape begin) {
        return begin == Shape::kBeginGroup    ? Shape::kEndGroup
               : begin == Shape::kBeginRepeat ? Shape::kEndRepeat
                                              : Shape::kEndLoop;
    }

    /// True for the end row of a section that an end row of another kind has closed: reported.
    bool was_closed_early(Shape shape) {
        const bool still_open = std::any_of(open_.begin() + 1, open_.end(), [&](const Open& open) {
            return end_shape(open.shape) == shape;
        });
        const auto early = std::find(closed_early_.begin(), closed_early_.end(), shape);
        if (still_open || early == closed_early_.end()) return false;
        closed_early_.erase(early);
        return true;
    }

    void end_section(const Cell& type, Shape shape) {
        if (was_closed_early(shape)) return;
        if (open_.size() == 1) {
            findings_.error(type.place, "end-without-begin",
                            "\"" + type.text + "\" has no matching begin row.", type.text,
                            "Remove it, or add the begin row before its first question.");
            return;
        }
        const Open& open = open_.back();
        if (shape != end_shape(open.shape)) {
            const Place& begin = findings_.place(open.begin.place);
            findings_.error(type.place, "end-of-wrong-kind",
                            "\"" + type.text + "\" stands where \"" + open.begin.text +
                                "\" of row " + std::to_string(begin.row) + " has to end.",
                            type.text, "Write \"" + end_of(open.shape) + "\".");
            // A lost end row in between: the outer section of that kind ends here with the inner.
            const auto outer =
                std::find_if(open_.rbegin(), open_.rend() - 1,
                             [&](const Open& other) { return end_shape(other.shape) == shape; });
            if (outer != open_.rend() - 1) {
                for (auto inner = outer.base(); inner != open_.end(); ++inner)
                    closed_early_.push_back(end_shape(inner->shape));
                open_.erase(outer.base(), open_.end());
            }
        }
        if (open_.back().shape == Shape::kBeginLoop && !open_.back().loop_list.empty()) {
            expand_loop(*open_.back().item, open_.back().loop_list, open_.back().begin, choices_,
                        findings_);
        }
        open_.pop_back();
    }

    const Table& sheet_;
    Settings& settings_;
    ChoiceLists& choices_;
    Findings& findings_;
    std::unique_ptr<Item> form_;
    std::vector<Open> open_;
    std::vector<Shape> closed_early_;  ///< The end rows that may still follow.
    std::vector<std::string> setting_names_;
};

void warn_unknown_columns(const Table& sheet, Findings& findings) {
    std::vector<std::string> known;
    for (const auto& [name, key] : survey_headers().names)
        known.emplace_back(name);
    for (const Column& column : sheet.columns) {
        if (column.name.known) continue;
        const std::string head = column.header.substr(0, column.header.find(':'));
        const std::string hint = did_you_mean(snake_case(head), known);
        if (hint.empty()) continue;
        findings.warn(column.place, "unknown-column",
                      "The survey column \"" + column.header + "\" is not known and not used.",
                      column.header, hint);
    }
}

}  // namespace

std::unique_ptr<Item> read_survey(const Table& sheet, Settings& settings, ChoiceLists& choices,
                                  Findings& findings) {
    warn_unknown_columns(sheet, findings);
    return RowTreeReader(sheet, settings, choices, findings).read();
}

}  // namespace survey::forms

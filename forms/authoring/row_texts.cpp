#include "forms/authoring/workbook_maker.h"
#include "forms/xlsform/cell_text.h"

namespace survey::forms {

namespace {

/// What pyxform writes where a translation is missing.
constexpr std::string_view kFiller = "-";

/// The folder that the converter puts before a file name.
std::string_view folder_of(std::string_view form) {
    return form == "audio" ? "jr://audio/" : form == "video" ? "jr://video/" : "jr://images/";
}

bool is_medium(std::string_view form) {
    return form == "image" || form == "audio" || form == "video" || form == "big-image";
}

}  // namespace

std::string WorkbookMaker::plain(const RichText& text, const ReferenceText::Scope& scope,
                                 std::uint32_t line) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i].text;
        if (!text[i].output) continue;
        const std::string_view expression = trim(text[i].output->source());
        const std::string restored = references_.restore(expression, scope);
        const bool reference =
            restored.starts_with("${") && restored.find('}') == restored.size() - 1;
        const bool look_up = restored.starts_with("instance(");
        if (reference || look_up) {
            out += restored;
            // A look-up ends where a blank or the like follows.
            const bool ends = i + 1 == text.size() || text[i + 1].text.empty() ||
                              std::string_view(" \n,;?!<").find(text[i + 1].text.front()) !=
                                  std::string_view::npos;
            if (look_up && !ends) out += ' ';
            continue;
        }
        warn(line, "computed-text",
             "A text shows \"" + std::string(expression) +
                 "\"; in a workbook it can only show a question, so this is left out.",
             expression);
    }
    return out;
}

void WorkbookMaker::put_value(SheetDraft& sheet, Row row, const std::string& column,
                              const std::string& language, const RichText& text,
                              const ReferenceText::Scope& scope, std::uint32_t line) {
    std::string value = plain(text, scope, line);
    if (is_medium(column) && value.starts_with(folder_of(column))) {
        value.erase(0, folder_of(column).size());
    }
    // A language called default is that of the columns without one.
    const std::string header =
        language.empty() || language == "default" ? column : column + "::" + language;
    sheet.set(row, header, value);
}

void WorkbookMaker::put_text(SheetDraft& sheet, Row row, const std::string& column,
                             const TextSource& text, const ReferenceText::Scope& scope,
                             std::uint32_t line) {
    if (text.itext) {
        warn(line, "computed-text", "The id of a translated text is computed; it is left out.",
             text.itext->source());
    }
    if (text.itext_id.empty()) {
        if (!text.literal.empty()) put_value(sheet, row, column, "", text.literal, scope, line);
        return;
    }
    for (const Language& language : form_.languages) {
        const auto found = language.texts.find(text.itext_id);
        if (found == language.texts.end()) continue;
        for (const ItextValue& value : found->second) {
            if (!language.is_default && value.text.size() == 1 && !value.text[0].output &&
                value.text[0].text == kFiller) {
                continue;
            }
            if (value.form.empty()) {
                put_value(sheet, row, column, language.name, value.text, scope, line);
            } else if (value.form == "guidance") {
                put_value(sheet, row, "guidance_hint", language.name, value.text, scope, line);
            } else if (is_medium(value.form)) {
                put_value(sheet, row, value.form, language.name, value.text, scope, line);
            } else {
                warn(line, "text-form",
                     "The form \"" + value.form + "\" of the text \"" + text.itext_id +
                         "\" has no column and is left out.",
                     value.form);
            }
        }
    }
}

}  // namespace survey::forms

#include "sync-server/console/pages.h"

#include "sync-server/console/assets.h"
#include "sync-server/export/markup.h"
#include "sync-server/export/render.h"

namespace survey::server {

namespace {

struct PageWords {
    std::string_view product, skip, sign_in, token, token_hint, refused, sign_out, results,
        no_forms, row, column, filter, language, none, everybody, show, download, chart, back,
        choose, data;
};

const PageWords& page_words(Language language) {
    static const PageWords kGerman = {
        "Werkstatt",
        "Zum Inhalt",
        "Anmelden",
        "Zugangsschlüssel",
        "Den Schlüssel bekommen Sie vom Projektbüro.",
        "Dieser Schlüssel gilt hier nicht. Bitte prüfen Sie, ob er vollständig ist.",
        "Abmelden",
        "Ergebnisse",
        "Es ist noch kein Fragebogen veröffentlicht.",
        "Frage (Zeilen)",
        "Vergleichen nach (Spalten)",
        "Nur diese Gruppe",
        "Sprache",
        "nicht vergleichen",
        "alle",
        "Anzeigen",
        "Zum Weiterrechnen",
        "Schaubild",
        "Alle Fragebögen",
        "Wählen Sie eine Frage aus.",
        "Tabelle",
    };
    static const PageWords kEnglish = {
        "Werkstatt",
        "Skip to content",
        "Sign in",
        "Access token",
        "The project office gives you the token.",
        "This token is not valid here. Please check that it is complete.",
        "Sign out",
        "Results",
        "No questionnaire has been published yet.",
        "Question (rows)",
        "Compare by (columns)",
        "Only this group",
        "Language",
        "do not compare",
        "everybody",
        "Show",
        "To work with",
        "Chart",
        "All questionnaires",
        "Choose a question.",
        "Table",
    };
    return language == Language::kGerman ? kGerman : kEnglish;
}

std::string text(std::string_view plain) {
    return escape_markup(plain);
}

std::string page(Language language, std::string_view title, std::string_view main, bool signed_in) {
    const PageWords& words = page_words(language);
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"" + std::string(code_of(language)) +
        "\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>" +
        text(title) + " – " + text(words.product) +
        "</title>\n<link rel=\"stylesheet\" href=\"/assets/" + style_sheet().name +
        "\">\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">" + text(words.skip) +
        "</a>\n<header><a class=\"name\" href=\"/results?lang=" + std::string(code_of(language)) +
        "\">" + text(words.product) + "</a>";
    if (signed_in) {
        out += "<form method=\"post\" action=\"/logout\"><button class=\"plain\">" +
               text(words.sign_out) + "</button></form>";
    }
    out += "</header>\n<main id=\"main\">\n<h1>" + text(title) + "</h1>\n";
    out += main;
    return out + "</main>\n</body>\n</html>\n";
}

std::string option(std::string_view value, std::string_view label, bool selected) {
    return "<option value=\"" + text(value) + "\"" + (selected ? " selected" : "") + ">" +
           text(label) + "</option>";
}

std::string field(std::string_view name, std::string_view label, const std::string& options) {
    const std::string id = "choose-" + std::string(name);
    return "<p><label for=\"" + id + "\">" + text(label) + "</label><select id=\"" + id +
           "\" name=\"" + std::string(name) + "\">" + options + "</select></p>\n";
}

/// Groups to look at alone: what the form declares as such; without any, the short questions.
bool offers_filter(const FormQuestion& question, bool form_has_groups) {
    constexpr std::size_t kShortList = 12;
    if (question.kind != FormQuestion::Kind::kSelectOne) return false;
    return form_has_groups ? question.identifying : question.options.size() <= kShortList;
}

std::string filter_options(const ResultsView& view) {
    bool has_groups = false;
    for (const FormQuestion& question : view.questions->questions)
        has_groups = has_groups || question.identifying;
    const std::string chosen = filter_value(view.asked);
    std::string out = option("", page_words(view.language).everybody, chosen.empty());
    for (const FormQuestion& question : view.questions->questions) {
        if (!offers_filter(question, has_groups)) continue;
        out +=
            "<optgroup label=\"" + text(label_of(question, *view.questions, view.language)) + "\">";
        for (const FormOption& choice : question.options) {
            const std::string value = question.name + ":" + choice.name;
            out += option(value, label_of(choice, *view.questions, view.language), value == chosen);
        }
        out += "</optgroup>";
    }
    return out;
}

/// All questions, those under one heading together.
std::string question_options(const ResultsView& view, std::string_view chosen) {
    std::string out;
    std::string group;
    for (const FormQuestion& question : view.questions->questions) {
        const std::string heading = heading_of(question, *view.questions, view.language);
        if (heading != group) {
            if (!group.empty()) out += "</optgroup>";
            if (!heading.empty()) out += "<optgroup label=\"" + text(heading) + "\">";
            group = heading;
        }
        out += option(question.name, label_of(question, *view.questions, view.language),
                      question.name == chosen);
    }
    return group.empty() ? out : out + "</optgroup>";
}

std::string chooser(const ResultsView& view) {
    const PageWords& words = page_words(view.language);
    const std::string rows = question_options(view, view.asked.row);
    const std::string columns = option("", words.none, !view.asked.column) +
                                question_options(view, view.asked.column.value_or(""));
    const bool german = view.language == Language::kGerman;
    return "<form class=\"choose\" method=\"get\" action=\"/results/" +
           percent_encoded(view.form_id) + "\">\n" + field("row", words.row, rows) +
           field("column", words.column, columns) +
           field("filter", words.filter, filter_options(view)) +
           field("lang", words.language,
                 option("de", "Deutsch", german) + option("en", "English", !german)) +
           "<p><button>" + text(words.show) + "</button></p>\n</form>\n";
}

std::string downloads(const ResultsView& view) {
    std::string query = "?row=" + percent_encoded(view.asked.row);
    if (view.asked.column) query += "&column=" + percent_encoded(*view.asked.column);
    if (view.asked.filter) query += "&filter=" + percent_encoded(filter_value(view.asked));
    query += "&lang=" + std::string(code_of(view.language)) + "&format=";
    const std::string address =
        text("/v1/results/" + percent_encoded(view.form_id) + "/table" + query);
    std::string out =
        "<h2>" + text(page_words(view.language).download) + "</h2>\n<nav class=\"downloads\">";
    for (const auto& [format, name] : {std::pair{"xlsx", "Excel"}, std::pair{"csv", "CSV"},
                                       std::pair{"json", "JSON"}, std::pair{"svg", "SVG"}})
        out += "<a href=\"" + address + format + "\">" + name + "</a> ";
    return out + "</nav>\n";
}

}  // namespace

std::string percent_encoded(std::string_view plain) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : plain) {
        if (kPlain.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::string filter_value(const TableQuestion& asked) {
    if (!asked.filter || asked.filter->options.empty()) return {};
    return asked.filter->question + ":" + asked.filter->options.front();
}

std::string login_page(Language language, std::string_view next, bool refused) {
    const PageWords& words = page_words(language);
    std::string main;
    if (refused) main += "<p class=\"message\" role=\"alert\">" + text(words.refused) + "</p>\n";
    main += "<form class=\"sign-in\" method=\"post\" action=\"/login\">\n<p><label for=\"token\">" +
            text(words.token) +
            "</label><input id=\"token\" name=\"token\" type=\"password\" required "
            "autocomplete=\"current-password\" aria-describedby=\"hint\"></p>\n"
            "<p class=\"quiet\" id=\"hint\">" +
            text(words.token_hint) + "</p>\n<input type=\"hidden\" name=\"next\" value=\"" +
            text(next) + "\"><input type=\"hidden\" name=\"lang\" value=\"" +
            std::string(code_of(language)) + "\"><p><button>" + text(words.sign_in) +
            "</button></p>\n</form>\n";
    return page(language, words.sign_in, main, false);
}

std::string forms_page(Language language, const std::vector<ListedForm>& forms) {
    const PageWords& words = page_words(language);
    std::string main = "<ul class=\"forms\">\n";
    for (const ListedForm& form : forms) {
        main += "<li><a href=\"/results/" + percent_encoded(form.id) +
                "?lang=" + std::string(code_of(language)) + "\">" +
                text(form.title.empty() ? form.id : form.title) + "</a></li>\n";
    }
    main += "</ul>\n";
    if (forms.empty()) main = "<p>" + text(words.no_forms) + "</p>\n";
    return page(language, words.results, main, true);
}

std::string results_page(const ResultsView& view) {
    const PageWords& words = page_words(view.language);
    std::string main = chooser(view);
    if (view.table) {
        // A wide table needs the width for itself.
        constexpr std::size_t kColumnsBeside = 3;
        const bool beside = view.table->columns.size() <= kColumnsBeside;
        main += beside ? "<div class=\"result beside\">" : "<div class=\"result\">";
        main +=
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            "aria-label=\"" +
            text(words.data) + "\">\n" + table_html(*view.table) + "</div>\n<figure aria-label=\"" +
            text(words.chart) + "\">\n" + table_svg(*view.table) + "</figure></div>\n" +
            downloads(view);
    } else if (!view.message.empty()) {
        main += "<p class=\"message\" role=\"status\">" + text(view.message) + "</p>\n";
    }
    main += "<p class=\"quiet\"><a href=\"/results?lang=" + std::string(code_of(view.language)) +
            "\">" + text(words.back) + "</a></p>\n";
    return page(view.language, view.title, main, true);
}

std::string message_page(Language language, std::string_view title, std::string_view message) {
    return page(language, title, "<p class=\"message\" role=\"alert\">" + text(message) + "</p>\n",
                false);
}

}  // namespace survey::server

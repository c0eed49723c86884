#include "forms/web/shell.h"

#include "common/base/ensure.h"
#include "forms/web/asset_table.h"

namespace survey::forms {

namespace {

std::string escaped(std::string_view text) {
    std::string html;
    for (const char byte : text) {
        switch (byte) {
            case '&':
                html += "&amp;";
                break;
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '"':
                html += "&quot;";
                break;
            default:
                html += byte;
        }
    }
    return html;
}

struct Filling {
    std::string_view name;
    std::string html;
};

/// The template with each `{{name}}` replaced; a text that was put in is not looked through again.
std::string fill_in(std::string_view page, const std::vector<Filling>& fillings) {
    std::string html;
    while (true) {
        const auto from = page.find("{{");
        html += page.substr(0, from);
        if (from == std::string_view::npos) return html;
        const auto to = page.find("}}", from);
        ENSURE(to != std::string_view::npos);
        const std::string_view name = page.substr(from + 2, to - from - 2);
        page.remove_prefix(to + 2);
        for (const Filling& filling : fillings) {
            if (filling.name == name) html += filling.html;
        }
    }
}

}  // namespace

std::string web_shell_page(const WebShell& shell) {
    return fill_in(web_shell_template(), {{"home", escaped(shell.home)},
                                          {"language", escaped(shell.language)},
                                          {"title", escaped(shell.title)},
                                          {"noscript", escaped(shell.noscript)}});
}

std::string web_notice_page(const WebNotice& notice) {
    std::string body;
    for (const std::string& sentence : notice.sentences)
        body += "<p>" + escaped(sentence) + "</p>\n";
    return fill_in(
        web_notice_template(),
        {{"language", escaped(notice.language)}, {"title", escaped(notice.title)}, {"body", body}});
}

}  // namespace survey::forms

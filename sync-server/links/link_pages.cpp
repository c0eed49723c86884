#include "sync-server/links/link_pages.h"

#include "forms/web/shell.h"
#include "sync-server/export/markup.h"
#include "sync-server/links/local_time.h"

namespace survey::server {

namespace {

constexpr Phrase kNoScript = {
    "This questionnaire needs JavaScript. Please switch it on, or use another browser.",
    "Dieser Fragebogen braucht JavaScript. Bitte schalten Sie es ein oder benutzen Sie einen "
    "anderen Browser."};
constexpr Phrase kNotYet = {"This questionnaire opens on {}. Please come back then.",
                            "Dieser Fragebogen öffnet am {}. Bitte kommen Sie dann wieder."};
constexpr Phrase kNotYetTitle = {"Not open yet", "Noch nicht geöffnet"};
constexpr Phrase kClosed = {
    "This questionnaire closed on {}. Answers are no longer taken. Thank you for your interest.",
    "Dieser Fragebogen ist seit dem {} geschlossen. Antworten werden nicht mehr angenommen. Vielen "
    "Dank für Ihr Interesse."};
constexpr Phrase kClosedTitle = {"Closed", "Geschlossen"};
constexpr Phrase kFull = {
    "All places of this questionnaire are taken. Thank you for your interest.",
    "Alle Plätze dieses Fragebogens sind vergeben. Vielen Dank für Ihr Interesse."};
constexpr Phrase kFullTitle = {"All places are taken", "Alle Plätze sind vergeben"};
constexpr Phrase kRevoked = {
    "This link was withdrawn. Whoever gave it to you may have a new one.",
    "Dieser Link wurde zurückgezogen. Wer ihn Ihnen gegeben hat, hat vielleicht einen neuen."};
constexpr Phrase kRevokedTitle = {"Withdrawn", "Zurückgezogen"};
constexpr Phrase kUnknown = {
    "There is no questionnaire at this address. Please compare it with what you were given; it "
    "ends in eight letters and digits.",
    "Unter dieser Adresse gibt es keinen Fragebogen. Bitte vergleichen Sie sie mit der Vorlage; "
    "sie endet mit acht Buchstaben und Ziffern."};
constexpr Phrase kUnknownTitle = {"Nothing here", "Hier ist nichts"};
constexpr Phrase kContact = {" Questions: {}", " Fragen: {}"};
constexpr Phrase kScan = {"Point your camera at the code, or type the address:",
                          "Richten Sie die Kamera auf den Code oder geben Sie die Adresse ein:"};
constexpr Phrase kOpens = {"Opens on {}.", "Geöffnet ab dem {}."};
constexpr Phrase kCloses = {"Closes on {}.", "Geschlossen ab dem {}."};

// Black on white whatever the reader prefers: it is for paper.
constexpr std::string_view kSheetStyle =
    "@page{size:A4;margin:15mm}"
    "body{font:18pt/1.4 system-ui,sans-serif;color:#000;background:#fff;text-align:center;"
    "max-width:180mm;margin:10mm auto}"
    "h1{font-size:28pt;line-height:1.2;margin:0 0 8mm}svg{width:110mm;height:110mm}"
    ".address{font-size:20pt;font-weight:600;overflow-wrap:anywhere}"
    ".quiet{font-size:13pt;color:#333}";

std::string with_contact(std::string text, const Project& project, bool german) {
    if (project.contact.empty()) return text;
    return text + fill(kContact.in(german), {project.contact});
}

}  // namespace

std::string form_page(std::string_view title, bool german) {
    return forms::web_shell_page({"link", german ? "de" : "en", title, kNoScript.in(german)});
}

Explanation explain(LinkState state, const Link& link, const Project& project, bool german) {
    const auto when = [&](const std::optional<Instant>& instant) {
        return instant ? say_time(*instant, *project.zone, german) : std::string();
    };
    const auto said = [&](const Phrase& title, std::string text) {
        return Explanation{std::string(title.in(german)),
                           with_contact(std::move(text), project, german)};
    };
    switch (state) {
        case LinkState::kNotYet:
            return said(kNotYetTitle, fill(kNotYet.in(german), {when(link.opens)}));
        case LinkState::kClosed:
            return said(kClosedTitle, fill(kClosed.in(german), {when(link.closes)}));
        case LinkState::kFull:
            return said(kFullTitle, std::string(kFull.in(german)));
        case LinkState::kRevoked:
            return said(kRevokedTitle, std::string(kRevoked.in(german)));
        case LinkState::kOpen:
            break;
    }
    return {};
}

Explanation explain_unknown(bool german) {
    return {std::string(kUnknownTitle.in(german)), std::string(kUnknown.in(german))};
}

std::string plain_page(const Explanation& said, bool german) {
    return forms::web_notice_page({german ? "de" : "en", said.title, {said.text}});
}

std::string sheet_page(const Link& link, std::string_view title, std::string_view address,
                       const QrCode& code, const Project& project, bool german) {
    std::string times;
    if (link.opens)
        times += fill(kOpens.in(german), {say_time(*link.opens, *project.zone, german)}) + " ";
    if (link.closes)
        times += fill(kCloses.in(german), {say_time(*link.closes, *project.zone, german)});
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(german ? "de" : "en") +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + escape_markup(title) +
                      "</title>\n<style>" + std::string(kSheetStyle) +
                      "</style>\n</head>\n<body>\n<h1>" + escape_markup(title) + "</h1>\n" +
                      qr_svg(code) + "<p>" + std::string(kScan.in(german)) +
                      "</p>\n<p class=\"address\">" + escape_markup(address) + "</p>\n";
    if (!times.empty()) out += "<p>" + escape_markup(times) + "</p>\n";
    if (!project.controller.empty())
        out += "<p class=\"quiet\">" + escape_markup(project.controller) + "</p>\n";
    return out + "</body>\n</html>\n";
}

}  // namespace survey::server

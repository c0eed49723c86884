#include "sync-server/links/project.h"

#include "common/base/phrase.h"

namespace survey::server {

namespace {

// Who can see what follows from the roles that the server knows: the office reads single answers,
// analysts get tables only, and those only above the floor.
constexpr Phrase kOffice = {
    "The project office reads the single answers. It knows the day of an answer and the link that "
    "it came by, and no address of your device.",
    "Das Projektbüro liest die einzelnen Antworten. Es kennt den Tag einer Antwort und den Link, "
    "über den sie kam, aber keine Adresse Ihres Geräts."};
constexpr Phrase kAnalysts = {
    "Everybody else gets tables about groups of at least {} independent organisations.",
    "Alle anderen erhalten nur Tabellen über Gruppen von mindestens {} voneinander unabhängigen "
    "Organisationen."};
constexpr Phrase kDistributor = {
    "Whoever sent you the link and is not of the project office sees neither your answers nor "
    "whether you answered.",
    "Wer Ihnen den Link geschickt hat und nicht zum Projektbüro gehört, sieht weder Ihre Antworten "
    "noch, ob Sie geantwortet haben."};

}  // namespace

json::Object notice_of(const Project& project, bool german) {
    json::Object notice{
        {"sender", project.controller},
        {"purpose", german || project.purpose_english.empty() ? project.purpose_german
                                                              : project.purpose_english},
        {"recipients", json::Array{kOffice.in(german),
                                   fill(kAnalysts.in(german), {std::to_string(project.floor)}),
                                   kDistributor.in(german)}},
        {"floor", project.floor},
        {"contact", project.contact}};
    if (german && project.purpose_german.empty()) notice["purpose"] = project.purpose_english;
    if (project.keep_days > 0) notice["kept_days"] = project.keep_days;
    return notice;
}

}  // namespace survey::server

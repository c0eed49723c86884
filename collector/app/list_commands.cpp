// Looking: status, forms, list, revisions.

#include <algorithm>
#include <array>

#include "collector/app/commands.h"
#include "collector/app/find_stored.h"
#include "collector/ui/text_layout.h"
#include "common/json/json.h"

namespace survey::collector {

namespace {

std::string padded(std::string_view text, std::size_t columns) {
    std::string cell = shorten(text, columns);
    cell.append(columns - std::min(columns, width(cell)), ' ');
    return cell;
}

std::string_view delivery_word(const Desk& desk, Delivery delivery) {
    switch (delivery) {
        case Delivery::kWaiting:
            return desk.both("waiting", "wartet");
        case Delivery::kDelivered:
            return desk.both("delivered", "gesendet");
        case Delivery::kQuarantined:
            return desk.both("at the office", "beim Büro");
        case Delivery::kErased:
            return desk.both("erased", "gelöscht");
        case Delivery::kRefused:
            return desk.both("refused", "abgelehnt");
    }
    return {};
}

// The end of the id: its beginning is the time, which interviews of one hour have in common.
std::string short_id(const InstanceId& instance) {
    constexpr std::size_t kShown = 12;
    const std::string& id = instance.text();
    return id.size() <= kShown ? id : id.substr(id.size() - kShown);
}

// State, time, form, id, name: 80 columns.
void print_row(const Desk& desk, const std::array<std::string_view, 5>& cells) {
    constexpr std::array<std::size_t, 4> kColumns = {11, 16, 15, 12};
    std::string line;
    for (std::size_t i = 0; i < kColumns.size(); ++i)
        line += padded(cells[i], kColumns[i]) + "  ";
    desk.print(line + shorten(cells[4], 18));
}

}  // namespace

int run_status(Desk& desk) {
    const auto status = desk.store().sync_status();
    if (!status) return report(desk, status.error());
    const Identity& identity = desk.store().identity();
    if (desk.config().json) {
        json::Object object;
        object["device"] = identity.writer.device.text();
        object["enrolled"] = identity.enrolment.has_value();
        object["server"] = identity.enrolment ? identity.enrolment->url : "";
        object["drafts"] = status->drafts;
        object["waiting"] = status->waiting;
        object["delivered"] = status->delivered;
        object["quarantined"] = status->quarantined;
        object["refused"] = status->refused;
        object["files_waiting"] = status->files;
        object["revoked"] = status->revoked;
        if (status->last_contact) object["last_contact"] = format_utc(*status->last_contact);
        desk.print(json::serialise(object));
        return kExitDone;
    }
    desk.print(std::string(desk.both("Device    ", "Gerät       ")) +
               identity.writer.device.text());
    desk.print(std::string(desk.both("Server    ", "Server      ")) +
               (identity.enrolment ? identity.enrolment->url
                                   : std::string(desk.both("not enrolled", "nicht angemeldet"))));
    desk.print(std::string(desk.both("Drafts    ", "Entwürfe    ")) +
               std::to_string(status->drafts));
    desk.print(std::string(desk.both("Waiting   ", "Wartend     ")) +
               std::to_string(status->waiting));
    desk.print(std::string(desk.both("Delivered ", "Gesendet    ")) +
               std::to_string(status->delivered));
    if (status->quarantined + status->refused > 0) {
        desk.print(std::string(desk.both("At office ", "Beim Büro   ")) +
                   std::to_string(status->quarantined + status->refused));
    }
    if (status->files > 0) {
        desk.print(std::string(desk.both("Files     ", "Dateien     ")) +
                   std::to_string(status->files) +
                   std::string(desk.both(" not sent yet", " noch nicht gesendet")));
    }
    if (status->revoked) {
        desk.print(
            desk.both("Enrolment withdrawn; please ask the project office.",
                      "Die Anmeldung wurde zurückgezogen; bitte fragen Sie das Projektbüro."));
    }
    desk.print(std::string(desk.both("Contact   ", "Kontakt     ")) +
               (status->last_contact ? desk.local_time(*status->last_contact)
                                     : std::string(desk.both("never", "noch keiner"))));
    return kExitDone;
}

int run_forms(Desk& desk) {
    const auto forms = desk.store().forms();
    if (!forms) return report(desk, forms.error());
    if (desk.config().json) {
        json::Array array;
        for (const FormSummary& form : *forms) {
            json::Object object;
            object["id"] = form.ref.id;
            object["version"] = form.ref.version;
            object["title"] = form.title;
            object["hash"] = form.hash.hex();
            object["withdrawn"] = form.withdrawn;
            array.push_back(std::move(object));
        }
        desk.print(json::serialise(array));
        return kExitDone;
    }
    for (const FormSummary& form : *forms) {
        desk.print(padded(form.ref.id, 20) + "  " + padded(form.ref.version, 12) + "  " +
                   shorten(form.title, 40) +
                   (form.withdrawn ? std::string(desk.both("  (closed)", "  (geschlossen)")) : ""));
    }
    if (forms->empty()) {
        desk.tell(std::string(desk.both("There is no form here yet; run: ",
                                        "Hier gibt es noch kein Formular; rufen Sie auf: ")) +
                  desk.command("sync"));
    }
    return kExitDone;
}

int run_list(Desk& desk) {
    const auto drafts = desk.store().drafts();
    if (!drafts) return report(desk, drafts.error());
    const auto interviews = desk.store().interviews(kInterviewsShownMax);
    if (!interviews) return report(desk, interviews.error());
    if (desk.config().json) {
        json::Array array;
        for (const Draft& draft : *drafts) {
            json::Object object;
            object["draft"] = draft.id.text();
            object["form"] = draft.form.id;
            object["instance"] = draft.instance.text();
            object["changed"] = format_utc(draft.changed);
            array.push_back(std::move(object));
        }
        for (const Interview& interview : *interviews) {
            json::Object object;
            object["instance"] = interview.instance.text();
            object["revision"] = interview.rev.hex();
            object["form"] = interview.form.id;
            object["finalised"] = format_utc(interview.finalised);
            object["delivered"] = interview.delivery == Delivery::kDelivered;
            array.push_back(std::move(object));
        }
        desk.print(json::serialise(array));
        return kExitDone;
    }
    if (!drafts->empty() || !interviews->empty()) {
        print_row(desk, {desk.both("STATE", "STAND"), desk.both("CHANGED", "GEÄNDERT"),
                         desk.both("FORM", "FORMULAR"), "ID", "NAME"});
    }
    for (const Draft& draft : *drafts) {
        print_row(desk, {desk.both("draft", "Entwurf"), desk.local_time(draft.changed),
                         draft.form.id, draft.id.text().substr(0, kDraftIdShown), draft.title});
    }
    for (const Interview& interview : *interviews) {
        print_row(desk,
                  {delivery_word(desk, interview.delivery), desk.local_time(interview.finalised),
                   interview.form.id, short_id(interview.instance), interview.title});
    }
    if (drafts->empty() && interviews->empty()) {
        desk.tell(std::string(desk.both("Nothing here yet. Begin with: ",
                                        "Hier ist noch nichts. Beginnen Sie mit: ")) +
                  desk.command("new"));
    }
    return kExitDone;
}

int run_revisions(Desk& desk) {
    const auto revisions = desk.store().revisions();
    if (!revisions) return report(desk, revisions.error());
    std::vector<std::string> hashes;
    for (const RevisionId& revision : *revisions)
        hashes.push_back(revision.hex());
    std::sort(hashes.begin(), hashes.end());
    for (const std::string& hash : hashes)
        desk.print(hash);
    return kExitDone;
}

}  // namespace survey::collector

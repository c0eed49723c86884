// What comes in as files: questionnaires, and records that were filled in elsewhere.

#include <cstdio>

#include "collector/app/commands.h"
#include "collector/app/find_stored.h"
#include "collector/app/german.h"
#include "collector/interview/record_import.h"
#include "collector/ui/text_layout.h"
#include "common/host/files.h"
#include "forms/xform/load.h"

namespace survey::collector {

namespace {

constexpr std::size_t kImportBytesMax = 512u << 20;
constexpr std::size_t kFormBytesMax = 64u << 20;
constexpr std::size_t kComplaintsShownMax = 20;

// Whether a line is a record by itself: from the root's start tag to its end.
bool is_whole_record(std::string_view line) {
    if (line.substr(0, 5) == "<?xml") {
        const std::size_t end = line.find("?>");
        if (end == std::string_view::npos) return false;
        line = trimmed(line.substr(end + 2));
    }
    if (line.size() < 4 || line.front() != '<') return false;
    const std::size_t name_end = line.find_first_of(" \t/>");
    if (name_end == std::string_view::npos) return false;
    const std::string end_tag = "</" + std::string(line.substr(1, name_end - 1)) + ">";
    return line.size() >= end_tag.size() && line.substr(line.size() - end_tag.size()) == end_tag;
}

// One record a line where the file holds several, else the whole file.
std::vector<std::string> records_of(const std::string& bytes) {
    std::vector<std::string> records;
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        const std::string_view line = trimmed(std::string_view(bytes).substr(at, end - at));
        at = end + 1;
        if (line.empty()) continue;
        if (!is_whole_record(line)) return {bytes};
        records.emplace_back(line);
    }
    return records;
}

}  // namespace

int run_add_form(Desk& desk, const std::string& file) {
    auto xml = read_file(file, kFormBytesMax);
    if (!xml) return report(desk, xml.error());
    const forms::LoadedForm loaded = forms::load_xform(*xml);
    for (const forms::Diagnostic& finding : loaded.diagnostics) {
        desk.tell(file + ": " + describe(finding));
    }
    if (!loaded.form) return kExitRefused;
    PublishedForm form;
    form.ref = {loaded.form->id, loaded.form->version};
    form.title = loaded.form->title;
    form.hash = FormHash{blake2b_256(*xml)};
    form.xml = *std::move(xml);
    const auto added = desk.store().add_form(form);
    if (!added) return report(desk, added.error());
    desk.print(std::string(desk.both("Added ", "Aufgenommen: ")) + form.ref.id + " " +
               form.ref.version);
    return kExitDone;
}

int run_import(Desk& desk, const ImportArguments& arguments) {
    const auto form = find_form(desk, arguments.form, arguments.version, FormUse::kRecords);
    if (!form) return report(desk, form.error());
    auto import = RecordImport::open(desk.store(), desk.session_environment(), form->ref);
    if (!import) return report(desk, import.error());

    std::size_t taken = 0;
    std::size_t known = 0;
    std::size_t skipped = 0;
    for (const std::string& file : arguments.files) {
        const auto bytes = read_file(file, kImportBytesMax);
        if (!bytes) return report(desk, bytes.error());
        std::size_t number = 0;
        for (const std::string& record : records_of(*bytes)) {
            ++number;
            const auto revision = import->take(record);
            if (revision) {
                ++(revision->is_new ? taken : known);
                continue;
            }
            // A full disk is no fault of the record: stop instead of refusing one after the other.
            if (revision.error().code == ErrorCode::kUnavailable) {
                return report(desk, revision.error());
            }
            ++skipped;
            if (skipped > kComplaintsShownMax) continue;
            const std::string message = desk.config().language == UiLanguage::kGerman
                                            ? in_german(revision.error().message)
                                            : revision.error().message;
            desk.tell(file + ", " + std::string(desk.both("record ", "Datensatz ")) +
                      std::to_string(number) + ": " + message);
        }
    }
    std::string line = desk.counted(taken, {"record finalised", "records finalised",
                                            "Datensatz abgeschlossen", "Datensätze abgeschlossen"});
    if (known > 0) {
        line += ", " + std::to_string(known) +
                std::string(desk.both(" already here", " schon vorhanden"));
    }
    line += ", " + std::to_string(skipped) + std::string(desk.both(" skipped", " übersprungen"));
    desk.print(line);
    return skipped == 0 ? kExitDone : kExitRefused;
}

}  // namespace survey::collector

#include "sync-server/links/answer_sheet.h"

#include <set>

#include "common/base/media_type.h"
#include "common/base/plain_text.h"
#include "common/json/json.h"
#include "common/model/revision.h"
#include "sync-server/links/local_time.h"

namespace survey::server {

namespace {

constexpr std::size_t kNameBytesMax = 200;
constexpr std::string_view kInstancePrefix = "uuid:";
constexpr std::size_t kInstanceBytesMax = 100;

Error wrong(std::string_view member, std::string_view what) {
    return fail(ErrorCode::kInvalidInput,
                "\"" + std::string(member) + "\" " + std::string(what) + ".");
}

Result<InstanceId> read_instance(const json::Value& body) {
    const std::string text = json::find_text(body, "instance").value_or("");
    const bool good = text.size() > kInstancePrefix.size() && text.size() <= kInstanceBytesMax &&
                      text.rfind(kInstancePrefix, 0) == 0 &&
                      text.find_first_not_of(
                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                          "0123456789:-") == std::string::npos;
    if (!good) return wrong("instance", "must be the answer's instance id, uuid:…");
    return InstanceId(text);
}

// A file's name may become one on somebody's disk.
bool is_file_name(std::string_view name) {
    return !name.empty() && name.size() <= kNameBytesMax && is_plain_text(name) &&
           name.find_first_of("/\\\t\r\n\"<>:|?*") == std::string_view::npos && name.front() != '.';
}

Result<std::vector<AnswerSheet::File>> read_files(const json::Value& body) {
    std::vector<AnswerSheet::File> files;
    const json::Value* list = json::find(body, "files");
    if (!list || list->is_null()) return files;
    if (!list->is_array()) return wrong("files", "must be a list");
    if (list->get_array().size() > kSheetFilesMax)
        return fail(ErrorCode::kLimit, "An answer may have a hundred files at most.");
    std::set<std::string> names;
    for (const json::Value& each : list->get_array()) {
        AnswerSheet::File file;
        file.name = json::find_text(each, "name").value_or("");
        if (!is_file_name(file.name)) return wrong("files", "has a name that no file may have");
        if (!names.insert(file.name).second) return wrong("files", "names one file twice");
        if (!read_hex(json::find_text(each, "sha256").value_or(""), file.sha256))
            return wrong("files", "needs the SHA-256 of each, as 64 hexadecimal digits");
        const std::string type = json::find_text(each, "type").value_or("");
        file.type = plain_media_type(type);
        if (!type.empty() && !is_media_type(without_parameters(type)))
            return wrong("files", "has a type that is none");
        files.push_back(std::move(file));
    }
    return files;
}

}  // namespace

Result<AnswerSheet> read_answer_sheet(std::string_view text) {
    json::Limits limits;
    limits.bytes_max = kSheetBytesMax;
    TRY_ASSIGN(const json::Value body, json::parse(text, limits));
    AnswerSheet sheet;
    TRY_ASSIGN(sheet.instance, read_instance(body));
    const json::Value* form = json::find(body, "form");
    if (!form) return wrong("form", "is missing");
    sheet.form = {json::find_text(*form, "id").value_or(""),
                  json::find_text(*form, "version").value_or("")};
    const auto hash = FormHash::from_hex(json::find_text(*form, "hash").value_or(""));
    if (sheet.form.id.empty() || !hash)
        return wrong("form", "must have the id, version and hash that GET …/form told");
    sheet.hash = *hash;
    sheet.xml = json::find_text(body, "xml").value_or("");
    if (sheet.xml.empty() || !is_plain_text(sheet.xml))
        return wrong("xml", "must be the answer as XML");
    if (sheet.xml.size() > kContentBytesMax)
        return fail(ErrorCode::kLimit, "This answer is longer than any questionnaire makes one.");
    TRY_ASSIGN(sheet.files, read_files(body));
    if (const auto day = json::find_text(body, "day")) {
        sheet.day = parse_day(*day);
        if (!sheet.day) return wrong("day", "must be a date such as 2026-12-01");
    }
    return sheet;
}

}  // namespace survey::server

#include "forms/xlsform/question_types.h"

#include <algorithm>
#include <utility>

#include "common/base/ensure.h"
#include "forms/xlsform/cell_text.h"

namespace survey::forms {

namespace {

using Kind = QuestionKind;

constexpr QuestionType kTypes[] = {
    {"text", Kind::kInput, "string"},
    {"integer", Kind::kInput, "int"},
    {"decimal", Kind::kInput, "decimal"},
    {"range", Kind::kRange, "int"},
    {"select_one", Kind::kSelectOne, "string"},
    {"select_multiple", Kind::kSelectMultiple, "string"},
    {"rank", Kind::kRank, "odk:rank"},
    {"select_one_external", Kind::kSelectExternal, "string"},
    {"note", Kind::kNote, "string"},
    {"date", Kind::kInput, "date"},
    {"time", Kind::kInput, "time"},
    {"dateTime", Kind::kInput, "dateTime"},
    {"geopoint", Kind::kInput, "geopoint"},
    {"geotrace", Kind::kInput, "geotrace"},
    {"geoshape", Kind::kInput, "geoshape"},
    {"barcode", Kind::kInput, "barcode"},
    {"image", Kind::kUpload, "binary", "image/*"},
    {"audio", Kind::kUpload, "binary", "audio/*"},
    {"video", Kind::kUpload, "binary", "video/*"},
    {"file", Kind::kUpload, "binary", "application/*"},
    {"osm", Kind::kOsm, "binary", "osm/*"},
    {"acknowledge", Kind::kAcknowledge, "string"},
    {"calculate", Kind::kCalculate, "string"},
    {"hidden", Kind::kHidden, "string"},
    {"csv-external", Kind::kExternalInstance, ""},
    {"xml-external", Kind::kExternalInstance, ""},
    {"audit", Kind::kAudit, "binary"},
    {"start-geopoint", Kind::kStartGeopoint, "geopoint"},
    {"background-geopoint", Kind::kBackgroundGeopoint, "geopoint"},
    {"background-audio", Kind::kBackgroundAudio, "binary"},
    {"start", Kind::kPreload, "dateTime", "", "timestamp", "start"},
    {"end", Kind::kPreload, "dateTime", "", "timestamp", "end"},
    {"today", Kind::kPreload, "date", "", "date", "today"},
    {"deviceid", Kind::kPreload, "string", "", "property", "deviceid"},
    {"phonenumber", Kind::kPreload, "string", "", "property", "phonenumber"},
    {"username", Kind::kPreload, "string", "", "property", "username"},
    {"email", Kind::kPreload, "string", "", "property", "email"},
    {"subscriberid", Kind::kPreload, "string", "", "property", "subscriberid"},
    {"simserial", Kind::kPreload, "string", "", "property", "simserial"},
    {"uri:deviceid", Kind::kPreload, "string", "", "property", "uri:deviceid"},
    {"uri:phonenumber", Kind::kPreload, "string", "", "property", "uri:phonenumber"},
    {"uri:username", Kind::kPreload, "string", "", "property", "uri:username"},
    {"uri:email", Kind::kPreload, "string", "", "property", "uri:email"},
    {"uri:subscriberid", Kind::kPreload, "string", "", "property", "uri:subscriberid"},
    {"uri:simserial", Kind::kPreload, "string", "", "property", "uri:simserial"},
    {"percentage", Kind::kInput, "int", "", "", "", "0 <= . and . <= 100",
     "Enter a whole number from 0 to 100."},
    {"phone number", Kind::kInput, "string", "", "", "", R"(regex(., '^\d*$'))",
     "Enter digits only."},
    {"number of days in last month", Kind::kInput, "int", "", "", "", "0 <= . and . <= 31",
     "Enter a number from 0 to 31."},
    {"number of days in last six months", Kind::kInput, "int", "", "", "", "0 <= . and . <= 183",
     "Enter a number from 0 to 183."},
    {"number of days in last year", Kind::kInput, "int", "", "", "", "0 <= . and . <= 365",
     "Enter a number from 0 to 365."},
};

// Old spellings, in small letters.
constexpr std::pair<std::string_view, std::string_view> kAliases[] = {
    {"string", "text"},
    {"q string", "text"},
    {"add text prompt", "text"},
    {"int", "integer"},
    {"add integer prompt", "integer"},
    {"q int", "integer"},
    {"add decimal prompt", "decimal"},
    {"q decimal", "decimal"},
    {"add note prompt", "note"},
    {"q note", "note"},
    {"datetime", "dateTime"},
    {"date time", "dateTime"},
    {"add date prompt", "date"},
    {"q date", "date"},
    {"add date time prompt", "dateTime"},
    {"q date time", "dateTime"},
    {"add time prompt", "time"},
    {"gps", "geopoint"},
    {"location", "geopoint"},
    {"gps prompt", "geopoint"},
    {"q location", "geopoint"},
    {"q geopoint", "geopoint"},
    {"add location prompt", "geopoint"},
    {"photo", "image"},
    {"add image prompt", "image"},
    {"add photo prompt", "image"},
    {"q image", "image"},
    {"q picture", "image"},
    {"add audio prompt", "audio"},
    {"q audio", "audio"},
    {"add video prompt", "video"},
    {"q video", "video"},
    {"add file prompt", "file"},
    {"add barcode prompt", "barcode"},
    {"q barcode", "barcode"},
    {"trigger", "acknowledge"},
    {"add acknowledge prompt", "acknowledge"},
    {"q acknowledge", "acknowledge"},
    {"add calculate prompt", "calculate"},
    {"q calculate", "calculate"},
    {"calculation", "calculate"},
    {"csv_external", "csv-external"},
    {"xml_external", "xml-external"},
    {"get start time", "start"},
    {"start time", "start"},
    {"get end time", "end"},
    {"end time", "end"},
    {"get today", "today"},
    {"imei", "deviceid"},
    {"get device id", "deviceid"},
    {"device id", "deviceid"},
    {"get phone number", "phonenumber"},
    {"get sim id", "simserial"},
    {"sim id", "simserial"},
    {"get subscriber id", "subscriberid"},
    {"subscriber id", "subscriberid"},
    {"start_geopoint", "start-geopoint"},
    {"background_geopoint", "background-geopoint"},
    {"background_audio", "background-audio"},
    {"add osm prompt", "osm"},
    {"number of days in last 6 months", "number of days in last six months"},
};

struct SelectSpelling {
    std::string_view words;
    std::string_view type;
    bool from_file = false;
};

// Longer spellings before those that begin them.
constexpr SelectSpelling kSelects[] = {
    {"add select multiple prompt using", "select_multiple"},
    {"add select one prompt using", "select_one"},
    {"select all that apply from", "select_multiple"},
    {"select all that apply", "select_multiple"},
    {"select multiple from file", "select_multiple", true},
    {"select_multiple_from_file", "select_multiple", true},
    {"select multiple from", "select_multiple"},
    {"select multiple", "select_multiple"},
    {"select_multiple", "select_multiple"},
    {"select one from file", "select_one", true},
    {"select_one_from_file", "select_one", true},
    {"select one external", "select_one_external"},
    {"select_one_external", "select_one_external"},
    {"select one from", "select_one"},
    {"select one", "select_one"},
    {"select_one", "select_one"},
    {"select1", "select_one"},
    {"select", "select_multiple"},
    {"rank", "rank"},
};

const QuestionType* find_type(std::string_view small) {
    for (const auto& [alias, name] : kAliases) {
        if (alias == small) return &question_type(name);
    }
    for (const QuestionType& type : kTypes) {
        if (lower(type.name) == small) return &type;
    }
    return nullptr;
}

/// The text after `words` where `text` begins with them as whole words.
std::optional<std::string_view> after_words(std::string_view text, std::string_view words) {
    if (lower(text.substr(0, words.size())) != words) return std::nullopt;
    const std::string_view rest = text.substr(words.size());
    if (!rest.empty() && rest.front() != ' ') return std::nullopt;
    return trim(rest);
}

/// Takes "or_other" off the end.
bool take_or_other(std::string_view& text) {
    for (const std::string_view words : {"or_other", "or specify other", "or other"}) {
        if (text.size() <= words.size()) continue;
        const std::size_t at = text.size() - words.size();
        if (text[at - 1] != ' ' || lower(text.substr(at)) != words) continue;
        text = trim(text.substr(0, at));
        return true;
    }
    return false;
}

std::optional<TypeUse> read_structure(std::string_view text) {
    const std::string small = replace_all(lower(text), "_", " ");
    using Shape = TypeUse::Shape;
    static constexpr std::pair<std::string_view, Shape> kShapes[] = {
        {"begin group", Shape::kBeginGroup},         {"end group", Shape::kEndGroup},
        {"begin repeat", Shape::kBeginRepeat},       {"end repeat", Shape::kEndRepeat},
        {"begin lgroup", Shape::kBeginRepeat},       {"end lgroup", Shape::kEndRepeat},
        {"begin looped group", Shape::kBeginRepeat}, {"end looped group", Shape::kEndRepeat},
        {"begin loop", Shape::kBeginLoop},           {"end loop", Shape::kEndLoop},
    };
    for (const auto& [words, shape] : kShapes) {
        if (!after_words(small, words)) continue;
        TypeUse use;
        use.shape = shape;
        const std::string_view rest = trim(text.substr(words.size()));
        if (rest.empty()) return use;
        if (shape != Shape::kBeginLoop) continue;
        use.list = after_words(rest, "over").value_or(rest);
        return use;
    }
    return std::nullopt;
}

}  // namespace

const QuestionType& question_type(std::string_view name) {
    const auto* found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                     [&](const QuestionType& type) { return type.name == name; });
    ENSURE(found != std::end(kTypes));
    return *found;
}

std::optional<TypeUse> read_type(std::string_view written) {
    const std::string text = collapse_blanks(replace_all(trim(written), "\n", " "));
    if (auto structure = read_structure(text)) return structure;
    if (const QuestionType* type = find_type(lower(text)); type != nullptr && !type->is_select()) {
        TypeUse use;
        use.type = type;
        return use;
    }
    if (const auto rest = after_words(text, "osm")) {
        TypeUse use;
        use.type = &question_type("osm");
        use.list = *rest;
        if (use.list.find(' ') == std::string::npos) return use;
    }
    for (const SelectSpelling& spelling : kSelects) {
        auto rest = after_words(text, spelling.words);
        if (!rest) continue;
        TypeUse use;
        use.type = &question_type(spelling.type);
        use.from_file = spelling.from_file;
        use.or_other = take_or_other(*rest);
        use.list = *rest;
        const bool is_reference = use.list.starts_with("${") && use.list.ends_with("}");
        if (!is_reference && !use.from_file && use.list.find(' ') != std::string::npos)
            return std::nullopt;
        return use;
    }
    return std::nullopt;
}

std::vector<std::string> type_names() {
    std::vector<std::string> names{"begin_group",
                                   "end_group",
                                   "begin_repeat",
                                   "end_repeat",
                                   "string",
                                   "int",
                                   "photo",
                                   "gps",
                                   "select_one_from_file",
                                   "select_multiple_from_file"};
    for (const QuestionType& type : kTypes)
        names.emplace_back(type.name);
    return names;
}

}  // namespace survey::forms

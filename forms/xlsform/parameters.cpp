#include "forms/xlsform/parameters.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "common/base/number.h"
#include "forms/xlsform/names.h"
#include "forms/xlsform/range_parameters.h"

namespace survey::forms {

namespace {

std::vector<std::string> allowed_keys(const Item& question) {
    const std::string_view type = question.type->name;
    if (type == "text") return {"rows"};
    if (type == "range")
        return {"start", "end", "step", "tick_interval", "placeholder", "tick_labelset"};
    if (question.type->is_select() || question.type->kind == QuestionKind::kSelectExternal) {
        if (question.from_file) return {"randomize", "seed", "value", "label"};
        return {"randomize", "seed"};
    }
    if (type == "image") return {"max-pixels", "app"};
    if (type == "audio" || type == "background-audio") return {"quality"};
    if (type == "geopoint") {
        return {"capture-accuracy", "warning-accuracy", "allow-mock-accuracy",
                "reference-geometry"};
    }
    if (type == "geotrace" || type == "geoshape") {
        return {"allow-mock-accuracy", "incremental", "reference-geometry"};
    }
    if (type == "audit") {
        return {"location-priority", "location-min-interval", "location-max-age",
                "track-changes",     "identify-user",         "track-changes-reasons"};
    }
    return {};
}

/// `key=value` between blanks, commas or semicolons; blanks around "=" are allowed.
bool parse(std::string_view text, std::vector<Parameter>& parameters) {
    std::string tight;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t';
        if (blank && (tight.empty() || tight.back() == '=' || tight.back() == ' ')) continue;
        if (c == '=' && !tight.empty() && tight.back() == ' ') tight.pop_back();
        tight += blank ? ' ' : c;
    }
    for (const std::string& piece : split(tight, " ,;")) {
        const std::size_t equals = piece.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == piece.size()) return false;
        const std::string key = lower(piece.substr(0, equals));
        const auto same = [&](const Parameter& parameter) { return parameter.key == key; };
        if (std::any_of(parameters.begin(), parameters.end(), same)) return false;
        parameters.push_back(Parameter{key, piece.substr(equals + 1)});
    }
    return true;
}

class Checker {
  public:
    Checker(Item& question, Findings& findings)
        : question_(question), place_(question.cell("parameters").place), findings_(findings) {}

    void check() {
        const std::string_view type = question_.type->name;
        if (question_.type->is_select() || question_.type->kind == QuestionKind::kSelectExternal) {
            check_select();
        }
        if (type == "text") whole_number("rows", "control::rows");
        if (type == "image") check_image();
        if (type == "audio" || type == "background-audio") check_quality(type);
        if (type.starts_with("geo")) check_geo();
        if (type == "audit") check_audit();
        if (type == "range") check_range_parameters(question_, place_, findings_);
    }

  private:
    void refuse(const std::string& key, const std::string& value, const std::string& hint) {
        findings_.error(place_, "invalid-parameter",
                        "The parameter " + key + " cannot be \"" + value + "\".", value, hint);
    }

    void set(std::string_view attribute, std::string_view value) {
        question_.attributes.emplace_back(attribute, Cell{std::string(value), place_});
    }

    void whole_number(const std::string& key, std::string_view attribute) {
        const std::string* value = question_.parameter(key);
        if (value == nullptr) return;
        const auto number = parse_int(*value);
        if (!number || *number < 0) return refuse(key, *value, "Write a whole number.");
        set(attribute, *value);
    }

    void number(const std::string& key, std::string_view attribute) {
        const std::string* value = question_.parameter(key);
        if (value == nullptr) return;
        if (!parse_double(*value)) return refuse(key, *value, "Write a number.");
        set(attribute, *value);
    }

    /// One of `allowed`, in any case; the attribute gets the spelling of the list.
    void word(const std::string& key, const std::vector<std::string>& allowed,
              std::string_view attribute) {
        const std::string* value = question_.parameter(key);
        if (value == nullptr) return;
        const auto found = std::find(allowed.begin(), allowed.end(), lower(*value));
        if (found == allowed.end()) {
            std::string hint = "Write ";
            for (std::size_t i = 0; i < allowed.size(); ++i) {
                if (i > 0) hint += i + 1 == allowed.size() ? " or " : ", ";
                hint += allowed[i];
            }
            return refuse(key, *value, hint + ".");
        }
        if (!attribute.empty()) set(attribute, *found);
    }

    void check_select() {
        word("randomize", {"true", "false"}, "");
        const std::string* seed = question_.parameter("seed");
        if (seed != nullptr) {
            const std::string* randomize = question_.parameter("randomize");
            if (randomize == nullptr || lower(*randomize) != "true") {
                findings_.error(place_, "seed-without-randomize",
                                "A seed has no use without randomize=true.", *seed,
                                "Add randomize=true.");
            }
            const bool reference = seed->starts_with("${") && seed->ends_with("}");
            if (!reference && !parse_double(*seed)) {
                refuse("seed", *seed, "Write a number or ${question}.");
            }
        }
        for (const char* key : {"value", "label"}) {
            const std::string* value = question_.parameter(key);
            if (value != nullptr && !is_qualified_name(*value)) {
                refuse(key, *value, "Write the name of a column of the file.");
            }
        }
    }

    void check_image() {
        whole_number("max-pixels", "bind::orx:max-pixels");
        const std::string* app = question_.parameter("app");
        if (app == nullptr) return;
        const std::string& appearance = question_.cell("control::appearance").text;
        const bool package = app->find('.') != std::string::npos &&
                             std::all_of(app->begin(), app->end(), [](char c) {
                                 return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                        (c >= '0' && c <= '9') || c == '.' || c == '_';
                             });
        if (!package)
            return refuse("app", *app, "Write an Android package, such as org.example.camera.");
        if (!appearance.empty() && appearance != "annotate") {
            findings_.error(place_, "app-with-appearance",
                            "The parameter app works only without an appearance or with annotate.",
                            appearance);
            return;
        }
        set("control::intent", *app);
    }

    void check_quality(std::string_view type) {
        std::vector<std::string> allowed{"voice-only", "low", "normal"};
        if (type == "audio") allowed.emplace_back("external");
        word("quality", allowed, "bind::odk:quality");
    }

    void check_geo() {
        number("capture-accuracy", "control::accuracyThreshold");
        number("warning-accuracy", "control::unacceptableAccuracyThreshold");
        word("allow-mock-accuracy", {"true", "false"}, "bind::odk:allow-mock-accuracy");
        check_incremental();
        const std::string* geometry = question_.parameter("reference-geometry");
        if (geometry != nullptr && geometry->find("last-saved#") != std::string::npos) {
            refuse("reference-geometry", *geometry, "Write a list or ${repeat}.");
        }
    }

    void check_incremental() {
        const std::string* value = question_.parameter("incremental");
        if (value == nullptr) return;
        if (!is_yes(*value)) return refuse("incremental", *value, "Write true.");
        set("control::incremental", "true");
    }

    void check_audit() {
        word("location-priority", {"no-power", "low-power", "balanced", "high-accuracy"},
             "bind::odk:location-priority");
        whole_number("location-min-interval", "bind::odk:location-min-interval");
        whole_number("location-max-age", "bind::odk:location-max-age");
        word("track-changes", {"true", "false"}, "bind::odk:track-changes");
        word("identify-user", {"true", "false"}, "bind::odk:identify-user");
        word("track-changes-reasons", {"on-form-edit"}, "bind::odk:track-changes-reasons");
        const std::string* interval = question_.parameter("location-min-interval");
        const std::string* age = question_.parameter("location-max-age");
        const int given = (interval != nullptr ? 1 : 0) + (age != nullptr ? 1 : 0) +
                          (question_.parameter("location-priority") != nullptr ? 1 : 0);
        if (given != 0 && given != 3) {
            findings_.error(
                place_, "incomplete-location-audit",
                "location-priority, location-min-interval and location-max-age are given "
                "all three or not at all.",
                question_.cell("parameters").text);
        }
        if (interval == nullptr || age == nullptr) return;
        if (parse_int(*age).value_or(0) < parse_int(*interval).value_or(0)) {
            refuse("location-max-age", *age, "It must not be smaller than location-min-interval.");
        }
    }

    Item& question_;
    std::uint32_t place_;
    Findings& findings_;
};

}  // namespace

void read_parameters(Item& question, Findings& findings) {
    const Cell& cell = question.cell("parameters");
    if (!cell.empty()) {
        if (!parse(cell.text, question.parameters)) {
            findings.error(cell.place, "malformed-parameters",
                           "The parameters \"" + cell.text + "\" cannot be read.", cell.text,
                           "Write key=value, several with a blank between them.");
            question.parameters.clear();
        }
        const std::vector<std::string> allowed = allowed_keys(question);
        if (allowed.empty() && !question.parameters.empty()) {
            findings.warn(cell.place, "unused-parameters",
                          "The type " + std::string(question.type->name) +
                              " has no parameters; \"" + cell.text + "\" is not used.",
                          cell.text, "Empty the cell.");
            question.parameters.clear();
        }
        std::erase_if(question.parameters, [&](const Parameter& parameter) {
            if (std::find(allowed.begin(), allowed.end(), parameter.key) != allowed.end())
                return false;
            std::string hint = did_you_mean(parameter.key, allowed);
            if (hint.empty()) {
                hint = "Allowed are:";
                for (const std::string& key : allowed)
                    hint += " " + key;
            }
            findings.error(cell.place, "unknown-parameter",
                           "The type " + std::string(question.type->name) + " has no parameter \"" +
                               parameter.key + "\".",
                           parameter.key, hint);
            return true;
        });
    }
    Checker(question, findings).check();
    if (question.type->name == "image" && question.parameter("max-pixels") == nullptr &&
        question.cell("bind::orx:max-pixels").empty()) {
        findings.warn(question.place, "image-without-max-pixels",
                      "Images of \"" + question.name + "\" are sent in full size.", question.name,
                      "Write max-pixels=1024 in parameters to save time and storage.");
    }
}

}  // namespace survey::forms

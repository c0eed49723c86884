#include "forms/session/session_service.h"

#include <algorithm>
#include <utility>

#include "forms/runtime/list_use.h"
#include "forms/session/entity_json.h"
#include "forms/session/load_refusal.h"
#include "forms/session/session_media.h"

namespace survey::forms {

namespace {

constexpr int kProtocol = 1;
// A host that forgets to close would fill the memory; nobody holds this many at once.
constexpr std::size_t kOpenMax = 10'000;

json::Array languages_json(const FormDefinition& form) {
    json::Array all;
    for (const Language& language : form.languages) {
        json::Object one;
        one["name"] = language.name;
        one["isDefault"] = language.is_default;
        all.push_back(std::move(one));
    }
    return all;
}

/// Reads a member that maps names to texts, such as `properties`.
Outcome<std::vector<std::pair<std::string, std::string>>> text_pairs(const json::Object& request,
                                                                     std::string_view name) {
    std::vector<std::pair<std::string, std::string>> pairs;
    const json::Value* member = request.if_contains(name);
    if (member == nullptr || member->is_null()) return pairs;
    const json::Object* given = member->if_object();
    if (given == nullptr) return Refusal{"request", fill("\"{}\" must be an object", {name})};
    for (const auto& entry : *given) {
        const auto* text = entry.value().if_string();
        if (text == nullptr) return Refusal{"request", fill("\"{}\" holds strings", {name})};
        pairs.emplace_back(std::string(entry.key()), std::string(*text));
    }
    return pairs;
}

Outcome<OpenOptions> open_options(const json::Object& request, const FormDefinition& form) {
    OpenOptions options;
    TRY_ASSIGN(const std::string mode, text_or(request, "mode", "new"));
    if (mode == "restore") {
        options.mode = OpenOptions::Mode::kRestore;
    } else if (mode == "edit") {
        options.mode = OpenOptions::Mode::kEdit;
    } else if (mode != "new") {
        return Refusal{"request", "\"mode\" is new, restore or edit"};
    }
    if (options.mode != OpenOptions::Mode::kNew) {
        TRY_ASSIGN(options.xml, required_text(request, "xml"));
    }
    TRY_ASSIGN(const auto language, optional_text(request, "language"));
    options.language = language.value_or("");
    const bool known =
        options.language.empty() ||
        std::any_of(form.languages.begin(), form.languages.end(),
                    [&options](const Language& one) { return one.name == options.language; });
    if (!known) {
        return Refusal{"no-such-language",
                       fill("the form has no language \"{}\"", {options.language})};
    }
    TRY_ASSIGN(const auto last_saved, optional_text(request, "lastSaved"));
    options.last_saved = last_saved.value_or("");
    TRY_ASSIGN(options.entities, entities_of(request));
    TRY_ASSIGN(const auto user, optional_text(request, "user"));
    options.user = user.value_or("");
    TRY_ASSIGN(const auto audit, optional_text(request, "audit"));
    options.audit = audit.value_or("");
    TRY_ASSIGN(options.properties, text_pairs(request, "properties"));
    TRY_ASSIGN(options.defaults, text_pairs(request, "defaults"));
    for (auto& [path, value] : options.defaults) {
        if (path.rfind('/', 0) != 0) path.insert(0, form.nodes.front().path + "/");
    }
    return options;
}

/// The first file that the form needs and the host does not have.
Outcome<bool> check_media(const FormDefinition& form, const MediaSource& media) {
    for (const SecondaryInstance& instance : form.instances) {
        const bool from_host = instance.src.empty() || instance.src.rfind("jr://instance/", 0) == 0;
        if (from_host || !reads_instance(form, instance.id)) continue;
        if (const auto bytes = media.read(instance.src); !bytes) {
            return Refusal{"media", bytes.error().message};
        }
    }
    return true;
}

}  // namespace

Outcome<SessionService::Form*> SessionService::form_of(const json::Object& request) {
    TRY_ASSIGN(const std::string name, required_text(request, "form"));
    const auto found = forms_.find(name);
    if (found == forms_.end()) return Refusal{"no-such-form", fill("no form \"{}\"", {name})};
    return &found->second;
}

Outcome<SessionInstance*> SessionService::instance_of(const json::Object& request) {
    TRY_ASSIGN(const std::string name, required_text(request, "instance"));
    const auto found = instances_.find(name);
    if (found == instances_.end()) {
        return Refusal{"no-such-instance", fill("no instance \"{}\"", {name})};
    }
    return found->second.get();
}

SessionService::Reply SessionService::answer(const json::Object& request) {
    static constexpr std::pair<std::string_view, FormOp> kFormOps[] = {
        {"hello", &SessionService::hello},
        {"loadForm", &SessionService::load_form},
        {"open", &SessionService::open},
        {"close", &SessionService::close},
    };
    static constexpr std::pair<std::string_view, InstanceOp> kInstanceOps[] = {
        {"nodes", &SessionService::nodes},
        {"node", &SessionService::node},
        {"setValue", &SessionService::set_value},
        {"addRepeat", &SessionService::add_repeat},
        {"removeRepeat", &SessionService::remove_repeat},
        {"setLanguage", &SessionService::set_language},
        {"answerRequest", &SessionService::answer_request},
        {"events", &SessionService::events},
        {"goTo", &SessionService::go_to},
        {"next", &SessionService::next},
        {"previous", &SessionService::previous},
        {"overrule", &SessionService::overrule},
        {"audit", &SessionService::audit},
        {"validate", &SessionService::validate},
        {"finalize", &SessionService::finalise},
        {"serialize", &SessionService::serialize},
        {"evaluate", &SessionService::evaluate},
    };
    TRY_ASSIGN(const std::string op, required_text(request, "op"));
    TRY(clock_.take(request));
    for (const auto& [name, call] : kFormOps) {
        if (op == name) return (this->*call)(request);
    }
    for (const auto& [name, call] : kInstanceOps) {
        if (op != name) continue;
        TRY_ASSIGN(SessionInstance* const instance, instance_of(request));
        return (this->*call)(*instance, request);
    }
    return Refusal{"no-such-op", fill("no operation \"{}\"", {op})};
}

SessionService::Reply SessionService::hello(const json::Object&) {
    json::Object engine;
    engine["name"] = "werkstatt";
    engine["version"] = SURVEY_VERSION;
    json::Object answer;
    answer["protocol"] = kProtocol;
    answer["engine"] = std::move(engine);
    return answer;
}

SessionService::Reply SessionService::load_form(const json::Object& request) {
    TRY_ASSIGN(const auto text, optional_text(request, "xml"));
    TRY_ASSIGN(const auto path, optional_text(request, "file"));
    TRY_ASSIGN(const std::string missing, text_or(request, "missingMedia", "error"));
    if (text.has_value() == path.has_value()) {
        return Refusal{"request", "a form is needed: either \"xml\" or \"file\""};
    }
    if (missing != "error" && missing != "blank") {
        return Refusal{"request", "\"missingMedia\" is error or blank"};
    }
    if (forms_.size() == kOpenMax) return Refusal{"request", "too many forms; close some"};
    std::string bytes;
    std::string folder;
    if (text) {
        bytes = *text;
    } else {
        auto read = machine_.read_file(*path, kFormBytesMax);
        if (!read) return Refusal{"form", read.error().message};
        bytes = *std::move(read);
        const auto slash = path->rfind('/');
        folder = slash == std::string::npos ? "." : path->substr(0, slash);
    }
    Form form;
    TRY_ASSIGN(form.media, media_of(request, machine_, folder));
    form.missing_media_is_blank = missing == "blank";
    LoadedForm loaded = machine_.open_form(bytes, path.value_or(""));
    if (!loaded.form) return load_refusal(loaded.diagnostics);
    form.definition = std::move(loaded.form);
    if (!form.missing_media_is_blank) TRY(check_media(*form.definition, *form.media));

    const FormDefinition& definition = *form.definition;
    json::Object submission;
    submission["action"] = definition.submission.action;
    submission["method"] = definition.submission.method;
    submission["encryptionKey"] = definition.submission.public_key;
    json::Object answer;
    const std::string name = "f" + std::to_string(++forms_named_);
    answer["form"] = name;
    answer["formId"] = definition.id;
    answer["version"] = definition.version;
    answer["title"] = definition.title;
    answer["languages"] = languages_json(definition);
    answer["submission"] = std::move(submission);
    answer["warnings"] = to_json(loaded.diagnostics);
    forms_.emplace(name, std::move(form));
    return answer;
}

SessionService::Reply SessionService::open(const json::Object& request) {
    TRY_ASSIGN(Form* const form, form_of(request));
    TRY_ASSIGN(const OpenOptions options, open_options(request, *form->definition));
    TRY_ASSIGN(const TimeZone* zone, time_zones_.of(request));
    TRY_ASSIGN(const auto seed, optional_integer(request, "seed"));
    DescribeOptions describe;
    TRY_ASSIGN(describe.changes, flag(request, "changes"));
    TRY_ASSIGN(describe.formatted, flag(request, "formatted"));
    TRY_ASSIGN(describe.lean, flag(request, "lean"));
    if (instances_.size() == kOpenMax) {
        return Refusal{"request", "too many instances; close some"};
    }
    std::unique_ptr<Random> seeded;
    if (seed) seeded = std::make_unique<SeededRandom>(static_cast<std::uint64_t>(*seed));
    SessionEnvironment environment;
    environment.clock = &clock_;
    environment.time_zone = zone;
    environment.random = seeded ? seeded.get() : &random_;
    environment.media = form->media.get();
    environment.missing_media_is_blank = form->missing_media_is_blank;
    auto session = FormSession::open(form->definition, environment, options);
    if (!session) {
        const bool file = session.error().code == ErrorCode::kNotFound;
        return Refusal{file ? "media" : "instance", session.error().message};
    }
    auto instance = std::make_unique<SessionInstance>(*std::move(session), std::move(seeded),
                                                      form->media, describe);
    const std::string name = "i" + std::to_string(++instances_named_);
    json::Object answer;
    answer["instance"] = name;
    answer["language"] = instance->session().language();
    if (describe.changes) answer["nodes"] = instance->nodes(instance->session().root());
    json::Object requests;
    instance->add_changes(Change{}, requests);
    answer["requests"] = requests["requests"];
    answer["warnings"] = json::Array{};
    instances_.emplace(name, std::move(instance));
    return answer;
}

SessionService::Reply SessionService::close(const json::Object& request) {
    if (request.contains("instance")) {
        TRY(instance_of(request));
        instances_.erase(std::string(request.at("instance").get_string()));
    } else {
        // Instances share what they need of the form, so they outlive it.
        TRY(form_of(request));
        forms_.erase(std::string(request.at("form").get_string()));
    }
    return json::Object{};
}

}  // namespace survey::forms

#include "tests/support/scenario.h"

#include <stdexcept>

#include "forms/xform/load.h"

namespace survey::forms {

namespace {

[[noreturn]] void stop(const std::string& what) {
    throw std::runtime_error(what);
}

template <typename T>
T must(Result<T> result) {
    if (!result) stop(result.error().message);
    return *std::move(result);
}

std::shared_ptr<const FormDefinition> load(const std::string& xml) {
    LoadedForm loaded = load_xform(xml);
    if (loaded.form) return loaded.form;
    std::string all = "the form was refused:";
    for (const Diagnostic& diagnostic : loaded.diagnostics)
        all += "\n  " + describe(diagnostic);
    stop(all);
}

const char* name_of(FormEvent::Kind kind) {
    switch (kind) {
        case FormEvent::Kind::kBeginning:
            return "beginning";
        case FormEvent::Kind::kGroup:
            return "group";
        case FormEvent::Kind::kRepeat:
            return "repeat";
        case FormEvent::Kind::kQuestion:
            return "question";
        case FormEvent::Kind::kPromptNewRepeat:
            return "prompt";
        case FormEvent::Kind::kEnd:
            break;
    }
    return "end";
}

}  // namespace

HandClock::HandClock(std::string_view utc) {
    set(utc);
}
void HandClock::set(std::string_view utc) {
    now_ = must(parse_instant(utc));
}

Result<std::string> MapMedia::read(std::string_view url) const {
    ++reads;
    const auto found = files.find(url);
    if (found == files.end()) {
        return fail(ErrorCode::kNotFound, "The file " + std::string(url) + " is missing.");
    }
    return found->second;
}

std::string xform(std::string_view instance, std::string_view model, std::string_view body) {
    std::string xml =
        R"x(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml")x"
        R"x( xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms")x"
        R"x( xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>Test</h:title><model>)x";
    xml += "<instance>";
    xml += instance;
    xml += "</instance>";
    xml += model;
    xml += "</model></h:head><h:body>";
    xml += body;
    xml += "</h:body></h:html>";
    return xml;
}

Scenario::World::World(const Setup& setup)
    : clock(setup.now), zone(std::chrono::minutes(setup.offset_minutes)), random(setup.seed) {
    media.files = setup.media;
    environment.clock = &clock;
    environment.time_zone = &zone;
    environment.random = &random;
    environment.media = &media;
    environment.missing_media_is_blank = setup.missing_media_is_blank;
    environment.cache = &cache;
}

Scenario::Scenario(const std::string& xml) : Scenario(xml, Setup{}) {}

Scenario::Scenario(const std::string& xml, Setup setup) : world_(std::make_shared<World>(setup)) {
    world_->form = load(xml);
    session_ = std::make_unique<FormSession>(
        must(FormSession::open(world_->form, world_->environment, setup.open)));
}

Scenario::Scenario(std::shared_ptr<World> world, FormSession session)
    : world_(std::move(world)), session_(std::make_unique<FormSession>(std::move(session))) {}

Result<FormSession> Scenario::try_open(const OpenOptions& open) const {
    return FormSession::open(world_->form, world_->environment, open);
}

Scenario Scenario::another(OpenOptions open) const {
    return {world_, must(try_open(open))};
}

Scenario Scenario::restored() const {
    OpenOptions open;
    open.mode = OpenOptions::Mode::kRestore;
    open.xml = draft();
    return another(open);
}

NodeId Scenario::at(std::string_view ref) const {
    return must(session_->find(ref));
}
NodeState Scenario::node(std::string_view ref) const {
    return session_->state(at(ref));
}
bool Scenario::has(std::string_view ref) const {
    return session_->find(ref).has_value();
}
std::string Scenario::value(std::string_view ref) const {
    return node(ref).value;
}
std::string Scenario::label(std::string_view ref) const {
    return session_->label(at(ref)).text;
}
std::size_t Scenario::count(std::string_view range) const {
    return node(range).children.size();
}

std::vector<std::string> Scenario::choices(std::string_view ref) const {
    std::vector<std::string> out;
    for (const Choice& choice : must(session_->choices(at(ref))))
        out.push_back(choice.value);
    return out;
}

std::vector<std::string> Scenario::choice_labels(std::string_view ref) const {
    std::vector<std::string> out;
    for (const Choice& choice : must(session_->choices(at(ref))))
        out.push_back(choice.label.text);
    return out;
}

std::vector<std::string> Scenario::violations() const {
    std::vector<std::string> out;
    for (const Violation& violation : session_->validate()) {
        const bool required = violation.kind == ViolationKind::kRequired;
        out.push_back((required ? "required " : "constraint ") + violation.ref);
    }
    return out;
}

std::vector<std::string> Scenario::stops() const {
    std::vector<std::string> out;
    for (const FormEvent& event : session_->events()) {
        std::string stop = name_of(event.kind);
        if (event.node != kNoNodeId) stop += " " + session_->state(event.node).ref;
        out.push_back(std::move(stop));
    }
    return out;
}

std::vector<std::string> Scenario::changed(const Change& change) const {
    std::vector<std::string> out;
    for (const NodeId node : change.changed)
        out.push_back(session_->state(node).ref);
    return out;
}

Change Scenario::answer(std::string_view ref, std::string_view value) {
    return must(session_->set_value(at(ref), value));
}

std::string Scenario::refusal(std::string_view ref, std::string_view value) {
    const auto result = session_->set_value(at(ref), value);
    return result ? std::string() : result.error().message;
}

std::string Scenario::add_repeat(std::string_view range) {
    Change change;
    return session_->state(must(session_->add_repeat(at(range), kNoNodeId, change))).ref;
}

void Scenario::remove_repeat(std::string_view instance) {
    must(session_->remove_repeat(at(instance)));
}

void Scenario::speak(std::string_view language) {
    must(session_->set_language(language));
}

Finalised Scenario::finalise() {
    Change change;
    return session_->finalise(change);
}

std::string Scenario::draft() const {
    return session_->serialize({.include_non_relevant = true});
}

std::string Scenario::evaluate(std::string_view expression, std::string_view ref) const {
    auto compiled = expr::Expr::compile(expression);
    if (!compiled.expr) stop(compiled.error->message);
    return expr::to_string(must(session_->evaluate(*compiled.expr, at(ref))));
}

}  // namespace survey::forms

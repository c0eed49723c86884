#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "common/codec/wire.h"
#include "forms/runtime/form_session.h"
#include "sync-server/api/routes.h"
#include "tests/unit/sync-server/store/fixture.h"

namespace survey::test {

/// A small questionnaire with a group, a scale, a number, a rule, and a name to count firms by.
inline constexpr std::string_view kVisitForm = R"(
| survey |
| | type | name | label | required | constraint | relevant | calculation | bind::ws:role |
| | text | firm | Name of the firm |  |  |  |  | organisation |
| | select_one district | district | Where? |  |  |  |  | district |
| | select_one fit | fit | How well does it fit? | yes |  |  |  | fit |
| | integer | people | How many people? |  | . >= 0 and . < 100000 |  |  |  |
| | select_multiple need | needs | What is needed? |  |  | ${fit} != 'good' |  |  |
| | calculate | doubled |  |  |  |  | ${people} * 2 |  |
| choices |
| | list_name | name | label | scale | outside_scale |
| | district | north | North |  |  |
| | district | south | South |  |  |
| | fit | good | Good | 1 |  |
| | fit | fair | Fair | 0 |  |
| | fit | poor | Poor | -1 |  |
| | fit | dk | Cannot say |  | yes |
| | need | money | Money |  |  |
| | need | people_ | People |  |  |
| settings |
| | form_title | form_id | version | namespaces |
| | Visit | visit | 1 | ws="https://werkstatt.example/ns" |
)";

inline server::Project test_project() {
    server::Project project;
    project.controller = "Project Office, Musterstadt";
    project.contact = "office@example.org";
    project.purpose_german = "Wir fragen, was passt.";
    project.purpose_english = "We ask what fits.";
    project.keep_days = 180;
    project.public_url = "https://umfrage.example.org";
    project.zone = std::make_shared<FixedOffset>(std::chrono::minutes(60));
    return project;
}

using Given = std::vector<std::pair<std::string, std::string>>;

/// Everything behind the door, over a real store in a directory of its own.
struct WholeServer : ServerFixture {
    Bytes32 key{};
    server::Rules rules;
    NullLog log;
    std::unique_ptr<server::FormLibrary> library;
    std::unique_ptr<server::Ingest> ingest;
    std::unique_ptr<server::Results> results;
    server::AccessTokens tokens = server::AccessTokens::of("office-token", "analyst-token");
    server::Sessions sessions{clock};
    server::Project project = test_project();
    std::unique_ptr<server::LinkDesk> links;
    std::unique_ptr<server::AnswerFiles> files;
    std::unique_ptr<server::Services> services;
    std::unique_ptr<server::TokenAuthenticator> authenticator;
    std::unique_ptr<server::Router> router;

    WholeServer() { start(); }

    /// Also again: as after a restart of the process.
    void start() {
        router.reset();
        services.reset();
        links.reset();
        files.reset();
        results.reset();
        store.reset();
        store = open();
        library = std::make_unique<server::FormLibrary>(*store);
        ingest = std::make_unique<server::Ingest>(*store, *library, key);
        results = std::make_unique<server::Results>(*store, *library, clock, dir.path(), rules);
        std::filesystem::create_directory(dir / "files");
        files = std::make_unique<server::AnswerFiles>(dir / "files", *store, clock);
        links =
            std::make_unique<server::LinkDesk>(*store, *ingest, *library, clock, random, project);
        services = std::make_unique<server::Services>(
            server::Services{*store, *ingest, *results, *links, *files, sessions, tokens, clock});
        authenticator = std::make_unique<server::TokenAuthenticator>(*store, tokens, sessions);
        router =
            std::make_unique<server::Router>(server::routes(*services), *authenticator, clock, log);
    }

    void publish(std::string_view form = kVisitForm) {
        const auto outcome = ingest->publish(form, "form");
        if (!outcome) FAIL(outcome.error().message);
        for (const auto& diagnostic : outcome->diagnostics)
            UNSCOPED_INFO(forms::describe(diagnostic));
        REQUIRE(outcome->published);
        results->form_changed(outcome->ref.id);
    }

    /// A finalised interview of the published visit form.
    RevisionEnvelope interview(const Given& given, std::vector<RevisionId> parents = {},
                               const std::string& instance = {},
                               const FormRef& ref = {"visit", "1"}) {
        const auto version = library->find(ref);
        REQUIRE(version);
        forms::NoMedia media;
        FixedOffset zone{std::chrono::minutes(0)};
        forms::SessionEnvironment environment;
        environment.clock = &clock;
        environment.time_zone = &zone;
        environment.random = &random;
        environment.media = &media;
        auto session = forms::FormSession::open((*version)->form(), environment);
        REQUIRE(session);
        for (const auto& [name, value] : given) {
            const auto node = session->find("/data/" + name);
            REQUIRE(node);
            REQUIRE(session->set_value(*node, value));
        }
        forms::Change change;
        const forms::Finalised finalised = session->finalise(change);
        RevisionEnvelope envelope;
        envelope.instance = InstanceId(instance.empty() ? finalised.instance_id : instance);
        envelope.form = (*version)->ref();
        envelope.form_hash = (*version)->hash();
        envelope.parents = std::move(parents);
        envelope.hlc = Hlc{++ticks};
        envelope.wall_clock = clock.now();
        envelope.content = finalised.xml;
        return envelope;
    }

    PushReply send(const PaperDevice& device, std::vector<PushItem> items) {
        auto reply =
            ingest->push(device.known, {store->identity().epoch, device.writer, std::move(items)});
        if (!reply) FAIL(reply.error().message);
        return *std::move(reply);
    }
    PushResult send_one(const PaperDevice& device, PushItem item) {
        return send(device, {std::move(item)}).results.at(0);
    }

    /// A call as it would come through the door.
    Reply call(Method method, const std::string& target, const std::string& token,
               std::string body = {},
               std::vector<std::pair<std::string, std::string>> fields = {}) {
        Request request;
        request.id = "test";
        request.method = method;
        auto parsed = parse_target(target);
        REQUIRE(parsed);
        request.target = *std::move(parsed);
        request.fields = std::move(fields);
        if (!token.empty()) request.fields.emplace_back("authorization", "Bearer " + token);
        request.peer = "127.0.0.1";
        request.body = std::move(body);
        return router->handle(std::move(request)).reply;
    }

    std::uint64_t ticks = 0;
};

inline std::string field_of(const Reply& reply, const std::string& name) {
    for (const auto& [key, value] : reply.fields) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace survey::test

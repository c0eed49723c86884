#include "sync-server/app/installation.h"

#include <utility>

#include "common/host/host.h"

namespace survey::server {

namespace {

/// Where people reach this server, as far as the configuration says it.
std::string public_url(const Config& config) {
    if (!config.public_url.empty()) return config.public_url;
    if (config.hosts.empty()) return {};
    return (config.tls.wanted() ? "https://" : "http://") + config.hosts.front();
}

Result<Project> make_project(const Config& config) {
    Project project;
    project.controller = config.controller;
    project.contact = config.contact;
    project.purpose_german = config.purpose_german;
    project.purpose_english = config.purpose_english;
    project.keep_days = config.keep_days;
    project.floor = static_cast<std::uint32_t>(config.rules.organisations_min);
    project.public_url = public_url(config);
    if (config.time_zone.empty()) {
        project.zone = local_time_zone();
    } else {
        TRY_ASSIGN(project.zone, find_time_zone(config.time_zone));
    }
    return project;
}

}  // namespace

Result<std::unique_ptr<Installation>> Installation::open(const Config& config, const Clock& clock,
                                                         Random& random, Log& log) {
    TRY_ASSIGN(DataDirectory directory, DataDirectory::open(config.data));
    SqliteStoreOptions options;
    options.path = directory.store_path();
    options.marker = config.marker.empty() ? directory.marker_path() : config.marker;
    options.adopt = config.adopt;
    TRY_ASSIGN(std::unique_ptr<Store> store, open_sqlite_store(options, clock, random));
    if (!config.project.empty()) TRY(store->set_project(config.project));
    TRY_ASSIGN(Project project, make_project(config));
    return std::unique_ptr<Installation>(new Installation(
        config, std::move(project), clock, random, log, std::move(directory), std::move(store)));
}

Installation::Installation(const Config& config, Project project, const Clock& clock,
                           Random& random, Log& log, DataDirectory directory,
                           std::unique_ptr<Store> store)
    : directory_(std::move(directory)),
      store_(std::move(store)),
      library_(*store_),
      ingest_(*store_, library_, directory_.organisation_key()),
      results_(*store_, library_, clock, directory_.results_path(), config.rules),
      links_(*store_, ingest_, library_, clock, random, std::move(project)),
      files_(directory_.files_path(), *store_, clock),
      tokens_(AccessTokens::of(directory_.office_token(), directory_.analyst_token())),
      sessions_(clock),
      services_{*store_, ingest_, results_, links_, files_, sessions_, tokens_, clock},
      authenticator_(*store_, tokens_, sessions_),
      router_(routes(services_), authenticator_, clock, log) {}

}  // namespace survey::server

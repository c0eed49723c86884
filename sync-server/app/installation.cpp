#include "sync-server/app/installation.h"

#include <utility>

namespace survey::server {

Result<std::unique_ptr<Installation>> Installation::open(const Config& config, const Clock& clock,
                                                         Random& random, Log& log) {
    TRY_ASSIGN(DataDirectory directory, DataDirectory::open(config.data));
    SqliteStoreOptions options;
    options.path = directory.store_path();
    options.marker = config.marker.empty() ? directory.marker_path() : config.marker;
    options.adopt = config.adopt;
    TRY_ASSIGN(std::unique_ptr<Store> store, open_sqlite_store(options, clock, random));
    if (!config.project.empty()) TRY(store->set_project(config.project));
    return std::unique_ptr<Installation>(
        new Installation(config, clock, log, std::move(directory), std::move(store)));
}

Installation::Installation(const Config& config, const Clock& clock, Log& log,
                           DataDirectory directory, std::unique_ptr<Store> store)
    : directory_(std::move(directory)),
      store_(std::move(store)),
      library_(*store_),
      ingest_(*store_, library_, directory_.organisation_key()),
      results_(*store_, library_, clock, directory_.results_path(), config.rules),
      tokens_(AccessTokens::of(directory_.office_token(), directory_.analyst_token())),
      sessions_(clock),
      services_{*store_, ingest_, results_, sessions_, tokens_, clock},
      authenticator_(*store_, tokens_, sessions_),
      router_(routes(services_), authenticator_, clock, log) {}

}  // namespace survey::server

#pragma once

#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "sync-server/api/routes.h"
#include "sync-server/app/config.h"
#include "sync-server/app/data_directory.h"

namespace survey::server {

/// A server without its door: everything from the data directory to the router, in the order in
/// which it is built. The order of the members is the order of destruction reversed.
class Installation {
  public:
    /// \param clock, random, log outlive it.
    static Result<std::unique_ptr<Installation>> open(const Config& config, const Clock& clock,
                                                      Random& random, Log& log);

    DataDirectory& directory() { return directory_; }
    Store& store() { return *store_; }
    Results& results() { return results_; }
    AnswerFiles& files() { return files_; }
    const Project& project() const { return links_.project; }
    Router& router() { return router_; }

  private:
    Installation(const Config& config, Project project, const Clock& clock, Random& random,
                 Log& log, DataDirectory directory, std::unique_ptr<Store> store);

    DataDirectory directory_;
    std::unique_ptr<Store> store_;
    FormLibrary library_;
    Ingest ingest_;
    Results results_;
    LinkDesk links_;
    AnswerFiles files_;
    AccessTokens tokens_;
    Sessions sessions_;
    Services services_;
    TokenAuthenticator authenticator_;
    Router router_;
};

}  // namespace survey::server

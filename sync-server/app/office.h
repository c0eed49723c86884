#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "common/http/http_call.h"
#include "sync-server/app/config.h"
#include "sync-server/app/installation.h"

namespace survey::server {

/// The office's way to a server: the one that runs on the data directory, or, if none runs, the
/// store itself through the same router. Either way the same calls with the same answers.
class Office {
  public:
    /// kUnavailable: a process works on the directory but does not answer.
    static Result<Office> open(const Config& config, const Clock& clock, Random& random, Log& log);

    /// \param target path and query, encoded.
    Result<CallAnswer> call(Method method, const std::string& target, std::string_view body = {});

  private:
    std::string url_;  ///< Empty: in process.
    std::string token_;
    std::unique_ptr<Installation> installation_;
};

}  // namespace survey::server

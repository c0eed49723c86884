#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/result.h"
#include "common/http/http_handler.h"
#include "common/http/rate_limit.h"
#include "sync-server/api/routed_call.h"

namespace survey::server {

/// Decodes, makes one call into a room below, encodes. Runs on any worker thread.
using Handler = std::function<Result<Reply>(const RoutedCall& call)>;

/// Who may call. Stands in the route's row, so no handler can forget it.
enum class Access : std::uint8_t {
    kAnyone,
    kDevice,   ///< Also one whose enrolment was withdrawn: its data is taken, nothing is given.
    kAnalyst,  ///< Sees aggregated results. The office may too.
    kOffice,
};

/// What refusals look like.
enum class Face : std::uint8_t {
    kData,  ///< JSON for programs.
    kPage,  ///< HTML for people; who is not signed in is led to the sign-in page.
};

struct Route {
    Method method = Method::kGet;
    std::string_view pattern;  ///< "/v1/devices/{id}/revoke"; a capture is one whole segment.
    Access access = Access::kOffice;
    std::string_view name;  ///< For the log.
    Handler handler;
    std::size_t body_bytes_max = 0;
    Face face = Face::kData;
    bool limited = false;   ///< Counts against the address's rate limit: codes could be guessed.
    bool unlogged = false;  ///< See Handled.
};

/// Finds out who calls.
class Authenticator {
  public:
    virtual ~Authenticator() = default;
    /// `kNobody` without credentials or with wrong ones; an error only if it could not be looked
    /// up.
    virtual Result<Caller> identify(const Request& request) = 0;
};

/// The table of what the server can do. Order of work: match, authenticate, limit, handle. Never
/// throws; every error becomes a problem reply. Any thread.
class Router final : public HttpHandler {
  public:
    /// The references outlive the router.
    Router(std::vector<Route> routes, Authenticator& authenticator, const Clock& clock, Log& log);

    Handled handle(Request request) override;

    std::size_t body_bytes_max(Method method, const Target& target) const override;

    const std::vector<Route>& routes() const { return routes_; }

  private:
    struct Match {
        const Route* route = nullptr;
        std::vector<std::string> captures;
        std::string allowed;  ///< Methods that other rows of the same path take.
    };

    Match match(Method method, const Target& target) const;
    Result<Reply> dispatch(const Route& route, RoutedCall& call);
    Reply refused(const Route& route, const RoutedCall& call) const;
    Reply failed(const Route& route, const Error& error, const Request& request);

    const std::vector<Route> routes_;
    std::vector<std::vector<std::string>> patterns_;  // segments, same order as routes_
    Authenticator& authenticator_;
    RateLimit rate_limit_;
    Log& log_;
};

}  // namespace survey::server

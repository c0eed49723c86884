#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/crypto/crypto.h"
#include "sync-server/api/router.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// The tokens of people, known here only by their hash. A token is 256 random bits, so a plain hash
/// protects it as well as a slow one would.
struct AccessTokens {
    Bytes32 office{};
    Bytes32 analyst{};

    static AccessTokens of(std::string_view office_token, std::string_view analyst_token);
    /// kNobody, kAnalyst or kOffice.
    Caller::Role role_of(std::string_view token) const;
};

/// Browsers that are signed in. In memory: a restart signs everybody out. Any thread.
class Sessions {
  public:
    static constexpr std::chrono::minutes kIdleMax{30};
    static constexpr std::chrono::hours kAgeMax{12};
    static constexpr std::size_t kSessionsMax = 1'000;

    explicit Sessions(const Clock& clock) : clock_(clock) {}

    /// The secret for the cookie; only its hash stays here. The oldest session ends when there are
    /// too many.
    std::string open(Caller::Role role);
    /// Nothing for an unknown or expired secret. Using a session keeps it from idling out.
    std::optional<Caller::Role> role(std::string_view secret);
    void close(std::string_view secret);

  private:
    struct Session {
        Caller::Role role = Caller::Role::kNobody;
        Steady opened{};
        Steady used{};
    };
    void forget_expired(Steady now);

    const Clock& clock_;
    std::mutex mutex_;
    std::map<Bytes32, Session> sessions_;
};

/// Name of the cookie. Over TLS the prefix makes browsers insist on Secure, no domain, path "/".
std::string_view session_cookie_name(bool secure);

/// `Authorization: Bearer <token>` of people and devices, else the session cookie. A wrong token is
/// nobody, whatever the cookie says.
class TokenAuthenticator final : public Authenticator {
  public:
    TokenAuthenticator(Store& store, const AccessTokens& tokens, Sessions& sessions)
        : store_(store), tokens_(tokens), sessions_(sessions) {}

    Result<Caller> identify(const Request& request) override;

  private:
    Store& store_;
    const AccessTokens& tokens_;
    Sessions& sessions_;
};

}  // namespace survey::server

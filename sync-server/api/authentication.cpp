#include "sync-server/api/authentication.h"

#include <algorithm>
#include <utility>

namespace survey::server {

namespace {

constexpr std::size_t kSecretBytes = 32;

std::string_view as_text(const Bytes32& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The token of "Bearer <token>", empty if it is none (RFC 6750, section 2.1).
std::string_view bearer_token(std::string_view authorization) {
    constexpr std::string_view kScheme = "bearer ";
    if (authorization.size() <= kScheme.size()) return {};
    const bool is_bearer = std::equal(kScheme.begin(), kScheme.end(), authorization.begin(),
                                      [](char want, char c) { return want == (c | 0x20); });
    if (!is_bearer) return {};
    authorization.remove_prefix(kScheme.size());
    const auto from = authorization.find_first_not_of(' ');
    return from == std::string_view::npos ? std::string_view() : authorization.substr(from);
}

}  // namespace

AccessTokens AccessTokens::of(std::string_view office_token, std::string_view analyst_token) {
    return {sha256(office_token), sha256(analyst_token)};
}

Caller::Role AccessTokens::role_of(std::string_view token) const {
    const Bytes32 hash = sha256(token);
    if (equal_secret(as_text(hash), as_text(office))) return Caller::Role::kOffice;
    if (equal_secret(as_text(hash), as_text(analyst))) return Caller::Role::kAnalyst;
    return Caller::Role::kNobody;
}

std::string Sessions::open(Caller::Role role) {
    const std::string secret = random_token(kSecretBytes);
    const std::lock_guard lock(mutex_);
    const Steady now = clock_.steady();
    forget_expired(now);
    if (sessions_.size() >= kSessionsMax) {
        sessions_.erase(std::min_element(
            sessions_.begin(), sessions_.end(),
            [](const auto& a, const auto& b) { return a.second.opened < b.second.opened; }));
    }
    sessions_[sha256(secret)] = Session{role, now, now};
    return secret;
}

std::optional<Caller::Role> Sessions::role(std::string_view secret) {
    if (secret.empty()) return std::nullopt;
    const std::lock_guard lock(mutex_);
    const Steady now = clock_.steady();
    forget_expired(now);
    const auto found = sessions_.find(sha256(secret));
    if (found == sessions_.end()) return std::nullopt;
    found->second.used = now;
    return found->second.role;
}

void Sessions::close(std::string_view secret) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(sha256(secret));
}

void Sessions::forget_expired(Steady now) {
    std::erase_if(sessions_, [&](const auto& entry) {
        return now - entry.second.used > kIdleMax || now - entry.second.opened > kAgeMax;
    });
}

std::string_view session_cookie_name(bool secure) {
    return secure ? "__Host-werkstatt" : "werkstatt";
}

Result<Caller> TokenAuthenticator::identify(const Request& request) {
    Caller caller;
    const std::string_view authorization = request.field("authorization");
    if (!authorization.empty()) {
        const std::string_view token = bearer_token(authorization);
        if (token.empty()) return caller;
        caller.role = tokens_.role_of(token);
        if (caller.role != Caller::Role::kNobody) return caller;
        auto device = store_.authenticate(token);
        if (!device && device.error().code == ErrorCode::kNotEnrolled) return caller;
        if (!device) return std::move(device).error();
        caller.role = Caller::Role::kDevice;
        caller.device = *std::move(device);
        return caller;
    }
    const auto role = sessions_.role(request.cookie(session_cookie_name(request.secure)));
    if (role) {
        caller.role = *role;
        caller.by_cookie = true;
    }
    return caller;
}

}  // namespace survey::server

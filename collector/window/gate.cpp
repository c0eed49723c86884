#include "collector/window/gate.h"

#include <algorithm>

#include "common/base/hex.h"
#include "common/crypto/crypto.h"
#include "common/http/problem.h"

namespace survey::collector {

namespace {

constexpr std::size_t kTokenBytes = 16;
constexpr std::size_t kSessionBytes = 32;
constexpr std::size_t kCookieNameBytes = 8;
/// Whoever opens the window again and again without using it needs only the last few.
constexpr std::size_t kTokensMax = 8;

std::string random_name() {
    const std::string bytes = random_bytes(kCookieNameBytes);
    std::string name = "werkstatt_";
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (const char byte : bytes) {
        name += kDigits[static_cast<unsigned char>(byte) >> 4];
        name += kDigits[static_cast<unsigned char>(byte) & 15];
    }
    return name;
}

bool is_safe_site(std::string_view site) {
    return site == "same-origin" || site == "none";
}

}  // namespace

Gate::Gate(std::function<void()> token_used)
    : cookie_name_(random_name()),
      session_(random_token(kSessionBytes)),
      key_(random_token(kTokenBytes)),
      token_used_(std::move(token_used)) {}

void Gate::opened_at(std::uint16_t port) {
    const std::lock_guard lock(mutex_);
    for (const char* name : {"127.0.0.1", "localhost", "[::1]"})
        hosts_.push_back(std::string(name) + ":" + std::to_string(port));
}

std::string Gate::new_token() {
    std::string token = random_token(kTokenBytes);
    const std::lock_guard lock(mutex_);
    if (tokens_.size() >= kTokensMax) tokens_.erase(tokens_.begin());
    tokens_.push_back(token);
    return token;
}

bool Gate::is_our_host(std::string_view host) const {
    const std::lock_guard lock(mutex_);
    return std::find(hosts_.begin(), hosts_.end(), host) != hosts_.end();
}

std::optional<Reply> Gate::refuse(const Request& request, Access access) const {
    const auto refusal = [&request](int status, std::string_view code, std::string_view why) {
        return std::optional<Reply>(http_problem(status, code, why, request.id));
    };
    const std::string_view host = request.field("host");
    if (!is_our_host(host))
        return refusal(421, "host", "This window does not answer under that name.");

    const std::string_view origin = request.field("origin");
    const std::string_view site = request.field("sec-fetch-site");
    const bool is_write = !is_safe(request.method);
    const bool is_foreign = (!origin.empty() && origin != "http://" + std::string(host)) ||
                            (!site.empty() && !is_safe_site(site));
    // The page itself may be asked for from anywhere, as by the file that opens the browser: it
    // shows nothing before its own calls, which come from here, have passed.
    if (access != Access::kOpen || is_write) {
        if (is_foreign) return refusal(403, "origin", "This call comes from another site.");
    }
    if (access == Access::kOpen) return std::nullopt;
    if (access == Access::kKey) {
        constexpr std::string_view kBearer = "Bearer ";
        const std::string_view shown = request.field("authorization");
        const bool is_known = shown.substr(0, kBearer.size()) == kBearer &&
                              equal_secret(shown.substr(kBearer.size()), key_);
        // No browser has business here.
        if (is_known && origin.empty() && site.empty()) return std::nullopt;
        return refusal(403, "key", "This call needs the key of the running window.");
    }
    if (is_write && origin.empty() && site.empty())
        return refusal(403, "origin", "This call does not say where it comes from.");
    if (is_write && request.field("x-werkstatt") != "1")
        return refusal(403, "csrf", "This call did not come from the window's own page.");
    if (access == Access::kToken) return std::nullopt;
    if (!equal_secret(request.cookie(cookie_name_), session_))
        return refusal(401, "session", "Please open the window again: collector open");
    return std::nullopt;
}

std::optional<std::string> Gate::exchange(std::string_view token) {
    {
        const std::lock_guard lock(mutex_);
        const auto found =
            std::find_if(tokens_.begin(), tokens_.end(),
                         [token](const std::string& known) { return equal_secret(known, token); });
        if (found == tokens_.end()) return std::nullopt;
        tokens_.erase(found);
    }
    if (token_used_) token_used_();
    return cookie_name_ + "=" + session_ + "; HttpOnly; SameSite=Strict; Path=/";
}

}  // namespace survey::collector

#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/http/reply.h"
#include "common/http/request.h"

namespace survey::collector {

/// What a call of the window needs before it is looked at.
enum class Access : std::uint8_t {
    kOpen,     ///< The page and its files: nothing that belongs to anybody.
    kToken,    ///< Brings the launch token: the one call that makes a session.
    kKey,      ///< A second `collector open`, with the key from the file that only its owner reads.
    kSession,  ///< Everything else.
};

/// Keeps everybody but the person's own page away from the window: other programs' and other
/// users' calls, and pages of other sites that the person has open at the same time. Such a page
/// can send calls here, and by rebinding its name even read the answers, so each of these is
/// checked: the exact Host, where the call comes from (Origin, Sec-Fetch-Site), the cookie of this
/// start, and on writes a field that no foreign page can add without being asked about.
/// Any thread.
class Gate {
  public:
    /// \param token_used called once a launch token has been exchanged.
    explicit Gate(std::function<void()> token_used = {});

    /// The port is known only after the socket is. Before that nobody is let in.
    void opened_at(std::uint16_t port);
    /// A code of 128 bits for the address's fragment, good for one exchange.
    std::string new_token();
    /// What a second `collector open` shows to be given a token.
    const std::string& key() const { return key_; }

    /// The refusal, or nothing for a call that may go on.
    std::optional<Reply> refuse(const Request& request, Access access) const;
    /// `Set-Cookie` for the holder of a launch token, which is used up by this. Nothing: a wrong
    /// or used one.
    std::optional<std::string> exchange(std::string_view token);

  private:
    bool is_our_host(std::string_view host) const;

    const std::string cookie_name_;  ///< Other ports of this host share its cookies.
    const std::string session_;
    const std::string key_;
    std::function<void()> token_used_;
    mutable std::mutex mutex_;
    std::vector<std::string> hosts_;
    std::vector<std::string> tokens_;
};

}  // namespace survey::collector

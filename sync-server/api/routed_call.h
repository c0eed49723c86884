#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/http/request.h"
#include "sync-server/store/records.h"

namespace survey::server {

/// Who calls, as far as the credentials tell.
struct Caller {
    enum class Role : std::uint8_t { kNobody, kDevice, kAnalyst, kOffice };

    Role role = Role::kNobody;
    /// Of kDevice. It may be revoked: its data is still taken.
    Device device;
    bool by_cookie = false;  ///< Proved by the browser's session, not by a token in the header.
};

/// A call as its handler sees it.
struct RoutedCall : Request {
    Caller caller;
    std::vector<std::string> captures;  ///< What stood for the pattern's `{names}`, in order.
};

/// Type of the device's messages.
inline constexpr std::string_view kWireType = "application/x-werkstatt";

/// "?name=value&…", encoded again; empty where there is no query.
std::string query_text(const Target& target);

}  // namespace survey::server

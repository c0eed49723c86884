#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "collector/agent/transport.h"
#include "common/base/result.h"

namespace survey::collector {

struct CurlOptions {
    std::string base_url;  ///< "https://survey.example.org" or "http://127.0.0.1:8080"; no path.
    std::string ca_file;   ///< PEM of the only authority to trust; empty: the system's.
    std::string user_agent;
    std::chrono::milliseconds connect_timeout{15'000};
    /// Below this many bytes a second for `stall` the transfer ends: a line that is slow goes on, a
    /// line that is dead does not hold the sync for ever.
    long bytes_per_second_min = 100;
    std::chrono::seconds stall{60};
    std::chrono::milliseconds total_timeout{15 * 60'000};
    /// Once it is true, a transfer that runs gives up within a second. Outlives the transport.
    const std::atomic<bool>* stop = nullptr;
};

/// Calls through libcurl, keeping the connection between calls. HTTP and HTTPS only, no redirects
/// (a portal's redirect is no answer), no proxy credentials in errors. One thread.
class CurlTransport final : public Transport {
  public:
    /// kInvalidInput: `base_url` is not http(s)://host[:port].
    static Result<std::unique_ptr<CurlTransport>> open(const CurlOptions& options);
    ~CurlTransport() override;

    Result<TransportReply> send(const TransportCall& call, std::size_t reply_bytes_max) override;

  private:
    struct Handle;
    CurlTransport(CurlOptions options, std::unique_ptr<Handle> handle);

    CurlOptions options_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace survey::collector

#include "collector/curl/curl_transport.h"

#include <array>
#include <cctype>
#include <mutex>
#include <utility>

#include <curl/curl.h>

#include "common/base/number.h"

namespace survey::collector {

namespace {

constexpr std::size_t kUrlBytesMax = 2048;
constexpr std::size_t kRetryAfterSecondsMax = 24 * 60 * 60;

struct Incoming {
    std::string body;
    std::size_t bytes_max = 0;
    bool too_long = false;
    bool head_is_whole = false;  ///< curl takes a head that was cut off for a whole one.
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* user) {
    auto* incoming = static_cast<Incoming*>(user);
    if (incoming->body.size() + count > incoming->bytes_max) {
        incoming->too_long = true;
        return 0;  // makes curl stop
    }
    incoming->body.append(bytes, count);
    return count;
}

std::size_t take_head_line(char* bytes, std::size_t, std::size_t count, void* user) {
    const std::string_view line(bytes, count);
    static_cast<Incoming*>(user)->head_is_whole = line == "\r\n" || line == "\n";
    return count;
}

int give_up(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool>*>(user)->load() ? 1 : 0;
}

// Global set-up once; curl asks for it before the first handle and outside of other threads' work.
bool curl_ready() {
    static const bool kReady = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return kReady;
}

// A person reads this next to "nothing was lost": cause first, then what to do.
Error explain(CURLcode code, const std::string& detail) {
    const std::string cause = detail.empty() ? curl_easy_strerror(code) : detail;
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return fail(ErrorCode::kForbidden, "the server's certificate is not trusted (" + cause +
                                                   "); check this machine's date and the address");
        case CURLE_SSL_CACERT_BADFILE:
            return fail(ErrorCode::kForbidden,
                        "the file of the certificate authority cannot be used (" + cause + ")");
        case CURLE_COULDNT_RESOLVE_HOST:
            return fail(ErrorCode::kUnavailable,
                        "the server's name cannot be found (" + cause + ")");
        case CURLE_COULDNT_CONNECT:
            return fail(ErrorCode::kUnavailable, "the server cannot be reached (" + cause + ")");
        case CURLE_OPERATION_TIMEDOUT:
            return fail(ErrorCode::kUnavailable,
                        "the server did not answer in time (" + cause + ")");
        default:
            return fail(ErrorCode::kUnavailable, "the connection failed (" + cause + ")");
    }
}

bool is_base_url(const std::string& url) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (url.rfind(scheme, 0) != 0) continue;
        const std::string_view host = std::string_view(url).substr(scheme.size());
        if (host.empty() || host.size() > kUrlBytesMax) return false;
        for (const char c : host) {
            const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' ||
                               c == '-' || c == ':' || c == '[' || c == ']';
            if (!plain) return false;
        }
        return true;
    }
    return false;
}

}  // namespace

struct CurlTransport::Handle {
    CURL* curl = nullptr;
    std::array<char, CURL_ERROR_SIZE> detail{};

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (curl != nullptr) curl_easy_cleanup(curl);
    }
};

CurlTransport::CurlTransport(CurlOptions options, std::unique_ptr<Handle> handle)
    : options_(std::move(options)), handle_(std::move(handle)) {}

CurlTransport::~CurlTransport() = default;

Result<std::unique_ptr<CurlTransport>> CurlTransport::open(const CurlOptions& options) {
    CurlOptions checked = options;
    while (!checked.base_url.empty() && checked.base_url.back() == '/')
        checked.base_url.pop_back();
    if (!is_base_url(checked.base_url)) {
        return fail(ErrorCode::kInvalidInput,
                    "\"" + options.base_url.substr(0, 80) +
                        "\" is not a server address; write https://host or http://host:port");
    }
    auto handle = std::make_unique<Handle>();
    if (curl_ready()) handle->curl = curl_easy_init();
    if (handle->curl == nullptr) {
        return fail(ErrorCode::kUnavailable, "libcurl could not be started");
    }
    CURL* curl = handle->curl;
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, handle->detail.data());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(checked.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(checked.total_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, checked.bytes_per_second_min);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(checked.stall.count()));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, checked.user_agent.c_str());
    if (checked.stop != nullptr) {
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, give_up);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, checked.stop);
    }
    if (!checked.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, checked.ca_file.c_str());
    return std::unique_ptr<CurlTransport>(
        new CurlTransport(std::move(checked), std::move(handle)));  // NOLINT private constructor
}

Result<TransportReply> CurlTransport::send(const TransportCall& call, std::size_t reply_bytes_max) {
    CURL* curl = handle_->curl;
    const std::string url = options_.base_url + std::string(call.path);
    Incoming incoming;
    incoming.bytes_max = reply_bytes_max;
    handle_->detail[0] = '\0';

    curl_slist* list = nullptr;
    list = curl_slist_append(list, ("Content-Type: " + std::string(call.content_type)).c_str());
    // Without this curl waits a second for permission before every larger body.
    list = curl_slist_append(list, "Expect:");
    if (!call.token.empty()) {
        list =
            curl_slist_append(list, ("Authorization: Bearer " + std::string(call.token)).c_str());
    }
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(list, curl_slist_free_all);

    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    // A PUT with its body in memory goes the way of a POST, under its own name.
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST,
                     call.method == TransportCall::Method::kPut ? "PUT" : nullptr);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the line before gives the length
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.data());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head_line);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);

    const CURLcode code = curl_easy_perform(curl);
    if (incoming.too_long) {
        return fail(ErrorCode::kLimit,
                    "the answer is longer than " + std::to_string(reply_bytes_max) + " bytes");
    }
    if (code != CURLE_OK) return explain(code, handle_->detail.data());
    if (!incoming.head_is_whole) {
        return fail(ErrorCode::kUnavailable, "the connection failed (the answer was cut off)");
    }

    TransportReply reply;
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    reply.status = static_cast<int>(status);
    reply.body = std::move(incoming.body);
    curl_off_t retry_after_s = 0;
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after_s);
    if (retry_after_s > 0 && retry_after_s <= static_cast<curl_off_t>(kRetryAfterSecondsMax)) {
        reply.retry_after = std::chrono::seconds(retry_after_s);
    }
    return reply;
}

}  // namespace survey::collector

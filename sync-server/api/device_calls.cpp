// What devices say and hear: common/codec carries it, the store and ingest do it.

#include "common/codec/wire.h"
#include "common/json/json.h"
#include "sync-server/api/handlers_internal.h"

namespace survey::server {

namespace {

/// A body that is one of our messages. Whatever else it is, it did not come from a device of ours.
template <typename Message>
Result<Message> read_message(const RoutedCall& request) {
    if (request.field("content-type") != kWireType) {
        return fail(ErrorCode::kInvalidInput,
                    "This call takes " + std::string(kWireType) + " messages only.");
    }
    auto message = codec::decode<Message>(request.body);
    if (!message) return std::move(message).error().during("reading the message");
    return message;
}

Result<void> check_protocol(std::uint32_t protocol) {
    if (protocol <= kProtocolVersion) return {};
    return fail(ErrorCode::kUnsupported, "This server speaks protocol " +
                                             std::to_string(kProtocolVersion) +
                                             "; the device speaks a later one.");
}

}  // namespace

Result<Reply> handle_health(Services& services, const RoutedCall&) {
    TRY(services.store.position());
    return Reply::json(json::serialise(json::Object{
        {"status", "ok"}, {"version", SURVEY_VERSION}, {"protocol", kProtocolVersion}}));
}

Result<Reply> handle_enrol(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const EnrolRequest enrol, read_message<EnrolRequest>(request));
    TRY(check_protocol(enrol.protocol));
    TRY_ASSIGN(const EnrolReply reply, services.store.enrol(enrol));
    return Reply::octets(codec::encode(reply), std::string(kWireType));
}

Result<Reply> handle_hello(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const HelloRequest hello, read_message<HelloRequest>(request));
    TRY(check_protocol(hello.protocol));
    TRY_ASSIGN(const HelloReply reply, services.store.hello(request.caller.device, hello));
    return Reply::octets(codec::encode(reply), std::string(kWireType));
}

Result<Reply> handle_push(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(PushRequest push, read_message<PushRequest>(request));
    TRY_ASSIGN(const PushReply reply, services.ingest.push(request.caller.device, std::move(push)));
    return Reply::octets(codec::encode(reply), std::string(kWireType));
}

Result<Reply> handle_pull(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const PullRequest pull, read_message<PullRequest>(request));
    TRY_ASSIGN(const PullReply reply, services.store.pull(request.caller.device, pull));
    return Reply::octets(codec::encode(reply), std::string(kWireType));
}

}  // namespace survey::server

// Who may collect: enrolment codes and devices.

#include "common/json/json.h"
#include "sync-server/api/handlers_internal.h"

namespace survey::server {

namespace {

constexpr std::int64_t kCodesMax = 500;           // at once; a sheet of labels has fewer
constexpr std::int64_t kValidHoursMax = 24 * 90;  // a code in a drawer for longer is a risk
constexpr std::int64_t kValidHoursDefault = 72;

/// A whole number of the body within bounds, or its default where it is absent.
Result<std::int64_t> bounded(const json::Value& body, std::string_view name, std::int64_t fallback,
                             std::int64_t largest) {
    if (!json::find(body, name)) return fallback;
    const auto number = json::find_integer(body, name);
    if (!number || *number < 1 || *number > largest) {
        return fail(ErrorCode::kInvalidInput, "\"" + std::string(name) +
                                                  "\" must be a whole number from 1 to " +
                                                  std::to_string(largest) + ".");
    }
    return *number;
}

json::Object as_json(const Device& device) {
    json::Object object{
        {"device", device.id.text()},        {"name", device.name},
        {"app_version", device.app_version}, {"enrolled", format_utc(device.enrolled)},
        {"last_contact", nullptr},           {"clock_skew_ms", device.clock_skew_ms},
        {"revoked", device.revoked}};
    if (device.last_seen) object["last_contact"] = format_utc(*device.last_seen);
    return object;
}

}  // namespace

Result<Reply> handle_create_codes(Services& services, const RoutedCall& request) {
    json::Value body = json::Object{};
    if (!request.body.empty()) {
        TRY_ASSIGN(body, json::parse(request.body));
    }
    TRY_ASSIGN(const std::int64_t count, bounded(body, "count", 1, kCodesMax));
    TRY_ASSIGN(const std::int64_t hours,
               bounded(body, "valid_hours", kValidHoursDefault, kValidHoursMax));
    NewEnrolmentCode wanted;
    wanted.valid_for = std::chrono::hours(hours);
    wanted.label = json::find_text(body, "label").value_or("");
    json::Array codes;
    for (std::int64_t i = 0; i < count; ++i) {
        TRY_ASSIGN(const std::string code, services.store.create_enrolment_code(wanted));
        codes.emplace_back(code);
    }
    const Instant until = services.clock.now() + wanted.valid_for;
    return Reply::json(json::serialise(json::Object{{"codes", std::move(codes)},
                                                    {"valid_until", format_utc(until)}}),
                       201);
}

Result<Reply> handle_devices(Services& services, const RoutedCall&) {
    TRY_ASSIGN(const std::vector<Device> devices, services.store.devices());
    json::Array list;
    for (const Device& device : devices)
        list.emplace_back(as_json(device));
    return Reply::json(json::serialise(json::Object{{"devices", std::move(list)}}));
}

Result<Reply> handle_revoke(Services& services, const RoutedCall& request) {
    const std::string& device = request.captures[0];
    TRY(services.store.revoke_device(DeviceId(device)));
    return Reply::json(json::serialise(json::Object{{"device", device}, {"revoked", true}}));
}

}  // namespace survey::server

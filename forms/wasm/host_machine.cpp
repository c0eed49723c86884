#include "forms/wasm/host_machine.h"

#include <chrono>
#include <utility>

#include "forms/wasm/host.h"

namespace survey::forms {

namespace {

using std::chrono::floor;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class HostZone final : public TimeZone {
  public:
    explicit HostZone(std::string name) : name_(std::move(name)) {}

    minutes offset_at(Instant instant) const override {
        // Asking the page costs more than all the rest of a recalculation. No zone has ever changed
        // within a quarter of an hour that UTC counts.
        constexpr std::int64_t kQuarter = 15 * 60;
        const std::int64_t second = floor<seconds>(instant.time_since_epoch()).count();
        const std::int64_t quarter = second / kQuarter - (second % kQuarter < 0 ? 1 : 0);
        if (!asked_ || quarter != quarter_) {
            offset_ = floor<minutes>(
                seconds(host_zone_offset_s(name_.data(), name_.size(), quarter * kQuarter)));
            quarter_ = quarter;
            asked_ = true;
        }
        return offset_;
    }

    minutes offset_at_local(std::chrono::local_time<milliseconds> local) const override {
        // No zone is a day from UTC or changes twice in two days, so these are the offsets on both
        // sides of whatever change is near.
        const Instant as_utc(local.time_since_epoch());
        const minutes before = offset_at(as_utc - hours(24));
        const minutes after = offset_at(as_utc + hours(24));
        const bool shown_before = offset_at(as_utc - before) == before;
        const bool shown_after = offset_at(as_utc - after) == after;
        return shown_after && !shown_before ? after : before;
    }

  private:
    std::string name_;
    mutable bool asked_ = false;
    mutable std::int64_t quarter_ = 0;
    mutable minutes offset_{0};
};

}  // namespace

Instant HostClock::now() const {
    return Instant(floor<milliseconds>(std::chrono::microseconds(host_now_us())));
}

Steady HostClock::steady() const {
    return std::chrono::microseconds(host_now_us());
}

std::uint64_t HostRandom::next() {
    std::uint64_t bits = 0;
    host_random(&bits, sizeof bits);
    return bits;
}

Result<std::unique_ptr<TimeZone>> HostMachine::time_zone(const std::string& name) const {
    if (host_zone_offset_s(name.data(), name.size(), 0) == kNoZone) {
        return fail(ErrorCode::kNotFound, "no time zone \"" + name + "\" is known here");
    }
    return std::unique_ptr<TimeZone>(std::make_unique<HostZone>(name));
}

Result<std::string> HostMachine::read_file(const std::string& path, std::size_t) const {
    return fail(ErrorCode::kNotFound,
                "\"" + path + "\": there are no files here; give the content itself");
}

LoadedForm HostMachine::open_form(std::string_view bytes, const std::string&) const {
    return load_xform(bytes);
}

}  // namespace survey::forms

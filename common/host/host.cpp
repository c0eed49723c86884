#include "common/host/host.h"

#include <algorithm>
#include <exception>

#include <date/tz.h>

namespace survey {

namespace {

using Milliseconds = std::chrono::milliseconds;

class TzZone final : public TimeZone {
  public:
    explicit TzZone(const date::time_zone& zone) : zone_(zone) {}

    std::chrono::minutes offset_at(Instant instant) const override {
        const date::sys_time<Milliseconds> moment{instant.time_since_epoch()};
        return in_minutes(zone_.get_info(moment).offset);
    }

    std::chrono::minutes offset_at_local(
        std::chrono::local_time<Milliseconds> local) const override {
        // `first` is the only one, the earlier of two, or the one before a gap.
        const date::local_time<Milliseconds> shown{local.time_since_epoch()};
        return in_minutes(zone_.get_info(shown).first.offset);
    }

  private:
    static std::chrono::minutes in_minutes(std::chrono::seconds offset) {
        return std::chrono::floor<std::chrono::minutes>(offset);
    }

    const date::time_zone& zone_;
};

}  // namespace

Instant SystemClock::now() const {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

Steady SystemClock::steady() const {
    return std::chrono::duration_cast<Steady>(std::chrono::steady_clock::now().time_since_epoch());
}

Result<std::unique_ptr<TimeZone>> find_time_zone(const std::string& name) {
    try {
        return std::unique_ptr<TimeZone>(std::make_unique<TzZone>(*date::locate_zone(name)));
    } catch (const std::exception&) {
        return fail(
            ErrorCode::kNotFound,
            "no time zone \"" + name + "\" in the system's time zone database (package tzdata)");
    }
}

std::unique_ptr<TimeZone> local_time_zone() {
    try {
        return std::make_unique<TzZone>(*date::current_zone());
    } catch (const std::exception&) {
        return std::make_unique<FixedOffset>(std::chrono::minutes(0));
    }
}

std::string language_of(const std::vector<std::string>& locale_values) {
    // POSIX: the first variable that is set and not empty decides.
    const auto chosen = std::find_if(locale_values.begin(), locale_values.end(),
                                     [](const std::string& value) { return !value.empty(); });
    if (chosen == locale_values.end()) return "en";
    const std::string language = chosen->substr(0, chosen->find_first_of("_.@"));
    return language == "de" ? "de" : "en";
}

}  // namespace survey

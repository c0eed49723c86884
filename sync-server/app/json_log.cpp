#include "sync-server/app/json_log.h"

#include <string>

#include "common/base/number.h"
#include "common/json/json.h"

namespace survey::server {

namespace {

std::string_view level_name(LogLevel level) {
    switch (level) {
        case LogLevel::kDebug:
            return "debug";
        case LogLevel::kInfo:
            return "info";
        case LogLevel::kWarn:
            return "warn";
        case LogLevel::kError:
            return "error";
    }
    return "";
}

}  // namespace

void JsonLog::write(LogLevel level, std::string_view event,
                    std::initializer_list<LogField> fields) {
    if (level == LogLevel::kDebug) return;
    json::Object line{
        {"time", format_utc(clock_.now())}, {"level", level_name(level)}, {"event", event}};
    for (const LogField& field : fields) {
        const auto number = field.is_number ? parse_int(field.value) : std::nullopt;
        if (number) {
            line[field.name] = *number;
        } else if (!field.value.empty()) {
            line[field.name] = field.value;
        }
    }
    const std::string text = json::serialise(line) + "\n";
    const std::lock_guard lock(mutex_);
    std::fwrite(text.data(), 1, text.size(), file_);
    std::fflush(file_);
}

}  // namespace survey::server

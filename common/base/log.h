#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace survey {

/// *error*: a person must act; *warn*: may need one; *info*: one line per request or sync.
enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarn, kError };

/// One named fact of a log line. Ids, counts, sizes, codes, durations; never answers or secrets.
struct LogField {
    LogField(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
    LogField(std::string_view field_name, std::int64_t number)
        : name(field_name), value(std::to_string(number)), is_number(true) {}

    std::string_view name;
    std::string value;
    bool is_number = false;
};

/// A fixed sentence plus fields, no formatted prose. Only rooms that run in the background take
/// one. Implementations may be called from any thread.
class Log {
  public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view event,
                       std::initializer_list<LogField> fields) = 0;

    void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::kInfo, event, fields);
    }
    void warn(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::kWarn, event, fields);
    }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::kError, event, fields);
    }
};

/// Drops everything; for tests and one-shot commands.
class NullLog final : public Log {
  public:
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

}  // namespace survey

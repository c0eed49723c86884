#pragma once

#include <cstdio>
#include <mutex>

#include "common/base/clock.h"
#include "common/base/log.h"

namespace survey::server {

/// One JSON object per line: {"time": …, "level": …, "event": …, fields}. Any thread.
class JsonLog final : public Log {
  public:
    JsonLog(std::FILE* file, const Clock& clock) : file_(file), clock_(clock) {}

    void write(LogLevel level, std::string_view event,
               std::initializer_list<LogField> fields) override;

  private:
    std::FILE* file_;
    const Clock& clock_;
    std::mutex mutex_;
};

}  // namespace survey::server

#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "sync-server/app/installation.h"

namespace survey::server {

/// What a running server does by itself, once an hour: erases answers whose time is over, and
/// files that nobody names. Its thread lives as long as it does.
class Housekeeping {
  public:
    Housekeeping(Installation& installation, const Clock& clock, Log& log);
    ~Housekeeping();
    Housekeeping(const Housekeeping&) = delete;
    Housekeeping& operator=(const Housekeeping&) = delete;

  private:
    void run();
    void tidy_up();

    Installation& installation_;
    const Clock& clock_;
    Log& log_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace survey::server

#pragma once

#include <chrono>

#include "common/base/clock.h"

namespace survey::test {

/// A clock that stands still until the test moves it.
class FakeClock final : public Clock {
  public:
    /// 2026-05-04T08:00:00Z unless told otherwise.
    explicit FakeClock(Instant now = Instant(std::chrono::milliseconds(1'777'881'600'000)))
        : now_(now) {}

    Instant now() const override { return now_; }
    Steady steady() const override { return steady_; }

    void advance(std::chrono::milliseconds by) {
        now_ += by;
        steady_ += by;
    }
    /// The wall clock is set, as a person does; the steady reading does not notice.
    void set(Instant now) { now_ = now; }

  private:
    Instant now_;
    Steady steady_{0};
};

}  // namespace survey::test

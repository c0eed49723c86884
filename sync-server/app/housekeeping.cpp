#include "sync-server/app/housekeeping.h"

#include <chrono>

#include "sync-server/links/retention.h"

namespace survey::server {

namespace {

constexpr std::chrono::hours kEvery{1};

}  // namespace

Housekeeping::Housekeeping(Installation& installation, const Clock& clock, Log& log)
    : installation_(installation), clock_(clock), log_(log), thread_([this] { run(); }) {}

Housekeeping::~Housekeeping() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    ended_.notify_all();
    thread_.join();
}

void Housekeeping::run() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
        lock.unlock();
        tidy_up();
        lock.lock();
        ended_.wait_for(lock, kEvery, [this] { return ending_; });
    }
}

void Housekeeping::tidy_up() {
    const auto erased = erase_expired(installation_.store(), installation_.project(), clock_.now());
    if (!erased)
        log_.error("expired answers were not erased",
                   {{"what", std::string_view(erased.error().message)}});
    else if (*erased > 0)
        log_.info("expired answers erased", {{"answers", static_cast<std::int64_t>(*erased)}});
    if (const auto swept = installation_.files().sweep(); !swept)
        log_.error("unused files were not removed",
                   {{"what", std::string_view(swept.error().message)}});
    if (const auto removed = installation_.files().remove_strays(); !removed)
        log_.error("stray files were not removed",
                   {{"what", std::string_view(removed.error().message)}});
}

}  // namespace survey::server

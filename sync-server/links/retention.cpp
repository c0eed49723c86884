#include "sync-server/links/retention.h"

#include <vector>

#include "sync-server/links/local_time.h"

namespace survey::server {

namespace {

constexpr std::uint32_t kPage = 1'000;
constexpr std::string_view kChannel = "link:";

}  // namespace

Result<std::size_t> erase_expired(Store& store, const Project& project, Instant now) {
    if (project.keep_days == 0) return std::size_t{0};
    // Arrivals are kept as noon of their day, so the comparison is of days.
    const Instant today = as_instant(day_of(now, *project.zone));
    const Instant last = today - std::chrono::days(project.keep_days);
    SubmissionFilter filter;
    filter.count_max = kPage;
    std::size_t erased = 0;
    for (;;) {
        TRY_ASSIGN(const std::vector<Submission> page, store.submissions(filter));
        for (const Submission& submission : page) {
            filter.before_pos = submission.pos;
            const bool by_link = submission.author.rfind(kChannel, 0) == 0;
            if (!by_link || submission.received > last) continue;
            TRY(store.erase(submission.instance));
            ++erased;
        }
        if (page.size() < kPage) return erased;
    }
}

}  // namespace survey::server

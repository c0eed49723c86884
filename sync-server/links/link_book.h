#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "sync-server/links/link.h"
#include "sync-server/store/store.h"

namespace survey::server {

/// All links, kept in memory: every opening of a page asks for one. Only this process writes them.
/// Any thread.
class LinkBook {
  public:
    LinkBook(Store& store, const Clock& clock, Random& random)
        : store_(store), clock_(clock), random_(random) {}

    /// Gives it an id and a time and keeps it. kNotFound: its form was not published, or is
    /// withdrawn; kInvalidInput: its times contradict each other.
    Result<Link> create(Link wanted);
    /// Newest first.
    Result<std::vector<Link>> all();
    /// Null: there is none of that id.
    Result<std::shared_ptr<const Link>> find(const std::string& id);
    /// From now on nothing comes in by it. Again is allowed. kNotFound.
    Result<Link> revoke(const std::string& id);

    /// Answers that came in by it and count.
    Result<std::uint64_t> answers(const Link& link);
    Result<LinkState> state(const Link& link);

  private:
    struct Kept {
        std::shared_ptr<const Link> link;
        std::uint64_t version = 0;
    };

    Result<void> load();  ///< At the first use; `mutex_` is held.

    Store& store_;
    const Clock& clock_;
    Random& random_;
    std::mutex mutex_;
    bool loaded_ = false;
    std::map<std::string, Kept> links_;
};

}  // namespace survey::server

#pragma once

#include <mutex>

#include "collector/store/collector_store.h"

namespace survey::collector {

/// The store belongs to one thread; here several take turns. Nobody waits on the network while it
/// is their turn, so that a saved answer waits for one transaction of another at most.
class SharedStore {
  public:
    explicit SharedStore(CollectorStore& store) : store_(store) {}

    class Turn {
      public:
        explicit Turn(SharedStore& shared) : lock_(shared.mutex_), store_(&shared.store_) {}
        CollectorStore* operator->() const { return store_; }
        CollectorStore& operator*() const { return *store_; }
        /// Lets others in while `work`, which must not touch the store, goes on.
        template <typename Work>
        auto pause(Work work) {
            lock_.unlock();
            auto result = work();
            lock_.lock();
            return result;
        }

      private:
        std::unique_lock<std::mutex> lock_;
        CollectorStore* store_;
    };

    Turn turn() { return Turn(*this); }

  private:
    std::mutex mutex_;
    CollectorStore& store_;
};

}  // namespace survey::collector

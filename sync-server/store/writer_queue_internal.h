#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "common/db/database.h"

namespace survey::server {

/// Lets many threads write through one connection. Whoever comes first commits for everybody who
/// waits (group commit); each piece of work has its own savepoint, so one that fails takes no other
/// with it. Any thread.
class WriterQueue {
  public:
    explicit WriterQueue(std::unique_ptr<Database> db) : db_(std::move(db)) {}

    /// Runs `work` and returns its result once it is durable. `work` may run on another thread, and
    /// must not call this queue.
    template <typename Work>
    auto run(Work work) -> decltype(work()) {
        using Outcome = decltype(work());
        std::optional<Outcome> outcome;
        Job job;
        job.work = [&] { outcome.emplace(with_transaction(*db_, work)); };
        join(job);
        if (job.failure) return *std::move(job.failure);
        return *std::move(outcome);
    }

    /// For work outside a transaction (checkpoint, copy).
    Result<void> alone(const std::function<Result<void>(Database&)>& work);

    /// Only for `work` that is being run.
    Database& db() { return *db_; }

  private:
    struct Job {
        std::function<void()> work;
        std::optional<Error> failure;  ///< Of the shared commit.
        bool done = false;
    };

    void join(Job& job);
    std::optional<Error> commit_all(const std::deque<Job*>& jobs);

    std::unique_ptr<Database> db_;  ///< Used by the leader only.
    std::mutex mutex_;              ///< Guards the three below; not held during work.
    std::condition_variable done_;
    std::deque<Job*> waiting_;
    bool has_leader_ = false;
};

/// Connections that only read, lent one at a time. Any thread.
class ReaderPool {
  public:
    explicit ReaderPool(std::vector<std::unique_ptr<Database>> readers)
        : idle_(std::move(readers)) {}

    /// Runs `work(db)` in one snapshot.
    template <typename Work>
    auto run(Work work) -> decltype(work(std::declval<Database&>())) {
        const Loan loan(*this);
        TRY(loan.db->reopen());
        TRY(loan.db->run("BEGIN"));
        auto result = work(*loan.db);
        if (loan.db->in_transaction()) static_cast<void>(loan.db->run("COMMIT"));
        return result;
    }

  private:
    struct Loan {
        explicit Loan(ReaderPool& from) : pool(from), db(from.take()) {}
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        ~Loan() { pool.give_back(std::move(db)); }

        ReaderPool& pool;
        std::unique_ptr<Database> db;
    };

    std::unique_ptr<Database> take();
    void give_back(std::unique_ptr<Database> db);

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Database>> idle_;
};

}  // namespace survey::server

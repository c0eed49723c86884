#include <exception>

#include "sync-server/store/writer_queue_internal.h"

namespace survey::server {

namespace {

/// Bounds what one commit waits for and holds.
constexpr std::size_t kJobsPerCommitMax = 64;

}  // namespace

void WriterQueue::join(Job& job) {
    std::unique_lock lock(mutex_);
    waiting_.push_back(&job);
    while (!job.done) {
        if (has_leader_) {
            done_.wait(lock);
            continue;
        }
        has_leader_ = true;
        std::deque<Job*> jobs;
        while (!waiting_.empty() && jobs.size() < kJobsPerCommitMax) {
            jobs.push_back(waiting_.front());
            waiting_.pop_front();
        }
        lock.unlock();
        const std::optional<Error> failure = commit_all(jobs);
        lock.lock();
        for (Job* each : jobs) {
            each->failure = failure;
            each->done = true;
        }
        has_leader_ = false;
        done_.notify_all();
    }
}

std::optional<Error> WriterQueue::commit_all(const std::deque<Job*>& jobs) {
    const Result<void> committed = [&]() -> Result<void> {
        TRY(db_->reopen());
        TRY_ASSIGN(Transaction transaction, Transaction::begin(*db_));
        for (Job* job : jobs) {
            try {
                job->work();
            } catch (const std::exception&) {
                // Memory may run out anywhere. Left to fly, it would take the leader away and leave
                // everybody else waiting for it.
                return fail(ErrorCode::kUnavailable,
                            db_->path() + ": work broke off; nothing was saved");
            }
            // A full or failing disk may end the whole transaction, not only the savepoint; what
            // came before is gone then, and nothing may follow outside a transaction.
            if (!db_->in_transaction() || db_->is_broken()) {
                return fail(ErrorCode::kUnavailable,
                            db_->path() + ": the disk is full or failed; nothing was saved");
            }
        }
        return transaction.commit();
    }();
    if (committed) return std::nullopt;
    return committed.error();
}

Result<void> WriterQueue::alone(const std::function<Result<void>(Database&)>& work) {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return !has_leader_; });
    has_leader_ = true;
    lock.unlock();
    Result<void> result = db_->reopen();
    if (result) result = work(*db_);
    lock.lock();
    has_leader_ = false;
    done_.notify_all();
    return result;
}

std::unique_ptr<Database> ReaderPool::take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty(); });
    std::unique_ptr<Database> db = std::move(idle_.back());
    idle_.pop_back();
    return db;
}

void ReaderPool::give_back(std::unique_ptr<Database> db) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(db));
    returned_.notify_one();
}

}  // namespace survey::server

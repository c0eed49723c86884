#include "collector/agent/agent.h"

#include <algorithm>
#include <utility>

#include "collector/agent/exchange.h"

namespace survey::collector {

namespace {

constexpr std::size_t kSmallReplyBytesMax = 1u << 20;
// A rotation answers the one question that hello raised; more than a few in a row is a fault.
constexpr int kHellosMax = 4;
// Hello and push after a fork, a restore or a refused item; each round settles one of them.
constexpr int kRoundsMax = 4;
// A chain that the server keeps reporting gaps in would never end.
constexpr int kGapsMax = 8;
constexpr std::uint64_t kPagesMax = 100'000;

bool may_push(const HelloDecision& decision) {
    return decision.action == HelloAction::kSend || decision.action == HelloAction::kRevoked;
}

Error refused_by(const HelloDecision& decision) {
    switch (decision.action) {
        case HelloAction::kUpdateNeeded:
            return fail(ErrorCode::kUnsupported,
                        "the server needs a newer version of this program; everything stays saved "
                        "here until then");
        case HelloAction::kTouchNothing:
            return fail(ErrorCode::kForbidden,
                        decision.finding == HelloFinding::kWrongServer
                            ? "this is not the server that this device belongs to; nothing was sent"
                            : "the server is older than the one that this device last met; nothing "
                              "was sent, please tell the project office");
        default:
            return fail(ErrorCode::kUnavailable, "the server's answer belongs to another call");
    }
}

void count(const PushResult& result, SyncReport& report) {
    switch (result.status) {
        case ItemStatus::kStored:
        case ItemStatus::kNeedBlob:
            ++report.stored;
            break;
        case ItemStatus::kDuplicate:
        case ItemStatus::kErased:
            ++report.duplicates;
            break;
        case ItemStatus::kQuarantined:
            ++report.quarantined;
            break;
        case ItemStatus::kNotAuthentic:
            ++report.refused;
            break;
        case ItemStatus::kRetry:
        case ItemStatus::kFork:
        case ItemStatus::kGap:
            break;
    }
}

Error no_agreement() {
    return fail(ErrorCode::kUnavailable,
                "device and server could not agree on what was sent; nothing is lost, try again");
}

bool fits(const PushReply& reply, const std::vector<PushItem>& batch) {
    return std::equal(reply.results.begin(), reply.results.end(), batch.begin(), batch.end(),
                      [](const PushResult& result, const PushItem& item) {
                          return result.seq == item.entry.seq && result.rev == item.entry.rev;
                      });
}

// Whoever runs a session has entered nothing that could be wrong: what remains is to try again.
Error for_a_person(Error error) {
    switch (error.code) {
        case ErrorCode::kInvalidInput:
        case ErrorCode::kNotFound:
        case ErrorCode::kConflict:
        case ErrorCode::kLimit:
            error.code = ErrorCode::kUnavailable;
            return error;
        case ErrorCode::kNotEnrolled:
            // The server's own sentence speaks of tokens, which nobody in the field has seen.
            error.message =
                "the server does not know this device; ask the project office for a new code";
            return error;
        default:
            return error;
    }
}

}  // namespace

Result<void> enrol(CollectorStore& store, Transport& transport, const std::string& url,
                   const std::string& code, const std::string& device_name,
                   const std::string& app_version) {
    EnrolRequest request;
    request.code = code;
    request.device_name = device_name;
    request.device_key = store.identity().device_key;
    request.app_version = app_version;
    TRY_ASSIGN(const EnrolReply reply,
               exchange<EnrolReply>(transport, "/v1/enrol", request, "", kSmallReplyBytesMax));
    return store.enrol(url, reply);
}

Agent::Agent(CollectorStore& store, Transport& transport, Random& random, std::string app_version)
    : store_(store), transport_(transport), random_(random), app_version_(std::move(app_version)) {}

Result<SyncReport> Agent::run_once(const SyncProgress& progress) {
    if (!store_.identity().enrolment) {
        return fail(ErrorCode::kNotEnrolled,
                    "this device is not enrolled yet; ask the project office for a code");
    }
    SyncReport report;
    const Result<void> done = session(report, progress);
    if (!done) return for_a_person(done.error());
    return report;
}

Result<void> Agent::session(SyncReport& report, const SyncProgress& progress) {
    TRY_ASSIGN(const SyncStatus before, store_.sync_status());
    report.waiting_before = before.waiting;
    for (int round = 0; round < kRoundsMax; ++round) {
        TRY_ASSIGN(const HelloDecision decision, greet(report));
        TRY_ASSIGN(const bool all_sent, push(decision.send_from, report, progress));
        if (!all_sent) continue;
        if (report.revoked) return {};
        TRY(send_files(report));
        return pull(report);
    }
    return no_agreement();
}

Result<HelloDecision> Agent::greet(SyncReport& report) {
    for (int round = 0; round < kHellosMax; ++round) {
        TRY_ASSIGN(const HelloRequest hello, store_.hello(app_version_, random_.next()));
        TRY_ASSIGN(const HelloReply reply,
                   exchange<HelloReply>(transport_, "/v1/hello", hello,
                                        store_.identity().enrolment->token, kSmallReplyBytesMax));
        TRY_ASSIGN(const HelloSituation situation, store_.situation(hello, reply));
        const HelloDecision decision = decide_after_hello(situation, reply);
        if (decision.finding != HelloFinding::kNormal) report.finding = decision.finding;
        TRY(store_.apply_hello(reply, decision));
        if (decision.action == HelloAction::kRotate) {
            TRY(store_.rotate_incarnation());
            ++report.incarnations_changed;
            continue;
        }
        if (!may_push(decision)) return refused_by(decision);
        report.notices = reply.notices;
        report.revoked = decision.action == HelloAction::kRevoked;
        epoch_ = reply.epoch;
        return decision;
    }
    return no_agreement();
}

Result<bool> Agent::push(std::uint64_t from, SyncReport& report, const SyncProgress& progress) {
    BatchLimits limits;
    int gaps = 0;
    for (;;) {
        TRY_ASSIGN(const std::vector<PushItem> batch, store_.outbox(from, limits));
        if (batch.empty()) return true;
        const std::uint64_t asked_from = from;
        TRY_ASSIGN(const Pushed pushed, push_batch(batch, from, report));
        if (pushed == Pushed::kHelloAgain) return false;
        if (pushed == Pushed::kTooLarge) {
            if (batch.size() == 1) {
                return fail(ErrorCode::kUnavailable,
                            "the next interview is too large for the server or for something on "
                            "the way to it; it stays saved here, please tell the project office");
            }
            limits = smaller(limits);
            continue;
        }
        // Only a lower or equal number can repeat itself without end.
        if (from <= asked_from && ++gaps > kGapsMax) {
            return fail(ErrorCode::kUnavailable,
                        "the server does not take the next interview; nothing is lost, try again");
        }
        if (progress) {
            // Interviews that were sent before and are sent again were not waiting.
            progress(std::min(report.stored + report.duplicates + report.quarantined,
                              report.waiting_before),
                     report.waiting_before);
        }
    }
}

Result<Agent::Pushed> Agent::push_batch(const std::vector<PushItem>& batch, std::uint64_t& from,
                                        SyncReport& report) {
    PushRequest request;
    request.epoch = epoch_;
    request.writer = store_.identity().writer;
    request.items = batch;
    auto reply = exchange<PushReply>(transport_, "/v1/push", request,
                                     store_.identity().enrolment->token, kSmallReplyBytesMax);
    if (!reply) {
        if (reply.error().code == ErrorCode::kLimit) return Pushed::kTooLarge;
        // The server was restored since the hello.
        if (reply.error().code == ErrorCode::kConflict) return Pushed::kHelloAgain;
        return std::move(reply).error();
    }
    if (!fits(*reply, batch)) {
        return fail(ErrorCode::kUnavailable, "the server's answer does not fit what was sent");
    }
    const Result<void> applied = store_.apply_push(*reply);
    if (!applied && applied.error().code == ErrorCode::kConflict) return Pushed::kHelloAgain;
    TRY(applied);
    bool forked = false;
    for (const PushResult& result : reply->results) {
        count(result, report);
        forked = forked || result.status == ItemStatus::kFork;
    }
    // A refused item made the store begin a new log without it.
    const bool new_log = store_.identity().writer != request.writer;
    if (forked || new_log) return Pushed::kHelloAgain;
    from = reply->head.seq + 1;
    return Pushed::kTaken;
}

Result<void> Agent::pull(SyncReport& report) {
    for (std::uint64_t page = 0; page < kPagesMax; ++page) {
        TRY_ASSIGN(const PullRequest request, store_.next_pull());
        TRY_ASSIGN(const PullReply reply,
                   exchange<PullReply>(transport_, "/v1/pull", request,
                                       store_.identity().enrolment->token, codec::kPageBytesMax));
        TRY_ASSIGN(const bool applied, store_.apply_page(reply));
        if (!applied) return {};
        report.changes_received += reply.changes.size();
        if (!reply.more) return {};
        if (reply.to <= reply.from) break;  // the same question would get the same answer
    }
    return fail(ErrorCode::kLimit, "the server's list of changes does not end");
}

}  // namespace survey::collector

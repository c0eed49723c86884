#include "sync-server/links/link_answers.h"

#include "common/base/hex.h"
#include "common/crypto/crypto.h"
#include "sync-server/links/local_time.h"

namespace survey::server {

namespace {

// A browser's clock may be wrong by years; a queue waits for a network for weeks at most.
constexpr std::chrono::days kWaitedMax{92};

}  // namespace

Instant LinkAnswers::judged_as_of(const AnswerSheet& sheet) const {
    const Instant now = clock_.now();
    if (!sheet.day) return now;
    const Instant said = as_instant(*sheet.day);
    const bool earlier = *sheet.day < day_of(now, *project_.zone);
    return earlier && now - said < kWaitedMax ? said : now;
}

Result<bool> LinkAnswers::add_files(const AnswerSheet& sheet, RevisionEnvelope& envelope,
                                    MissingFiles& missing) {
    for (const AnswerSheet::File& file : sheet.files) {
        TRY_ASSIGN(const auto stored, store_.file_by_sha256(file.sha256));
        if (!stored) {
            missing.sha256.push_back(to_hex(file.sha256));
            continue;
        }
        envelope.attachments.push_back({file.name, file.type, stored->size, stored->hash});
    }
    return missing.sha256.empty();
}

Result<AnswerOutcome> LinkAnswers::take(const Link& link, const AnswerSheet& sheet) {
    if (sheet.form.id != link.form_id)
        return fail(ErrorCode::kInvalidInput, "This link is for another questionnaire.");
    const Instant now = clock_.now();
    const LinkState state = state_of(link, now, 0);
    Intake intake;
    intake.channel = channel_of(link);
    intake.takes_new =
        state == LinkState::kOpen || (state == LinkState::kClosed && in_grace(link, now));
    intake.answers_max = link.answers_max;
    intake.received = as_instant(day_of(now, *project_.zone));

    RevisionEnvelope envelope;
    envelope.instance = sheet.instance;
    envelope.form = sheet.form;
    envelope.form_hash = sheet.hash;
    envelope.author = intake.channel;
    envelope.wall_clock = judged_as_of(sheet);
    envelope.content = sheet.xml;
    MissingFiles missing;
    TRY_ASSIGN(const bool complete, add_files(sheet, envelope, missing));
    // Without its files it may still be one that is here already.
    if (!complete) intake.takes_new = false;
    const Instant kept_clock = as_instant(day_of(envelope.wall_clock, *project_.zone));
    const auto result = ingest_.submit(std::move(envelope), kept_clock, intake);
    if (result && result->status == ItemStatus::kErased) return AnswerOutcome(Erased{});
    if (result) {
        TRY_ASSIGN(AnswerReceipt given, receipt(sheet, *result));
        return AnswerOutcome(std::move(given));
    }
    const ErrorCode code = result.error().code;
    if (code == ErrorCode::kLimit) return AnswerOutcome(NotTaken{LinkState::kFull});
    if (code != ErrorCode::kForbidden) return result.error();
    const bool is_open = state == LinkState::kOpen || in_grace(link, now);
    if (!complete && is_open && !link.revoked) return AnswerOutcome(std::move(missing));
    return AnswerOutcome(NotTaken{state});
}

Result<AnswerReceipt> LinkAnswers::receipt(const AnswerSheet& sheet, const PushResult& result) {
    AnswerReceipt given;
    given.instance = sheet.instance.text();
    given.revision = result.rev.hex();
    given.sequence = result.receipt ? result.receipt->pos : 0;
    given.sha256 = to_hex(sha256(sheet.xml));
    given.duplicate = result.status == ItemStatus::kDuplicate;
    // The first receipt's day, not today's.
    TRY_ASSIGN(const std::vector<RevisionInfo> history, store_.history(sheet.instance));
    for (const RevisionInfo& revision : history) {
        if (revision.rev == result.rev)
            given.day = format_day(day_of(revision.received, FixedOffset(std::chrono::minutes(0))));
    }
    return given;
}

}  // namespace survey::server

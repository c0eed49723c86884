#include "sync-server/links/link_answers.h"

#include "common/base/hex.h"
#include "common/crypto/crypto.h"
#include "sync-server/links/local_time.h"

namespace survey::server {

namespace {

// A browser's clock may be wrong by years; a queue waits for a network for weeks at most.
constexpr std::chrono::days kWaitedMax{92};
// East of the project a day begins earlier.
constexpr std::chrono::days kAheadMax{1};

// A disk that is nearly full is not emptied sooner.
constexpr int kRetryNoRoom_s = 60 * 60;

double bytes_of(const RevisionEnvelope& envelope) {
    auto bytes = static_cast<double>(envelope.content.size());
    for (const Attachment& file : envelope.attachments)
        bytes += static_cast<double>(file.size);
    return bytes;
}

/// The judge counts days by UTC. At the last second of a day, what was entered on it lies behind
/// for every rule about today or now, wherever that day was.
Instant end_of(std::chrono::year_month_day day) {
    return Instant(std::chrono::sys_days(day)) + std::chrono::days(1) - std::chrono::seconds(1);
}

}  // namespace

std::chrono::year_month_day LinkAnswers::day_of_answer(const AnswerSheet& sheet) const {
    const auto today = day_of(clock_.now(), *project_.zone);
    if (!sheet.day) return today;
    const auto ahead = std::chrono::sys_days(*sheet.day) - std::chrono::sys_days(today);
    return ahead <= kAheadMax && -ahead <= kWaitedMax ? *sheet.day : today;
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

Result<AnswerOutcome> LinkAnswers::take(const Link& link, const AnswerSheet& sheet, bool has_room) {
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
    const auto day = day_of_answer(sheet);
    envelope.wall_clock = end_of(day);
    envelope.content = sheet.xml;
    MissingFiles missing;
    TRY_ASSIGN(const bool complete, add_files(sheet, envelope, missing));
    // Without its files it may still be one that is here already.
    if (!complete) intake.takes_new = false;
    const double bytes = bytes_of(envelope);
    std::optional<int> odd_waits_s = odd_bytes_.look(link.id, bytes);
    if (!has_room && !odd_waits_s) odd_waits_s = kRetryNoRoom_s;
    intake.takes_odd = !odd_waits_s;
    const auto result = ingest_.submit(std::move(envelope), as_instant(day), intake);
    if (result && result->status == ItemStatus::kErased) return AnswerOutcome(Erased{});
    if (result) {
        // Two at once may both pass the look: the limit is about a disk, not about a number.
        if (result->status == ItemStatus::kQuarantined) odd_bytes_.take(link.id, bytes);
        TRY_ASSIGN(AnswerReceipt given, receipt(sheet, *result));
        return AnswerOutcome(std::move(given));
    }
    const ErrorCode code = result.error().code;
    if (code == ErrorCode::kLimit) {
        TRY_ASSIGN(const std::uint64_t answers, store_.count_channel(channel_of(link)));
        const bool is_full = link.answers_max && answers >= *link.answers_max;
        if (odd_waits_s && !is_full) return AnswerOutcome(TooManyOdd{*odd_waits_s});
        return AnswerOutcome(NotTaken{LinkState::kFull});
    }
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

#include "sync-server/ingest/judge.h"

#include <memory>
#include <utility>

#include "common/base/random.h"
#include "forms/runtime/form_session.h"
#include "forms/xml/reader.h"
#include "sync-server/ingest/answer_row.h"
#include "sync-server/ingest/holding.h"
#include "sync-server/ingest/submission_document.h"

namespace survey::server {

namespace {

// An interview is far below; a tree costs about a hundred bytes a node.
constexpr xml::Limits kInstanceLimits{kContentBytesMax, 200'000, 100, 100};

/// Rules about "today" are judged as of the day of the interview.
class FrozenClock final : public Clock {
  public:
    explicit FrozenClock(Instant instant) : instant_(instant) {}
    Instant now() const override { return instant_; }
    Steady steady() const override { return Steady{}; }

  private:
    Instant instant_;
};

Judgement quarantined(QuarantineReason reason, std::string note) {
    Judgement judgement;
    judgement.quarantine = reason;
    judgement.note = std::move(note);
    return judgement;
}

/// Lends a cache for the length of one look.
class Lease {
  public:
    explicit Lease(const FormVersion& version)
        : version_(version), cache_(version.borrow_cache()) {}
    ~Lease() { version_.give_back(std::move(cache_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    forms::SessionCache* get() const { return cache_.get(); }

  private:
    const FormVersion& version_;
    std::unique_ptr<forms::SessionCache> cache_;
};

std::string describe_violations(const std::vector<forms::Violation>& violations) {
    const forms::Violation& first = violations.front();
    const bool required = first.kind == forms::ViolationKind::kRequired;
    std::string note = first.ref + (required ? " is required but blank" : " breaks its constraint");
    if (violations.size() > 1) note += ", and " + std::to_string(violations.size() - 1) + " more";
    return note;
}

/// Runs the form over the record. Empty: it keeps the form's rules.
std::string find_fault(const FormVersion& version, const RevisionEnvelope& envelope,
                       const SubmissionDocument& document) {
    const Lease cache(version);
    const FrozenClock clock(envelope.wall_clock);
    const FixedOffset zone(std::chrono::minutes(0));
    SeededRandom random(1);  // what chance decided stands in the record already
    forms::SessionEnvironment environment;
    environment.clock = &clock;
    environment.time_zone = &zone;
    environment.random = &random;
    environment.media = &version.media();
    environment.missing_media_is_blank = true;
    environment.cache = cache.get();
    forms::OpenOptions options;
    options.mode = forms::OpenOptions::Mode::kRestore;
    options.xml = envelope.content;
    const auto session = forms::FormSession::open(version.form(), environment, options);
    if (!session) return session.error().message;
    const std::vector<forms::Violation> violations = session->validate();
    if (!violations.empty()) return describe_violations(violations);
    const std::string again = session->serialize();
    if (again == envelope.content) return {};
    auto recomputed = xml::parse(again, kInstanceLimits);
    if (!recomputed) return recomputed.error().message;
    const std::string different =
        document.first_difference(SubmissionDocument(version, *std::move(recomputed)));
    return different.empty() ? std::string() : different + " is not what the form makes of it";
}

}  // namespace

Result<Judgement> Judge::judge(const RevisionEnvelope& envelope) const {
    auto found = library_.find(envelope.form);
    if (!found && found.error().code == ErrorCode::kNotFound) {
        return quarantined(QuarantineReason::kUnknownForm,
                           "no form " + envelope.form.id + " with that version was published here");
    }
    if (!found) return std::move(found).error();
    const FormVersion& version = **found;
    if (version.hash() != envelope.form_hash) {
        return quarantined(QuarantineReason::kFormMismatch,
                           "the device filled in another text of this form version");
    }
    auto parsed = xml::parse(envelope.content, kInstanceLimits);
    if (!parsed) return quarantined(QuarantineReason::kInvalid, parsed.error().message);
    const SubmissionDocument document(version, *std::move(parsed));
    if (envelope.parents.empty() && document.instance_id() != envelope.instance.text()) {
        return quarantined(QuarantineReason::kInvalid,
                           "the record carries another instance id than its envelope");
    }
    if (std::string fault = find_fault(version, envelope, document); !fault.empty())
        return quarantined(QuarantineReason::kInvalid, std::move(fault));

    Judgement judgement;
    const std::string name = document.organisation();
    if (version.questions().organisation == forms::kNoRef) {
        judgement.holding = holding_of_instance(organisation_key_, envelope.instance.text());
    } else {
        judgement.holding = name.empty() ? holding_of_unnamed(organisation_key_, envelope.form.id)
                                         : holding_of_name(organisation_key_, name);
    }
    if (document.may_be_used()) judgement.answers = encode_row(document.answers());
    return judgement;
}

}  // namespace survey::server

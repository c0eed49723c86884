#include "sync-server/ingest/ingest.h"

#include <utility>

#include "forms/xform/load.h"
#include "forms/xlsform/convert.h"
#include "forms/xml/writer.h"

namespace survey::server {

namespace {

constexpr std::uint32_t kWaitingPage = 100;

/// XML begins with a tag, whatever its encoding mark says; a workbook does not.
bool looks_like_xml(std::string_view bytes) {
    if (bytes.substr(0, 3) == "\xef\xbb\xbf") bytes.remove_prefix(3);
    const auto first = bytes.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && bytes[first] == '<';
}

struct Loaded {
    std::string xml;
    std::shared_ptr<const forms::FormDefinition> form;
    std::vector<FormMedia> media;
    std::vector<forms::Diagnostic> diagnostics;
};

Loaded load_workbook(std::string_view bytes, const std::string& fallback_id) {
    forms::ConvertOptions options;
    options.fallback_id = fallback_id;
    forms::ConvertedForm converted = forms::convert_xlsform(bytes, options);
    Loaded loaded;
    loaded.diagnostics = std::move(converted.diagnostics);
    if (!converted.xform) return loaded;
    loaded.xml = xml::write(*converted.xform);
    const auto place_of = [&](std::uint32_t mark) {
        return mark < converted.places.size() ? converted.places[mark] : forms::Place{};
    };
    forms::LoadedForm form = forms::load_xform(*std::move(converted.xform), place_of);
    loaded.form = std::move(form.form);
    for (forms::Diagnostic& diagnostic : form.diagnostics)
        loaded.diagnostics.push_back(std::move(diagnostic));
    if (!converted.itemsets_csv.empty())
        loaded.media.push_back({"itemsets.csv", std::move(converted.itemsets_csv)});
    return loaded;
}

Loaded load(std::string_view bytes, const std::string& fallback_id) {
    if (!looks_like_xml(bytes)) return load_workbook(bytes, fallback_id);
    forms::LoadedForm form = forms::load_xform(bytes);
    return {std::string(bytes), std::move(form.form), {}, std::move(form.diagnostics)};
}

}  // namespace

Result<PushReply> Ingest::push(const Device& device, PushRequest request) {
    if (request.items.size() > kPushItemsMax) {
        return fail(ErrorCode::kLimit, "A push takes at most " + std::to_string(kPushItemsMax) +
                                           " items; send a smaller batch.");
    }
    std::vector<CheckedItem> items;
    items.reserve(request.items.size());
    for (PushItem& item : request.items) {
        CheckedItem checked = check_item(device.key, std::move(item));
        if (checked.authentic && checked.envelope) {
            TRY_ASSIGN(checked.judgement, judge_.judge(*checked.envelope));
        }
        const QuarantineReason reason = checked.judgement.quarantine;
        // kUnknownForm would end by itself when the form is published.
        if (device.revoked &&
            (reason == QuarantineReason::kNone || reason == QuarantineReason::kUnknownForm)) {
            checked.judgement.quarantine = QuarantineReason::kRevoked;
            checked.judgement.note = "the device's enrolment had been withdrawn";
        }
        items.push_back(std::move(checked));
    }
    return store_.push(device, request.epoch, request.writer, items);
}

Result<PushResult> Ingest::submit(RevisionEnvelope envelope, Instant kept_clock,
                                  const Intake& intake) {
    Judgement judgement;
    // What is here already was judged when it came.
    if (intake.takes_new) {
        TRY_ASSIGN(judgement, judge_.judge(envelope));
    }
    envelope.wall_clock = kept_clock;
    return store_.submit(envelope, judgement, intake);
}

Result<PublishOutcome> Ingest::publish(std::string_view bytes, const std::string& fallback_id) {
    Loaded loaded = load(bytes, fallback_id);
    PublishOutcome outcome;
    outcome.diagnostics = std::move(loaded.diagnostics);
    if (!loaded.form || forms::has_errors(outcome.diagnostics)) return outcome;
    PublishedForm form;
    form.ref = {loaded.form->id, loaded.form->version};
    form.hash.bytes = blake2b_256(loaded.xml);
    form.title = loaded.form->title;
    form.xml = std::move(loaded.xml);
    form.media = std::move(loaded.media);
    outcome.ref = form.ref;
    outcome.hash = form.hash;
    outcome.title = form.title;
    TRY(store_.publish_form(form));
    outcome.published = true;
    TRY(judge_waiting(form.ref));
    return outcome;
}

Result<void> Ingest::judge_waiting(const FormRef& ref) {
    SubmissionFilter filter;
    filter.form_id = ref.id;
    filter.form_version = ref.version;
    filter.quarantined_only = true;
    filter.count_max = kWaitingPage;
    for (;;) {
        TRY_ASSIGN(const std::vector<Submission> page, store_.submissions(filter));
        for (const Submission& submission : page) {
            filter.before_pos = submission.pos;
            if (submission.quarantine != QuarantineReason::kUnknownForm) continue;
            TRY_ASSIGN(const RevisionEnvelope envelope, store_.revision(submission.head));
            TRY_ASSIGN(const Judgement judgement, judge_.judge(envelope));
            TRY(store_.judge_again(submission.head, judgement));
        }
        if (page.size() < kWaitingPage) return {};
    }
}

}  // namespace survey::server

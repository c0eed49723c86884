#include "common/codec/envelope.h"

#include <algorithm>

#include "common/base/plain_text.h"
#include "common/codec/bytes_internal.h"
#include "common/crypto/crypto.h"

namespace survey::codec {

namespace {

// The first four bytes of everything that is hashed or signed tell what it is, so that a signature
// over one kind can never be shown as one over another. Never change or reuse.
constexpr std::string_view kEnvelopeMark = "WKV1";
constexpr std::string_view kEntryMark = "WKE1";
constexpr std::string_view kReceiptMark = "WKR1";

constexpr std::size_t kNameBytesMax = 255;
constexpr std::size_t kAttachmentsMax = 256;

/// How the content is protected. Stored: never change or reuse. 1 is kept for sealing.
constexpr std::uint8_t kReadable = 0;

bool is_name(std::string_view text) {
    return text.size() <= kNameBytesMax && is_plain_text(text);
}

Error not_an_envelope() {
    return fail(ErrorCode::kInvalidInput, "these bytes are not a revision envelope");
}

Result<Attachment> read_attachment(ByteReader& in) {
    Attachment attachment;
    attachment.name = in.text();
    attachment.media_type = in.text();
    attachment.size = in.number<std::uint64_t>();
    in.raw(attachment.hash.bytes);
    if (!in.ok()) return not_an_envelope();
    return attachment;
}

Result<void> check_remarks(const std::vector<Remark>& remarks) {
    const auto bad = [](const char* what) {
        return fail(ErrorCode::kInvalidInput, std::string("revision envelope: ") + what);
    };
    if (remarks.size() > kRemarksMax) return bad("too many remarks");
    for (std::size_t i = 0; i < remarks.size(); ++i) {
        if (remarks[i].ref.empty() || !is_name(remarks[i].ref)) {
            return bad("a remark names no question");
        }
        if (i > 0 && !(remarks[i - 1].ref < remarks[i].ref)) return bad("remarks out of order");
        if (remarks[i].text.size() > kRemarkBytesMax || !is_plain_text(remarks[i].text)) {
            return bad("a remark is too long or not text");
        }
    }
    return {};
}

}  // namespace

Result<void> check_envelope(const RevisionEnvelope& envelope) {
    const auto bad = [](const char* what) {
        return fail(ErrorCode::kInvalidInput, std::string("revision envelope: ") + what);
    };
    if (!is_instance_id(envelope.instance.text())) return bad("the instance id is not usable");
    if (envelope.form.id.empty() || !is_name(envelope.form.id)) {
        return bad("the form id is empty, too long or not text");
    }
    if (!is_name(envelope.form.version)) return bad("the form version is too long or not text");
    if (!is_name(envelope.author)) return bad("the author's name is too long or not text");
    if (envelope.parents.size() > kParentsMax) return bad("more than two parents");
    for (std::size_t i = 1; i < envelope.parents.size(); ++i) {
        if (!(envelope.parents[i - 1] < envelope.parents[i])) return bad("parents out of order");
    }
    if (envelope.clock_state > ClockState::kDiffers) return bad("unknown clock state");
    if (envelope.attachments.size() > kAttachmentsMax) return bad("too many attachments");
    for (const Attachment& attachment : envelope.attachments) {
        if (attachment.name.empty() || !is_name(attachment.name) ||
            !is_name(attachment.media_type)) {
            return bad("an attachment's name is empty, too long or not text");
        }
    }
    if (envelope.content.size() > kContentBytesMax) return bad("the answers are too long");
    if (!is_plain_text(envelope.content)) return bad("the answers are not text");
    return check_remarks(envelope.remarks);
}

std::string encode_envelope(const RevisionEnvelope& envelope) {
    ENSURE(check_envelope(envelope));
    ByteWriter out;
    out.raw(kEnvelopeMark);
    out.number(static_cast<std::uint8_t>(envelope.kind));
    out.text(envelope.instance.text());
    out.text(envelope.form.id);
    out.text(envelope.form.version);
    out.raw(envelope.form_hash.bytes);
    out.number(static_cast<std::uint8_t>(envelope.parents.size()));
    for (const RevisionId& parent : envelope.parents)
        out.raw(parent.bytes);
    out.text(envelope.author);
    out.number(envelope.hlc.value);
    out.number(std::int64_t{envelope.wall_clock.time_since_epoch().count()});
    out.number(static_cast<std::uint8_t>(envelope.clock_state));
    out.number(static_cast<std::uint16_t>(envelope.attachments.size()));
    for (const Attachment& attachment : envelope.attachments) {
        out.text(attachment.name);
        out.text(attachment.media_type);
        out.number(attachment.size);
        out.raw(attachment.hash.bytes);
    }
    out.number(kReadable);
    out.number(static_cast<std::uint32_t>(envelope.content.size()));
    out.raw(envelope.content);
    out.number(static_cast<std::uint16_t>(envelope.remarks.size()));
    for (const Remark& remark : envelope.remarks) {
        out.text(remark.ref);
        out.text(remark.text);
    }
    return std::move(out).take();
}

Result<RevisionEnvelope> decode_envelope(std::string_view bytes) {
    ByteReader in(bytes);
    const std::string_view mark = in.raw(kEnvelopeMark.size());
    if (mark != kEnvelopeMark) {
        if (mark.substr(0, 3) != kEnvelopeMark.substr(0, 3)) return not_an_envelope();
        return fail(ErrorCode::kUnsupported, "a revision envelope of a later version");
    }
    RevisionEnvelope envelope;
    const auto kind = in.number<std::uint8_t>();
    envelope.kind = static_cast<RevisionKind>(kind);
    envelope.instance = InstanceId(in.text());
    envelope.form.id = in.text();
    envelope.form.version = in.text();
    in.raw(envelope.form_hash.bytes);
    const std::size_t parents = in.number<std::uint8_t>();
    if (parents > kParentsMax) return not_an_envelope();
    envelope.parents.resize(parents);
    for (RevisionId& parent : envelope.parents)
        in.raw(parent.bytes);
    envelope.author = in.text();
    envelope.hlc.value = in.number<std::uint64_t>();
    envelope.wall_clock = Instant(std::chrono::milliseconds(in.number<std::int64_t>()));
    envelope.clock_state = static_cast<ClockState>(in.number<std::uint8_t>());
    const std::size_t attachments = in.number<std::uint16_t>();
    if (attachments > kAttachmentsMax) return not_an_envelope();
    for (std::size_t i = 0; i < attachments; ++i) {
        TRY_ASSIGN(Attachment attachment, read_attachment(in));
        envelope.attachments.push_back(std::move(attachment));
    }
    const auto protection = in.number<std::uint8_t>();
    if (!in.ok()) return not_an_envelope();
    if (kind != static_cast<std::uint8_t>(RevisionKind::kSubmission) || protection != kReadable) {
        return fail(ErrorCode::kUnsupported, "a revision of a kind that this version cannot read");
    }
    envelope.content = std::string(in.raw(in.number<std::uint32_t>()));
    const std::size_t remarks = in.number<std::uint16_t>();
    if (remarks > kRemarksMax) return not_an_envelope();
    for (std::size_t i = 0; i < remarks; ++i) {
        std::string ref = in.text();
        envelope.remarks.push_back({std::move(ref), in.text()});
    }
    if (!in.complete()) return not_an_envelope();
    TRY(check_envelope(envelope));
    return envelope;
}

RevisionId revision_id(std::string_view envelope_bytes) {
    return RevisionId{blake2b_256(envelope_bytes)};
}

std::string entry_bytes(const LogEntry& entry) {
    ByteWriter out;
    out.raw(kEntryMark);
    out.text(entry.writer.device.text());
    out.raw(entry.writer.incarnation.bytes);
    out.number(entry.seq);
    out.raw(entry.prev.bytes);
    out.raw(entry.rev.bytes);
    return std::move(out).take();
}

EntryHash entry_hash(const LogEntry& entry) {
    return EntryHash{blake2b_256(entry_bytes(entry))};
}

std::string receipt_bytes(const Receipt& receipt) {
    ByteWriter out;
    out.raw(kReceiptMark);
    out.raw(receipt.server.bytes);
    out.number(receipt.epoch.counter);
    out.raw(receipt.epoch.random.bytes);
    out.raw(receipt.rev.bytes);
    out.number(receipt.pos);
    out.number(static_cast<std::uint8_t>(receipt.status));
    out.number(static_cast<std::uint8_t>(receipt.reason));
    return std::move(out).take();
}

}  // namespace survey::codec

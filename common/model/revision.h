#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/model/form.h"
#include "common/model/ids.h"

namespace survey {

/// What a revision says. Stored and sent: never change or reuse a number. 2 to 5 are kept for
/// registry writes, reviews, erasures and device events.
enum class RevisionKind : std::uint8_t { kSubmission = 1 };

/// What the device thought of its own clock when it finalised. Stored: never change or reuse.
enum class ClockState : std::uint8_t {
    kUnchecked = 0,  ///< Never compared with a server's.
    kAgreed = 1,     ///< Within ten minutes of the server's at the last contact.
    kDiffers = 2,    ///< It was off; the time is kept as the device had it.
};

/// Hybrid logical clock: 48 bits of Unix milliseconds and a 16-bit counter. Orders an author's own
/// edits and breaks ties for display; acceptance, merging and counting never look at it.
struct Hlc {
    std::uint64_t value = 0;

    std::int64_t unix_ms() const { return static_cast<std::int64_t>(value >> 16); }
    friend bool operator==(const Hlc&, const Hlc&) = default;
    friend auto operator<=>(const Hlc&, const Hlc&) = default;
};

/// The next reading after `last` at wall time `now`: never equal or lower, even when the wall clock
/// is set back.
Hlc next_hlc(Hlc last, Instant now);

/// A picture or recording that travels separately.
struct Attachment {
    std::string name;        ///< As the answer names it; never used as a path.
    std::string media_type;  ///< "image/jpeg"
    std::uint64_t size = 0;
    BlobHash hash;

    friend bool operator==(const Attachment&, const Attachment&) = default;
};

/// What the interviewer noted about a question. No answer of the form, but as confidential as one.
struct Remark {
    std::string ref;  ///< Of the question, with positions: "/data/site[2]/plans".
    std::string text;

    friend bool operator==(const Remark&, const Remark&) = default;
};

/// One immutable version of a submission. Named by the hash of its canonical bytes
/// (common/codec/envelope.h); two equal envelopes are one revision.
struct RevisionEnvelope {
    RevisionKind kind = RevisionKind::kSubmission;
    InstanceId instance;
    FormRef form;
    FormHash form_hash;
    /// What this one replaces: none for the first, one for an edit, two for a settled conflict.
    /// Ascending, without repetition.
    std::vector<RevisionId> parents;
    std::string author;  ///< A user name, or empty.
    Hlc hlc;
    Instant wall_clock{};  ///< As the device showed it; recorded, never compared.
    ClockState clock_state = ClockState::kUnchecked;
    std::vector<Attachment> attachments;
    std::string content;          ///< The XForm instance XML.
    std::vector<Remark> remarks;  ///< By `ref`, ascending, at most one each.

    friend bool operator==(const RevisionEnvelope&, const RevisionEnvelope&) = default;
};

/// Most parents one revision may have: a conflict is settled between two heads at a time.
inline constexpr std::size_t kParentsMax = 2;
inline constexpr std::size_t kRemarksMax = 1000;
inline constexpr std::size_t kRemarkBytesMax = 4000;
/// A submission longer than this is no interview. One item must fit a push of 1 MiB.
inline constexpr std::size_t kContentBytesMax = 900'000;

}  // namespace survey

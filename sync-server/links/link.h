#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"

namespace survey::server {

/// An address that lets anybody answer one questionnaire. It is no secret: it stands on posters.
struct Link {
    /// Eight characters of Crockford's base 32 (no I, L, O, U): 40 random bits. With a thousand
    /// links, a blind guess finds one with probability 10^-9. The limit of wrong addresses does not
    /// end the guessing, because a right one is answered even then, so that no audience stands in
    /// its own way: whoever tries a thousand a second finds one in about two weeks, and what they
    /// find is only what a poster shows.
    std::string id;
    std::string form_id;
    std::string label;     ///< For the office: "Members of association A". Nobody else sees it.
    std::string language;  ///< The page begins with: "de". Empty: as the browser prefers.
    std::optional<Instant> opens;
    std::optional<Instant> closes;
    std::optional<std::uint64_t> answers_max;
    /// How long after `closes` an answer is still taken that was begun before: people fill in
    /// without a network and send when they have one.
    std::chrono::hours grace{72};
    /// SHA-256 of salt and code, both hexadecimal; empty: the page asks for none. A latch against
    /// curious hands, not a lock: the page itself compares.
    std::string kiosk_salt;
    std::string kiosk_hash;
    bool revoked = false;
    Instant created{};

    friend bool operator==(const Link&, const Link&) = default;
};

enum class LinkState : std::uint8_t { kOpen, kNotYet, kClosed, kFull, kRevoked };

/// "open", "not-yet", "closed", "full", "revoked"
std::string_view state_name(LinkState state);

/// \param answers that came in by this link and count.
LinkState state_of(const Link& link, Instant now, std::uint64_t answers);

/// Whether what was begun in time may still arrive.
bool in_grace(const Link& link, Instant now);

/// Names the link in counts and in the answers that came by it: "link:7K3M9QXA".
std::string channel_of(const Link& link);

std::string new_link_id(Random& random);

/// As people type it from paper: any case, O for 0, I or L for 1, hyphens. Empty: it is none.
std::string link_id_of(std::string_view typed);

/// JSON; members may be added, never changed.
std::string encode_link(const Link& link);
/// kCorrupt: not a link's record.
Result<Link> decode_link(const std::string& id, std::string_view text);

}  // namespace survey::server

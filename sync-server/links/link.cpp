#include "sync-server/links/link.h"

#include "common/json/json.h"

namespace survey::server {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kIdCharacters = 8;

std::optional<Instant> instant_of(const json::Value& record, std::string_view name) {
    const auto ms = json::find_integer(record, name);
    if (!ms) return std::nullopt;
    return Instant(std::chrono::milliseconds(*ms));
}

json::Value ms_of(const std::optional<Instant>& instant) {
    if (!instant) return nullptr;
    return static_cast<std::int64_t>(instant->time_since_epoch().count());
}

}  // namespace

std::string_view state_name(LinkState state) {
    switch (state) {
        case LinkState::kOpen:
            return "open";
        case LinkState::kNotYet:
            return "not-yet";
        case LinkState::kClosed:
            return "closed";
        case LinkState::kFull:
            return "full";
        case LinkState::kRevoked:
            return "revoked";
    }
    return "";
}

LinkState state_of(const Link& link, Instant now, std::uint64_t answers) {
    if (link.revoked) return LinkState::kRevoked;
    if (link.opens && now < *link.opens) return LinkState::kNotYet;
    if (link.closes && now >= *link.closes) return LinkState::kClosed;
    if (link.answers_max && answers >= *link.answers_max) return LinkState::kFull;
    return LinkState::kOpen;
}

bool in_grace(const Link& link, Instant now) {
    return link.closes && now >= *link.closes && now < *link.closes + link.grace;
}

std::string channel_of(const Link& link) {
    return "link:" + link.id;
}

std::string new_link_id(Random& random) {
    std::string id;
    for (std::size_t i = 0; i < kIdCharacters; ++i)
        id += kAlphabet[random.below(kAlphabet.size())];
    return id;
}

std::string link_id_of(std::string_view typed) {
    std::string id;
    for (char c : typed) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (c == '-') continue;
        if (kAlphabet.find(c) == std::string_view::npos || id.size() == kIdCharacters) return {};
        id += c;
    }
    return id.size() == kIdCharacters ? id : std::string();
}

std::string encode_link(const Link& link) {
    json::Object record{{"form", link.form_id},
                        {"label", link.label},
                        {"language", link.language},
                        {"opens", ms_of(link.opens)},
                        {"closes", ms_of(link.closes)},
                        {"answers_max", nullptr},
                        {"grace_hours", link.grace.count()},
                        {"kiosk_salt", link.kiosk_salt},
                        {"kiosk_hash", link.kiosk_hash},
                        {"revoked", link.revoked},
                        {"created", ms_of(link.created)}};
    if (link.answers_max) record["answers_max"] = *link.answers_max;
    return json::serialise(record);
}

Result<Link> decode_link(const std::string& id, std::string_view text) {
    const auto record = json::parse(text);
    const auto form = record ? json::find_text(*record, "form") : std::nullopt;
    if (!form) return fail(ErrorCode::kCorrupt, "the record of link " + id + " is damaged");
    Link link;
    link.id = id;
    link.form_id = *form;
    link.label = json::find_text(*record, "label").value_or("");
    link.language = json::find_text(*record, "language").value_or("");
    link.opens = instant_of(*record, "opens");
    link.closes = instant_of(*record, "closes");
    if (const auto most = json::find_integer(*record, "answers_max"); most && *most >= 0)
        link.answers_max = static_cast<std::uint64_t>(*most);
    link.grace = std::chrono::hours(json::find_integer(*record, "grace_hours").value_or(0));
    link.kiosk_salt = json::find_text(*record, "kiosk_salt").value_or("");
    link.kiosk_hash = json::find_text(*record, "kiosk_hash").value_or("");
    link.revoked = json::find_flag(*record, "revoked").value_or(false);
    link.created = instant_of(*record, "created").value_or(Instant{});
    return link;
}

}  // namespace survey::server

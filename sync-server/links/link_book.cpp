#include "sync-server/links/link_book.h"

#include <algorithm>

namespace survey::server {

namespace {

constexpr std::string_view kKind = "link";
constexpr int kIdTries = 8;  // even with a million links one id in a million is taken

Result<void> check_form(Store& store, const std::string& form_id) {
    TRY_ASSIGN(const std::vector<PublishedForm> forms, store.forms());
    const bool offered = std::any_of(forms.begin(), forms.end(), [&](const PublishedForm& form) {
        return form.ref.id == form_id && !form.withdrawn;
    });
    if (!offered)
        return fail(ErrorCode::kNotFound, "There is no form \"" + form_id +
                                              "\" to answer here. Publish it first: "
                                              "sync-server publish FILE");
    return {};
}

}  // namespace

Result<void> LinkBook::load() {
    if (loaded_) return {};
    TRY_ASSIGN(const std::vector<Record> records, store_.records(kKind));
    for (const Record& record : records) {
        TRY_ASSIGN(Link link, decode_link(record.key, record.value));
        links_[record.key] = {std::make_shared<const Link>(std::move(link)), record.version};
    }
    loaded_ = true;
    return {};
}

Result<Link> LinkBook::create(Link wanted) {
    if (wanted.opens && wanted.closes && *wanted.closes <= *wanted.opens)
        return fail(ErrorCode::kInvalidInput, "The link would close before it opens.");
    TRY(check_form(store_, wanted.form_id));
    wanted.created = clock_.now();
    const std::lock_guard lock(mutex_);
    TRY(load());
    for (int i = 0; i < kIdTries; ++i) {
        wanted.id = new_link_id(random_);
        if (links_.count(wanted.id) != 0) continue;
        TRY_ASSIGN(const std::uint64_t version,
                   store_.put_record(kKind, {wanted.id, encode_link(wanted), 0}));
        links_[wanted.id] = {std::make_shared<const Link>(wanted), version};
        return wanted;
    }
    return fail(ErrorCode::kUnavailable, "no free id for a link was found");
}

Result<std::vector<Link>> LinkBook::all() {
    const std::lock_guard lock(mutex_);
    TRY(load());
    std::vector<Link> links;
    for (const auto& [id, kept] : links_)
        links.push_back(*kept.link);
    std::stable_sort(links.begin(), links.end(),
                     [](const Link& a, const Link& b) { return a.created > b.created; });
    return links;
}

Result<std::shared_ptr<const Link>> LinkBook::find(const std::string& id) {
    const std::lock_guard lock(mutex_);
    TRY(load());
    const auto found = links_.find(id);
    return found == links_.end() ? std::shared_ptr<const Link>() : found->second.link;
}

Result<Link> LinkBook::revoke(const std::string& id) {
    const std::lock_guard lock(mutex_);
    TRY(load());
    const auto found = links_.find(id);
    if (found == links_.end())
        return fail(ErrorCode::kNotFound, "There is no link \"" + id + "\".");
    Link link = *found->second.link;
    if (link.revoked) return link;
    link.revoked = true;
    TRY_ASSIGN(found->second.version,
               store_.put_record(kKind, {id, encode_link(link), found->second.version}));
    found->second.link = std::make_shared<const Link>(link);
    return link;
}

Result<std::uint64_t> LinkBook::answers(const Link& link) {
    return store_.count_channel(channel_of(link));
}

Result<LinkState> LinkBook::state(const Link& link) {
    std::uint64_t count = 0;
    // Without a limit nobody has to look.
    if (link.answers_max) {
        TRY_ASSIGN(count, answers(link));
    }
    return state_of(link, clock_.now(), count);
}

}  // namespace survey::server

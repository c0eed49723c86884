#include "sync-server/links/public_forms.h"

#include "common/http/content_coding.h"
#include "forms/definition/media_urls.h"

namespace survey::server {

namespace {

constexpr std::string_view kPrefill = "{https://werkstatt.example/ns}prefill";
// Versions in memory, each with its media: a campaign has a handful.
constexpr std::size_t kKnownMax = 32;

std::string packed_if_smaller(const std::string& bytes) {
    std::string packed = gzip_packed(bytes);
    return packed.size() < bytes.size() ? packed : std::string();
}

std::vector<std::string> refs_without_prefill(const forms::FormDefinition& form) {
    std::vector<std::string> refs;
    for (const forms::FormNode& node : form.nodes) {
        const std::string* said = node.bind ? node.bind->extra_value(kPrefill) : nullptr;
        if (said && *said == "no") refs.push_back(node.path);
    }
    return refs;
}

}  // namespace

const PublicForm::File* PublicForm::file(std::string_view name) const {
    for (const File& each : files) {
        if (each.name == name) return &each;
    }
    return nullptr;
}

Result<std::shared_ptr<const PublicForm>> PublicForms::load(const FormRef& ref) {
    TRY_ASSIGN(PublishedForm published, store_.form(ref));
    TRY_ASSIGN(const auto version, library_.find(ref));
    auto form = std::make_shared<PublicForm>();
    form->ref = ref;
    form->hash = published.hash;
    form->title = published.title.empty() ? ref.id : published.title;
    form->packed_xml = gzip_packed(published.xml);
    for (const std::string& url : forms::media_urls(published.xml)) {
        const std::string name = url.substr(url.rfind('/') + 1);
        for (const FormMedia& media : published.media) {
            if (media.name == name)
                form->files.push_back({url, name, media.bytes, packed_if_smaller(media.bytes)});
        }
    }
    form->xml = std::move(published.xml);
    form->no_prefill = refs_without_prefill(*version->form());
    const std::lock_guard lock(mutex_);
    if (known_.size() >= kKnownMax) known_.erase(known_.begin());
    return known_.insert_or_assign({ref.id, form->hash}, std::move(form)).first->second;
}

Result<std::shared_ptr<const PublicForm>> PublicForms::newest(const std::string& form_id) {
    std::uint64_t changes = 0;
    {
        const std::lock_guard lock(mutex_);
        const auto found = newest_.find(form_id);
        if (found != newest_.end()) return found->second;
        changes = changes_;
    }
    TRY_ASSIGN(const std::vector<PublishedForm> all, store_.forms());
    for (const PublishedForm& each : all) {
        if (each.ref.id != form_id || each.withdrawn) continue;
        TRY_ASSIGN(auto form, load(each.ref));
        const std::lock_guard lock(mutex_);
        // What was published meanwhile may be newer.
        if (changes == changes_) newest_[form_id] = form;
        return form;
    }
    return fail(ErrorCode::kNotFound, "This questionnaire is not offered any more.");
}

Result<std::shared_ptr<const PublicForm>> PublicForms::find(const std::string& form_id,
                                                            const FormHash& hash) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find({form_id, hash});
        if (found != known_.end()) return found->second;
    }
    TRY_ASSIGN(const std::vector<PublishedForm> all, store_.forms());
    for (const PublishedForm& each : all) {
        if (each.ref.id == form_id && each.hash == hash) return load(each.ref);
    }
    return fail(ErrorCode::kNotFound, "There is no such version of this questionnaire here.");
}

void PublicForms::form_changed(const std::string& form_id) {
    const std::lock_guard lock(mutex_);
    ++changes_;
    newest_.erase(form_id);
}

}  // namespace survey::server

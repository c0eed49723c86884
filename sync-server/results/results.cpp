#include "sync-server/results/results.h"

#include <utility>

#include "common/base/hex.h"
#include "common/crypto/crypto.h"

namespace survey::server {

Result<TableAnswer> Results::table(const std::string& form_id, const TableQuestion& question) {
    // Asked first, so that invented names do not fill the map.
    TRY(world_.library.versions(form_id));
    const std::shared_ptr<Entry> found = entry(form_id);
    const std::lock_guard lock(found->mutex);
    TRY_ASSIGN(FormResults * results, opened(*found, form_id));
    return results->table(question);
}

Result<std::shared_ptr<const FormVersion>> Results::newest(const std::string& form_id) {
    TRY_ASSIGN(const std::vector<FormRef> versions, world_.library.versions(form_id));
    return world_.library.find(versions.back());
}

void Results::form_changed(const std::string& form_id) {
    const std::shared_ptr<Entry> found = entry(form_id);
    const std::lock_guard lock(found->mutex);
    if (found->results) found->results->make_stale();
}

void Results::warm_up() {
    const auto forms = world_.store.forms();
    if (!forms) return;
    for (const PublishedForm& form : *forms) {
        const std::shared_ptr<Entry> found = entry(form.ref.id);
        const std::lock_guard lock(found->mutex);
        (void)opened(*found, form.ref.id);
    }
}

std::shared_ptr<Results::Entry> Results::entry(const std::string& form_id) {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<Entry>& found = entries_[form_id];
    if (!found) found = std::make_shared<Entry>();
    return found;
}

Result<FormResults*> Results::opened(Entry& entry, const std::string& form_id) {
    if (entry.results && !entry.results->stale()) return entry.results.get();
    entry.results.reset();  // closes the journal before it is opened again
    const std::string name = to_hex(blake2b_256(form_id)).substr(0, 32);
    TRY_ASSIGN(entry.results,
               FormResults::open(world_, form_id, directory_ + "/" + name + ".journal"));
    return entry.results.get();
}

}  // namespace survey::server

#include "sync-server/ingest/form_library.h"

#include <algorithm>
#include <utility>

#include "forms/runtime/recalculation_plan.h"
#include "forms/xform/load.h"

namespace survey::server {

namespace {

using namespace survey::forms;

// Forms in memory: a campaign has a handful, each with a few versions on the road.
constexpr std::size_t kLoadedMax = 64;

class UnsteadyNodes {
  public:
    explicit UnsteadyNodes(const std::shared_ptr<const FormDefinition>& form)
        : plan_(form), unsteady_(form->nodes.size(), false) {}

    std::vector<bool> find() {
        for (const PlannedRule& rule : plan_.rules()) {
            // What `once()` made is kept by the answer itself.
            if (rule.expression && rule.expression->is_volatile() && !rule.expression->uses_once())
                mark_decided_by(rule);
        }
        while (!fresh_.empty()) {
            const NodeRef node = fresh_.back();
            fresh_.pop_back();
            for (const Dependent& reader : plan_.readers_of(node))
                mark_decided_by(plan_.rules()[reader.rule]);
        }
        return std::move(unsteady_);
    }

  private:
    void mark_decided_by(const PlannedRule& rule) {
        if (rule.rule == Rule::kCalculate) mark(rule.node);
        if (rule.rule == Rule::kRelevant || rule.rule == Rule::kCount)
            mark_with_all_below(rule.node);
    }

    void mark(NodeRef node) {
        if (unsteady_[node]) return;
        unsteady_[node] = true;
        fresh_.push_back(node);
    }

    void mark_with_all_below(NodeRef node) {
        mark(node);
        for (const NodeRef child : plan_.form().nodes[node].children)
            mark_with_all_below(child);
    }

    RecalculationPlan plan_;
    std::vector<bool> unsteady_;
    std::vector<NodeRef> fresh_;  ///< Marked, but their readers not yet.
};

}  // namespace

Result<std::string> PublishedMedia::read(std::string_view url) const {
    const auto slash = url.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? url : url.substr(slash + 1);
    for (const FormMedia& file : files_) {
        if (file.name == name) return file.bytes;
    }
    return fail(ErrorCode::kNotFound,
                "The form was published without the file " + std::string(name) + ".");
}

FormVersion::FormVersion(PublishedForm published, std::shared_ptr<const forms::FormDefinition> form)
    : published_(std::move(published)),
      form_(std::move(form)),
      questions_(list_questions(*form_)),
      media_(std::exchange(published_.media, {})),
      unsteady_(UnsteadyNodes(form_).find()) {
    published_.xml.clear();
    published_.xml.shrink_to_fit();
}

std::unique_ptr<forms::SessionCache> FormVersion::borrow_cache() const {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::make_unique<forms::SessionCache>();
    auto cache = std::move(idle_.back());
    idle_.pop_back();
    return cache;
}

void FormVersion::give_back(std::unique_ptr<forms::SessionCache> cache) const {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(cache));
}

Result<std::shared_ptr<const FormVersion>> FormLibrary::find(const FormRef& ref) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = loaded_.find(ref);
        if (found != loaded_.end()) return found->second;
    }
    // Loaded outside the lock: two threads may do it twice, none waits for another's form.
    TRY_ASSIGN(PublishedForm published, store_.form(ref));
    LoadedForm loaded = load_xform(published.xml);
    if (!loaded.form)
        return fail(ErrorCode::kCorrupt, "the published form " + ref.id + " cannot be loaded");
    auto version =
        std::make_shared<const FormVersion>(std::move(published), std::move(loaded.form));
    const std::lock_guard lock(mutex_);
    if (loaded_.size() >= kLoadedMax) loaded_.erase(loaded_.begin());
    return loaded_.emplace(ref, std::move(version)).first->second;
}

Result<std::vector<FormRef>> FormLibrary::versions(const std::string& form_id) {
    TRY_ASSIGN(const std::vector<PublishedForm> all, store_.forms());
    std::vector<FormRef> refs;
    for (const PublishedForm& form : all) {
        if (form.ref.id == form_id) refs.push_back(form.ref);
    }
    if (refs.empty())
        return fail(ErrorCode::kNotFound, "There is no form \"" + form_id + "\" here.");
    std::reverse(refs.begin(), refs.end());
    return refs;
}

}  // namespace survey::server

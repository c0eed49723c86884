#include "forms/runtime/session_host.h"

#include "common/base/number.h"
#include "forms/runtime/session_cache.h"

namespace survey::forms {

namespace {

// A translation that is only this stands for "see the default language" (a habit of form authors).
constexpr std::string_view kFiller = "-";

const ItextValue* value_with_form(const std::vector<ItextValue>& values, std::string_view form) {
    for (const ItextValue& value : values) {
        if (value.form == form) return &value;
    }
    return nullptr;
}

bool is_filler(const std::vector<ItextValue>& values) {
    const ItextValue* plain = value_with_form(values, "");
    return values.size() == 1 && plain != nullptr && plain->text.size() == 1 &&
           plain->text[0].text == kFiller && !plain->text[0].output;
}

std::string_view next_step(std::string_view& path) {
    const std::size_t slash = path.find('/');
    const std::string_view step = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return step;
}

std::string_view without_prefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

SessionHost::SessionHost(const FormDefinition& form, const InstanceTree& tree,
                         const SessionEnvironment& environment)
    : form_(form),
      tree_(tree),
      environment_(environment),
      language_(form.default_language()),
      shuffle_seed_(environment.random->next()),
      random_(environment.random),
      indexes_(environment.cache != nullptr ? &environment.cache->indexes() : &own_indexes_) {}

SessionHost::~SessionHost() {
    // What only this session held may end with it; the shared indexes must not name it any more.
    for (const auto& [id, external] : externals_) {
        if (external.tree.use_count() == 1) indexes_->forget(*external.tree);
    }
}

void SessionHost::set_properties(std::vector<std::pair<std::string, std::string>> properties) {
    properties_ = std::move(properties);
}

void SessionHost::add_instance(const std::string& id, std::shared_ptr<const DocumentTree> tree,
                               std::shared_ptr<const xml::Document> document) {
    externals_[id] = {std::move(tree), std::move(document)};
}

expr::EvalContext SessionHost::context(NodeId node) const {
    expr::EvalContext context;
    context.node = view(node);
    context.host = this;
    return context;
}

std::string SessionHost::render(const RichText& text, NodeId node) const {
    std::string out;
    for (const TextPart& part : text) {
        out += part.text;
        if (!part.output) continue;
        auto shown = part.output->evaluate_string(context(node));
        if (shown && *shown != "NaN") out += *shown;
    }
    return out;
}

const std::vector<ItextValue>* SessionHost::find_itext(std::string_view id) const {
    const std::string key(id);
    const auto& active = form_.languages[language_].texts;
    const auto found = active.find(key);
    if (found != active.end() && !is_filler(found->second)) return &found->second;
    const auto& fallback = form_.languages[form_.default_language()].texts;
    const auto other = fallback.find(key);
    if (other != fallback.end()) return &other->second;
    return found == active.end() ? nullptr : &found->second;
}

std::optional<ShownText> SessionHost::itext_at(std::string_view id, NodeId node) const {
    const std::vector<ItextValue>* values = find_itext(id);
    if (values == nullptr) return std::nullopt;
    ShownText shown;
    const ItextValue* plain = value_with_form(*values, "");
    if (plain == nullptr) plain = value_with_form(*values, "long");
    if (plain == nullptr) plain = value_with_form(*values, "short");
    if (plain != nullptr) shown.text = render(plain->text, node);
    for (const ItextValue& value : *values) {
        if (value.form == "guidance") shown.guidance = render(value.text, node);
        if (value.form == "image") shown.image = render(value.text, node);
        if (value.form == "audio") shown.audio = render(value.text, node);
        if (value.form == "video") shown.video = render(value.text, node);
    }
    return shown;
}

ShownText SessionHost::text(const TextSource& source, NodeId node) const {
    std::optional<ShownText> translated;
    if (!source.itext_id.empty()) {
        translated = itext_at(source.itext_id, node);
    } else if (source.itext) {
        const auto id = source.itext->evaluate_string(context(node));
        // The expression may be the id itself or a call that already yields the text.
        if (id) translated = itext_at(*id, node);
        if (id && !translated && source.literal.empty()) {
            translated.emplace();
            translated->text = *id;
        }
    }
    if (translated) return *std::move(translated);
    ShownText shown;
    shown.text = render(source.literal, node);
    return shown;
}

expr::NodeView SessionHost::instance(std::string_view id) const {
    if (!id.empty() && id == form_.primary_instance_id) return view(tree_.root());
    const DocumentTree* tree = nullptr;
    const auto external = externals_.find(std::string(id));
    if (external != externals_.end()) {
        tree = external->second.tree.get();
    } else if (const SecondaryInstance* inner = form_.find_instance(id)) {
        tree = inner->tree.get();
    }
    if (tree == nullptr) return {};
    const xml::Node root = tree->xml().root();
    return {tree, root == xml::kNoNode ? tree->document() : root};
}

std::optional<std::string> SessionHost::itext(std::string_view id) const {
    auto shown = itext_at(id, tree_.root());
    if (!shown) return std::nullopt;
    return std::move(shown->text);
}

std::optional<std::string> SessionHost::choice_label(std::string_view value, std::string_view path,
                                                     const expr::NodeView& context) const {
    const bool inside = context.tree == &tree_ && context.index < tree_.size();
    const NodeId node = find_node(tree_, form_, path, inside ? context.index : tree_.root());
    if (node == kNoNodeId) return std::nullopt;
    return choice_text(node, value);
}

std::string SessionHost::property(std::string_view name) const {
    for (const auto& [key, value] : properties_) {
        if (key == name) return value;
    }
    return {};
}

NodeId find_node(const InstanceTree& tree, const FormDefinition& form, std::string_view path,
                 NodeId context) {
    NodeId at = context;
    if (!path.empty() && path.front() == '/') {
        path.remove_prefix(1);
        std::string_view name = next_step(path);
        name = name.substr(0, name.find('['));
        const xml::Name& root = form.nodes[0].name;
        if (without_prefix(name) != root.local) return kNoNodeId;
        at = tree.root();
    }
    while (!path.empty()) {
        std::string_view step = next_step(path);
        if (step == "." || step == "current()" || step.empty()) continue;
        if (step == "..") {
            at = tree.at(at).parent;
            if (at == kNoNodeId) return kNoNodeId;
            continue;
        }
        std::optional<std::int64_t> position;
        if (const std::size_t bracket = step.find('['); bracket != std::string_view::npos) {
            position = parse_int(step.substr(bracket + 1, step.size() - bracket - 2));
            if (!position) return kNoNodeId;
            step = step.substr(0, bracket);
        }
        const bool attribute = !step.empty() && step.front() == '@';
        if (attribute) step.remove_prefix(1);
        const std::string_view local = without_prefix(step);
        const FormNode& definition = tree.definition(at);
        NodeRef ref = kNoRef;
        const std::vector<NodeRef> candidates =
            attribute ? definition.attributes : form.children_named(tree.at(at).ref, local);
        for (const NodeRef child : candidates) {
            if (form.nodes[child].name.local == local) {
                ref = child;
                break;
            }
        }
        if (ref == kNoRef) return kNoNodeId;
        at = attribute ? tree.attribute(at, ref) : tree.child(at, ref);
        if (at == kNoNodeId) return kNoNodeId;
        if (tree.at(at).role != NodeRole::kRepeatRange) {
            if (position && *position != 1) return kNoNodeId;
            continue;
        }
        if (!position && path.empty()) return at;
        const std::vector<NodeId>& instances = tree.at(at).slots;
        std::size_t index = position ? static_cast<std::size_t>(*position - 1) : 0;
        if (!position) {
            const NodeId own = tree.ancestor(context, ref);
            if (own != kNoNodeId && tree.at(own).range == at) index = tree.at(own).position - 1;
        }
        if ((position && *position < 1) || index >= instances.size()) return kNoNodeId;
        at = instances[index];
    }
    return at;
}

}  // namespace survey::forms

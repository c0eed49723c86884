#include <algorithm>
#include <utility>

#include "common/base/ensure.h"
#include "forms/lists/external_list.h"
#include "forms/runtime/list_use.h"
#include "forms/runtime/session_state_internal.h"
#include "forms/xml/reader.h"

namespace survey::forms {

namespace {

constexpr std::string_view kLastSaved = "jr://instance/last-saved";
constexpr std::string_view kJavaRosa = "http://openrosa.org/javarosa";
constexpr std::string_view kInstanceLoad = "odk-instance-load";

Error wrong_record(std::string what) {
    return fail(ErrorCode::kInvalidInput, "The record does not fit the form: " + std::move(what));
}

}  // namespace

Result<FormSession> FormSession::open(const std::shared_ptr<const FormDefinition>& form,
                                      const SessionEnvironment& environment,
                                      const OpenOptions& options) {
    ENSURE(form && !form->nodes.empty() && !form->languages.empty());
    ENSURE(environment.clock != nullptr && environment.time_zone != nullptr);
    ENSURE(environment.random != nullptr);
    auto plan =
        environment.cache != nullptr
            ? environment.cache->plan(form)
            : std::shared_ptr<const RecalculationPlan>(std::make_shared<RecalculationPlan>(form));
    auto state = std::make_unique<State>(std::move(plan), environment);
    TRY(state->choose_language(options.language));
    TRY(state->load_lists(options));
    TRY(state->build(options));
    TRY(state->start(options.mode));
    state->start_audit(options);
    return FormSession(std::move(state));
}

FormSession::State::State(std::shared_ptr<const RecalculationPlan> plan,
                          const SessionEnvironment& environment)
    : plan_(std::move(plan)),
      form_(plan_->form()),
      environment_(environment),
      tree_(form_),
      host_(form_, tree_, environment_),
      recalculation_(*plan_, tree_, host_) {}

Result<void> FormSession::State::choose_language(const std::string& name) {
    if (name.empty()) return {};
    for (std::size_t i = 0; i < form_.languages.size(); ++i) {
        if (form_.languages[i].name != name) continue;
        host_.set_language(i);
        return {};
    }
    return fail(ErrorCode::kNotFound, "The form has no language \"" + name + "\".");
}

Result<xml::Document> FormSession::State::read_list(const SecondaryInstance& instance,
                                                    const OpenOptions& options,
                                                    bool& is_placeholder) const {
    xml::Document document;
    if (instance.src == kLastSaved) {
        if (options.last_saved.empty()) {
            document.append_element(0, form_.nodes[0].name);
            return document;
        }
        auto parsed = xml::parse(options.last_saved);
        if (!parsed) return std::move(parsed).error().during("reading the last record");
        return parsed;
    }
    const NoMedia no_media;
    const MediaSource& media = environment_.media != nullptr ? *environment_.media : no_media;
    auto bytes = media.read(instance.src);
    const bool may_be_missing =
        environment_.missing_media_is_blank || !reads_instance(form_, instance.id);
    const bool is_missing = !bytes && may_be_missing && bytes.error().code == ErrorCode::kNotFound;
    if (!bytes && !is_missing) return std::move(bytes).error().during("reading " + instance.src);
    const std::string_view file = bytes ? std::string_view(*bytes) : std::string_view();
    const std::string type = media.content_type(instance.src);
    const bool is_csv = list_kind(instance.src, type) == ListKind::kCsv;
    if (is_csv && is_entity_list(file, instance.id, options.entities)) {
        TRY_ASSIGN(const std::string csv,
                   entity_list_now(file, instance.id, options.entities, *environment_.random));
        return read_external_list(instance.src, csv, "text/csv");
    }
    if (bytes) return read_external_list(instance.src, *bytes, type);
    document.append_element(0, xml::Name{"", "root", ""});
    is_placeholder = true;
    return document;
}

Result<void> FormSession::State::load_lists(const OpenOptions& options) {
    const auto use = [&](const std::string& id, const SessionCache::List& list) {
        host_.add_instance(id, list.tree, list.document);
        if (list.is_placeholder) host_.add_placeholder(id);
    };
    for (const SecondaryInstance& instance : form_.instances) {
        if (instance.src.empty()) continue;
        const bool is_changed =
            std::any_of(options.entities.begin(), options.entities.end(),
                        [&](const EntityChange& change) { return change.dataset == instance.id; });
        const bool is_shared =
            instance.src != kLastSaved && !is_changed && environment_.cache != nullptr;
        if (is_shared) {
            if (const auto* kept = environment_.cache->find_list(form_, instance.id)) {
                use(instance.id, *kept);
                continue;
            }
        }
        SessionCache::List list;
        TRY_ASSIGN(xml::Document document, read_list(instance, options, list.is_placeholder));
        if (!list.is_placeholder) TRY(check_columns(form_, instance.id, document));
        list.document = std::make_shared<const xml::Document>(std::move(document));
        list.tree = std::make_shared<const DocumentTree>(*list.document);
        use(instance.id, list);
        if (is_shared) {
            environment_.cache->keep_list(form_, instance.id, std::move(list));
        }
    }
    return {};
}

Result<void> FormSession::State::build(const OpenOptions& options) {
    host_.set_properties(options.properties);
    properties_ = options.properties;
    if (options.mode == OpenOptions::Mode::kNew) {
        builder().build_from_model();
        if (form_.source && form_.primary_root != xml::kNoNode) {
            keep_record_extras(*form_.source, form_.primary_root);
        }
        defaults_ = options.defaults;
        apply_defaults(tree_.root());
        preload(tree_.root());
        return {};
    }
    auto record = xml::parse(options.xml);
    if (!record) return std::move(record).error().during("reading the record");
    const xml::Node root = record->root();
    if (root == xml::kNoNode || record->name(root).local != form_.nodes[0].name.local) {
        return wrong_record("its root is not <" + form_.nodes[0].name.local + ">.");
    }
    if (record->attribute_value(root, "id") != form_.id) {
        return wrong_record("it belongs to the form \"" + record->attribute_value(root, "id") +
                            "\", not to \"" + form_.id + "\".");
    }
    builder().build_from_record(*record);
    const xml::Node audit = record->child(root, kWerkstatt, kAudit);
    if (audit != xml::kNoNode) paradata_.audit = record->text(audit);
    // A sent record has no entries that its counts took away; what one brings is not ours.
    if (options.mode == OpenOptions::Mode::kEdit) paradata_.surplus.clear();
    keep_record_extras(*record, root);
    if (options.mode == OpenOptions::Mode::kEdit) move_instance_id();
    return {};
}

/// Attributes and namespaces of the root that are no nodes of the form, and a deprecatedID.
void FormSession::State::keep_record_extras(const xml::Document& document, xml::Node root) {
    for (xml::Node at = document.first_attribute(root); at != xml::kNoNode;
         at = document.next_sibling(at)) {
        const xml::Name& name = document.name(at);
        bool is_node = name.is(kJavaRosa, "template");
        for (const NodeRef attribute : form_.nodes[0].attributes) {
            const xml::Name& known = form_.nodes[attribute].name;
            is_node = is_node || known.is(name.uri, name.local);
        }
        if (!is_node) extras_.root_attributes.emplace_back(name, document.value(at));
    }
    for (const auto& declared : document.declarations(root)) {
        if (!declared.prefix.empty() && declared.uri != kWerkstatt) {
            extras_.namespaces.emplace_back(declared.prefix, declared.uri);
        }
    }
    if (form_.instance_id == kNoRef) return;
    const FormNode& meta = form_.nodes[form_.nodes[form_.instance_id].parent];
    for (const NodeRef child : meta.children) {
        if (form_.nodes[child].name.local == "deprecatedID") return;
    }
    const xml::Node element = document.child(root, meta.name.local);
    if (element == xml::kNoNode) return;
    const xml::Node deprecated = document.child(element, "deprecatedID");
    if (deprecated != xml::kNoNode) extras_.deprecated_id = document.text(deprecated);
}

void FormSession::State::move_instance_id() {
    if (form_.instance_id == kNoRef) return;
    const NodeId node = resolve(form_.instance_id, tree_.root());
    if (node == kNoNodeId) return;
    const std::string old = tree_.at(node).value;
    tree_.set_value(node, "uuid:" + uuid_v4(*environment_.random));
    const NodeId meta = tree_.at(node).parent;
    for (const NodeRef child : tree_.definition(meta).children) {
        if (form_.nodes[child].name.local != "deprecatedID") continue;
        tree_.set_value(tree_.child(meta, child), old);
        return;
    }
    extras_.deprecated_id = old;
}

void FormSession::State::preload(NodeId below) {
    std::vector<NodeId> all;
    tree_.collect(below, all);
    for (const NodeId node : all) {
        const std::optional<Bind>& bind = tree_.definition(node).bind;
        if (!bind || bind->preload.kind.empty()) continue;
        const Preload& what = bind->preload;
        std::string value;
        if (what.kind == "uid") {
            value = "uuid:" + uuid_v4(*environment_.random);
        } else if (what.kind == "timestamp" && what.params == "start") {
            value = local_date_time(host_.now(), *environment_.time_zone);
        } else if (what.kind == "date" && what.params == "today") {
            value = local_date(host_.now(), *environment_.time_zone);
        } else if (what.kind == "property") {
            value = host_.property(what.params);
        } else {
            continue;
        }
        tree_.set_value(node, read(node, value));
    }
}

void FormSession::State::apply_defaults(NodeId below) {
    for (const auto& [path, value] : defaults_) {
        const std::string absolute =
            path.starts_with('/') ? path : "/" + form_.nodes[0].name.qualified() + "/" + path;
        const NodeId node = find_node(tree_, form_, absolute, tree_.root());
        if (node == kNoNodeId || tree_.at(node).role != NodeRole::kValue) continue;
        NodeId up = node;
        while (up != kNoNodeId && up != below)
            up = tree_.at(up).parent;
        if (up == below) tree_.set_value(node, read(node, value));
    }
}

/// `jr:noAddRemove` fixes the number at what the form has, at least one.
void FormSession::State::meet_fixed_numbers() {
    std::vector<NodeId> all;
    tree_.collect(tree_.root(), all);
    for (const NodeId node : all) {
        if (tree_.at(node).role != NodeRole::kRepeatRange || !tree_.at(node).slots.empty())
            continue;
        const ControlIndex index = plan_->repeat_control(tree_.at(node).ref);
        if (index == kNoControl) continue;
        const Control& control = form_.controls[index];
        if (control.no_add_remove && !control.repeat_count) add_instance(node, 0);
    }
}

/// A repeat that was hidden when the record was sent is not in it. It comes back as the form has
/// it.
void FormSession::State::bring_back_hidden_repeats() {
    std::vector<NodeId> all;
    tree_.collect(tree_.root(), all);
    for (const NodeId node : all) {
        const InstanceNode& range = tree_.at(node);
        if (range.role != NodeRole::kRepeatRange || !range.slots.empty() || range.relevant)
            continue;
        const ControlIndex index = plan_->repeat_control(range.ref);
        if (index == kNoControl || form_.controls[index].repeat_count) continue;
        builder().add_model_instances(node);
        const std::vector<NodeId> made = tree_.at(node).slots;
        for (const NodeId instance : made)
            recalculation_.instance_added(instance);
    }
}

void FormSession::State::ensure_instance_id() {
    if (form_.instance_id == kNoRef) return;
    const NodeId node = resolve(form_.instance_id, tree_.root());
    if (node == kNoNodeId) return;
    if (tree_.at(node).value.empty()) {
        recalculation_.store(node, "uuid:" + uuid_v4(*environment_.random));
    }
}

Result<void> FormSession::State::start(OpenOptions::Mode mode) {
    is_loading_ = true;
    recalculation_.schedule_below(tree_.root());
    recalculation_.run();
    ensure_instance_id();
    meet_fixed_numbers();
    if (mode == OpenOptions::Mode::kEdit) bring_back_hidden_repeats();
    settle();
    if (mode == OpenOptions::Mode::kNew) {
        TRY(check_load_targets());
        run_actions("xforms-ready");
        run_actions("odk-instance-first-load");
    }
    run_actions(kInstanceLoad);
    settle();
    is_loading_ = false;
    recalculation_.take_touched();
    removed_.clear();
    if (form_.instance_id != kNoRef) {
        const NodeId node = resolve(form_.instance_id, tree_.root());
        if (node != kNoNodeId) instance_id_ = tree_.at(node).value;
    }
    return {};
}

}  // namespace survey::forms

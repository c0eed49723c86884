#include "forms/runtime/instance_writer.h"

#include <algorithm>

#include "forms/runtime/answer_value.h"
#include "forms/xml/writer.h"

namespace survey::forms {

namespace {

// Records in the field do not name the namespace that their root has by inheritance in the form.
constexpr std::string_view kXForms = "http://www.w3.org/2002/xforms";

class InstanceWriter {
  public:
    InstanceWriter(const InstanceTree& tree, const FormDefinition& form, const RecordExtras& extras,
                   const Paradata& paradata, bool include_non_relevant)
        : tree_(tree),
          form_(form),
          extras_(extras),
          paradata_(paradata),
          all_(include_non_relevant) {}

    std::string write(NodeId from) {
        if (from == tree_.root()) {
            collect_prefixes(from);  // a part of a record declares each prefix where it is used
            element(from, "");
        } else if (tree_.at(from).role == NodeRole::kRepeatRange) {
            instances(from, "");
        } else if (is_written(from)) {
            element(from, "");
        }
        return std::move(out_);
    }

  private:
    bool is_written(NodeId node) const { return all_ || tree_.at(node).relevant; }

    void add_prefix(const std::string& prefix, const std::string& uri) {
        if (prefix.empty() || prefix == "xml" || uri.empty()) return;
        for (const auto& [known, other] : prefixes_) {
            if (known == prefix) return;  // another meaning of it is declared where it is used
        }
        prefixes_.emplace_back(prefix, uri);
    }

    void collect_prefixes(NodeId node) {
        for (const auto& [prefix, uri] : extras_.namespaces)
            add_prefix(prefix, uri);
        for (const auto& [name, value] : extras_.root_attributes)
            add_prefix(name.prefix, name.uri);
        collect_names(node);
        choose_own_prefix();
        if (has_notes(node) || writes_audit()) add_prefix(own_prefix_, std::string(kWerkstatt));
    }

    /// The prefix that the record has for our namespace, or one that nothing else has.
    void choose_own_prefix() {
        for (const auto& [prefix, uri] : prefixes_) {
            if (uri == kWerkstatt) own_prefix_ = prefix;
            if (uri == kWerkstatt) return;
        }
        for (const auto& [prefix, uri] : prefixes_) {
            if (prefix == own_prefix_) own_prefix_ = "werkstatt";
        }
    }

    bool keeps_reason(NodeId node) const {
        const InstanceNode& at = tree_.at(node);
        return at.overruled && !at.is_attribute && (all_ || at.warned);
    }

    /// Whether the element, as it is written, has an attribute of ours.
    bool has_notes(NodeId node) const {
        if (paradata_.reasons.empty() && paradata_.surplus.empty()) return false;
        if (keeps_reason(node)) return true;
        const InstanceNode& at = tree_.at(node);
        if (at.role == NodeRole::kRepeatRange && all_) {
            const auto waiting = paradata_.surplus.find(node);
            if (waiting != paradata_.surplus.end() && !waiting->second.empty()) return true;
        }
        return std::any_of(at.slots.begin(), at.slots.end(), [this](NodeId slot) {
            if (slot == kNoNodeId) return false;
            const bool holds_many = tree_.at(slot).role == NodeRole::kRepeatRange;
            return (holds_many || is_written(slot)) && has_notes(slot);
        });
    }

    bool writes_audit() const { return all_ && !paradata_.audit.empty(); }

    void put_note(std::string_view name, std::string_view value) {
        declare(xml::Name{std::string(kWerkstatt), std::string(name), own_prefix_});
        put_attribute(own_prefix_ + ":" + std::string(name), value);
    }

    void children(const InstanceNode& at, const std::string& default_namespace) {
        for (const NodeId slot : at.slots) {
            if (slot == kNoNodeId) continue;
            if (tree_.at(slot).role == NodeRole::kRepeatRange) {
                instances(slot, default_namespace);
            } else if (is_written(slot)) {
                element(slot, default_namespace);
                if (tree_.at(slot).ref == form_.instance_id) deprecated_id(slot);
            }
        }
    }

    void instances(NodeId range, const std::string& default_namespace) {
        for (const NodeId instance : tree_.at(range).slots) {
            if (is_written(instance)) element(instance, default_namespace);
        }
        const auto waiting = paradata_.surplus.find(range);
        if (!all_ || waiting == paradata_.surplus.end()) return;
        for (auto gone = waiting->second.rbegin(); gone != waiting->second.rend(); ++gone) {
            element(*gone, default_namespace, true);
        }
    }

    void collect_names(NodeId node) {
        const xml::Name& name = tree_.definition(node).name;
        add_prefix(name.prefix, name.uri);
        for (NodeId at = tree_.at(node).first_attribute; at != kNoNodeId; at = tree_.at(at).next) {
            const xml::Name& attribute = tree_.definition(at).name;
            add_prefix(attribute.prefix, attribute.uri);
        }
        for (NodeId at = tree_.at(node).first_child; at != kNoNodeId; at = tree_.at(at).next) {
            collect_names(at);
        }
    }

    void put_attribute(const std::string& name, std::string_view value) {
        out_ += ' ';
        out_ += name;
        out_ += "=\"";
        out_ += xml::escape_attribute(value);
        out_ += '"';
    }

    /// A prefix that the root declares otherwise is declared here again.
    void declare(const xml::Name& name) {
        if (name.prefix.empty() || name.uri.empty()) return;
        for (const auto& [prefix, uri] : prefixes_) {
            if (prefix == name.prefix && uri == name.uri) return;
        }
        put_attribute("xmlns:" + name.prefix, name.uri);
    }

    void element(NodeId node, const std::string& outer_namespace, bool is_removed = false) {
        const InstanceNode& at = tree_.at(node);
        const xml::Name& name = tree_.definition(node).name;
        const std::string tag = name.qualified();
        out_ += '<';
        out_ += tag;
        std::string default_namespace = outer_namespace;
        if (name.prefix.empty()) {
            const std::string uri = name.uri == kXForms ? std::string() : name.uri;
            if (uri != outer_namespace) put_attribute("xmlns", uri);
            default_namespace = uri;
        }
        if (node == tree_.root()) {
            for (const auto& [prefix, uri] : prefixes_)
                put_attribute("xmlns:" + prefix, uri);
            for (const auto& [attribute, value] : extras_.root_attributes) {
                put_attribute(attribute.qualified(), value);
            }
        } else {
            declare(name);
        }
        for (NodeId on = at.first_attribute; on != kNoNodeId; on = tree_.at(on).next) {
            if (!is_written(on)) continue;
            const FormNode& definition = tree_.definition(on);
            if (node != tree_.root()) declare(definition.name);
            put_attribute(definition.name.qualified(), recorded_value(on));
        }
        if (is_removed) put_note(kRemoved, "true");
        if (keeps_reason(node)) put_note(kOverruled, paradata_.reason(node));
        const std::size_t open = out_.size();
        out_ += '>';
        const std::size_t body = out_.size();
        if (at.first_child == kNoNodeId) out_ += xml::escape_text(recorded_value(node));
        children(at, default_namespace);
        if (node == tree_.root() && writes_audit()) {
            const std::string log = own_prefix_ + ":" + std::string(kAudit);
            out_ += '<' + log + '>' + xml::escape_text(paradata_.audit) + "</" + log + '>';
        }
        if (out_.size() == body) {
            out_.resize(open);
            out_ += "/>";
            return;
        }
        out_ += "</";
        out_ += tag;
        out_ += '>';
    }

    void deprecated_id(NodeId instance_id) {
        if (extras_.deprecated_id.empty()) return;
        const std::string& prefix = tree_.definition(instance_id).name.prefix;
        const std::string tag = prefix.empty() ? "deprecatedID" : prefix + ":deprecatedID";
        out_ += '<' + tag + '>' + xml::escape_text(extras_.deprecated_id) + "</" + tag + '>';
    }

    std::string recorded_value(NodeId node) const {
        const FormNode& definition = tree_.definition(node);
        const AnswerType type = definition.bind ? definition.bind->type : AnswerType::kString;
        return recorded(type, tree_.at(node).value);
    }

    const InstanceTree& tree_;
    const FormDefinition& form_;
    const RecordExtras& extras_;
    const Paradata& paradata_;
    bool all_;
    std::string own_prefix_ = "ws";
    std::vector<std::pair<std::string, std::string>> prefixes_;
    std::string out_;
};

}  // namespace

std::string write_instance(const InstanceTree& tree, const FormDefinition& form,
                           const RecordExtras& extras, const Paradata& paradata,
                           const SerializeOptions& options) {
    const NodeId from = options.subtree == kNoNodeId ? tree.root() : options.subtree;
    return InstanceWriter(tree, form, extras, paradata, options.include_non_relevant).write(from);
}

}  // namespace survey::forms

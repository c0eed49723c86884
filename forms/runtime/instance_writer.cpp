#include "forms/runtime/instance_writer.h"

#include "forms/runtime/answer_value.h"
#include "forms/xml/writer.h"

namespace survey::forms {

namespace {

// Records in the field do not name the namespace that their root has by inheritance in the form.
constexpr std::string_view kXForms = "http://www.w3.org/2002/xforms";

class InstanceWriter {
  public:
    InstanceWriter(const InstanceTree& tree, const FormDefinition& form, const RecordExtras& extras,
                   bool include_non_relevant)
        : tree_(tree), form_(form), extras_(extras), all_(include_non_relevant) {}

    std::string write(NodeId from) {
        if (from == tree_.root()) {
            collect_prefixes(from);  // a part of a record declares each prefix where it is used
            element(from, "");
        } else if (tree_.at(from).role == NodeRole::kRepeatRange) {
            for (const NodeId instance : tree_.at(from).slots) {
                if (is_written(instance)) element(instance, "");
            }
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

    void element(NodeId node, const std::string& outer_namespace) {
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
        const std::size_t open = out_.size();
        out_ += '>';
        const std::size_t body = out_.size();
        if (at.first_child == kNoNodeId) out_ += xml::escape_text(recorded_value(node));
        for (NodeId child = at.first_child; child != kNoNodeId; child = tree_.at(child).next) {
            if (!is_written(child)) continue;
            element(child, default_namespace);
            if (tree_.at(child).ref == form_.instance_id) deprecated_id(child);
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
    bool all_;
    std::vector<std::pair<std::string, std::string>> prefixes_;
    std::string out_;
};

}  // namespace

std::string write_instance(const InstanceTree& tree, const FormDefinition& form,
                           const RecordExtras& extras, const SerializeOptions& options) {
    const NodeId from = options.subtree == kNoNodeId ? tree.root() : options.subtree;
    return InstanceWriter(tree, form, extras, options.include_non_relevant).write(from);
}

}  // namespace survey::forms

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/definition/form_definition.h"
#include "forms/expr/expr.h"
#include "forms/runtime/answer_value.h"
#include "forms/runtime/form_session.h"
#include "forms/runtime/instance_tree.h"

namespace survey::forms {

/// What the expressions of one session ask of the world: its instance, the secondary instances, the
/// active language, clock and chance; and text with its outputs filled in.
class SessionHost final : public expr::Host {
  public:
    /// All outlive the host.
    SessionHost(const FormDefinition& form, const InstanceTree& tree,
                const SessionEnvironment& environment);

    ~SessionHost() override;
    SessionHost(const SessionHost&) = delete;
    SessionHost& operator=(const SessionHost&) = delete;

    void set_properties(std::vector<std::pair<std::string, std::string>> properties);
    void add_instance(const std::string& id, std::shared_ptr<const DocumentTree> tree,
                      std::shared_ptr<const xml::Document> document);
    /// The list is an empty stand-in for a missing file: answers chosen from it stand.
    void add_placeholder(const std::string& id) { placeholders_.push_back(id); }
    /// REQUIRES an index into `FormDefinition::languages`.
    void set_language(std::size_t language) { language_ = language; }
    std::size_t language() const { return language_; }

    expr::EvalContext context(NodeId node) const;
    expr::NodeView view(NodeId node) const { return {&tree_, node}; }
    LocalMoment moment() const { return {environment_.clock->now(), environment_.time_zone}; }

    std::string render(const RichText& text, NodeId node) const;
    /// The text with its media; outputs at `node`.
    ShownText text(const TextSource& source, NodeId node) const;
    /// A translated text; nothing where no language has the id.
    std::optional<ShownText> itext_at(std::string_view id, NodeId node) const;

    // Choices.
    Result<std::vector<Choice>> choices(NodeId node) const;
    /// What remains of an answer when values that are not on offer are taken away. An error where
    /// the list cannot be had: the answer stands then.
    Result<std::string> keep_offered(NodeId node, const std::string& answer) const;
    /// Whether this node's control restricts what its answer may be.
    bool restricts_answer(NodeId node) const;
    std::optional<std::string> choice_text(NodeId node, std::string_view value) const;

    // expr::Host
    expr::NodeView instance(std::string_view id) const override;
    std::optional<std::string> itext(std::string_view id) const override;
    std::optional<std::string> choice_label(std::string_view value, std::string_view path,
                                            const expr::NodeView& context) const override;
    std::string property(std::string_view name) const override;
    std::string form_version() const override { return form_.version; }
    Instant now() const override { return environment_.clock->now(); }
    const TimeZone& time_zone() const override { return *environment_.time_zone; }
    Random& random() const override { return *random_; }
    expr::IndexCache* indexes() const override { return indexes_; }

  private:
    struct External {
        std::shared_ptr<const DocumentTree> tree;
        std::shared_ptr<const xml::Document> document;  // kept alive for the tree
    };
    const std::vector<ItextValue>* find_itext(std::string_view id) const;
    Result<expr::NodeSet> items(NodeId node, const Itemset& itemset) const;
    std::string item_value(const expr::NodeView& item, const Itemset& itemset, NodeId node) const;
    ShownText item_label(const expr::NodeView& item, const Itemset& itemset, NodeId node) const;
    expr::EvalContext item_context(const expr::NodeView& item, NodeId node) const;

    const FormDefinition& form_;
    const InstanceTree& tree_;
    const SessionEnvironment& environment_;
    std::size_t language_ = 0;
    std::uint64_t shuffle_seed_ = 0;  // unseeded randomize() keeps its order within the session
    mutable Random* random_;
    std::unordered_map<std::string, External> externals_;
    mutable expr::IndexCache own_indexes_;
    expr::IndexCache* indexes_;  // those of the shared cache, where there is one
    std::vector<std::string> placeholders_;
    std::vector<std::pair<std::string, std::string>> properties_;
};

/// The node that a path without functions names: absolute or from `context`. Steps without a
/// position mean the context's own instance where it stands in one, else the first. A last step
/// that names a repeat without a position means the range. kNoNodeId if there is no such node.
NodeId find_node(const InstanceTree& tree, const FormDefinition& form, std::string_view path,
                 NodeId context);

}  // namespace survey::forms

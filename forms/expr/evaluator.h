#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "forms/expr/ast_internal.h"
#include "forms/expr/expr.h"

namespace survey::expr {

/// Where an expression stands: XPath's context node, position and size.
struct Frame {
    NodeView node;
    std::size_t position = 1;
    std::size_t size = 1;
};

inline constexpr std::size_t kNodeSetMax = 2'000'000;  // a document has at most 1,000,000 nodes

/// One evaluation of one expression. A failure stops it: every function then returns at once with a
/// value that nobody looks at, and `error()` says why.
class Evaluator {
  public:
    Evaluator(const EvalContext& context, std::size_t memo_slots, Library library,
              bool wants_nodes);

    Value value(const ExprNode& node, const Frame& frame);
    std::string string(const ExprNode& node, const Frame& frame);
    double number(const ExprNode& node, const Frame& frame);
    bool boolean(const ExprNode& node, const Frame& frame);
    NodeSet nodes(const ExprNode& node, const Frame& frame);
    Frame start() const { return {context_.node, context_.position, context_.size}; }

    // Conversions, with local times read in the host's zone.
    std::string to_text(const NodeView& node);
    std::string text_of(const Value& value);
    double to_number(const Value& value);
    double text_number(std::string_view text) const;
    double to_number(const NodeView& node);

    bool stopped() const { return error_.has_value(); }
    void stop(ErrorCode code, std::string message);
    /// Counts work; false past the limit, and then stopped.
    bool charge(std::uint64_t steps);
    /// False, and stopped, where a text has grown too long.
    bool check_length(std::size_t bytes);
    const std::optional<Error>& error() const { return error_; }

    /// The node that the expression belongs to: `current()`.
    NodeView current() const {
        return context_.current.is_null() ? context_.node : context_.current;
    }
    NodeView root() const { return root_; }
    const EvalContext& context() const { return context_; }
    bool has_host() const { return context_.host != nullptr; }
    const Host& host();
    const TimeZone& time_zone() const;
    Library library() const { return library_; }

    /// The nodes of a path of child and parent steps in every repeat instance, but for repeats
    /// whose place is in `chosen`; for indexed-repeat().
    struct Chosen {
        std::vector<std::string_view> names;  ///< Local names from the document down.
        std::size_t position = 1;
    };
    bool absolute_names(const ExprNode& path, std::vector<std::string_view>& names) const;
    NodeSet walk(const std::vector<std::string_view>& names, const std::vector<Chosen>& chosen);

    /// `item[key = value]` below `parent` for a key that is one child name; for pulldata().
    NodeSet lookup(const NodeView& parent, std::string_view item, std::string_view key,
                   const std::string& value);

  private:
    // These two do not look at the memo.
    Value compute(const ExprNode& node, const Frame& frame);
    bool truth(const ExprNode& node, const Frame& frame);
    const Value& memoised(const ExprNode& node, const Frame& frame);
    Value arithmetic(const ExprNode& node, const Frame& frame);
    Value operand(const ExprNode& node, const Frame& frame);
    bool comparison(const ExprNode& node, const Frame& frame);
    bool compare(Operator op, const Value& a, const Value& b);
    bool compare_sets(Operator op, const NodeSet& a, const NodeSet& b);
    bool compare_set(Operator op, const NodeSet& set, const Value& other, bool set_is_left);
    bool numbers_equal(double a, double b) const;
    bool texts_ordered(Operator op, std::string_view a, std::string_view b) const;
    Value unite(const ExprNode& node, const Frame& frame);

    // Paths (path_evaluator.cpp).
    /// \param with_hidden also what the tree does not include, at the end of the path only.
    NodeSet path(const ExprNode& node, const Frame& frame, bool first_only,
                 bool with_hidden = false);
    bool contextualizes(const ExprNode& node) const;
    std::size_t enter_root(const ExprNode& node, NodeSet& nodes) const;
    void step(const Step& step, const NodeSet& from, bool& flat, NodeSet& to);
    bool step_by_index(const Step& step, const NodeSet& from, NodeSet& to);
    bool answer_by_index(const Step& step, const Predicate& predicate, const NodeView& parent,
                         NodeSet& to);
    void filter(const Predicate& predicate, NodeSet& nodes);
    void keep_included(NodeSet& nodes) const;

    const EvalContext& context_;
    NodeView root_;
    Library library_;
    bool wants_nodes_;
    std::uint64_t steps_ = 0;
    std::optional<Error> error_;
    std::vector<std::optional<Value>> memo_;
};

/// Puts nodes into document order and removes what occurs twice.
void sort_nodes(NodeSet& nodes);
bool precedes(const NodeView& a, const NodeView& b);

}  // namespace survey::expr

// Which nodes an expression speaks of, as far as that can be known without a document.
#include "forms/expr/binder.h"
#include "forms/expr/functions.h"
#include "forms/expr/parser.h"

namespace survey::expr {

namespace {

PathReference::Axis axis_of(Axis axis) {
    switch (axis) {
        case Axis::kChild:
            return PathReference::Axis::kChild;
        case Axis::kParent:
            return PathReference::Axis::kParent;
        case Axis::kSelf:
            return PathReference::Axis::kSelf;
        case Axis::kAttribute:
            return PathReference::Axis::kAttribute;
        default:
            return PathReference::Axis::kOther;
    }
}

const std::string* literal(const ExprNode& node) {
    return node.type == NodeType::kConstant ? std::get_if<std::string>(&node.constant) : nullptr;
}

bool is_call_of(const ExprNode& node, Implementation function) {
    return node.type == NodeType::kCall && node.function != nullptr &&
           node.function->call == function;
}

class Collector {
  public:
    std::vector<PathReference> run(const ExprNode& root) {
        collect(root, nullptr);
        return std::move(found_);
    }

  private:
    // `item`: the path whose predicate the node stands in; null outside of predicates.
    void collect(const ExprNode& node, const PathReference* item) {
        if (node.type == NodeType::kPath || is_call_of(node, fn::current) ||
            is_call_of(node, fn::instance)) {
            add(node, item);
            return;
        }
        for (const ExprPtr& arg : node.args)
            collect(*arg, item);
        if (node.type != NodeType::kCall) return;
        const FunctionSpec& spec = *node.function;
        if (node.args.empty() && (spec.flags & kContextWithoutArguments) != 0 &&
            (spec.flags & kPosition) == 0) {
            PathReference self = start(item);
            self.offset = node.offset;
            self.steps.push_back({PathReference::Axis::kSelf, "*", false});
            found_.push_back(std::move(self));
        }
        if (spec.call == fn::choice_name) add_quoted(*node.args[1]);
        if (spec.call == fn::pulldata) add_list(node);
    }

    static PathReference start(const PathReference* item) {
        PathReference reference;
        if (item == nullptr) {
            reference.origin = PathReference::Origin::kContext;
            return reference;
        }
        reference = *item;
        reference.in_predicate = true;
        return reference;
    }

    // Takes its place in the list before what its predicates speak of.
    void add(const ExprNode& node, const PathReference* item) {
        const std::size_t place = found_.size();
        found_.emplace_back();
        PathReference reference = resolve(node, item);
        reference.offset = node.offset;
        reference.in_predicate = item != nullptr;
        reference.as_node_set =
            node.type == NodeType::kPath ? !node.single_value && !node.is_result : false;
        found_[place] = std::move(reference);
    }

    PathReference resolve(const ExprNode& node, const PathReference* item) {
        PathReference reference;
        if (is_call_of(node, fn::current)) {
            reference.origin = PathReference::Origin::kContext;
            return reference;
        }
        if (is_call_of(node, fn::instance)) {
            reference.origin = PathReference::Origin::kUnknown;
            if (const std::string* id = literal(*node.args[0])) {
                reference.origin = PathReference::Origin::kInstance;
                reference.instance_id = *id;
            } else {
                collect(*node.args[0], item);
            }
            return reference;
        }
        if (node.type != NodeType::kPath) {
            collect(node, item);
            reference.origin = PathReference::Origin::kUnknown;
            return reference;
        }
        switch (node.start) {
            case PathStart::kRoot:
                reference.origin = PathReference::Origin::kRoot;
                break;
            case PathStart::kContext:
                reference = start(item);
                break;
            case PathStart::kExpression:
                reference = resolve(*node.args[0], item);
                break;
        }
        follow(node.start_predicates, reference);
        if (!node.start_predicates.empty() && !reference.steps.empty()) {
            reference.steps.back().has_predicate = true;
        }
        for (const Step& step : node.steps) {
            const bool named = step.test.kind == NodeTest::Kind::kName;
            reference.steps.push_back({axis_of(step.axis),
                                       named ? step.test.local : std::string("*"),
                                       !step.predicates.empty()});
            follow(step.predicates, reference);
        }
        return reference;
    }

    void follow(const std::vector<Predicate>& predicates, const PathReference& item) {
        for (const Predicate& predicate : predicates)
            collect(*predicate.expr, &item);
    }

    // The path in quotes that jr:choice-name() takes; wrong ones are left to the check of the form.
    void add_quoted(const ExprNode& argument) {
        const std::string* text = literal(argument);
        if (text == nullptr) return;
        const Parsed parsed = parse(*text, Library::kCore);
        if (parsed.error || parsed.root->type != NodeType::kPath ||
            parsed.root->start == PathStart::kExpression) {
            return;
        }
        PathReference reference;
        reference.origin = parsed.root->start == PathStart::kRoot ? PathReference::Origin::kRoot
                                                                  : PathReference::Origin::kContext;
        for (const Step& step : parsed.root->steps) {
            const bool named = step.test.kind == NodeTest::Kind::kName;
            reference.steps.push_back({axis_of(step.axis),
                                       named ? step.test.local : std::string("*"),
                                       !step.predicates.empty()});
        }
        reference.offset = argument.offset;
        found_.push_back(std::move(reference));
    }

    // pulldata('list', 'column', 'key', …) reads the list's items.
    void add_list(const ExprNode& call) {
        const std::string* id = literal(*call.args[0]);
        if (id == nullptr) return;
        PathReference reference;
        reference.origin = PathReference::Origin::kInstance;
        reference.instance_id = *id;
        reference.offset = call.offset;
        reference.steps = {{PathReference::Axis::kChild, "root", false},
                           {PathReference::Axis::kChild, "item", true}};
        const std::string* column = literal(*call.args[1]);
        reference.steps.push_back(
            {PathReference::Axis::kChild, column == nullptr ? "*" : *column, false});
        found_.push_back(std::move(reference));
    }

    std::vector<PathReference> found_;
};

}  // namespace

std::vector<PathReference> collect_references(const ExprNode& root) {
    return Collector().run(root);
}

}  // namespace survey::expr

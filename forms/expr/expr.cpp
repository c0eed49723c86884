#include "forms/expr/expr.h"

#include <utility>

#include "forms/expr/binder.h"
#include "forms/expr/evaluator.h"
#include "forms/expr/parser.h"

namespace survey::expr {

struct Expr::Program {
    std::string source;
    ExprPtr root;
    std::vector<PathReference> references;
    Library library = Library::kOpenRosa;
    bool uses_position = false;
    bool uses_once = false;
    std::size_t memo_slots = 0;
};

Expr::Expr(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Expr::Compiled Expr::compile(std::string_view source, const CompileOptions& options) {
    Compiled compiled;
    auto program = std::make_shared<Program>();
    program->source = source;
    program->library = options.library;
    Parsed parsed = parse(program->source, options.library);
    if (parsed.error) {
        compiled.error = std::move(parsed.error);
        return compiled;
    }
    program->root = std::move(parsed.root);
    Bound bound = bind(program->root, options);
    if (bound.error) {
        compiled.error = std::move(bound.error);
        return compiled;
    }
    program->uses_position = bound.uses_position;
    program->uses_once = bound.uses_once;
    program->memo_slots = bound.memo_slots;
    program->references = collect_references(*program->root);
    compiled.expr = Expr(std::move(program));
    return compiled;
}

const std::string& Expr::source() const {
    return program_->source;
}
ValueKind Expr::result_kind() const {
    return program_->root->kind;
}
const std::vector<PathReference>& Expr::references() const {
    return program_->references;
}
bool Expr::is_volatile() const {
    return program_->root->is_volatile;
}
bool Expr::uses_position() const {
    return program_->uses_position;
}
bool Expr::is_constant() const {
    return program_->root->type == NodeType::kConstant;
}
bool Expr::uses_once() const {
    return program_->uses_once;
}

Result<Value> Expr::evaluate(const EvalContext& context) const {
    Evaluator evaluator(context, program_->memo_slots, program_->library, false);
    Value value = evaluator.value(*program_->root, evaluator.start());
    if (evaluator.stopped()) return *evaluator.error();
    return value;
}

Result<std::string> Expr::evaluate_string(const EvalContext& context) const {
    Evaluator evaluator(context, program_->memo_slots, program_->library, false);
    std::string value = evaluator.string(*program_->root, evaluator.start());
    if (evaluator.stopped()) return *evaluator.error();
    return value;
}

Result<double> Expr::evaluate_number(const EvalContext& context) const {
    Evaluator evaluator(context, program_->memo_slots, program_->library, false);
    const double value = evaluator.number(*program_->root, evaluator.start());
    if (evaluator.stopped()) return *evaluator.error();
    return value;
}

Result<bool> Expr::evaluate_boolean(const EvalContext& context) const {
    Evaluator evaluator(context, program_->memo_slots, program_->library, false);
    const bool value = evaluator.boolean(*program_->root, evaluator.start());
    if (evaluator.stopped()) return *evaluator.error();
    return value;
}

Result<NodeSet> Expr::evaluate_nodes(const EvalContext& context) const {
    Evaluator evaluator(context, program_->memo_slots, program_->library, true);
    NodeSet value = evaluator.nodes(*program_->root, evaluator.start());
    if (evaluator.stopped()) return *evaluator.error();
    return value;
}

}  // namespace survey::expr

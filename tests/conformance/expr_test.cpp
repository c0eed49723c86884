// Runs the cases of tests/data/expr.
#include "forms/expr/expr.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>

#include <catch2/catch.hpp>

#include "forms/definition/document_tree.h"
#include "forms/expr/functions.h"
#include "forms/xml/reader.h"
#include "tests/conformance/expr_cases.h"

namespace survey::test {

namespace {

struct Loaded {
    explicit Loaded(const std::string& text) {
        auto parsed = xml::parse(text);
        INFO(text);
        REQUIRE(parsed.has_value());
        document = std::make_unique<xml::Document>(*std::move(parsed));
        tree = std::make_unique<forms::DocumentTree>(*document);
    }
    std::unique_ptr<xml::Document> document;
    std::unique_ptr<forms::DocumentTree> tree;
};

class CaseHost final : public expr::Host {
  public:
    CaseHost(const ExprCase& one, bool with_indexes)
        : now_(*parse_instant(one.now)), zone_(one.zone), random_(7), with_indexes_(with_indexes) {
        for (const auto& [id, text] : one.instances)
            instances_.emplace(id, text);
    }
    expr::NodeView instance(std::string_view id) const override {
        const auto found = instances_.find(std::string(id));
        if (found == instances_.end()) return {};
        return {found->second.tree.get(), found->second.document->root()};
    }
    std::optional<std::string> itext(std::string_view id) const override {
        if (id == "greeting") return "Guten Tag";
        return std::nullopt;
    }
    std::optional<std::string> choice_label(std::string_view value, std::string_view path,
                                            const expr::NodeView& context) const override {
        if (path != "/data/fruit" || context.is_null()) return std::nullopt;
        if (value == "a") return "Apfel";
        return std::nullopt;
    }
    std::string property(std::string_view name) const override {
        return name == "username" ? "erna" : "";
    }
    std::string form_version() const override { return "2026.1"; }
    expr::IndexCache* indexes() const override { return with_indexes_ ? &indexes_ : nullptr; }
    Instant now() const override { return now_; }
    const TimeZone& time_zone() const override { return zone_; }
    Random& random() const override { return random_; }

  private:
    std::map<std::string, Loaded> instances_;
    Instant now_;
    FixedOffset zone_;
    mutable SeededRandom random_;
    mutable expr::IndexCache indexes_;
    bool with_indexes_;
};

std::string kind_name(expr::CompileError::Kind kind) {
    using Kind = expr::CompileError::Kind;
    switch (kind) {
        case Kind::kParse:
            return "parse";
        case Kind::kNamespace:
            return "namespace";
        case Kind::kFunction:
            return "function";
        case Kind::kArity:
            return "arity";
        case Kind::kType:
            return "type";
        case Kind::kLimit:
            return "limit";
    }
    return "";
}

std::string describe(const expr::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return "\"" + *text + "\"";
    const auto* nodes = std::get_if<expr::NodeSet>(&value);
    if (nodes == nullptr) return expr::to_string(value);
    std::string all = "nodes";
    for (const expr::NodeView& node : *nodes) {
        std::string name = node.tree->qualified_name(node.index);
        if (node.tree->kind(node.index) == expr::NodeKind::kDocument) name = "/";
        if (name.empty()) name = "#";
        all += " " + name + "=" + expr::to_string(node);
    }
    return all;
}

std::string outcome(const ExprCase& one, bool with_indexes) {
    const Loaded loaded(one.document);
    const CaseHost host(one, with_indexes);
    expr::EvalContext context;
    context.node = {loaded.tree.get(), loaded.tree->document()};
    context.host = &host;
    context.contextualize_absolute_paths = false;
    const auto place = [&](const std::string& path) {
        auto compiled = expr::Expr::compile(path);
        INFO(one.place << ": the path " << path);
        REQUIRE(compiled.expr);
        const auto found = compiled.expr->evaluate_nodes(context);
        REQUIRE(found.has_value());
        REQUIRE(found->size() == 1);
        return found->front();
    };
    const expr::NodeView node = place(one.context);
    if (!one.current.empty()) context.current = place(one.current);
    context.node = node;
    context.contextualize_absolute_paths = one.contextualize;
    expr::CompileOptions options;
    options.library = one.core ? expr::Library::kCore : expr::Library::kOpenRosa;
    const auto compiled = expr::Expr::compile(one.expression, options);
    REQUIRE(compiled.expr.has_value() != compiled.error.has_value());
    if (compiled.error) return "fails " + kind_name(compiled.error->kind);
    const auto value = compiled.expr->evaluate(context);
    if (!value) return "fails " + std::string(code_name(value.error().code));
    return "gives " + describe(*value);
}

std::vector<std::string> case_files() {
    std::vector<std::string> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(SURVEY_TEST_DATA) + "/expr")) {
        if (entry.path().extension() == ".case") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

TEST_CASE("expressions give what the case files say, with and without indexes", "[expr]") {
    for (const std::string& file : case_files()) {
        for (const ExprCase& one : read_expr_cases(file)) {
            INFO(one.place << " (" << one.name << "): " << one.expression);
            CHECK(outcome(one, false) == one.outcome);
            CHECK(outcome(one, true) == one.outcome);
        }
    }
}

TEST_CASE("each function of both libraries has a case", "[expr]") {
    std::string all;
    std::string all_core;
    for (const std::string& file : case_files()) {
        for (const ExprCase& one : read_expr_cases(file)) {
            (one.core ? all_core : all) += " " + one.expression;
        }
    }
    for (const auto library : {expr::Library::kOpenRosa, expr::Library::kCore}) {
        const std::string& text = library == expr::Library::kCore ? all_core : all;
        for (const expr::FunctionSpec& spec : expr::function_table(library)) {
            INFO(spec.name);
            CHECK(text.find(std::string(spec.name) + "(") != std::string::npos);
        }
    }
}

TEST_CASE("the list of functions for people is the list of the program", "[expr]") {
    std::ifstream file(std::string(SURVEY_SOURCE_DIR) + "/forms/expr/FUNCTIONS.md");
    REQUIRE(file.is_open());
    std::vector<std::string> documented;
    std::string line;
    while (std::getline(file, line)) {
        if (line.rfind("| `", 0) == 0) documented.push_back(line.substr(3, line.find('(') - 3));
    }
    std::vector<std::string> known;
    for (const expr::FunctionSpec& spec : expr::function_table(expr::Library::kOpenRosa)) {
        known.emplace_back(spec.name);
    }
    CHECK(documented == known);
}

}  // namespace survey::test

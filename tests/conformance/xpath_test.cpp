// Runs tests/data/conformance/xpath: expressions, and what they give.

#include <map>
#include <memory>

#include <catch2/catch.hpp>

#include "common/base/random.h"
#include "common/json/json.h"
#include "forms/definition/document_tree.h"
#include "forms/expr/expr.h"
#include "forms/xml/reader.h"
#include "tests/conformance/case_file.h"
#include "tests/support/engine_module.h"
#include "tests/support/process.h"

namespace survey::conformance {

namespace {

/// The document and world in which the next expressions of a case are evaluated.
struct Scene {
    std::string document = "<data/>";
    std::string context = "/*";
    std::map<std::string, std::string> instances;
    std::string now = "2026-11-25T08:30:00.000Z";
    std::chrono::minutes zone{60};
    bool core = false;

    /// True: the line described the scene.
    bool take(const Line& line) {
        if (line.word == "given") {
            document = line.rest;
            context = "/*";
        } else if (line.word == "more") {
            document += line.rest;
        } else if (line.word == "context") {
            context = line.rest;
        } else if (line.word == "instance") {
            const auto [id, xml] = split_word(line.rest);
            instances[id] = xml;
        } else if (line.word == "now") {
            now = line.rest;
        } else if (line.word == "offset-minutes") {
            zone = std::chrono::minutes(std::stoi(line.rest));
        } else if (line.word == "core") {
            core = true;
        } else {
            return false;
        }
        return true;
    }
};

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

class SceneHost final : public expr::Host {
  public:
    explicit SceneHost(const Scene& scene)
        : now_(*parse_instant(scene.now)), zone_(scene.zone), random_(7) {
        for (const auto& [id, xml] : scene.instances)
            instances_.emplace(id, xml);
    }
    expr::NodeView instance(std::string_view id) const override {
        const auto found = instances_.find(std::string(id));
        if (found == instances_.end()) return {};
        return {found->second.tree.get(), found->second.document->root()};
    }
    Instant now() const override { return now_; }
    const TimeZone& time_zone() const override { return zone_; }
    Random& random() const override { return random_; }

  private:
    std::map<std::string, Loaded> instances_;
    Instant now_;
    FixedOffset zone_;
    mutable SeededRandom random_;
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
            return "evaluation";
    }
    return "";
}

// A result as the case files write it: 3, true, "text", nodes a=1 b=2, fails arity.
std::string written(const expr::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return "\"" + *text + "\"";
    const auto* nodes = std::get_if<expr::NodeSet>(&value);
    if (nodes == nullptr) return expr::to_string(value);
    std::string all = "nodes";
    for (const expr::NodeView& node : *nodes) {
        all += " " + node.tree->qualified_name(node.index) + "=" + expr::to_string(node);
    }
    return all;
}

std::string in_room(const Scene& scene, const std::string& expression) {
    const Loaded loaded(scene.document);
    const SceneHost host(scene);
    expr::EvalContext context;
    context.host = &host;
    context.contextualize_absolute_paths = false;
    context.node = {loaded.tree.get(), loaded.tree->document()};
    const auto place = expr::Expr::compile(scene.context);
    INFO(scene.context);
    REQUIRE(place.expr);
    const auto nodes = place.expr->evaluate_nodes(context);
    REQUIRE(nodes);
    REQUIRE(nodes->size() == 1);
    context.node = nodes->front();
    expr::CompileOptions options;
    if (scene.core) options.library = expr::Library::kCore;
    const auto compiled = expr::Expr::compile(expression, options);
    if (!compiled.expr) return "fails " + kind_name(compiled.error->kind);
    const auto value = compiled.expr->evaluate(context);
    return value ? written(*value) : "fails evaluation";
}

std::string number_text(const json::Value& value) {
    if (value.is_string()) return std::string(value.as_string());
    return expr::to_string(expr::Value(value.to_number<double>()));
}

// The same from an answer of the program.
std::string written(const json::Value& answer) {
    if (const json::Value* error = json::find(answer, "error")) {
        return "fails " + json::find_text(*error, "code").value_or("?");
    }
    const std::string type = json::find_text(answer, "type").value_or("?");
    if (type == "nodes") {
        std::string all = "nodes";
        for (const json::Value& node : json::find(answer, "nodes")->as_array()) {
            all += " " + json::find_text(node, "name").value_or("") + "=" +
                   json::find_text(node, "value").value_or("");
        }
        return all;
    }
    const json::Value& value = *json::find(answer, "value");
    if (type == "string") return "\"" + std::string(value.as_string()) + "\"";
    if (type == "boolean") return value.as_bool() ? "true" : "false";
    return number_text(value);
}

std::string request_of(const Scene& scene, const std::string& expression) {
    // POSIX turns the sign round; the program wants a name of the time zone database.
    const auto hours = scene.zone.count() / 60;
    const std::string zone =
        "Etc/GMT" + std::string(hours >= 0 ? "-" : "+") + std::to_string(std::abs(hours));
    return json::serialise(json::Object{{"expression", expression},
                                        {"document", scene.document},
                                        {"context", scene.context},
                                        {"functions", scene.core ? "core" : "openrosa"},
                                        {"now", scene.now},
                                        {"timezone", zone},
                                        {"seed", 7}});
}

struct Expected {
    Scene scene;
    std::string place;
    std::string expression;
    std::string outcome;
};

std::vector<Expected> expectations() {
    std::vector<Expected> all;
    for (const std::string& file : case_files("xpath")) {
        for (const Case& one : read_cases(file)) {
            Scene scene;
            if (!one.source.empty()) scene.document = one.source;
            for (const Line& line : one.lines) {
                INFO(line.place << ": " << line.word << " " << line.rest);
                if (scene.take(line)) continue;
                REQUIRE(line.word == "eval");
                const auto [expression, outcome] = split_arrow(line.rest);
                all.push_back({scene, line.place, expression, outcome});
            }
        }
    }
    return all;
}

}  // namespace

TEST_CASE("expressions give what the conformance cases say", "[conformance][xpath]") {
    for (const Expected& one : expectations()) {
        INFO(one.place << ": " << one.expression);
        CHECK(in_room(one.scene, one.expression) == one.outcome);
    }
}

namespace {

void ask_elsewhere(const std::vector<std::string>& command) {
    std::vector<Expected> asked;
    tests::ProcessOptions options;
    for (Expected& one : expectations()) {
        // The program knows the lists of a form, not loose ones.
        if (!one.scene.instances.empty()) continue;
        options.input += request_of(one.scene, one.expression) + "\n";
        asked.push_back(std::move(one));
    }
    options.environment = {"LANG=C", "TZ=UTC"};
    const auto result = tests::run_process(command, options);
    INFO(result.err);
    CHECK(result.status == 0);
    std::size_t from = 0;
    for (const Expected& one : asked) {
        INFO(one.place << ": " << one.expression);
        const std::size_t end = result.out.find('\n', from);
        REQUIRE(end != std::string::npos);
        const auto answer = json::parse(std::string_view(result.out).substr(from, end - from));
        REQUIRE(answer);
        CHECK(written(*answer) == one.outcome);
        from = end + 1;
    }
}

}  // namespace

TEST_CASE("the program gives the same", "[conformance][xpath][program]") {
    ask_elsewhere({SURVEY_BIN_DIR "/forms", "xpath"});
}

TEST_CASE("the module for the browser gives the same", "[conformance][xpath][module]") {
    ask_elsewhere(tests::engine_module());
}

}  // namespace survey::conformance

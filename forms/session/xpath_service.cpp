#include "forms/session/xpath_service.h"

#include <optional>
#include <utility>

#include "forms/expr/expr.h"
#include "forms/session/node_path.h"
#include "forms/session/value_json.h"
#include "forms/xml/reader.h"

namespace survey::forms {

namespace {

using expr::NodeView;

// A client that never reuses a name would fill the memory.
constexpr std::size_t kKeptDocumentsMax = 10'000;
// An itext value may show another one; a chain this long is a circle.
constexpr int kOutputDepthMax = 8;

class DocumentHost final : public expr::Host {
  public:
    DocumentHost(const XPathDocument& document, std::string language, const Clock& clock,
                 const TimeZone& zone, Random& random)
        : document_(document),
          language_(std::move(language)),
          clock_(clock),
          zone_(zone),
          random_(random) {}

    NodeView instance(std::string_view id) const override {
        const xml::Node root = document_.instance(id);
        return root == xml::kNoNode ? NodeView{} : NodeView{&document_.tree(), root};
    }

    std::optional<std::string> itext(std::string_view id) const override {
        const xml::Node value = document_.itext(id, language_);
        if (value == xml::kNoNode || depth_ == kOutputDepthMax) return std::nullopt;
        ++depth_;
        std::string text;
        const xml::Document& xml = document_.xml();
        for (xml::Node part = xml.first_child(value); part != xml::kNoNode;
             part = xml.next_sibling(part)) {
            const bool output =
                xml.kind(part) == xml::NodeKind::kElement && xml.name(part).local == "output";
            text += output ? evaluated(xml.attribute_value(part, "value")) : xml.text(part);
        }
        --depth_;
        return text;
    }

    Instant now() const override { return clock_.now(); }
    const TimeZone& time_zone() const override { return zone_; }
    Random& random() const override { return random_; }

  private:
    // Of an output; what cannot be evaluated shows nothing, as in a form.
    std::string evaluated(const std::string& source) const {
        const auto compiled = expr::Expr::compile(source);
        if (!compiled.expr) return {};
        const SubtreeView primary(document_.tree(), document_.primary_instance());
        expr::EvalContext context;
        context.node = NodeView{&primary, document_.primary_instance()};
        context.root = context.node;
        context.host = this;
        return compiled.expr->evaluate_string(context).value_or("");
    }

    const XPathDocument& document_;
    std::string language_;
    const Clock& clock_;
    const TimeZone& zone_;
    Random& random_;
    mutable int depth_ = 0;
};

/// The request's `namespaces`; nothing stands for those in scope at the context node.
using Namespaces = std::optional<std::map<std::string, std::string, std::less<>>>;

Outcome<Namespaces> namespaces_of(const json::Object& request) {
    const json::Value* member = request.if_contains("namespaces");
    if (member == nullptr || member->is_null()) return Namespaces();
    const json::Object* given = member->if_object();
    if (given == nullptr) {
        return Refusal{"request", "\"namespaces\" must be an object: prefix to URI"};
    }
    Namespaces namespaces;
    namespaces.emplace();
    for (const auto& entry : *given) {
        const auto* uri = entry.value().if_string();
        if (uri == nullptr) return Refusal{"request", "a namespace must be a string"};
        namespaces->emplace(std::string(entry.key()), std::string(*uri));
    }
    return namespaces;
}

expr::CompileOptions compile_options(const Namespaces& namespaces, const xml::Document& document,
                                     xml::Node context) {
    expr::CompileOptions options;
    if (namespaces) {
        options.namespace_for =
            [&namespaces](std::string_view prefix) -> std::optional<std::string> {
            const auto found = namespaces->find(prefix);
            if (found == namespaces->end()) return std::nullopt;
            return found->second;
        };
        if (const auto found = namespaces->find(""); found != namespaces->end()) {
            options.default_namespace = found->second;
        }
        return options;
    }
    while (context != xml::kNoNode && document.kind(context) != xml::NodeKind::kElement) {
        context = document.parent(context);
    }
    if (context == xml::kNoNode) context = document.root();
    options.namespace_for = [&document,
                             context](std::string_view prefix) -> std::optional<std::string> {
        const std::string* uri =
            context == xml::kNoNode ? nullptr : document.namespace_for(context, prefix);
        return uri == nullptr ? std::nullopt : std::optional<std::string>(*uri);
    };
    return options;
}

/// The one node that `path` names below `view`, in either notation. A path that finds nothing from
/// the root of the view counts from the document.
Outcome<xml::Node> node_at(const XPathDocument& document, const SubtreeView& view,
                           const Namespaces& namespaces, const expr::Host& host,
                           const std::string& path) {
    if (is_path_notation(path)) {
        const auto node = path == "/" ? view.document() : find_path(document.xml(), path);
        if (node && view.contains(*node)) return *node;
        return Refusal{"context", fill("no node at \"{}\"", {path})};
    }
    const auto compiled =
        expr::Expr::compile(path, compile_options(namespaces, document.xml(), view.document()));
    if (!compiled.expr) return Refusal{"context", compiled.error->message};
    const auto found_from = [&](const expr::NodeTree& tree) {
        expr::EvalContext context;
        context.node = NodeView{&tree, tree.document()};
        context.root = context.node;
        context.host = &host;
        return compiled.expr->evaluate_nodes(context);
    };
    auto nodes = found_from(view);
    if (nodes && nodes->empty()) nodes = found_from(document.tree());
    if (!nodes) return Refusal{"context", nodes.error().message};
    if (nodes->size() != 1) {
        return Refusal{"context", fill("\"{}\" names {} nodes, one is needed",
                                       {path, std::to_string(nodes->size())})};
    }
    const xml::Node node = nodes->front().index;
    if (!view.contains(node)) return Refusal{"context", "the context lies outside of the root"};
    return node;
}

Outcome<expr::Library> library_of(const json::Object& request) {
    TRY_ASSIGN(const std::string name, text_or(request, "functions", "openrosa"));
    if (name == "openrosa") return expr::Library::kOpenRosa;
    if (name == "core") return expr::Library::kCore;
    return Refusal{"request", "\"functions\" is openrosa or core"};
}

json::Object describe_node(PathWriter& paths, const NodeView& node) {
    json::Object one;
    one["path"] = paths.path_of(node.index);
    one["kind"] = kind_name(node.tree->kind(node.index));
    one["name"] = node.tree->qualified_name(node.index);
    one["value"] = expr::to_string(node);
    return one;
}

}  // namespace

Outcome<std::shared_ptr<const XPathDocument>> XPathService::document_of(
    const json::Object& request) {
    TRY_ASSIGN(const auto name, optional_text(request, "documentId"));
    const json::Value* given = request.if_contains("document");
    if (given == nullptr || given->is_null()) {
        const auto found = name ? kept_.find(*name) : kept_.end();
        if (found == kept_.end()) {
            return Refusal{"document",
                           name ? fill("no document is kept as \"{}\"", {*name})
                                : "a document is needed: \"document\" or \"documentId\""};
        }
        return found->second;
    }
    std::string bytes;
    if (const auto* text = given->if_string()) {
        bytes = std::string(*text);
    } else {
        const auto path = json::find_text(*given, "file");
        if (!path) {
            return Refusal{"request", "\"document\" must be XML text or {\"file\": path}"};
        }
        auto read = machine_.read_file(*path, kFormBytesMax);
        if (!read) return Refusal{"document", read.error().message};
        bytes = *std::move(read);
    }
    auto parsed = xml::parse(bytes);
    if (!parsed) return Refusal{"document", parsed.error().message};
    auto document = std::make_shared<const XPathDocument>(*std::move(parsed));
    if (name) {
        if (kept_.size() == kKeptDocumentsMax && kept_.count(*name) == 0) {
            return Refusal{"document", "too many documents are kept; use a name again"};
        }
        kept_[*name] = document;
    }
    return document;
}

Outcome<json::Object> XPathService::answer(const json::Object& request) {
    TRY_ASSIGN(const std::string expression, required_text(request, "expression"));
    TRY_ASSIGN(const ResultType wanted, result_type(request));
    TRY_ASSIGN(const expr::Library library, library_of(request));
    TRY_ASSIGN(const Namespaces namespaces, namespaces_of(request));
    TRY_ASSIGN(const auto language, optional_text(request, "language"));
    TRY_ASSIGN(const std::string root_path, text_or(request, "root", ""));
    TRY_ASSIGN(const auto context_path, optional_text(request, "context"));
    TRY_ASSIGN(const auto seed, optional_integer(request, "seed"));
    TRY_ASSIGN(const TimeZone* zone, time_zones_.of(request));
    TRY(clock_.take(request));
    TRY_ASSIGN(const auto document, document_of(request));

    SeededRandom seeded(static_cast<std::uint64_t>(seed.value_or(0)));
    const DocumentHost host(*document, language.value_or(""), clock_, *zone,
                            seed ? static_cast<Random&>(seeded) : random_);
    const SubtreeView whole(document->tree(), document->tree().document());
    xml::Node root = whole.document();
    if (root_path == "instance") {
        root = document->primary_instance();
        if (root == xml::kNoNode) return Refusal{"context", "the document is not an XForm"};
    } else if (!root_path.empty()) {
        TRY_ASSIGN(root, node_at(*document, whole, namespaces, host, root_path));
    }
    const SubtreeView view(document->tree(), root);
    xml::Node context_node = root;
    if (context_path) {
        TRY_ASSIGN(context_node, node_at(*document, view, namespaces, host, *context_path));
    }

    expr::CompileOptions options = compile_options(namespaces, document->xml(), context_node);
    options.library = library;
    const auto compiled = expr::Expr::compile(expression, options);
    if (!compiled.expr) return refusal_of(*compiled.error);
    expr::EvalContext context;
    context.node = NodeView{&view, context_node};
    context.root = NodeView{&view, root};
    context.host = &host;
    // There is no form here, and so no repeat whose positions an absolute path could take.
    context.contextualize_absolute_paths = false;
    auto value = compiled.expr->evaluate(context);
    if (!value) return Refusal{"evaluation", value.error().message};
    PathWriter paths(document->xml());
    return value_json(*value, wanted,
                      [&paths](const NodeView& node) { return describe_node(paths, node); });
}

}  // namespace survey::forms

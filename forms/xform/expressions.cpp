#include <algorithm>

#include "forms/definition/path_resolution.h"
#include "forms/xform/form_reader.h"

namespace survey::forms::xform_reading {

namespace {

using Axis = expr::PathReference::Axis;
using Origin = expr::PathReference::Origin;

std::string spelled(const expr::PathReference& path) {
    std::string out;
    for (const expr::PathReference::Step& step : path.steps) {
        if (!out.empty() || path.origin == Origin::kRoot) out += '/';
        if (step.axis == Axis::kParent) {
            out += "..";
        } else if (step.axis == Axis::kSelf) {
            out += ".";
        } else {
            out += (step.axis == Axis::kAttribute ? "@" : "") + step.name;
        }
    }
    return out;
}

/// "Did you mean …?", where another node has the name that was looked for.
std::string suggestion(const FormDefinition& form, const expr::PathReference& path) {
    if (path.steps.empty()) return {};
    const std::string& wanted = path.steps.back().name;
    for (const FormNode& node : form.nodes) {
        if (node.name.local == wanted && node.is_attribute == false) {
            return "Did you mean " + node.path + "?";
        }
    }
    return "Check the spelling, or take the reference out.";
}

}  // namespace

std::optional<expr::Expr> FormReader::compile(xml::Node where, std::string_view source,
                                              std::string_view what, NodeRef context) {
    expr::CompileOptions options;
    options.namespace_for = [this, where](std::string_view prefix) -> std::optional<std::string> {
        const std::string* uri = document_.namespace_for(where, prefix);
        return uri == nullptr ? std::nullopt : std::optional<std::string>(*uri);
    };
    if (!form_.instance_namespace.empty()) options.default_namespace = form_.instance_namespace;
    expr::Expr::Compiled compiled = expr::Expr::compile(source, options);
    if (compiled.error) {
        findings_.error(mark(where), {std::string(code_of(compiled.error->kind)),
                                      std::string(what) + " cannot be read, at character " +
                                          std::to_string(compiled.error->offset + 1) + " of " +
                                          quoted(source) + ": " + compiled.error->message + ".",
                                      std::string(source),
                                      {},
                                      context == kNoRef ? "" : form_.nodes[context].path,
                                      static_cast<std::uint32_t>(compiled.error->offset)});
        return std::nullopt;
    }
    if (context != kNoRef) check_references(*compiled.expr, context, mark(where), what);
    return std::move(compiled.expr);
}

void FormReader::check_references(const expr::Expr& expression, NodeRef context, std::uint32_t mark,
                                  std::string_view what) {
    for (const expr::PathReference& path : expression.references()) {
        if (path.origin == Origin::kInstance && !path.instance_id.empty() &&
            path.instance_id != form_.primary_instance_id &&
            form_.find_instance(path.instance_id) == nullptr) {
            findings_.error(mark,
                            {"unknown-instance",
                             std::string(what) + " reads instance(" + quoted(path.instance_id) +
                                 "), which the form does not have.",
                             path.instance_id,
                             "Add <instance id=\"" + path.instance_id +
                                 "\"> to the model, or correct the id."});
            continue;
        }
        const ResolvedPath resolved = resolve_path(form_, context, path);
        if (resolved.outcome != ResolvedPath::Outcome::kMissing) continue;
        const std::string text = spelled(path);
        const bool asks_question = expression.source().find("choice-name") != std::string::npos;
        Finding finding{"unknown-reference",
                        std::string(what) + " refers to " + quoted(text) +
                            (path.origin == Origin::kContext ? " from " + form_.nodes[context].path
                                                             : std::string()) +
                            (asks_question ? ", which does not exist."
                                           : ", which does not exist and reads as empty."),
                        text, suggestion(form_, path)};
        // Other clients load forms that read what is not there; only jr:choice-name() needs it.
        if (asks_question) {
            findings_.error(mark, std::move(finding));
        } else {
            findings_.warning(mark, std::move(finding));
        }
    }
}

}  // namespace survey::forms::xform_reading

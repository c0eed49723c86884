#include "forms/xlsform/expression_checks.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/expr/expr.h"
#include "forms/xlsform/xform_names.h"

namespace survey::forms {

namespace {

bool holds_expression(std::string_view element, const xml::Name& name) {
    if (element == "bind" && name.is(kWerkstatt, "warnIf")) return true;
    if (!name.uri.empty()) return false;
    const std::string& attribute = name.local;
    if (element == "bind") {
        return attribute == "relevant" || attribute == "constraint" || attribute == "calculate" ||
               attribute == "required" || attribute == "readonly";
    }
    if (element == "itemset") return attribute == "nodeset";
    return attribute == "value" && (element == "setvalue" || element == "output");
}

class Check {
  public:
    Check(const xml::Document& xform, Findings& findings) : xform_(xform), findings_(findings) {}

    void run(xml::Node top) {
        std::vector<xml::Node> open = {top};
        while (!open.empty() && !findings_.full()) {
            const xml::Node element = open.back();
            open.pop_back();
            look_at(element);
            std::vector<xml::Node> children;
            for (xml::Node child = xform_.element_from(xform_.first_child(element));
                 child != xml::kNoNode; child = xform_.element_from(xform_.next_sibling(child))) {
                children.push_back(child);
            }
            open.insert(open.end(), children.rbegin(), children.rend());
        }
    }

  private:
    void look_at(xml::Node element) {
        for (xml::Node attribute = xform_.first_attribute(element); attribute != xml::kNoNode;
             attribute = xform_.next_sibling(attribute)) {
            const xml::Name& name = xform_.name(attribute);
            if (holds_expression(xform_.name(element).local, name)) {
                compile(element, attribute);
            }
        }
    }

    void compile(xml::Node element, xml::Node attribute) {
        const std::string& source = xform_.value(attribute);
        if (source.find("${") != std::string::npos) return;
        expr::CompileOptions options;
        options.namespace_for = [this,
                                 element](std::string_view prefix) -> std::optional<std::string> {
            const std::string* uri = xform_.namespace_for(element, prefix);
            return uri == nullptr ? std::nullopt : std::optional<std::string>(*uri);
        };
        const auto compiled = expr::Expr::compile(source, options);
        if (!compiled.error) return;
        findings_.error(xform_.place(attribute), code_of(compiled.error->kind),
                        "The expression cannot be read, at character " +
                            std::to_string(compiled.error->offset + 1) + " of \"" + source +
                            "\": " + compiled.error->message + ".",
                        source, "");
    }

    const xml::Document& xform_;
    Findings& findings_;
};

}  // namespace

void check_expressions(const xml::Document& xform, Findings& findings) {
    if (xform.root() != xml::kNoNode) Check(xform, findings).run(xform.root());
}

}  // namespace survey::forms

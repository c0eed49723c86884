#include "forms/session/load_refusal.h"

#include <algorithm>
#include <utility>

#include "common/base/ensure.h"

namespace survey::forms {

namespace {

/// The paths that a sentence names, each once: "calculate of /data/a needs calculate of /data/b."
json::Array paths_in(std::string_view sentence) {
    json::Array paths;
    while (true) {
        const auto from = sentence.find('/');
        if (from == std::string_view::npos) return paths;
        sentence.remove_prefix(from);
        std::string_view path = sentence.substr(0, sentence.find(' '));
        sentence.remove_prefix(path.size());
        while (!path.empty() && (path.back() == '.' || path.back() == ','))
            path.remove_suffix(1);
        const json::Value value(path);
        if (std::find(paths.begin(), paths.end(), value) == paths.end()) paths.push_back(value);
    }
}

bool is_about_an_expression(const std::string& code) {
    return code.rfind("xpath", 0) == 0 || code == "unknown-function" || code == "wrong-arity" ||
           code == "unknown-prefix";
}

}  // namespace

Refusal load_refusal(const std::vector<Diagnostic>& diagnostics) {
    const auto first =
        std::find_if(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& one) { return one.severity == Severity::kError; });
    ENSURE(first != diagnostics.end());
    Refusal refusal{"form", describe(*first)};
    if (first->code == "dependency-cycle") {
        refusal.code = "cycle";
        refusal.more["nodes"] = paths_in(first->message);
    } else if (is_about_an_expression(first->code)) {
        refusal.code = "xpath";
        refusal.more["expression"] = first->offending;
        if (first->offset) refusal.more["offset"] = *first->offset;
        if (!first->ref.empty()) refusal.more["ref"] = first->ref;
    }
    refusal.more["details"] = to_json(diagnostics);
    return refusal;
}

json::Array to_json(const std::vector<Diagnostic>& diagnostics) {
    json::Array all;
    for (const Diagnostic& found : diagnostics) {
        json::Object one;
        one["severity"] = found.severity == Severity::kError ? "error" : "warning";
        one["code"] = found.code;
        one["message"] = found.message;
        if (!found.offending.empty()) one["offending"] = found.offending;
        if (!found.hint.empty()) one["hint"] = found.hint;
        if (!found.place.sheet.empty()) one["sheet"] = found.place.sheet;
        if (found.place.row != 0) one["row"] = found.place.row;
        if (!found.place.column.empty()) one["column"] = found.place.column;
        if (found.place.line != 0) one["line"] = found.place.line;
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace survey::forms

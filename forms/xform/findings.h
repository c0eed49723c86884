#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "forms/definition/diagnostic.h"
#include "forms/xform/load.h"

namespace survey::forms::xform_reading {

/// What a reader says about one thing that is wrong.
struct Finding {
    std::string code;
    std::string message;
    std::string offending = {};
    std::string hint = {};
    std::string ref = {};
    std::optional<std::uint32_t> offset = {};
};

/// Collects the diagnostics of one load. The same finding at the same place is kept once.
class Findings {
  public:
    explicit Findings(const PlaceOf& place_of) : place_of_(place_of) {}

    void error(std::uint32_t mark, Finding finding) {
        add(Severity::kError, mark, std::move(finding));
    }
    void warning(std::uint32_t mark, Finding finding) {
        add(Severity::kWarning, mark, std::move(finding));
    }
    bool has_errors() const { return forms::has_errors(diagnostics_); }
    std::vector<Diagnostic> take() { return std::move(diagnostics_); }

  private:
    void add(Severity severity, std::uint32_t mark, Finding finding);

    const PlaceOf& place_of_;
    std::vector<Diagnostic> diagnostics_;
};

/// `text` between typographic quotes, shortened in the middle of what would fill the screen.
std::string quoted(std::string_view text);

}  // namespace survey::forms::xform_reading

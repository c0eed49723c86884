#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/definition/diagnostic.h"

namespace survey::forms {

/// Collects what is found while a form is converted: the places of all cells and the diagnostics.
/// One thread.
class Findings {
  public:
    /// Registers a place; the mark is its index.
    std::uint32_t mark(Place place) {
        places_.push_back(std::move(place));
        return static_cast<std::uint32_t>(places_.size() - 1);
    }

    void error(std::uint32_t mark, std::string_view code, std::string message,
               std::string_view offending = {}, std::string_view hint = {}) {
        add(Severity::kError, mark, code, std::move(message), offending, hint);
    }
    void warn(std::uint32_t mark, std::string_view code, std::string message,
              std::string_view offending = {}, std::string_view hint = {}) {
        add(Severity::kWarning, mark, code, std::move(message), offending, hint);
    }

    const Place& place(std::uint32_t mark) const { return places_[mark]; }
    std::vector<Place> take_places() { return std::move(places_); }
    std::vector<Diagnostic> take_diagnostics() { return std::move(diagnostics_); }
    /// No more are kept, so nothing costly need be done for another one.
    bool full() const { return diagnostics_.size() >= kDiagnosticsMax; }
    bool has_error() const { return has_errors(diagnostics_); }

  private:
    void add(Severity severity, std::uint32_t mark, std::string_view code, std::string message,
             std::string_view offending, std::string_view hint) {
        if (full()) return;
        Diagnostic found{severity,           std::string(code),
                         std::move(message), std::string(offending),
                         std::string(hint),  places_[mark]};
        // A cell that is written to several nodes, or shown in several languages, is wrong only
        // once.
        if (std::find(diagnostics_.begin(), diagnostics_.end(), found) != diagnostics_.end())
            return;
        diagnostics_.push_back(std::move(found));
    }

    // A form of rubbish has one finding a cell; nobody reads more than this.
    static constexpr std::size_t kDiagnosticsMax = 1'000;
    std::vector<Place> places_{Place{}};
    std::vector<Diagnostic> diagnostics_;
};

}  // namespace survey::forms

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/xlsform/cell_text.h"
#include "forms/xlsform/findings.h"
#include "forms/xlsform/table.h"

namespace survey::forms {

/// What the settings sheet says of the whole form.
struct Settings {
    /// Everything written, by key: "version", "instance_name", "attribute::X", …
    std::vector<std::pair<std::string, Cell>> values;
    std::vector<std::pair<std::string, std::string>> namespaces;  ///< Prefix and URI, own ones.
    Cell id;
    Cell title;
    Cell root_name{"data", 0};

    /// An empty cell where it is not set.
    const Cell& get(std::string_view key) const;
    void set(std::string_view key, Cell cell);
    /// Its spelling of yes or no, else `fallback`.
    bool flag(std::string_view key, bool fallback) const;
    /// Unsuffixed columns belong to it.
    std::string default_language() const;
};

/// Takes over the first row of the sheet. \param sheet May be nullptr.
Settings read_settings(const Table* sheet, Findings& findings);
/// Completes and checks the settings after the survey sheet has had its say.
void finish_settings(Settings& settings, const std::string& fallback_id, Findings& findings);

}  // namespace survey::forms

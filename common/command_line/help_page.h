#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace survey {

/// The help page as the parser lays it out, with the words in between in one language. "--count N
/// (1–500)" and "--lang de|en" stand where the parser would show the names of C++ types.
class HelpPage final : public CLI::Formatter {
  public:
    explicit HelpPage(bool is_german);

    /// "Usage: collector enrol [OPTIONS] url code"
    std::string usage(const CLI::App& command, const std::string& name) const;
    /// An argument's or a placeholder's name as the page shows it.
    std::string shown(const std::string& name) const { return get_label(name); }

    std::string make_option(const CLI::Option* option, bool is_positional) const override;
    std::string make_option_name(const CLI::Option* option, bool is_positional) const override;
    std::string make_option_opts(const CLI::Option* option) const override;
};

}  // namespace survey

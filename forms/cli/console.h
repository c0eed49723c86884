#pragma once

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>

#include "common/base/phrase.h"

namespace survey::forms {

/// How the program ends. Scripts read these: never change a number's meaning.
enum class ExitCode : std::uint8_t {
    kOk = 0,
    kRefused = 1,      ///< The form was refused, or filling it in broke its own rules.
    kUsage = 2,        ///< The command line was not understood.
    kEnvironment = 3,  ///< A file is missing or cannot be read or written.
    kDiffers = 4,      ///< Two forms differ, but no answer and no draft is touched.
    kAffected = 5,     ///< They differ in what answers or drafts rest on.
};

/// The streams of one run, the language of the person in front of them, and whether colour may
/// repeat what the words say. Results go to `out`, everything else to `err`. One thread.
class Console {
  public:
    struct Settings {
        bool german = false;
        bool colour = false;           ///< On standard error only.
        bool err_is_terminal = false;  ///< Progress may overwrite its own line.
    };
    Console(std::istream& in, std::ostream& out, std::ostream& err, const Settings& settings)
        : in_(in), out_(out), err_(err), settings_(settings) {}

    std::istream& in() { return in_; }
    std::ostream& out() { return out_; }
    std::ostream& err() { return err_; }
    const Settings& settings() const { return settings_; }
    void speak_german(bool german) { settings_.german = german; }

    std::string_view say(const Phrase& phrase) const { return phrase.in(settings_.german); }
    std::string say(const Phrase& phrase, std::initializer_list<std::string_view> values) const {
        return fill(say(phrase), values);
    }

    /// What the machine says of a file, in the person's language.
    std::string of_machine(std::string_view message) const;
    /// "error: …" and, on a line of its own, what to do. The word is the same in both languages,
    /// because scripts look for it.
    void error(std::string_view message, std::string_view hint = {});
    void warning(std::string_view message, std::string_view hint = {});
    /// One line on standard error that the next one replaces; nothing where nobody watches.
    void progress(std::string_view line);
    /// Takes the progress line away.
    void progress_done();

  private:
    void label(std::string_view word, std::string_view colour, std::string_view message,
               std::string_view hint);

    std::istream& in_;
    std::ostream& out_;
    std::ostream& err_;
    Settings settings_;
};

}  // namespace survey::forms

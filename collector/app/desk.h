#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "collector/app/config.h"
#include "collector/store/collector_store.h"
#include "common/base/result.h"
#include "common/crypto/crypto.h"
#include "common/host/host.h"
#include "forms/runtime/form_session.h"

namespace survey::collector {

/// Everything a command works with, opened in order: the machine's clock, zone and randomness, the
/// store, and the way results and messages are put on the streams. One per process.
class Desk {
  public:
    static Result<std::unique_ptr<Desk>> open(const Config& config, const Environment& environment);

    const Config& config() const { return config_; }
    const Environment& environment() const { return environment_; }
    CollectorStore& store() { return *store_; }
    OpenFinding finding() const { return store_->finding(); }
    Random& random() { return random_; }
    const Clock& clock() const { return clock_; }
    forms::SessionEnvironment session_environment();
    /// Local date, "2026-11-25".
    std::string today() const;
    /// Local date and time for lists.
    std::string local_time(Instant instant) const;

    /// The sentence in the program's language.
    std::string_view both(std::string_view english, std::string_view german) const {
        return config_.language == UiLanguage::kGerman ? german : english;
    }
    /// "1 interview", "3 interviews": the number and the word that fits it.
    struct Noun {
        std::string_view english_one, english_many, german_one, german_many;
    };
    std::string counted(std::uint64_t count, const Noun& noun) const;
    /// A command to type, with what makes it work on the same data: "collector resume 9b3a7db3".
    std::string command(std::string_view words) const;
    /// A result line, on standard output.
    void print(std::string_view line) const;
    /// A message for the person, on standard error.
    void tell(std::string_view line) const;

  private:
    Desk(Config config, Environment environment);

    Config config_;
    Environment environment_;
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<TimeZone> zone_;
    std::unique_ptr<CollectorStore> store_;
};

/// Exit codes, documented in `collector --help`. Scripts rely on them: never change a number.
enum ExitCode : int {
    kExitDone = 0,
    kExitRefused = 1,      ///< The input is wrong; sending it again cannot help.
    kExitUsage = 2,        ///< The command line is wrong.
    kExitUnavailable = 3,  ///< Network, server or disk; try again later.
    kExitNotEnrolled = 4,  ///< Not enrolled, revoked, or not the right server.
    kExitDamaged = 5,      ///< The stored data is damaged or from a newer version.
};
int exit_code(ErrorCode code);

/// Prints an error for people, in the program's language, and returns its exit code.
int report(const Desk& desk, const Error& error);
/// The same before there is a desk.
int report(UiLanguage language, const Error& error);
/// What the error means for the work saved here; empty where the error itself says enough.
std::string_view reaction(UiLanguage language, ErrorCode code);

}  // namespace survey::collector

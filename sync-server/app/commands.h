#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sync-server/app/config.h"
#include "sync-server/app/office.h"
#include "sync-server/app/terminal.h"

namespace survey::server {

/// What the subcommands were asked for.
struct CommandOptions {
    bool json = false;
    std::string form_file;            ///< publish
    std::uint32_t count = 1;          ///< codes
    std::uint32_t valid_hours = 72;   ///< codes
    std::string device;               ///< revoke
    std::string form;                 ///< revisions, table
    std::string row, column, filter;  ///< table
    std::string format = "csv";       ///< table
    std::string role = "office";      ///< token
    // link
    std::string link, label, language, opens, closes, kiosk_code, out_file;
    std::string instance, state, note;  ///< erase, review
    std::string version;                ///< withdraw
    bool yes = false;                   ///< erase
    bool offer = false;                 ///< withdraw: undo it
    std::uint64_t answers_max = 0;      ///< 0: none given
    std::int64_t grace_hours = -1;      ///< below 0: none given
};

ExitCode run_publish(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_codes(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_devices(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_revoke(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_revisions(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_table(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_token(const Config& config, const CommandOptions& options, const Terminal& terminal);

// care_commands.cpp
ExitCode run_erase(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_review(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_withdraw(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_alarms(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_backup(Office& office, const Config& config, const CommandOptions& options,
                    const Terminal& terminal);

// link_commands.cpp
ExitCode run_link_create(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_link_list(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_link_revoke(Office& office, const CommandOptions& options, const Terminal& terminal);
ExitCode run_link_sheet(Office& office, const CommandOptions& options, const Terminal& terminal);

/// Serves until a signal. serve.cpp
ExitCode run_serve(const Config& config, const Terminal& terminal);

/// The exit status that a failure has, after its message was shown.
ExitCode report(const Error& error, const Terminal& terminal);

}  // namespace survey::server

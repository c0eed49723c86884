#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collector/app/desk.h"
#include "collector/curl/curl_transport.h"

namespace survey::collector {

/// The subcommands: each does one thing with the desk, prints, and returns the exit code.

struct EnrolArguments {
    std::string url;
    std::string code;
    std::string device_name;  ///< Empty: the machine's name.
};
int run_enrol(Desk& desk, const EnrolArguments& arguments);

int run_sync(Desk& desk);
/// Takes a questionnaire from a file (ODK XForm XML), for trying it out without a server.
int run_add_form(Desk& desk, const std::string& file);
int run_status(Desk& desk);
int run_forms(Desk& desk);
/// Drafts and finalised interviews.
int run_list(Desk& desk);
/// Hashes of the finalised revisions, one a line, for comparing with the server.
int run_revisions(Desk& desk);

struct InterviewArguments {
    std::string form;      ///< Id; empty: the only form here.
    std::string version;   ///< Empty: the newest.
    std::string language;  ///< Part of the form's language name; empty: the program's.
};
int run_new(Desk& desk, const InterviewArguments& arguments);
/// \param draft its id or the beginning of it; empty: the one changed last.
int run_resume(Desk& desk, const std::string& draft);
/// \param instance the instance id, or a unique part of it.
int run_correct(Desk& desk, const std::string& instance);
int run_discard(Desk& desk, const std::string& draft);

struct OpenArguments {
    bool no_browser = false;  ///< Print the address instead.
};
/// The window in the person's browser, until it is closed there or with Ctrl-C.
int run_open(Desk& desk, const OpenArguments& arguments);
/// A window that another process has open on the same data: shows it, or says where it is.
/// Nothing: there is none.
std::optional<int> join_open_window(const Config& config, const OpenArguments& arguments);

/// The transport to the server as this program makes it.
Result<std::unique_ptr<CurlTransport>> open_transport(const Config& config, const std::string& url,
                                                      const std::atomic<bool>* stop = nullptr);
const std::string& app_version();

struct ImportArguments {
    std::string form;
    std::string version;
    std::vector<std::string> files;  ///< Instance XML files, or files with one XML per line.
};
/// Takes in records made elsewhere (`forms simulate`, another tool), checks each with the form's
/// own rules and finalises it. A record that does not pass is reported and skipped; exit code 1
/// then.
int run_import(Desk& desk, const ImportArguments& arguments);

}  // namespace survey::collector

#include <string>

#include <CLI/CLI.hpp>

#include "common/crypto/crypto.h"
#include "common/host/host.h"
#include "forms/cli/commands.h"
#include "forms/cli/line_server.h"
#include "forms/cli/local_machine.h"
#include "forms/session/session_service.h"

namespace survey::forms {

void add_session(CLI::App& program, Console& console, ExitCode& status) {
    const auto say = [&console](const Phrase& phrase) { return std::string(console.say(phrase)); };
    CLI::App& command = *program.add_subcommand(
        "session", say({"Fill in forms from a script, as lines of JSON",
                        "Formulare per Skript ausfüllen, als Zeilen von JSON"}));
    command.footer(
        say({"Example (one request per line):\n"
             "  {\"op\":\"loadForm\",\"file\":\"household.xlsx\"}\n"
             "  {\"op\":\"open\",\"form\":\"f1\",\"changes\":true}\n"
             "  {\"op\":\"setValue\",\"instance\":\"i1\",\"ref\":\"/data/count\",\"value\":2}\n"
             "  {\"op\":\"finalize\",\"instance\":\"i1\"}\n"
             "\n"
             "  forms session < visit.jsonl\n"
             "\n"
             "Exit status: 0 at the end of input.",
             "Beispiel (eine Anfrage je Zeile):\n"
             "  {\"op\":\"loadForm\",\"file\":\"household.xlsx\"}\n"
             "  {\"op\":\"open\",\"form\":\"f1\",\"changes\":true}\n"
             "  {\"op\":\"setValue\",\"instance\":\"i1\",\"ref\":\"/data/count\",\"value\":2}\n"
             "  {\"op\":\"finalize\",\"instance\":\"i1\"}\n"
             "\n"
             "  forms session < besuch.jsonl\n"
             "\n"
             "Ende-Status: 0 am Ende der Eingabe."}));
    command.callback([&console, &status] {
        const SystemClock clock;
        SystemRandom random;
        const LocalMachine machine;
        SessionService service(clock, random, machine);
        serve_lines(service, console);
        status = ExitCode::kOk;
    });
}

}  // namespace survey::forms

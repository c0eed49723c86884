#include <string>

#include <CLI/CLI.hpp>

#include "common/crypto/crypto.h"
#include "common/host/host.h"
#include "forms/cli/commands.h"
#include "forms/cli/line_server.h"
#include "forms/cli/local_machine.h"
#include "forms/session/xpath_service.h"

namespace survey::forms {

void add_xpath(CLI::App& program, Console& console, ExitCode& status) {
    const auto say = [&console](const Phrase& phrase) { return std::string(console.say(phrase)); };
    CLI::App& command =
        *program.add_subcommand("xpath", say({"Evaluate XPath expressions, as lines of JSON",
                                              "XPath-Ausdrücke auswerten, als Zeilen von JSON"}));
    command.footer(
        say({"Example:\n"
             "  echo '{\"id\":1,\"document\":\"<d><a>3</a><a>4</a></d>\",\n"
             "        \"expression\":\"sum(/d/a)\"}' | tr -d '\\n' | forms xpath\n"
             "  {\"id\":1,\"type\":\"number\",\"value\":7}\n"
             "\n"
             "Members: document, documentId, context, root, resultType, namespaces,\n"
             "functions, language, now, timezone, seed. Exit status: 0.",
             "Beispiel:\n"
             "  echo '{\"id\":1,\"document\":\"<d><a>3</a><a>4</a></d>\",\n"
             "        \"expression\":\"sum(/d/a)\"}' | tr -d '\\n' | forms xpath\n"
             "  {\"id\":1,\"type\":\"number\",\"value\":7}\n"
             "\n"
             "Angaben: document, documentId, context, root, resultType, namespaces,\n"
             "functions, language, now, timezone, seed. Ende-Status: 0."}));
    command.callback([&console, &status] {
        const SystemClock clock;
        SystemRandom random;
        const LocalMachine machine;
        XPathService service(clock, random, machine);
        serve_lines(service, console);
        status = ExitCode::kOk;
    });
}

}  // namespace survey::forms

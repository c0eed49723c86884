#include "forms/cli/line_server.h"

#include <ostream>
#include <string>

#include "forms/cli/lines.h"

namespace survey::forms {

void serve_lines(LineService& service, Console& console) {
    std::string line;
    while (true) {
        const LineRead end = read_line(console.in(), line, kLineBytesMax);
        if (end == LineRead::kEnd) return;
        if (end == LineRead::kTooLong) {
            console.out() << refusal_line(nullptr, {"request", "the line is too long"}) << '\n'
                          << std::flush;
            continue;
        }
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        console.out() << answer_line(service, line) << '\n' << std::flush;
    }
}

}  // namespace survey::forms

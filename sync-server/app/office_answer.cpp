#include "sync-server/app/office_answer.h"

#include <utility>

namespace survey::server {

namespace {

constexpr Phrase kSaidNo = {"The server said no.", "Der Server hat abgelehnt."};
constexpr Phrase kNotUnderstood = {"The server's answer was not understood.",
                                   "Die Antwort des Servers war nicht zu verstehen."};

}  // namespace

std::optional<json::Value> answered(Result<CallAnswer> answer, const CommandOptions& options,
                                    const Terminal& terminal, ExitCode& exit) {
    if (!answer) {
        exit = report(answer.error(), terminal);
        return std::nullopt;
    }
    json::Limits limits;
    limits.bytes_max = 256 * 1024 * 1024;
    auto body = json::parse(answer->body, limits);
    const bool good = answer->status >= 200 && answer->status < 300;
    if (options.json && body) terminal.line(answer->body);
    exit = good ? ExitCode::kOk : ExitCode::kRefused;
    if (good || answer->status == 422) {
        if (body) return *std::move(body);
    }
    const auto message = body ? json::find_text(*body, "message") : std::nullopt;
    if (message)
        terminal.failure(*message);
    else
        terminal.error(terminal.say(body ? kSaidNo : kNotUnderstood));
    exit = ExitCode::kRefused;
    return std::nullopt;
}

const json::Array& list_of(const json::Value& body, std::string_view name) {
    static const json::Array kNone;
    const json::Value* list = json::find(body, name);
    return list && list->is_array() ? list->get_array() : kNone;
}

std::string text_of(const json::Value& object, std::string_view name) {
    return json::find_text(object, name).value_or("");
}

}  // namespace survey::server

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/http/http_call.h"
#include "common/json/json.h"
#include "sync-server/app/commands.h"

namespace survey::server {

/// The parsed answer, or nothing after the refusal was shown. With --json it is printed as it came.
std::optional<json::Value> answered(Result<CallAnswer> answer, const CommandOptions& options,
                                    const Terminal& terminal, ExitCode& exit);

/// The list of that name; an empty one where there is none.
const json::Array& list_of(const json::Value& body, std::string_view name);
/// The text of that name; empty where there is none.
std::string text_of(const json::Value& object, std::string_view name);

}  // namespace survey::server

#pragma once

#include <string>
#include <vector>

namespace survey::tests {

/// The command that speaks `forms session` and `forms xpath` over the engine module, in Node. The
/// test that uses it defines SURVEY_NODE and depends on forms_engine_wasm.
inline std::vector<std::string> engine_module() {
    return {SURVEY_NODE, SURVEY_SOURCE_DIR "/forms/wasm/node/session.mjs", SURVEY_ENGINE_WASM};
}

}  // namespace survey::tests

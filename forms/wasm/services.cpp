#include "forms/wasm/services.h"

namespace survey::forms {

Outcome<json::Object> Services::answer(const json::Object& request) {
    const bool evaluates = !request.contains("op") && request.contains("expression");
    return evaluates ? xpath_.answer(request) : session_.answer(request);
}

}  // namespace survey::forms

#include "forms/session/protocol.h"

#include "common/base/result.h"

namespace survey::forms {

namespace {

// JSON inside a request is flat; the deepest thing is a list of choices or of defaults.
constexpr std::size_t kRequestDepthMax = 64;

Refusal wrong_type(std::string_view name, std::string_view type) {
    return {"request", fill("member \"{}\" must be {}", {name, type})};
}

}  // namespace

std::string refusal_line(const json::Value& id, const Refusal& refusal) {
    json::Object error;
    error["code"] = refusal.code;
    error["message"] = refusal.message;
    for (const auto& member : refusal.more)
        error[member.key()] = member.value();
    json::Object answer;
    answer["id"] = id;
    answer["error"] = std::move(error);
    return json::serialise(answer);
}

std::string answer_line(LineService& service, std::string_view line) {
    auto parsed = json::parse(line, json::Limits{kLineBytesMax, kRequestDepthMax});
    if (!parsed) return refusal_line(nullptr, {"request", parsed.error().message});
    if (!parsed->is_object()) {
        return refusal_line(nullptr, {"request", "a request is one JSON object per line"});
    }
    const json::Object& request = parsed->get_object();
    const json::Value* given = request.if_contains("id");
    const json::Value id = given == nullptr ? json::Value(nullptr) : *given;
    auto outcome = service.answer(request);
    if (!outcome) return refusal_line(id, std::move(outcome).error());
    json::Object answer;
    answer["id"] = id;
    for (auto& member : *outcome)
        answer[member.key()] = std::move(member.value());
    return json::serialise(answer);
}

Outcome<std::optional<std::string>> optional_text(const json::Object& request,
                                                  std::string_view name) {
    const json::Value* member = request.if_contains(name);
    if (member == nullptr || member->is_null()) return std::optional<std::string>();
    if (!member->is_string()) return wrong_type(name, "a string");
    return std::optional<std::string>(std::string(member->get_string()));
}

Outcome<std::string> required_text(const json::Object& request, std::string_view name) {
    TRY_ASSIGN(auto text, optional_text(request, name));
    if (!text) return Refusal{"request", fill("member \"{}\" is missing", {name})};
    return *std::move(text);
}

Outcome<std::string> text_or(const json::Object& request, std::string_view name,
                             std::string_view fallback) {
    TRY_ASSIGN(auto text, optional_text(request, name));
    return text ? *std::move(text) : std::string(fallback);
}

Outcome<bool> flag(const json::Object& request, std::string_view name) {
    const json::Value* member = request.if_contains(name);
    if (member == nullptr || member->is_null()) return false;
    if (!member->is_bool()) return wrong_type(name, "true or false");
    return member->get_bool();
}

Outcome<std::optional<std::int64_t>> optional_integer(const json::Object& request,
                                                      std::string_view name) {
    const json::Value* member = request.if_contains(name);
    if (member == nullptr || member->is_null()) return std::optional<std::int64_t>();
    if (member->is_int64()) return std::optional<std::int64_t>(member->get_int64());
    if (member->is_uint64()) return wrong_type(name, "a smaller whole number");
    if (member->is_double()) {
        const double number = member->get_double();
        const auto whole = static_cast<std::int64_t>(number > -1e15 && number < 1e15 ? number : 0);
        if (static_cast<double>(whole) == number) return std::optional<std::int64_t>(whole);
    }
    return wrong_type(name, "a whole number");
}

}  // namespace survey::forms

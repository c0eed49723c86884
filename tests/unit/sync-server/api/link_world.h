#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/hex.h"
#include "common/json/json.h"
#include "tests/support/whole_server.h"

namespace survey::test {

inline constexpr std::chrono::hours kHour{1};

inline std::string hash_of(std::string_view bytes) {
    return to_hex(sha256(bytes));
}

/// A server with the visit form, and people with links to it.
struct LinkWorld : WholeServer {
    LinkWorld() { publish(); }

    json::Value json_of(const Reply& reply) {
        auto body = json::parse(reply.body);
        REQUIRE(body);
        return *std::move(body);
    }

    std::string link(json::Object wanted = {}) {
        wanted["form"] = "visit";
        const Reply made =
            call(Method::kPost, "/v1/links", "office-token", json::serialise(wanted));
        INFO(made.body);
        REQUIRE(made.status == 201);
        return json::find_text(json_of(made), "link").value_or("");
    }

    Reply get(const std::string& target, Given fields = {}) {
        return call(Method::kGet, target, "", {}, std::move(fields));
    }

    json::Object sheet_of(const RevisionEnvelope& filled) {
        return {{"instance", filled.instance.text()},
                {"form", json::Object{{"id", filled.form.id},
                                      {"version", filled.form.version},
                                      {"hash", filled.form_hash.hex()}}},
                {"xml", filled.content},
                {"language", "de"},
                {"files", json::Array{}}};
    }

    /// An answer that keeps the form's rules.
    json::Object sheet(const std::string& firm = "Muster GmbH") {
        return sheet_of(interview({{"firm", firm}, {"fit", "good"}, {"people", "12"}}));
    }

    Reply answer(const std::string& id, const json::Object& body, Given fields = {}) {
        fields.emplace_back("content-type", "application/json");
        return call(Method::kPost, "/f/" + id + "/answers", "", json::serialise(body),
                    std::move(fields));
    }

    std::string code_of(const Reply& reply) {
        return json::find_text(json_of(reply), "code").value_or("");
    }

    std::size_t stored() { return static_cast<std::size_t>(*store->count_submissions({})); }
};

}  // namespace survey::test

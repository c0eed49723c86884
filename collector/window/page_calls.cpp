// The page, its files, coming in and closing.

#include "collector/window/window.h"
#include "common/http/problem.h"
#include "forms/web/assets.h"
#include "forms/web/shell.h"

namespace survey::collector {

Result<Reply> Window::page(const Request&) {
    const bool german = settings_.is_german;
    forms::WebShell shell;
    shell.home = "collector";
    shell.language = german ? "de" : "en";
    shell.title = german ? "Interviews auf diesem Gerät" : "Interviews on this device";
    shell.noscript = german ? "Diese Seite braucht JavaScript. Ohne geht es am Terminal weiter: "
                              "collector new"
                            : "This page needs JavaScript. Without it, go on at the terminal: "
                              "collector new";
    return Reply::html(forms::web_shell_page(shell));
}

Result<Reply> Window::asset(const Request& request) {
    const forms::WebAsset* found = forms::web_asset(request.target.segments[1]);
    if (found == nullptr) return fail(ErrorCode::kNotFound, "there is no such file");
    const bool packed = found->plain.empty();
    Reply reply = Reply::lending(packed ? found->gzip : found->plain, nullptr,
                                 std::string(found->content_type));
    if (packed) reply.fields.emplace_back("Content-Encoding", "gzip");
    return reply;
}

Result<Reply> Window::enter(const Request& request) {
    TRY_ASSIGN(const json::Value body, json::parse(request.body));
    const auto cookie = gate_.exchange(json::find_text(body, "token").value_or(""));
    if (!cookie) {
        return http_problem(403, "token",
                            settings_.is_german
                                ? "Diese Adresse gilt nur einmal. Öffnen Sie das Fenster neu: "
                                  "collector open"
                                : "This address is good for one time only. Open the window "
                                  "again: collector open",
                            request.id);
    }
    Reply reply;
    reply.status = 204;
    return std::move(reply).with("Set-Cookie", *cookie);
}

Result<Reply> Window::launch(const Request&) {
    return Reply::json(json::serialise(json::Object{{"token", gate_.new_token()}}));
}

Result<Reply> Window::close(const Request&) {
    settings_.close();
    return Reply::json("{}", 202);
}

}  // namespace survey::collector

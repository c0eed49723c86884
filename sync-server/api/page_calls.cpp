// The results for people with a browser: sign in, choose a form, look at tables.

#include "common/http/problem.h"
#include "sync-server/api/handlers_internal.h"
#include "sync-server/api/table_query.h"
#include "sync-server/console/assets.h"
#include "sync-server/console/pages.h"

namespace survey::server {

namespace {

/// Only pages of ours: an address that begins with one slash and has nothing that could end it or
/// lead elsewhere ("//host", "/\host").
bool is_own_page(std::string_view address) {
    if (address.substr(0, 8) != "/results") return false;
    return address.find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?&=%") ==
           std::string_view::npos;
}

std::string cookie(const RoutedCall& request, std::string_view value, bool expired) {
    std::string text(session_cookie_name(request.secure));
    text += "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Strict";
    if (request.secure) text += "; Secure";
    if (expired) text += "; Max-Age=0";
    return text;
}

}  // namespace

Result<Reply> handle_root(Services&, const RoutedCall&) {
    return Reply::see_other("/results");
}

Result<Reply> handle_no_icon(Services&, const RoutedCall&) {
    // Browsers ask by themselves, and report a 404 as if something were broken.
    Reply none;
    none.status = 204;
    none.fields = {{"Cache-Control", "public, max-age=86400"}};
    return none;
}

Result<Reply> handle_asset(Services&, const RoutedCall& request) {
    const Asset* asset = find_asset(request.captures[0]);
    if (!asset) return fail(ErrorCode::kNotFound, "There is no such file.");
    return Reply::asset(asset->bytes, std::string(asset->content_type));
}

Result<Reply> handle_login_page(Services&, const RoutedCall& request) {
    const std::string_view next = request.parameter("next").value_or("/results");
    return Reply::html(login_page(language_of_code(request.language()),
                                  is_own_page(next) ? next : "/results", false));
}

Result<Reply> handle_login(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const auto fields, parse_form_fields(request.body));
    std::string token;
    std::string next = "/results";
    std::string language(request.language());
    for (const auto& [name, value] : fields) {
        if (name == "token") token = value;
        if (name == "next" && is_own_page(value)) next = value;
        if (name == "lang") language = value;
    }
    while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r'))
        token.pop_back();  // pasted with its line end
    const Caller::Role role = services.tokens.role_of(token);
    if (role == Caller::Role::kNobody)
        return Reply::html(login_page(language_of_code(language), next, true), 403);
    return Reply::see_other(next).with("Set-Cookie",
                                       cookie(request, services.sessions.open(role), false));
}

Result<Reply> handle_logout(Services& services, const RoutedCall& request) {
    services.sessions.close(request.cookie(session_cookie_name(request.secure)));
    return Reply::see_other("/login").with("Set-Cookie", cookie(request, "", true));
}

Result<Reply> handle_results_page(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const std::vector<PublishedForm> published, services.store.forms());
    std::vector<ListedForm> forms;
    for (const PublishedForm& form : published) {  // newest first
        bool listed = false;
        for (const ListedForm& known : forms)
            listed = listed || known.id == form.ref.id;
        if (!listed) forms.push_back({form.ref.id, form.title});
    }
    return Reply::html(forms_page(language_of_code(request.language()), forms));
}

Result<Reply> handle_table_page(Services& services, const RoutedCall& request) {
    TRY_ASSIGN(const auto version, services.results.newest(request.captures[0]));
    ResultsView view;
    view.language = language_of_code(request.language());
    view.form_id = request.captures[0];
    view.title = version->form()->title;
    view.questions = &version->questions();
    if (!request.parameter("row")) {
        if (view.questions->questions.empty()) return Reply::html(results_page(view));
        view.asked.row = view.questions->questions.front().name;
        return Reply::html(results_page(view));
    }
    TRY_ASSIGN(view.asked, read_table_query(request));
    const auto answer = services.results.table(view.form_id, view.asked);
    if (!answer) {
        if (!is_public(answer.error().code)) return answer.error();
        view.message = answer.error().message;
        return Reply::html(results_page(view), http_status(answer.error().code));
    }
    const LabelledTable table =
        label_table(*answer, version->questions(), view.asked, view.language);
    view.table = &table;
    return Reply::html(results_page(view));
}

}  // namespace survey::server

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "forms/web/assets.h"
#include "forms/web/shell.h"

using namespace survey::forms;

namespace {

/// What a page takes from `/a/`.
std::vector<std::string> assets_named_in(const std::string& html) {
    std::vector<std::string> names;
    for (auto at = html.find("\"/a/"); at != std::string::npos; at = html.find("\"/a/", at + 1)) {
        const auto from = at + 4;
        names.push_back(html.substr(from, html.find('"', from) - from));
    }
    return names;
}

const WebShell kShell{"link", "de", "Umfrage", "Bitte schalten Sie JavaScript ein."};

}  // namespace

TEST_CASE("the shell names assets that are there", "[web]") {
    const auto names = assets_named_in(web_shell_page(kShell));
    REQUIRE(names.size() >= 2);
    for (const std::string& name : names) {
        INFO(name);
        CHECK(web_asset(name) != nullptr);
    }
}

TEST_CASE("a page without script has its style and no script", "[web]") {
    const std::string page = web_notice_page({"en", "Closed", {"This link is closed."}});
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("<p>This link is closed.</p>") != std::string::npos);
    const auto names = assets_named_in(page);
    REQUIRE(names.size() == 1);
    CHECK(web_asset(names[0]) != nullptr);
}

TEST_CASE("texts are escaped and are not looked through for placeholders", "[web]") {
    WebShell shell = kShell;
    shell.title = "<b>\"{{noscript}}\" & more";
    const std::string page = web_shell_page(shell);
    CHECK(page.find("<title>&lt;b&gt;&quot;{{noscript}}&quot; &amp; more</title>") !=
          std::string::npos);
    CHECK(page.find("<b>") == std::string::npos);
}

TEST_CASE("the shell has no inline script and no inline style", "[web]") {
    const std::string page = web_shell_page(kShell);
    CHECK(page.find("<style") == std::string::npos);
    CHECK(page.find("style=") == std::string::npos);
    for (auto at = page.find("<script"); at != std::string::npos; at = page.find("<script", at + 1))
        CHECK(page.substr(at, page.find('>', at) - at).find(" src=") != std::string::npos);
}

TEST_CASE("assets are found by name and by no other", "[web]") {
    REQUIRE_FALSE(web_assets().empty());
    for (const WebAsset& asset : web_assets()) {
        INFO(asset.name);
        CHECK(web_asset(asset.name) == &asset);
        CHECK(asset.plain.empty() != asset.gzip.empty());
        CHECK_FALSE(asset.content_type.empty());
        const std::string_view packed = web_brotli(asset.name);
        CHECK((packed.empty() || packed.size() < asset.gzip.size()));
    }
    for (const char* name : {"", "shell.html", "sw.js", "../sw.js", "main.js", "~"}) {
        INFO(name);
        CHECK(web_asset(name) == nullptr);
        CHECK(web_brotli(name).empty());
    }
}

TEST_CASE("the service worker knows every asset", "[web]") {
    const std::string worker(web_worker().plain);
    for (const WebAsset& asset : web_assets()) {
        INFO(asset.name);
        CHECK(worker.find("/a/" + std::string(asset.name)) != std::string::npos);
    }
}

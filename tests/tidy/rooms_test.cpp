// The arrow table of ARCHITECTURE.md in executable form. Change both in one commit, alone.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/tidy/source_files.h"

using namespace survey::tidy;

namespace {

struct Room {
    const char* path;
    int floor;
    std::vector<std::string> uses;
};

const std::vector<Room>& rooms() {
    static const std::vector<Room> table = {
        {"common/base", 0, {}},
        {"common/model", 1, {"common/base"}},
        {"common/host", 1, {"common/base"}},
        {"common/db", 1, {"common/base"}},
        {"common/crypto", 1, {"common/base"}},
        {"common/json", 1, {"common/base"}},
        {"common/http", 2, {"common/base", "common/json"}},
        {"forms/expr", 1, {"common/base"}},
        {"forms/web", 1, {"common/base"}},
        {"forms/xml", 1, {"common/base"}},
        {"common/command_line", 2, {"common/base", "common/host"}},
        {"common/sync", 2, {"common/base", "common/model"}},
        {"forms/definition", 2, {"common/base", "forms/expr", "forms/xml"}},
        {"common/codec", 3, {"common/base", "common/crypto", "common/model", "common/sync"}},
        {"forms/lists", 2, {"common/base", "forms/xml"}},
        {"forms/xform", 3, {"common/base", "forms/xml", "forms/expr", "forms/definition"}},
        {"forms/xlsform", 3, {"common/base", "forms/xml", "forms/expr", "forms/definition"}},
        {"forms/runtime",
         3,
         {"common/base", "forms/xml", "forms/expr", "forms/definition", "forms/lists"}},
        {"forms/simulate", 4, {"common/base", "forms/expr", "forms/definition", "forms/runtime"}},
        {"forms/authoring",
         4,
         {"common/base", "forms/xml", "forms/expr", "forms/definition", "forms/xlsform"}},
        {"forms/session",
         4,
         {"common/base", "common/json", "forms/definition", "forms/expr", "forms/lists",
          "forms/runtime", "forms/xform", "forms/xml"}},
        {"forms/wasm", 5, {"common/base", "forms/session"}},
        {"forms/cli",
         5,
         {"common/base", "common/command_line", "common/crypto", "common/host", "common/json",
          "forms/definition", "forms/expr", "forms/runtime", "forms/session", "forms/simulate",
          "forms/authoring", "forms/xform", "forms/xlsform", "forms/xml"}},
        {"common/store",
         4,
         {"common/base", "common/codec", "common/crypto", "common/db", "common/model",
          "common/sync"}},
        {"collector/store",
         5,
         {"common/base", "common/codec", "common/crypto", "common/db", "common/host",
          "common/model", "common/store", "common/sync"}},
        {"sync-server/store",
         5,
         {"common/base", "common/codec", "common/crypto", "common/db", "common/host",
          "common/model", "common/store", "common/sync"}},
        {"collector/agent",
         6,
         {"common/base", "common/codec", "common/json", "common/model", "common/sync",
          "collector/store"}},
        {"collector/interview",
         6,
         {"common/base", "common/model", "collector/store", "forms/definition", "forms/runtime",
          "forms/xform"}},
        {"collector/curl", 7, {"common/base", "collector/agent"}},
        {"collector/ui",
         7,
         {"common/base", "forms/definition", "forms/runtime", "collector/interview"}},
        {"collector/window",
         8,
         {"common/base", "common/crypto", "common/http", "common/json", "common/model",
          "forms/definition", "forms/runtime", "forms/web", "collector/agent",
          "collector/interview", "collector/store"}},
        {"collector/app",
         9,
         {"common/base", "common/codec", "common/command_line", "common/crypto", "common/host",
          "common/http", "common/json", "common/model", "common/sync", "forms/definition",
          "forms/runtime", "forms/xform", "collector/agent", "collector/curl",
          "collector/interview", "collector/store", "collector/ui", "collector/window"}},
        {"sync-server/qr", 1, {"common/base"}},
        {"sync-server/files",
         6,
         {"common/base", "common/command_line", "common/crypto", "common/host", "common/model",
          "sync-server/store"}},
        {"sync-server/aggregate", 6, {"common/base"}},
        {"sync-server/export",
         7,
         {"common/base", "common/json", "forms/xlsform", "sync-server/aggregate"}},
        {"sync-server/ingest",
         6,
         {"common/base", "common/crypto", "common/model", "common/sync", "forms/definition",
          "forms/runtime", "forms/xform", "forms/xlsform", "forms/xml", "sync-server/store"}},
        {"sync-server/results",
         7,
         {"common/base", "common/crypto", "common/host", "common/model", "sync-server/aggregate",
          "sync-server/ingest", "sync-server/store"}},
        {"sync-server/console",
         8,
         {"common/base", "common/crypto", "forms/definition", "sync-server/export",
          "sync-server/ingest", "sync-server/results"}},
        {"sync-server/links",
         9,
         {"common/base", "common/crypto", "common/http", "common/json", "common/model",
          "common/sync", "forms/definition", "forms/web", "sync-server/export",
          "sync-server/ingest", "sync-server/qr", "sync-server/store"}},
        {"sync-server/api",
         10,
         {"common/base", "common/codec", "common/crypto", "common/http", "common/json",
          "common/model", "common/sync", "forms/definition", "forms/web", "sync-server/console",
          "sync-server/export", "sync-server/files", "sync-server/ingest", "sync-server/links",
          "sync-server/qr", "sync-server/results", "sync-server/store"}},
        {"sync-server/app",
         11,
         {"common/base", "common/command_line", "common/crypto", "common/db", "common/host",
          "common/http", "common/json", "sync-server/aggregate", "sync-server/api",
          "sync-server/console", "sync-server/files", "sync-server/ingest", "sync-server/links",
          "sync-server/results", "sync-server/store"}},
    };
    return table;
}

// A library that talks to the world is included in the rooms named here only.
const std::map<std::string, std::set<std::string>>& library_homes() {
    static const std::map<std::string, std::set<std::string>> homes = {
        {"sqlite3.h", {"common/db"}},     {"sodium.h", {"common/crypto"}},
        {"boost/json", {"common/json"}},  {"boost/asio", {"common/http"}},
        {"boost/beast", {"common/http"}}, {"cereal/", {"common/codec"}},
        {"zstd.h", {"common/codec"}},     {"curl/", {"collector/curl"}},
        {"histedit.h", {"collector/ui"}}, {"expat.h", {"forms/xml"}},
        {"pcre2.h", {"forms/expr"}},      {"utf8proc.h", {"forms/expr"}},
        {"fast_float/", {"common/base"}}, {"zip.h", {"forms/xlsform"}},
        {"freexl.h", {"forms/xlsform"}},  {"xlsxwriter.h", {"forms/xlsform", "sync-server/export"}},
        {"date/", {"common/host"}},       {"qrencode.h", {"sync-server/qr"}},
        {"zlib.h", {"common/http"}},      {"png.h", {"sync-server/qr"}},
    };
    return homes;
}

std::string included_path(const std::string& line, char open, char close) {
    if (line.rfind("#include ", 0) != 0) return {};
    const auto from = line.find(open);
    const auto to = line.find(close, from + 1);
    if (from == std::string::npos || to == std::string::npos) return {};
    return line.substr(from + 1, to - from - 1);
}

}  // namespace

TEST_CASE("every include between rooms is an arrow of the table", "[tidy]") {
    std::map<std::string, const Room*> by_path;
    for (const Room& room : rooms())
        by_path[room.path] = &room;
    for (const SourceFile& file : source_files()) {
        const std::string room = room_of(file.path);
        if (room.rfind("tests", 0) == 0) continue;
        CAPTURE(file.path);
        REQUIRE(by_path.count(room) == 1);
        for (const std::string& line : file.lines) {
            const std::string included = included_path(line, '"', '"');
            if (included.empty()) continue;
            CAPTURE(line);
            const std::string used = room_of(included);
            if (used == room) continue;
            const auto& uses = by_path[room]->uses;
            CHECK(std::find(uses.begin(), uses.end(), used) != uses.end());
            CHECK(included.find("_internal.h") == std::string::npos);
        }
    }
}

TEST_CASE("the table itself only goes down", "[tidy]") {
    std::map<std::string, int> floors;
    for (const Room& room : rooms())
        floors[room.path] = room.floor;
    for (const Room& room : rooms()) {
        for (const std::string& used : room.uses) {
            CAPTURE(room.path, used);
            REQUIRE(floors.count(used) == 1);
            CHECK(floors[used] < room.floor);
        }
    }
}

TEST_CASE("a library that talks to the world has one home", "[tidy]") {
    for (const SourceFile& file : source_files()) {
        const std::string room = room_of(file.path);
        if (room.rfind("tests", 0) == 0) continue;
        for (const std::string& line : file.lines) {
            const std::string included = included_path(line, '<', '>');
            for (const auto& [library, homes] : library_homes()) {
                if (included.rfind(library, 0) != 0) continue;
                CAPTURE(file.path, line);
                CHECK(homes.count(room) == 1);
            }
        }
    }
}

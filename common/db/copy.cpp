#include <cstdio>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/db/database.h"

namespace survey {

namespace {

Result<void> check_copy(const std::string& path) {
    sqlite3* copy = nullptr;
    sqlite3_stmt* check = nullptr;
    bool sound =
        sqlite3_open_v2(path.c_str(), &copy, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
        sqlite3_prepare_v2(copy, "PRAGMA integrity_check(1)", -1, &check, nullptr) == SQLITE_OK &&
        sqlite3_step(check) == SQLITE_ROW;
    if (sound) {
        const auto* word = reinterpret_cast<const char*>(sqlite3_column_text(check, 0));
        sound = word != nullptr && std::string_view(word) == "ok";
    }
    sqlite3_finalize(check);
    sqlite3_close(copy);
    if (sound) return {};
    return fail(ErrorCode::kCorrupt, path + ": the copy is not sound");
}

bool sync_path(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool synced = ::fsync(file) == 0;
    ::close(file);
    return synced;
}

}  // namespace

Result<void> Database::copy_to(const std::string& path) {
    const std::string temporary = path + ".new";
    ::unlink(temporary.c_str());
    TRY(run("VACUUM INTO ?1", temporary));
    ::chmod(temporary.c_str(), 0600);
    Result<void> sound = check_copy(temporary);
    if (sound && !sync_path(temporary)) {
        sound = fail(ErrorCode::kUnavailable, temporary + ": the disk failed");
    }
    if (sound && ::rename(temporary.c_str(), path.c_str()) != 0) {
        sound = fail(ErrorCode::kUnavailable, path + ": the copy cannot be put in its place");
    }
    if (!sound) {
        ::unlink(temporary.c_str());
        return sound;
    }
    const std::size_t slash = path.rfind('/');
    if (!sync_path(slash == std::string::npos ? "." : path.substr(0, slash + 1))) {
        return fail(ErrorCode::kUnavailable, path + ": the disk failed");
    }
    return {};
}

}  // namespace survey

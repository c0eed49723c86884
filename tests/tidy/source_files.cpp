#include "tests/tidy/source_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

namespace survey::tidy {

std::vector<SourceFile> source_files() {
    const std::filesystem::path root(SURVEY_SOURCE_DIR);
    std::vector<SourceFile> files;
    for (const char* wing : {"common", "forms", "collector", "sync-server", "tests"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / wing)) {
            const std::string extension = entry.path().extension().string();
            if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
            SourceFile file{std::filesystem::relative(entry.path(), root).generic_string(), {}};
            std::ifstream stream(entry.path());
            for (std::string line; std::getline(stream, line);)
                file.lines.push_back(line);
            files.push_back(std::move(file));
        }
    }
    std::sort(files.begin(), files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    REQUIRE(files.size() > 10);
    return files;
}

std::string room_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(0, slash);
}

}  // namespace survey::tidy

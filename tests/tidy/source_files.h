#pragma once

#include <string>
#include <vector>

namespace survey::tidy {

/// One file of the repository as lines, with its path from the root.
struct SourceFile {
    std::string path;
    std::vector<std::string> lines;
};

/// All C++ files below the four wings, sorted by path. Fails the test where the tree cannot be
/// read.
std::vector<SourceFile> source_files();

/// "forms/xml" for "forms/xml/reader.cpp".
std::string room_of(const std::string& path);

}  // namespace survey::tidy

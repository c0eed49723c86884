#include "forms/xlsform/names.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

#include "forms/xlsform/cell_text.h"

namespace survey::forms {

namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

// XML 1.0 (fifth edition), production 4 NameStartChar, without the colon.
constexpr Range kStart[] = {{'A', 'Z'},       {'_', '_'},       {'a', 'z'},        {0xC0, 0xD6},
                            {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},    {0x37F, 0x1FFF},
                            {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},  {0x3001, 0xD7FF},
                            {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
// Production 4a: what may follow besides.
constexpr Range kFollow[] = {
    {'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <std::size_t N>
bool in(const Range (&ranges)[N], std::uint32_t code) {
    return std::any_of(std::begin(ranges), std::end(ranges), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

/// Takes one character of UTF-8 off the front; 0 where it is malformed.
std::uint32_t take_code(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                                              : 4;
    if (length == 0 || first > 0xF4 || text.size() < length) return 0;
    std::uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0u) != 0x80u) return 0;
        code = (code << 6u) | (byte(i) & 0x3Fu);
    }
    text.remove_prefix(length);
    return code;
}

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(before, above);
        std::swap(above, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + other});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

}  // namespace

bool is_xml_name(std::string_view name) {
    if (name.empty() || !in(kStart, take_code(name))) return false;
    while (!name.empty()) {
        const std::uint32_t code = take_code(name);
        if (code == 0 || (!in(kStart, code) && !in(kFollow, code))) return false;
    }
    return true;
}

bool is_qualified_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return is_xml_name(name);
    return is_xml_name(name.substr(0, colon)) && is_xml_name(name.substr(colon + 1));
}

std::vector<std::string> near_misses(std::string_view word,
                                     const std::vector<std::string>& candidates) {
    // Longer words cost time and are no slips of the pen.
    constexpr std::size_t kWordMax = 100;
    if (word.empty() || word.size() > kWordMax) return {};
    // Thousands of wrong names among thousands of names must not take minutes.
    constexpr std::size_t kComparedMax = 2'000;
    const std::string wanted = lower(word);
    const std::size_t limit = word.size() < 5 ? 1 : 2;
    std::vector<std::pair<std::size_t, std::string>> found;
    std::size_t compared = 0;
    for (const std::string& candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), wanted.size());
        if (longer - std::min(candidate.size(), wanted.size()) > limit) continue;
        if (++compared > kComparedMax) break;
        const std::size_t distance = edit_distance(wanted, lower(candidate));
        if (distance <= limit) found.emplace_back(distance, candidate);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<std::string> nearest;
    for (auto& [distance, candidate] : found) {
        if (nearest.size() == 3) break;
        nearest.push_back(std::move(candidate));
    }
    return nearest;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
    std::string question;
    for (const std::string& candidate : near_misses(word, candidates)) {
        question += question.empty() ? "Did you mean \"" : " or \"";
        question += candidate + "\"";
    }
    return question.empty() ? question : question + "?";
}

}  // namespace survey::forms

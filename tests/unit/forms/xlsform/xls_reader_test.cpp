#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "common/base/random.h"
#include "forms/xlsform/convert.h"
#include "forms/xlsform/workbook.h"

namespace survey::forms {
namespace {

void put(std::string& out, std::uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>((number >> (8 * i)) & 0xFFu);
}

/// A record of BIFF8 ([MS-XLS] 2.1.4): type, length, data.
void record(std::string& out, std::uint16_t type, const std::string& data) {
    put(out, type, 2);
    put(out, data.size(), 2);
    out += data;
}

std::string beginning(std::uint16_t kind) {
    std::string data;
    put(data, 0x0600, 2);
    put(data, kind, 2);
    data.resize(16);
    return data;
}

/// The stream "Workbook" of a survey sheet whose cells are these texts; a number ends it.
std::string workbook_stream(const std::vector<std::vector<std::string>>& rows, double number) {
    std::string strings;
    std::string cells;
    std::uint32_t count = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            put(strings, rows[r][c].size(), 2);
            strings += '\0' + rows[r][c];
            std::string cell;
            put(cell, r, 2);
            put(cell, c, 2);
            put(cell, 0, 2);
            put(cell, count++, 4);
            record(cells, 0x00FD, cell);
        }
    }
    std::string last;
    put(last, rows.size() - 1, 2);
    put(last, rows.back().size(), 2);
    put(last, 0, 2);
    put(last, std::bit_cast<std::uint64_t>(number), 8);
    record(cells, 0x0203, last);

    std::string counts;
    put(counts, count, 4);
    put(counts, count, 4);
    std::string globals;
    record(globals, 0x0809, beginning(5));
    record(globals, 0x0042, std::string("\xB0\x04", 2));
    const std::size_t sheet_at = globals.size() + 4 + 14 + 4 + counts.size() + strings.size() + 4;
    std::string sheet;
    put(sheet, sheet_at, 4);
    put(sheet, 0, 2);
    sheet += '\x06';
    sheet += '\0';
    sheet += "survey";
    record(globals, 0x0085, sheet);
    record(globals, 0x00FC, counts + strings);
    record(globals, 0x000A, "");
    REQUIRE(globals.size() == sheet_at);
    record(globals, 0x0809, beginning(0x10));
    std::string size;
    put(size, 0, 4);
    put(size, rows.size(), 4);
    put(size, 0, 2);
    put(size, rows.back().size() + 1, 2);
    put(size, 0, 2);
    record(globals, 0x0200, size);
    globals += cells;
    record(globals, 0x000A, "");
    return globals;
}

/// A compound file ([MS-CFB], version 3) with that one stream.
std::string compound_file(std::string stream) {
    constexpr std::uint32_t kEnd = 0xFFFFFFFE;
    constexpr std::uint32_t kFree = 0xFFFFFFFF;
    constexpr std::size_t kSectors = 8;
    REQUIRE(stream.size() <= kSectors * 512);
    stream.resize(kSectors * 512);
    std::string file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    file.resize(24);
    for (const std::uint64_t word : {0x3E, 3, 0xFFFE, 9, 6})
        put(file, word, 2);
    put(file, 0, 6);
    for (const std::uint64_t word : {0u, 1u, 1u, 0u, 4096u, kEnd, 0u, kEnd, 0u, 0u})
        put(file, word, 4);
    while (file.size() < 512)
        put(file, kFree, 4);
    std::string table;
    put(table, 0xFFFFFFFD, 4);
    put(table, kEnd, 4);
    for (std::size_t i = 0; i < kSectors; ++i)
        put(table, i + 1 < kSectors ? i + 3 : kEnd, 4);
    while (table.size() < 512)
        put(table, kFree, 4);
    const auto entry = [&](const std::string& name, std::uint8_t type, std::uint32_t child,
                           std::uint32_t start, std::uint32_t size) {
        std::string out;
        for (const char c : name)
            put(out, static_cast<unsigned char>(c), 2);
        out.resize(64);
        put(out, name.empty() ? 0 : 2 * name.size() + 2, 2);
        out += static_cast<char>(type);
        out += '\x01';
        for (const std::uint32_t link : {kFree, kFree, child})
            put(out, link, 4);
        out.resize(116);
        put(out, start, 4);
        put(out, size, 8);
        return out;
    };
    return file + table + entry("Root Entry", 5, 1, kEnd, 0) +
           entry("Workbook", 2, kFree, 2, static_cast<std::uint32_t>(stream.size())) +
           entry("", 0, kFree, 0, 0) + entry("", 0, kFree, 0, 0) + stream;
}

std::string small_xls() {
    return compound_file(
        workbook_stream({{"type", "name", "label", "version"}, {"text", " a ", "Say \"hi\""}}, 3));
}

TEST_CASE("an .xls workbook is read like any other", "[xlsform][xls]") {
    const auto book = read_workbook(small_xls());
    REQUIRE(book);
    CHECK(book->is_spreadsheet);
    REQUIRE(book->sheets.size() == 1);
    CHECK(book->sheets[0].name == "survey");
    REQUIRE(book->sheets[0].rows.size() == 2);
    CHECK(book->sheets[0].rows[0].cells ==
          std::vector<std::string>{"type", "name", "label", "version"});
    CHECK(book->sheets[0].rows[1].number == 2);
    CHECK(book->sheets[0].rows[1].cells ==
          std::vector<std::string>{"text", "a", "Say \"hi\"", "3"});
    CHECK(convert_xlsform(small_xls()).xform);
}

TEST_CASE("limits hold for .xls too", "[xlsform][xls]") {
    WorkbookLimits limits;
    limits.rows_max = 1;
    const auto rows = read_workbook(small_xls(), limits);
    REQUIRE_FALSE(rows);
    CHECK(rows.error().message == "the workbook has too many rows");
    limits = {};
    limits.sheets_max = 0;
    CHECK_FALSE(read_workbook(small_xls(), limits));
}

TEST_CASE("an .xls workbook that was damaged gives a form or a sentence", "[xlsform][xls][fuzz]") {
    const std::uint64_t seed = 20'260'126;
    CAPTURE(seed);
    SeededRandom random(seed);
    const std::string good = small_xls();
    for (int i = 0; i < 100; ++i) {
        std::string bad = good;
        if (i % 4 == 0) bad.resize(random.below(bad.size()));
        for (int flips = 0; flips < 4 && !bad.empty(); ++flips) {
            bad[random.below(std::min<std::size_t>(bad.size(), 2'048))] =
                static_cast<char>(random.below(256));
        }
        const auto book = read_workbook(bad);
        CHECK((book || !book.error().message.empty()));
    }
}

}  // namespace
}  // namespace survey::forms

#include "forms/xlsform/zip_archive.h"

#include <algorithm>

#include <zip.h>

namespace survey::forms {

struct ZipArchive::State {
    zip_t* archive = nullptr;
    WorkbookLimits limits;
    std::size_t unpacked = 0;  // of all entries that were read

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (archive != nullptr) zip_discard(archive);
    }
};

ZipArchive::ZipArchive(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::open(std::string_view bytes, const WorkbookLimits& limits) {
    auto state = std::make_unique<State>();
    state->limits = limits;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) {
        state->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (state->archive == nullptr) zip_source_free(source);
    }
    zip_error_fini(&error);
    if (state->archive == nullptr) {
        return fail(
            ErrorCode::kCorrupt,
            "the workbook is damaged; open it in the spreadsheet program and save it again");
    }
    const zip_int64_t entries = zip_get_num_entries(state->archive, 0);
    if (entries < 0 || static_cast<std::size_t>(entries) > limits.entries_max) {
        return fail(ErrorCode::kLimit, "the workbook has too many parts");
    }
    return ZipArchive(std::move(state));
}

bool ZipArchive::has(const std::string& name) const {
    return zip_name_locate(state_->archive, name.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<std::string> ZipArchive::read(const std::string& name) {
    const zip_int64_t index = zip_name_locate(state_->archive, name.c_str(), ZIP_FL_NOCASE);
    if (index < 0) return fail(ErrorCode::kNotFound, "the workbook has no part " + name);
    const auto entry = static_cast<zip_uint64_t>(index);
    zip_stat_t about;
    zip_stat_init(&about);
    const bool sized = zip_stat_index(state_->archive, entry, 0, &about) == 0 &&
                       (about.valid & ZIP_STAT_COMP_SIZE) != 0;
    if (sized && (about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        about.encryption_method != ZIP_EM_NONE) {
        return fail(ErrorCode::kUnsupported, "the workbook is protected by a password; remove it");
    }
    std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
        zip_fopen_index(state_->archive, entry, 0), zip_fclose);
    if (!file) return fail(ErrorCode::kCorrupt, "the part " + name + " of the workbook is damaged");

    constexpr std::size_t kRatioCheckedAbove = 1u << 20;
    const WorkbookLimits& limits = state_->limits;
    std::string content;
    char block[32 << 10];
    for (;;) {
        const zip_int64_t got = zip_fread(file.get(), block, sizeof block);
        if (got < 0)
            return fail(ErrorCode::kCorrupt, "the part " + name + " of the workbook is damaged");
        if (got == 0) return content;
        content.append(block, static_cast<std::size_t>(got));
        state_->unpacked += static_cast<std::size_t>(got);
        const bool exploding =
            content.size() > kRatioCheckedAbove && sized &&
            content.size() / std::max<std::size_t>(about.comp_size, 1) > limits.ratio_max;
        if (content.size() > limits.entry_bytes_max || state_->unpacked > limits.total_bytes_max ||
            exploding) {
            return fail(ErrorCode::kLimit,
                        "the part " + name +
                            " of the workbook is too large; delete empty rows and "
                            "columns that carry formatting");
        }
    }
}

}  // namespace survey::forms

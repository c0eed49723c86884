#include "forms/lists/entity_list.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

#include "common/base/number.h"
#include "forms/lists/csv_reader.h"
#include "forms/lists/external_list.h"

namespace survey::forms {

namespace {

constexpr std::string_view kName = "name";
constexpr std::string_view kLabel = "label";
constexpr std::string_view kVersion = "__version";
constexpr std::string_view kTrunkVersion = "__trunkVersion";
constexpr std::string_view kBranchId = "__branchId";

class EntityRows {
  public:
    Result<void> read(std::string_view csv) {
        CsvReader reader(csv);
        while (!reader.at_end()) {
            std::vector<std::string> cells = reader.row();
            if (is_blank_row(cells)) continue;
            if (columns_.empty()) {
                columns_ = std::move(cells);
                continue;
            }
            if (rows_.size() == kListRowsMax) {
                return fail(ErrorCode::kLimit,
                            "The list has more than " + std::to_string(kListRowsMax) + " rows.");
            }
            cells.resize(std::max(cells.size(), columns_.size()));
            rows_.push_back(std::move(cells));
        }
        return {};
    }

    bool has(std::string_view column) const {
        return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
    }

    std::size_t column(std::string_view name) {
        const auto found = std::find(columns_.begin(), columns_.end(), name);
        if (found != columns_.end()) return static_cast<std::size_t>(found - columns_.begin());
        columns_.emplace_back(name);
        return columns_.size() - 1;
    }

    std::string& cell(std::size_t row, std::size_t column) {
        std::vector<std::string>& cells = rows_[row];
        if (cells.size() <= column) cells.resize(column + 1);
        return cells[column];
    }

    /// Every row knows its trunk and its branch.
    void complete(Random& random) {
        const bool is_known = has(kTrunkVersion);
        const std::size_t version = column(kVersion);
        const std::size_t trunk = column(kTrunkVersion);
        const std::size_t branch = column(kBranchId);
        const std::size_t name = column(kName);
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            if (!is_known) {
                const std::string own = cell(row, version);  // a row may grow by what follows
                cell(row, trunk) = own;
            }
            if (cell(row, branch).empty()) cell(row, branch) = uuid_v4(random);
            by_id_.emplace(cell(row, name), row);
        }
    }

    void apply(const EntityChange& change, Random& random) {
        const auto found = by_id_.find(change.id);
        if (found == by_id_.end()) {
            if (change.create) create(change, random);
            return;
        }
        if (!change.update) return;  // the server has it already
        const std::size_t row = found->second;
        std::string& version = cell(row, column(kVersion));
        if (version != change.base_version) return;  // overtaken, or what it is based on is missing
        version = std::to_string(parse_int(version).value_or(0) + 1);
        cell(row, column(kTrunkVersion)) = change.trunk_version;
        if (!change.branch_id.empty()) cell(row, column(kBranchId)) = change.branch_id;
        if (!change.label.empty()) cell(row, column(kLabel)) = change.label;
        for (const auto& [property, value] : change.properties)
            cell(row, column(property)) = value;
    }

    std::string csv() const {
        std::string out;
        const auto put = [&](const std::vector<std::string>& cells) {
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                if (i > 0) out += ',';
                if (i < cells.size()) append_csv_cell(out, cells[i]);
            }
            out += '\n';
        };
        put(columns_);
        for (const std::vector<std::string>& row : rows_)
            put(row);
        return out;
    }

  private:
    void create(const EntityChange& change, Random& random) {
        const std::size_t row = rows_.size();
        rows_.emplace_back();
        cell(row, column(kName)) = change.id;
        cell(row, column(kLabel)) = change.label;
        cell(row, column(kVersion)) = "1";
        // Without a trunk: the server does not have it.
        cell(row, column(kTrunkVersion)).clear();
        cell(row, column(kBranchId)) =
            change.branch_id.empty() ? uuid_v4(random) : change.branch_id;
        for (const auto& [property, value] : change.properties)
            cell(row, column(property)) = value;
        by_id_.emplace(change.id, row);
    }

    std::vector<std::string> columns_;
    std::vector<std::vector<std::string>> rows_;
    std::unordered_map<std::string, std::size_t> by_id_;
};

}  // namespace

bool is_entity_list(std::string_view csv, std::string_view dataset,
                    const std::vector<EntityChange>& changes) {
    const std::string_view header = csv.substr(0, csv.find_first_of("\r\n"));
    return header.find(kVersion) != std::string_view::npos ||
           std::any_of(changes.begin(), changes.end(),
                       [&](const EntityChange& change) { return change.dataset == dataset; });
}

Result<std::string> entity_list_now(std::string_view csv, std::string_view dataset,
                                    const std::vector<EntityChange>& changes, Random& random) {
    EntityRows rows;
    TRY(rows.read(csv));
    rows.complete(random);
    for (const EntityChange& change : changes) {
        if (change.dataset == dataset && !change.id.empty()) rows.apply(change, random);
    }
    return rows.csv();
}

}  // namespace survey::forms

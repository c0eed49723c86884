#include "sync-server/results/form_results.h"

#include <algorithm>
#include <utility>

#include "common/base/number.h"
#include "common/crypto/crypto.h"
#include "sync-server/aggregate/release.h"
#include "sync-server/ingest/answer_row.h"
#include "sync-server/results/declaration.h"

namespace survey::server {

namespace {

constexpr std::uint32_t kChangesPerCall = 1'000;
constexpr std::size_t kClasses = 5;  // of a number question: few enough to fill each

/// The same question always has the same name in the ledger. Hashed, for names may be long.
std::string id_of(const Tabulation& tabulation) {
    std::string text = "row " + tabulation.row.question;
    const auto add = [&](const std::string& word, const std::string& value) {
        text += '\n' + word + ' ' + std::to_string(value.size()) + ' ' + value;
    };
    for (const double edge : tabulation.row.breaks)
        add("row-break", format_double(edge));
    if (tabulation.column) {
        add("column", tabulation.column->question);
        for (const double edge : tabulation.column->breaks)
            add("column-break", format_double(edge));
    }
    if (tabulation.filter) {
        add("filter", tabulation.filter->question);
        for (const std::string& option : tabulation.filter->options)
            add("option", option);
    }
    if (tabulation.mean_of) add("mean", *tabulation.mean_of);
    if (tabulation.scale) {
        for (const std::string& option : tabulation.scale->positive)
            add("positive", option);
        for (const std::string& option : tabulation.scale->negative)
            add("negative", option);
    }
    return to_hex(blake2b_256(text)).substr(0, 32);
}

}  // namespace

FormResults::FormResults(const World& world, std::string form_id, std::string path, Journal journal)
    : world_(world),
      form_id_(std::move(form_id)),
      path_(std::move(path)),
      journal_(std::move(journal)) {}

Result<std::unique_ptr<FormResults>> FormResults::open(const World& world,
                                                       const std::string& form_id,
                                                       const std::string& journal_path) {
    TRY_ASSIGN(Journal journal, Journal::open(journal_path));
    std::unique_ptr<FormResults> results(
        new FormResults(world, form_id, journal_path, std::move(journal)));
    TRY_ASSIGN(results->records_, Journal::read(journal_path));
    TRY(results->declare());
    TRY(results->replay_journal());
    results->records_ = {};
    TRY(results->catch_up());
    return results;
}

Result<void> FormResults::declare() {
    for (const JournalRecord& record : records_) {
        if (const auto* declared = std::get_if<DeclaredQuestions>(&record))
            declared_ = declared->questions;
    }
    const DeclaredQuestions before{declared_};
    if (!declared_.empty()) {
        // What answers taught the columns keeps its place in front of what a new version brings.
        TRY_ASSIGN(columns_, Columns::create(declared_));
        for (const JournalRecord& record : records_) {
            if (const auto* list = std::get_if<ColumnChanges>(&record)) TRY(replay_changes(*list));
        }
    }
    TRY_ASSIGN(const std::vector<FormRef> versions, world_.library.versions(form_id_));
    for (const FormRef& ref : versions) {
        TRY_ASSIGN(newest_, world_.library.find(ref));
        declared_ =
            extended(std::move(declared_), columns_ ? &*columns_ : nullptr, newest_->questions());
    }
    DeclaredQuestions now{declared_};
    if (now == before) return {};
    return journal_.append(now);
}

Result<void> FormResults::replay_journal() {
    counted_.clear();
    TRY_ASSIGN(columns_, Columns::create(declared_));
    for (const JournalRecord& record : records_) {
        if (const auto* list = std::get_if<ColumnChanges>(&record)) TRY(replay_changes(*list));
        const auto* release = std::get_if<ReleaseRecord>(&record);
        if (!release) continue;
        TRY(replay(*columns_, release->tabulations, release->rules, release->as_of,
                   release->entries, ledger_));
        for (const Tabulation& tabulation : release->tabulations) {
            if (!tabulation.row.breaks.empty())
                breaks_[tabulation.row.question] = tabulation.row.breaks;
            if (tabulation.column && !tabulation.column->breaks.empty())
                breaks_[tabulation.column->question] = tabulation.column->breaks;
        }
    }
    return {};
}

Result<void> FormResults::replay_changes(const ColumnChanges& list) {
    for (const ColumnChange& change : list.changes) {
        if (!change.put) {
            columns_->remove(change.instance);
            counted_.erase(change.instance);
            continue;
        }
        TRY_ASSIGN(const AnswerRow row, decode_row(change.put->row));
        TRY_ASSIGN(const Columns::Change changed,
                   columns_->put(change.instance, change.put->revision, change.put->organisation,
                                 answers_for(*columns_, row)));
        if (changed != Columns::Change::kUnchanged)
            counted_[change.instance] = change.put->revision;
    }
    return {};
}

Result<void> FormResults::catch_up() {
    std::vector<AnswerRecord> records;
    TRY_ASSIGN(pos_, world_.store.for_each_answer(
                         form_id_, [&](const AnswerRecord& record) { records.push_back(record); }));
    std::vector<std::string> present;
    for (const AnswerRecord& record : records) {
        present.push_back(record.instance.text());
        TRY(take(record));
    }
    forget_missing(present);
    return {};
}

void FormResults::forget_missing(const std::vector<std::string>& present) {
    std::map<std::string, std::string> missing = counted_;
    for (const std::string& instance : present)
        missing.erase(instance);
    for (const auto& [instance, revision] : missing)
        drop(instance);
}

Result<void> FormResults::follow() {
    for (;;) {
        TRY_ASSIGN(const std::vector<AnswerChange> changes,
                   world_.store.answer_changes(pos_, kChangesPerCall));
        for (const AnswerChange& change : changes) {
            pos_ = std::max(pos_, change.pos);
            if (!change.record || change.record->form.id != form_id_) {
                drop(change.instance.text());
            } else {
                TRY(take(*change.record));
            }
        }
        if (changes.size() < kChangesPerCall) return {};
    }
}

Result<void> FormResults::take(const AnswerRecord& record) {
    const std::string& instance = record.instance.text();
    if (record.answers.empty()) {  // stored, but its use was not agreed to
        drop(instance);
        return {};
    }
    const std::string revision = record.rev.hex();
    const auto known = counted_.find(instance);
    if (known != counted_.end() && known->second == revision) return {};
    TRY_ASSIGN(const AnswerRow row, decode_row(record.answers));
    TRY_ASSIGN(const Columns::Change changed,
               columns_->put(instance, revision, record.holding, answers_for(*columns_, row)));
    if (changed == Columns::Change::kUnchanged) return {};
    counted_[instance] = revision;
    pending_.changes.push_back(
        {instance, ColumnChange::Put{revision, record.holding, record.answers}});
    return {};
}

void FormResults::drop(const std::string& instance) {
    if (counted_.erase(instance) == 0) return;
    columns_->remove(instance);
    pending_.changes.push_back({instance, std::nullopt});
}

Result<TableAnswer> FormResults::table(const TableQuestion& question) {
    if (auto followed = follow(); !followed) {
        stale_ = true;  // half a page may have been taken in
        return std::move(followed).error();
    }
    TRY_ASSIGN(const Tabulation tabulation, tabulation_for(question));
    const auto known = shown_.find(tabulation.id);
    if (known != shown_.end() && known->second.table.as_of == columns_->version())
        return known->second;
    return publish(tabulation);
}

Result<Tabulation> FormResults::tabulation_for(const TableQuestion& question) {
    Tabulation tabulation;
    TRY_ASSIGN(tabulation.row, dimension_for(question.row));
    if (question.column) {
        TRY_ASSIGN(tabulation.column, dimension_for(*question.column));
    }
    tabulation.filter = question.filter;
    if (tabulation.filter) {
        std::vector<std::string>& options = tabulation.filter->options;
        std::sort(options.begin(), options.end());
        options.erase(std::unique(options.begin(), options.end()), options.end());
    }
    tabulation.mean_of = question.mean_of;
    if (const FormQuestion* asked = newest_->questions().find(question.row))
        tabulation.scale = scale_of(*asked);
    tabulation.id = id_of(tabulation);
    return tabulation;
}

Result<Dimension> FormResults::dimension_for(const std::string& question) {
    Dimension dimension{question, {}};
    const auto index = columns_->find(question);
    if (!index) {
        return fail(ErrorCode::kNotFound,
                    "This form has no question \"" + question + "\" that tables can count.");
    }
    if (columns_->column(*index).question().kind != QuestionKind::kNumber) return dimension;
    const auto known = breaks_.find(question);
    dimension.breaks = known != breaks_.end()
                           ? known->second
                           : equal_breaks(*columns_, *index, columns_->version(), kClasses);
    if (dimension.breaks.empty()) {
        return fail(ErrorCode::kNotFound, "There are too few answers to \"" + question +
                                              "\" yet to put them into classes.");
    }
    return dimension;
}

Result<TableAnswer> FormResults::publish(const Tabulation& tabulation) {
    const std::size_t entries_before = ledger_.entries.size();
    const Version as_of = columns_->version();
    TRY_ASSIGN(Release released,
               release(*columns_, std::span(&tabulation, 1), world_.rules, as_of, ledger_));
    ReleaseRecord record;
    record.when = world_.clock.now();
    record.as_of = as_of;
    record.rules = world_.rules;
    record.tabulations = {tabulation};
    record.entries.assign(ledger_.entries.begin() + static_cast<std::ptrdiff_t>(entries_before),
                          ledger_.entries.end());
    // What was shown must be known after every crash, so nothing is shown before it is written.
    auto written = journal_.append(pending_);
    if (written) written = journal_.append(record);
    if (!written) {
        stale_ = true;
        return std::move(written).error();
    }
    pending_.changes.clear();
    if (!tabulation.row.breaks.empty()) breaks_[tabulation.row.question] = tabulation.row.breaks;
    if (tabulation.column && !tabulation.column->breaks.empty())
        breaks_[tabulation.column->question] = tabulation.column->breaks;
    TableAnswer answer{std::move(released.tables.front()), record.when};
    shown_[tabulation.id] = answer;
    return answer;
}

}  // namespace survey::server

#include "sync-server/results/journal.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "sync-server/ingest/packed_bytes.h"

namespace survey::server {

namespace {

// Never change or reuse.
enum : std::uint8_t { kQuestions = 1, kChanges = 2, kRelease = 3 };

constexpr std::size_t kRecordBytesMax = 64 * 1024 * 1024;  // a release of the largest tables
constexpr std::size_t kChangesPerRecord = 2'000;           // about a megabyte

void put(PackedWriter& out, const std::vector<std::string>& texts) {
    out.number(texts.size());
    for (const std::string& text : texts)
        out.text(text);
}

void put(PackedWriter& out, const std::vector<double>& numbers) {
    out.number(numbers.size());
    for (const double number : numbers)
        out.real(number);
}

std::vector<std::string> take_texts(PackedReader& in) {
    std::vector<std::string> texts;
    for (std::size_t left = in.count(); left > 0 && in.good(); --left)
        texts.push_back(in.text());
    return texts;
}

std::vector<double> take_reals(PackedReader& in) {
    std::vector<double> numbers;
    for (std::size_t left = in.count(); left > 0 && in.good(); --left)
        numbers.push_back(in.real());
    return numbers;
}

void put(PackedWriter& out, const ColumnQuestion& question) {
    out.text(question.name);
    out.byte(static_cast<std::uint8_t>(question.kind));
    put(out, question.options);
    put(out, question.cannot_say);
    put(out, question.cannot_say_numbers);
    out.byte(question.identifying);
}

ColumnQuestion take_question(PackedReader& in) {
    ColumnQuestion question;
    question.name = in.text();
    question.kind = static_cast<QuestionKind>(in.byte());
    question.options = take_texts(in);
    question.cannot_say = take_texts(in);
    question.cannot_say_numbers = take_reals(in);
    question.identifying = in.byte() != 0;
    return question;
}

void put(PackedWriter& out, const ColumnChange& change) {
    out.text(change.instance);
    out.byte(change.put.has_value());
    if (!change.put) return;
    out.text(change.put->revision);
    out.text(change.put->organisation);
    out.text(change.put->row);
}

ColumnChange take_change(PackedReader& in) {
    ColumnChange change{in.text(), std::nullopt};
    if (in.byte() == 0) return change;
    auto& taken = change.put.emplace();
    taken.revision = in.text();
    taken.organisation = in.text();
    taken.row = in.text();
    return change;
}

void put(PackedWriter& out, const Dimension& dimension) {
    out.text(dimension.question);
    put(out, dimension.breaks);
}

Dimension take_dimension(PackedReader& in) {
    Dimension dimension;
    dimension.question = in.text();
    dimension.breaks = take_reals(in);
    return dimension;
}

void put(PackedWriter& out, const Tabulation& tabulation) {
    out.text(tabulation.id);
    put(out, tabulation.row);
    out.byte(tabulation.column.has_value());
    if (tabulation.column) put(out, *tabulation.column);
    out.byte(tabulation.filter.has_value());
    if (tabulation.filter) {
        out.text(tabulation.filter->question);
        put(out, tabulation.filter->options);
    }
    out.byte(tabulation.mean_of.has_value());
    if (tabulation.mean_of) out.text(*tabulation.mean_of);
    out.byte(tabulation.scale.has_value());
    if (tabulation.scale) {
        put(out, tabulation.scale->positive);
        put(out, tabulation.scale->negative);
    }
}

Tabulation take_tabulation(PackedReader& in) {
    Tabulation tabulation;
    tabulation.id = in.text();
    tabulation.row = take_dimension(in);
    if (in.byte() != 0) tabulation.column = take_dimension(in);
    if (in.byte() != 0) {
        Filter filter;
        filter.question = in.text();
        filter.options = take_texts(in);
        tabulation.filter = std::move(filter);
    }
    if (in.byte() != 0) tabulation.mean_of = in.text();
    if (in.byte() != 0) {
        Scale scale;
        scale.positive = take_texts(in);
        scale.negative = take_texts(in);
        tabulation.scale = std::move(scale);
    }
    return tabulation;
}

void put(PackedWriter& out, const LedgerEntry& entry) {
    out.text(entry.table);
    out.byte(static_cast<std::uint8_t>(entry.key.kind));
    out.number(entry.key.row);
    out.number(entry.key.column);
    out.number(entry.number.answers);
    out.byte(entry.number.mean.has_value());
    if (entry.number.mean) out.real(*entry.number.mean);
    out.number(entry.number.as_of);
}

LedgerEntry take_entry(PackedReader& in) {
    LedgerEntry entry;
    entry.table = in.text();
    entry.key.kind = static_cast<SetKind>(in.byte());
    entry.key.row = static_cast<std::uint32_t>(in.number());
    entry.key.column = static_cast<std::uint32_t>(in.number());
    entry.number.answers = in.number();
    if (in.byte() != 0) entry.number.mean = in.real();
    entry.number.as_of = in.number();
    return entry;
}

void put(PackedWriter& out, const ReleaseRecord& release) {
    out.number(static_cast<std::uint64_t>(release.when.time_since_epoch().count()));
    out.number(release.as_of);
    out.number(release.rules.organisations_min);
    out.number(release.rules.unanimous_group_max);
    out.real(release.rules.p_percent);
    out.number(release.tabulations.size());
    for (const Tabulation& tabulation : release.tabulations)
        put(out, tabulation);
    out.number(release.entries.size());
    for (const LedgerEntry& entry : release.entries)
        put(out, entry);
}

ReleaseRecord take_release(PackedReader& in) {
    ReleaseRecord release;
    release.when = Instant(std::chrono::milliseconds(static_cast<std::int64_t>(in.number())));
    release.as_of = in.number();
    release.rules.organisations_min = static_cast<std::uint32_t>(in.number());
    release.rules.unanimous_group_max = static_cast<std::uint32_t>(in.number());
    release.rules.p_percent = in.real();
    for (std::size_t left = in.count(); left > 0 && in.good(); --left)
        release.tabulations.push_back(take_tabulation(in));
    for (std::size_t left = in.count(); left > 0 && in.good(); --left)
        release.entries.push_back(take_entry(in));
    return release;
}

}  // namespace

bool operator==(const DeclaredQuestions& a, const DeclaredQuestions& b) {
    return encode_record(a) == encode_record(b);
}

std::string encode_record(const JournalRecord& record) {
    PackedWriter out;
    if (const auto* declared = std::get_if<DeclaredQuestions>(&record)) {
        out.byte(kQuestions);
        out.number(declared->questions.size());
        for (const ColumnQuestion& question : declared->questions)
            put(out, question);
    } else if (const auto* list = std::get_if<ColumnChanges>(&record)) {
        out.byte(kChanges);
        out.number(list->changes.size());
        for (const ColumnChange& change : list->changes)
            put(out, change);
    } else {
        out.byte(kRelease);
        put(out, std::get<ReleaseRecord>(record));
    }
    return std::move(out).take();
}

Result<JournalRecord> decode_record(std::string_view bytes) {
    PackedReader in(bytes);
    JournalRecord record;
    switch (in.byte()) {
        case kQuestions: {
            DeclaredQuestions declared;
            for (std::size_t left = in.count(); left > 0 && in.good(); --left)
                declared.questions.push_back(take_question(in));
            record = std::move(declared);
            break;
        }
        case kChanges: {
            ColumnChanges list;
            for (std::size_t left = in.count(); left > 0 && in.good(); --left)
                list.changes.push_back(take_change(in));
            record = std::move(list);
            break;
        }
        case kRelease:
            record = take_release(in);
            break;
        default:
            return fail(ErrorCode::kUnsupported,
                        "the results journal has a record that this version does not know");
    }
    if (!in.good() || !in.at_end())
        return fail(ErrorCode::kCorrupt, "a record of the results journal is damaged");
    return record;
}

Result<Journal> Journal::open(const std::string& path) {
    TRY_ASSIGN(RecordLog log, RecordLog::open(path, kRecordBytesMax));
    return Journal(std::move(log));
}

Result<std::vector<JournalRecord>> Journal::read(const std::string& path) {
    TRY_ASSIGN(const std::vector<std::string> records,
               RecordLog::read_whole(path, kRecordBytesMax));
    std::vector<JournalRecord> decoded;
    decoded.reserve(records.size());
    for (const std::string& bytes : records) {
        TRY_ASSIGN(JournalRecord record, decode_record(bytes));
        decoded.push_back(std::move(record));
    }
    return decoded;
}

Result<void> Journal::append(const JournalRecord& record) {
    if (const auto* list = std::get_if<ColumnChanges>(&record)) return append_changes(*list);
    return log_.append(encode_record(record));
}

Result<void> Journal::append_changes(const ColumnChanges& list) {
    for (std::size_t from = 0; from < list.changes.size(); from += kChangesPerRecord) {
        const std::size_t end = std::min(list.changes.size(), from + kChangesPerRecord);
        const auto at = [&](std::size_t i) {
            return list.changes.begin() + static_cast<std::ptrdiff_t>(i);
        };
        TRY(log_.append(encode_record(ColumnChanges{{at(from), at(end)}})));
    }
    return {};
}

}  // namespace survey::server

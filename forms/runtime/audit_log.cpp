#include "forms/runtime/audit_log.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "forms/lists/csv_reader.h"
#include "forms/lists/external_list.h"

namespace survey::forms {

namespace {

constexpr std::string_view kOdk = "{http://www.opendatakit.org/xforms}";

}  // namespace

AuditSettings audit_settings(const FormDefinition& form) {
    AuditSettings settings;
    if (form.nodes.empty()) return settings;
    for (const NodeRef meta : form.nodes[0].children) {
        if (form.nodes[meta].name.local != "meta") continue;
        for (const NodeRef child : form.nodes[meta].children) {
            const FormNode& node = form.nodes[child];
            if (node.name.local != "audit" || !node.bind) continue;
            if (node.bind->type != AnswerType::kBinary) continue;
            const auto says = [&](std::string_view name, std::string_view value) {
                const std::string* said =
                    node.bind->extra_value(std::string(kOdk) + std::string(name));
                return said != nullptr && (value.empty() || *said == value);
            };
            settings.node = child;
            settings.values = says("track-changes", "true");
            settings.reasons = says("track-changes-reasons", "on-form-edit");
            settings.user = says("identify-user", "true");
            settings.place = says("location-priority", "");
        }
    }
    return settings;
}

bool is_host_audit_event(std::string_view event) {
    constexpr std::array<std::string_view, 12> kEvents{
        "jump",
        "form save",
        "form exit",
        "save error",
        "finalize error",
        "constraint error",
        "location tracking enabled",
        "location tracking disabled",
        "location providers enabled",
        "location providers disabled",
        "location permissions granted",
        "location permissions not granted",
    };
    return std::find(kEvents.begin(), kEvents.end(), event) != kEvents.end();
}

AuditLog::AuditLog(const AuditSettings& settings, const Clock& clock)
    : settings_(settings), clock_(clock), begun_(clock.steady()) {
    wall_ms_ = std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch())
                   .count();
}

std::int64_t AuditLog::now() const {
    const auto passed = clock_.steady() - begun_;
    return wall_ms_ + std::chrono::duration_cast<std::chrono::milliseconds>(passed).count();
}

std::string AuditLog::header() const {
    std::string out = "event,node,start,end";
    if (settings_.place) out += ",latitude,longitude,accuracy";
    if (settings_.values) out += ",old-value,new-value";
    if (settings_.user) out += ",user";
    if (settings_.reasons) out += ",change-reason";
    return out + "\n";
}

void AuditLog::continue_from(std::string_view earlier) {
    const std::string wanted = header();
    if (earlier.substr(0, wanted.size()) == wanted) {
        earlier_ = earlier.substr(wanted.size());
        if (!earlier_.empty() && earlier_.back() != '\n') earlier_ += '\n';
        return;
    }
    // The form asks for other columns than it did: by name.
    const auto read = read_csv_list(earlier);
    if (!read) return;  // Not a log; nothing of it could be kept.
    for (xml::Node item = read->element_from(read->first_child(read->root())); item != xml::kNoNode;
         item = read->element_from(read->next_sibling(item))) {
        std::string_view rest = std::string_view(wanted).substr(0, wanted.size() - 1);
        while (!rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            const xml::Node cell = read->child(item, rest.substr(0, comma));
            if (cell != xml::kNoNode) append_csv_cell(earlier_, read->text(cell));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            earlier_ += rest.empty() ? '\n' : ',';
        }
    }
}

AuditLog::Row& AuditLog::add(std::string_view event, std::string_view node) {
    Row row;
    row.event = event;
    row.node = node;
    row.user = user_;
    row.start = now();
    row.place = place_;
    rows_.push_back(std::move(row));
    return rows_.back();
}

void AuditLog::note(std::string_view event, std::string_view node, std::string_view reason) {
    add(event, node).reason = reason;
}

void AuditLog::begin(std::string_view event, NodeId at, std::string_view node,
                     std::string_view value) {
    add(event, node);
    open_ = Open{rows_.size() - 1, at, std::string(value)};
}

void AuditLog::end(std::string_view value) {
    if (!open_) return;
    Row& row = rows_[open_->row];
    row.end = now();
    if (open_->value != value) {
        row.old_value = open_->value;
        row.new_value = value;
    }
    open_.reset();
}

void AuditLog::answer(std::string_view node, std::string_view before, std::string_view after) {
    Row& row = add("question", node);
    row.end = row.start;
    row.old_value = before;
    row.new_value = after;
}

std::string AuditLog::csv() const {
    std::string out = header() + earlier_;
    for (const Row& row : rows_) {
        append_csv_cell(out, row.event);
        out += ',';
        append_csv_cell(out, row.node);
        out += ',' + std::to_string(row.start) + ',';
        if (row.end) out += std::to_string(*row.end);
        if (settings_.place) {
            out += ',' + (row.place ? row.place->latitude : "");
            out += ',' + (row.place ? row.place->longitude : "");
            out += ',' + (row.place ? row.place->accuracy : "");
        }
        if (settings_.values) {
            out += ',';
            append_csv_cell(out, row.old_value);
            out += ',';
            append_csv_cell(out, row.new_value);
        }
        if (settings_.user) {
            out += ',';
            append_csv_cell(out, row.user);
        }
        if (settings_.reasons) {
            out += ',';
            append_csv_cell(out, row.reason);
        }
        out += '\n';
    }
    return out;
}

}  // namespace survey::forms

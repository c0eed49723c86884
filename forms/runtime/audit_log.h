#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "forms/definition/form_definition.h"
#include "forms/runtime/session_types.h"

namespace survey::forms {

/// What the form's question `audit` asks to be recorded (ODK XForms specification, "Audit
/// attributes"). A form without it is not watched.
struct AuditSettings {
    NodeRef node = kNoRef;  ///< /data/meta/audit; kNoRef: nothing is recorded.
    bool values = false;    ///< odk:track-changes
    bool reasons = false;   ///< odk:track-changes-reasons="on-form-edit"
    bool user = false;      ///< odk:identify-user
    bool place = false;     ///< odk:location-priority and its companions
};

AuditSettings audit_settings(const FormDefinition& form);

/// The events of one instance as ODK's audit.csv: event, node, start, end and what the form asks
/// for beside, milliseconds since 1970, a line per event in the order of their starts. The wall
/// clock is read once; from then on time runs by the steady clock, so that no row is earlier than
/// the one before because somebody set the clock. One thread.
class AuditLog {
  public:
    /// \param clock outlives the log.
    AuditLog(const AuditSettings& settings, const Clock& clock);

    /// Rows of an earlier log of this instance, as `csv` gave them. Columns that the form does not
    /// ask for any more go, those that it asks for now are blank.
    void continue_from(std::string_view earlier);
    void set_user(std::string_view user) { user_ = user; }
    void set_place(const std::optional<AuditPlace>& place) { place_ = place; }

    /// Something that happens at once.
    void note(std::string_view event, std::string_view node = {}, std::string_view reason = {});
    /// Something that lasts until the next begins. \param value the answer as it is now.
    void begin(std::string_view event, NodeId at, std::string_view node, std::string_view value);
    /// \param value of the node that it was begun with.
    void end(std::string_view value);
    /// An answer given where nothing open is about it: asked and answered in one moment.
    void answer(std::string_view node, std::string_view before, std::string_view after);
    bool is_open() const { return open_.has_value(); }
    NodeId open_node() const { return open_ ? open_->at : kNoNodeId; }

    const AuditSettings& settings() const { return settings_; }
    std::string csv() const;

  private:
    struct Row {
        std::string event, node, old_value, new_value, user, reason;
        std::int64_t start = 0;
        std::optional<std::int64_t> end;
        std::optional<AuditPlace> place;
    };
    struct Open {
        std::size_t row = 0;
        NodeId at = kNoNodeId;
        std::string value;
    };
    Row& add(std::string_view event, std::string_view node);
    std::int64_t now() const;
    std::string header() const;

    AuditSettings settings_;
    const Clock& clock_;
    std::int64_t wall_ms_ = 0;
    Steady begun_{};
    std::string earlier_;
    std::vector<Row> rows_;
    std::optional<Open> open_;
    std::string user_;
    std::optional<AuditPlace> place_;
};

/// Events that a host may record; all others come from the `FormSession`.
bool is_host_audit_event(std::string_view event);

}  // namespace survey::forms

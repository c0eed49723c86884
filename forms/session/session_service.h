#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "common/base/random.h"
#include "forms/runtime/form_session.h"
#include "forms/session/machine.h"
#include "forms/session/protocol.h"
#include "forms/session/request_time.h"
#include "forms/session/session_instance.h"

namespace survey::forms {

/// The line protocol of `forms session`: any number of loaded forms and of instances being filled
/// in. Written down in forms/cli/PROTOCOL.md, part B.
class SessionService final : public LineService {
  public:
    /// All outlive the service.
    SessionService(const Clock& clock, Random& random, const Machine& machine)
        : clock_(clock), random_(random), machine_(machine), time_zones_(machine) {}

    Outcome<json::Object> answer(const json::Object& request) override;

  private:
    struct Form {
        std::shared_ptr<const FormDefinition> definition;
        std::shared_ptr<const MediaSource> media;
        bool missing_media_is_blank = false;
    };
    using Reply = Outcome<json::Object>;
    using FormOp = Reply (SessionService::*)(const json::Object&);
    using InstanceOp = Reply (SessionService::*)(SessionInstance&, const json::Object&);

    // On forms.
    Reply hello(const json::Object& request);
    Reply load_form(const json::Object& request);
    Reply open(const json::Object& request);
    Reply close(const json::Object& request);

    // On an instance.
    Reply nodes(SessionInstance& instance, const json::Object& request);
    Reply node(SessionInstance& instance, const json::Object& request);
    Reply set_value(SessionInstance& instance, const json::Object& request);
    Reply add_repeat(SessionInstance& instance, const json::Object& request);
    Reply remove_repeat(SessionInstance& instance, const json::Object& request);
    Reply set_language(SessionInstance& instance, const json::Object& request);
    Reply answer_request(SessionInstance& instance, const json::Object& request);
    Reply events(SessionInstance& instance, const json::Object& request);
    Reply go_to(SessionInstance& instance, const json::Object& request);
    Reply next(SessionInstance& instance, const json::Object& request);
    Reply previous(SessionInstance& instance, const json::Object& request);
    Reply overrule(SessionInstance& instance, const json::Object& request);
    Reply audit(SessionInstance& instance, const json::Object& request);
    Reply validate(SessionInstance& instance, const json::Object& request);
    Reply finalise(SessionInstance& instance, const json::Object& request);
    Reply serialize(SessionInstance& instance, const json::Object& request);
    Reply evaluate(SessionInstance& instance, const json::Object& request);

    Outcome<Form*> form_of(const json::Object& request);
    Outcome<SessionInstance*> instance_of(const json::Object& request);

    RequestClock clock_;
    Random& random_;
    const Machine& machine_;
    TimeZones time_zones_;
    std::map<std::string, Form> forms_;
    std::map<std::string, std::unique_ptr<SessionInstance>> instances_;
    std::size_t forms_named_ = 0;  // names are not used again
    std::size_t instances_named_ = 0;
};

/// A value of a request as the lexical value that a session takes: text, number, boolean, null, an
/// array of texts, or a geopoint.
Outcome<std::string> lexical_value(const json::Object& request, AnswerType type);

}  // namespace survey::forms

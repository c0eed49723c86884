#pragma once

#include <map>
#include <memory>
#include <string>

#include "common/base/random.h"
#include "forms/session/machine.h"
#include "forms/session/protocol.h"
#include "forms/session/request_time.h"
#include "forms/session/xpath_document.h"

namespace survey::forms {

/// The line protocol of `forms xpath`: evaluates expressions against XML documents, which it keeps
/// under the names that the requests give them. Written down in forms/cli/PROTOCOL.md, part A.
class XPathService final : public LineService {
  public:
    /// All outlive the service.
    XPathService(const Clock& clock, Random& random, const Machine& machine)
        : clock_(clock), random_(random), machine_(machine), time_zones_(machine) {}

    Outcome<json::Object> answer(const json::Object& request) override;

  private:
    Outcome<std::shared_ptr<const XPathDocument>> document_of(const json::Object& request);

    RequestClock clock_;
    Random& random_;
    const Machine& machine_;
    TimeZones time_zones_;
    std::map<std::string, std::shared_ptr<const XPathDocument>> kept_;
};

}  // namespace survey::forms

#pragma once

#include <map>
#include <memory>
#include <string>

#include "common/base/random.h"
#include "forms/cli/protocol.h"
#include "forms/cli/request_time.h"
#include "forms/cli/xpath_document.h"

namespace survey::forms {

/// The line protocol of `forms xpath`: evaluates expressions against XML documents, which it keeps
/// under the names that the requests give them. Written down in forms/cli/PROTOCOL.md, part A.
class XPathService final : public LineService {
  public:
    /// Both outlive the service.
    XPathService(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

    Outcome<json::Object> answer(const json::Object& request) override;

  private:
    Outcome<std::shared_ptr<const XPathDocument>> document_of(const json::Object& request);

    RequestClock clock_;
    Random& random_;
    TimeZones time_zones_;
    std::map<std::string, std::shared_ptr<const XPathDocument>> kept_;
};

}  // namespace survey::forms

#pragma once

#include "forms/session/session_service.h"
#include "forms/session/xpath_service.h"
#include "forms/wasm/host_machine.h"

namespace survey::forms {

/// Both line protocols behind one door: a request with an `op` is one of `forms session`, any other
/// one of `forms xpath`.
class Services final : public LineService {
  public:
    Services() : session_(clock_, random_, machine_), xpath_(clock_, random_, machine_) {}

    Outcome<json::Object> answer(const json::Object& request) override;

  private:
    HostClock clock_;
    HostRandom random_;
    HostMachine machine_;
    SessionService session_;
    XPathService xpath_;
};

}  // namespace survey::forms

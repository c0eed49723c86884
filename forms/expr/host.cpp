#include "forms/expr/host.h"

namespace survey::expr {

NodeView Host::instance(std::string_view) const {
    return {};
}

std::optional<std::string> Host::itext(std::string_view) const {
    return std::nullopt;
}

std::optional<std::string> Host::choice_label(std::string_view, std::string_view,
                                              const NodeView&) const {
    return std::nullopt;
}

std::string Host::property(std::string_view) const {
    return {};
}

std::string Host::form_version() const {
    return {};
}

}  // namespace survey::expr

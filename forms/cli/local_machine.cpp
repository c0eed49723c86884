#include "forms/cli/local_machine.h"

#include <utility>

#include "common/host/files.h"
#include "common/host/host.h"
#include "forms/cli/form_source.h"

namespace survey::forms {

Result<std::unique_ptr<TimeZone>> LocalMachine::time_zone(const std::string& name) const {
    if (name.empty()) return local_time_zone();
    return find_time_zone(name);
}

Result<std::string> LocalMachine::read_file(const std::string& path, std::size_t bytes_max) const {
    return survey::read_file(path, bytes_max);
}

LoadedForm LocalMachine::open_form(std::string_view bytes, const std::string& file) const {
    FormSource source = forms::open_form(bytes, file.empty() ? "form" : stem_of(file));
    return {std::move(source.form), std::move(source.diagnostics)};
}

}  // namespace survey::forms

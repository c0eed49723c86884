#pragma once

#include <string>
#include <string_view>

#include "common/crypto/crypto.h"

namespace survey::server {

/// Whose answer it is, for counting independent organisations, without keeping the name: a keyed
/// hash of the name as people vary it (case, blanks around and between).
/// \param key the server's secret; without it, nobody can try names against the hashes.
std::string holding_of_name(const Bytes32& key, std::string_view organisation_name);
/// Of an answer to a form that does not ask for the organisation: it stands for itself.
std::string holding_of_instance(const Bytes32& key, std::string_view instance_id);
/// Of an answer that could have named its organisation and did not. All of one form count as one
/// organisation: five of them may be five people of one firm, and a group of fewer than five
/// organisations must never be shown.
std::string holding_of_unnamed(const Bytes32& key, std::string_view form_id);

/// Trimmed, inner blanks as one, lower case (ASCII and the letters of Latin-1), "ß" as "ss".
std::string normalised_name(std::string_view name);

}  // namespace survey::server

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/runtime/form_session.h"

namespace survey::forms {

/// The namespace of our own attributes in forms and records.
inline constexpr std::string_view kWerkstatt = "https://werkstatt.example/ns";
/// On an answer of a draft or record: why it stands against its warning.
inline constexpr std::string_view kOverruled = "overruled";
/// On a repeat instance of a draft: its count has taken it away, and may give it back.
inline constexpr std::string_view kRemoved = "removed";

/// Below the root of a draft: the audit log so far.
inline constexpr std::string_view kAudit = "audit";

/// What a session keeps of an instance besides the answers.
struct Paradata {
    /// Reasons for overruled warnings. One counts only as long as its node is marked `overruled`.
    std::unordered_map<NodeId, std::string> reasons;
    /// By range: instances that its count took away, the first to return last. No longer alive;
    /// their values stay readable.
    std::unordered_map<NodeId, std::vector<NodeId>> surplus;

    std::string audit;  ///< As it goes into a draft; empty: none.

    std::string_view reason(NodeId node) const {
        const auto found = reasons.find(node);
        return found == reasons.end() ? std::string_view() : std::string_view(found->second);
    }
};

}  // namespace survey::forms

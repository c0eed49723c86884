#include "forms/runtime/child_index.h"

#include <algorithm>

namespace survey::forms {

ChildIndex::ChildIndex(const xml::Document& document, xml::Node element) : document_(document) {
    if (element == xml::kNoNode) return;
    for (xml::Node at = document.element_from(document.first_child(element)); at != xml::kNoNode;
         at = document.element_from(document.next_sibling(at))) {
        by_local_name_.emplace_back(document.name(at).local, at);
    }
    std::stable_sort(by_local_name_.begin(), by_local_name_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::vector<xml::Node> ChildIndex::find(const xml::Name& name) const {
    std::vector<xml::Node> exact;
    std::vector<xml::Node> similar;
    auto at = std::lower_bound(
        by_local_name_.begin(), by_local_name_.end(), name.local,
        [](const auto& entry, const std::string& local) { return entry.first < local; });
    for (; at != by_local_name_.end() && at->first == name.local; ++at) {
        (document_.name(at->second).uri == name.uri ? exact : similar).push_back(at->second);
    }
    return exact.empty() ? similar : exact;
}

}  // namespace survey::forms

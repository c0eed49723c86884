#include "sync-server/ingest/submission_document.h"

#include <map>
#include <utility>
#include <vector>

#include "common/base/number.h"

namespace survey::server {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

bool same_value(const std::string& a, const std::string& b) {
    if (a == b || trimmed(a) == trimmed(b)) return true;
    const auto x = parse_double(trimmed(a));
    const auto y = parse_double(trimmed(b));
    return x && y && *x == *y;
}

using ChildrenByName = std::map<std::string, std::vector<xml::Node>>;

ChildrenByName children_of(const xml::Document& document, xml::Node parent) {
    ChildrenByName children;
    for (xml::Node child = document.element_from(document.first_child(parent));
         child != xml::kNoNode; child = document.element_from(document.next_sibling(child)))
        children[document.name(child).qualified()].push_back(child);
    return children;
}

AnswerCell cell_of(const FormQuestion& question, const std::string& value) {
    AnswerCell cell;
    cell.question = question.name;
    if (question.kind == FormQuestion::Kind::kNumber) {
        cell.number = parse_double(trimmed(value));
    } else if (question.kind == FormQuestion::Kind::kSelectMany) {
        cell.chosen = split_choices(value);
    } else if (!trimmed(value).empty()) {
        cell.chosen.emplace_back(trimmed(value));
    }
    cell.blank = !cell.number && cell.chosen.empty();
    return cell;
}

}  // namespace

SubmissionDocument::SubmissionDocument(const FormVersion& version, xml::Document document)
    : version_(version), document_(std::move(document)) {
    const xml::Node root = document_.root();
    if (root != xml::kNoNode) index(root, "/" + document_.name(root).qualified());
}

void SubmissionDocument::index(xml::Node element, const std::string& path) {
    bool has_children = false;
    for (xml::Node child = document_.element_from(document_.first_child(element));
         child != xml::kNoNode; child = document_.element_from(document_.next_sibling(child))) {
        has_children = true;
        index(child, path + "/" + document_.name(child).qualified());
    }
    if (has_children) return;
    const auto found = version_.form()->by_path.find(path);
    if (found != version_.form()->by_path.end())
        values_.try_emplace(found->second, document_.text(element));
}

const std::string* SubmissionDocument::value(forms::NodeRef node) const {
    const auto found = values_.find(node);
    return found == values_.end() ? nullptr : &found->second;
}

std::string SubmissionDocument::instance_id() const {
    const std::string* id = value(version_.form()->instance_id);
    return id ? *id : std::string();
}

std::string SubmissionDocument::organisation() const {
    const std::string* name = value(version_.questions().organisation);
    return name ? std::string(trimmed(*name)) : std::string();
}

bool SubmissionDocument::may_be_used() const {
    const forms::NodeRef consent = version_.questions().consent;
    if (consent == forms::kNoRef) return true;
    const std::string* given = value(consent);
    return given && !trimmed(*given).empty() && trimmed(*given) != "no";
}

AnswerRow SubmissionDocument::answers() const {
    AnswerRow row;
    for (const FormQuestion& question : version_.questions().questions) {
        if (const std::string* given = value(question.node))
            row.cells.push_back(cell_of(question, *given));
    }
    return row;
}

std::string SubmissionDocument::first_difference(const SubmissionDocument& other) const {
    const xml::Node mine = document_.root();
    const xml::Node theirs = other.document_.root();
    std::string path = "/" + document_.name(mine).qualified();
    if (document_.name(mine).local != other.document_.name(theirs).local) return path;
    return difference_below(other, mine, theirs, path);
}

std::string SubmissionDocument::difference_below(const SubmissionDocument& other, xml::Node mine,
                                                 xml::Node theirs, const std::string& path) const {
    const forms::NodeRef node = version_.form()->find(path);
    if (node != forms::kNoRef && version_.unsteady(node)) return {};
    const ChildrenByName own = children_of(document_, mine);
    ChildrenByName others = children_of(other.document_, theirs);
    if (own.empty() && others.empty())
        return same_value(document_.text(mine), other.document_.text(theirs)) ? "" : path;
    for (const auto& [name, nodes] : own) {
        std::string below = path + "/" + name;
        const std::vector<xml::Node> counterparts = std::exchange(others[name], {});
        const forms::NodeRef child = version_.form()->find(below);
        const bool unsteady = child != forms::kNoRef && version_.unsteady(child);
        if (nodes.size() != counterparts.size()) {
            if (unsteady) continue;
            return below;
        }
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            std::string different = difference_below(other, nodes[i], counterparts[i], below);
            if (!different.empty()) return different;
        }
    }
    for (const auto& [name, nodes] : others) {
        const forms::NodeRef child = version_.form()->find(path + "/" + name);
        if (!nodes.empty() && !(child != forms::kNoRef && version_.unsteady(child)))
            return path + "/" + name;
    }
    return {};
}

}  // namespace survey::server

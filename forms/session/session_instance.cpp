#include "forms/session/session_instance.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "forms/session/node_names.h"

namespace survey::forms {

namespace {

std::size_t hash_of(const json::Object& description) {
    return std::hash<std::string>{}(json::serialise(description));
}

}  // namespace

SessionInstance::SessionInstance(FormSession session, std::unique_ptr<Random> random,
                                 std::shared_ptr<const MediaSource> media,
                                 const DescribeOptions& options)
    : random_(std::move(random)),
      media_(std::move(media)),
      session_(std::move(session)),
      options_(options),
      encoder_(session_, options.formatted, options.lean) {}

Outcome<std::optional<NodeId>> SessionInstance::find_node(const json::Object& request) const {
    TRY_ASSIGN(const auto name, optional_text(request, "node"));
    if (name) {
        const auto node = node_of_name(*name);
        if (node && session_.exists(*node)) return node;
        return Refusal{"no-such-node", fill("no node \"{}\"", {*name})};
    }
    TRY_ASSIGN(const auto ref, optional_text(request, "ref"));
    if (!ref) return std::optional<NodeId>();
    const auto node = session_.find(*ref);
    if (node) return std::optional<NodeId>(*node);
    return Refusal{"no-such-node", fill("no node at \"{}\"", {*ref})};
}

Outcome<NodeId> SessionInstance::require_node(const json::Object& request) const {
    TRY_ASSIGN(const auto node, find_node(request));
    if (!node) return Refusal{"request", "a node is needed: \"node\" or \"ref\""};
    return *node;
}

json::Array SessionInstance::nodes(NodeId from) {
    json::Array all;
    std::unordered_set<NodeId> inside = {from};
    for (const NodeId node : session_.all_nodes()) {
        const NodeState state = session_.state(node);
        if (session_.form().nodes[state.definition].is_attribute) continue;
        if (node != from && inside.count(state.parent) == 0) continue;
        inside.insert(node);
        Told now;
        json::Object description = tell(node, nullptr, false, now);
        sent_[node] = now;
        all.push_back(std::move(description));
    }
    return all;
}

// The description of a node. Choices are most of what there is to say about a long list: whether
// they are as the host was told (`before`) is remembered apart, and with `lean` they do not come
// again.
json::Object SessionInstance::tell(NodeId node, const Told* before, bool same_language,
                                   Told& now) const {
    json::Object description = encoder_.describe(node, false);
    now.description = hash_of(description);
    if (!encoder_.has_choices(node)) return description;
    const bool may_keep = options_.lean && before != nullptr;
    if (may_keep && same_language && encoder_.choices_stand(node)) {
        now.choices = before->choices;
        description["choicesKept"] = true;
        return description;
    }
    json::Object choices;
    encoder_.add_choices(node, choices);
    now.choices = hash_of(choices);
    if (may_keep && now.choices == before->choices && !choices.contains("fault")) {
        description["choicesKept"] = true;
        return description;
    }
    for (auto& [name, value] : choices)
        description[name] = std::move(value);
    return description;
}

// \param suspects the nodes that may look different (a session names those whose texts or choices
// do, too); null: all of them.
json::Object SessionInstance::difference(const std::unordered_set<NodeId>* suspects,
                                         const std::vector<NodeId>& removed) {
    json::Array changed;
    for (const NodeId node : session_.all_nodes()) {
        const auto known = sent_.find(node);
        const bool told = known != sent_.end();
        if (told && suspects != nullptr && suspects->count(node) == 0) continue;
        if (session_.form().nodes[session_.state(node).definition].is_attribute) continue;
        Told now;
        json::Object description =
            tell(node, told ? &known->second : nullptr, suspects != nullptr, now);
        if (told && known->second.description == now.description &&
            known->second.choices == now.choices) {
            continue;
        }
        sent_[node] = now;
        changed.push_back(std::move(description));
    }
    json::Array gone;
    for (const NodeId node : removed) {
        if (sent_.erase(node) != 0) gone.push_back(json::Value(node_name(node)));
    }
    json::Object out;
    out["changed"] = std::move(changed);
    out["removed"] = std::move(gone);
    return out;
}

void SessionInstance::add_requests(json::Object& answer) {
    json::Array fresh;
    for (const HostRequest& request : session_.requests()) {
        if (!asked_.insert(request.id).second) continue;
        json::Object one;
        one["request"] = request.id;
        one["kind"] = request.kind;
        one["ref"] = session_.state(request.node).ref;
        if (!request.quality.empty()) one["quality"] = request.quality;
        fresh.push_back(std::move(one));
    }
    answer["requests"] = std::move(fresh);
}

void SessionInstance::add_changes(const Change& change, json::Object& answer) {
    if (options_.changes) {
        const std::unordered_set<NodeId> suspects(change.changed.begin(), change.changed.end());
        answer["changes"] = difference(&suspects, change.removed);
    }
    add_requests(answer);
}

void SessionInstance::add_every_change(json::Object& answer) {
    if (options_.changes) answer["changes"] = difference(nullptr, {});
    add_requests(answer);
}

json::Object SessionInstance::event_json(const FormEvent& event) const {
    json::Object one;
    one["event"] = event_name(event.kind);
    if (event.node != kNoNodeId) {
        one["node"] = node_name(event.node);
        one["ref"] = session_.state(event.node).ref;
    }
    return one;
}

json::Array SessionInstance::events() const {
    json::Array all;
    for (const FormEvent& event : session_.events())
        all.push_back(event_json(event));
    return all;
}

Outcome<json::Object> SessionInstance::go_to(const json::Object& request) {
    TRY_ASSIGN(const auto to, optional_text(request, "to"));
    FormEvent target;
    if (to && *to == "beginning") {
        target.kind = FormEvent::Kind::kBeginning;
    } else if (to && *to == "end") {
        target.kind = FormEvent::Kind::kEnd;
    } else if (to) {
        return Refusal{"request", "\"to\" is beginning or end"};
    } else {
        TRY_ASSIGN(const NodeId node, require_node(request));
        const auto stops = session_.events();
        const auto found = std::find_if(stops.begin(), stops.end(), [node](const FormEvent& stop) {
            return stop.node == node;
        });
        if (found == stops.end()) {
            return Refusal{"no-such-event", "the walk through the form does not stop there"};
        }
        target = *found;
    }
    stop_ = target;
    session_.audit_stop(stop_);
    return json::Object{{"event", event_json(stop_)}};
}

json::Object SessionInstance::step(bool forward) {
    stop_ = forward ? session_.next(stop_) : session_.previous(stop_);
    session_.audit_stop(stop_);
    return json::Object{{"event", event_json(stop_)}};
}

std::vector<FormEvent> SessionInstance::stops_before_change() const {
    return stop_.node == kNoNodeId ? std::vector<FormEvent>() : session_.events();
}

void SessionInstance::settle(const std::vector<FormEvent>& before) {
    if (stop_.node == kNoNodeId) return;
    const auto now = session_.events();
    const auto stands = [&now](const FormEvent& stop) {
        return std::find(now.begin(), now.end(), stop) != now.end();
    };
    auto at = std::find(before.begin(), before.end(), stop_);
    if (at == before.end()) at = before.begin();
    while (at != before.begin() && !stands(*at))
        --at;
    stop_ = at != before.end() && stands(*at) ? *at : FormEvent{};
}

}  // namespace survey::forms

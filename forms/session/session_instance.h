#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "forms/runtime/form_session.h"
#include "forms/session/node_encoder.h"
#include "forms/session/protocol.h"

namespace survey::forms {

/// How a host wants one instance to be described.
struct DescribeOptions {
    bool changes = false;    ///< Send the nodes that look different after each request.
    bool formatted = false;  ///< Texts also as inline markup.
    bool lean = false;       ///< Without what the host has already: see PROTOCOL.md, `lean`.
};

/// One instance that a host fills in: the session, what the host was told last, and where it stands
/// in the walk through the form. Does not move: the encoder refers to the session.
class SessionInstance {
  public:
    /// \param random, media kept alive for the session; `random` is null where the host gave no
    /// seed.
    SessionInstance(FormSession session, std::unique_ptr<Random> random,
                    std::shared_ptr<const MediaSource> media, const DescribeOptions& options);
    SessionInstance(const SessionInstance&) = delete;
    SessionInstance& operator=(const SessionInstance&) = delete;

    FormSession& session() { return session_; }
    json::Object describe(NodeId node) const { return encoder_.describe(node); }

    /// The node of the members `node` (its id) or `ref` (form notation); nothing where the request
    /// has neither.
    Outcome<std::optional<NodeId>> find_node(const json::Object& request) const;
    Outcome<NodeId> require_node(const json::Object& request) const;

    /// All nodes below and with `from`, parents first; remembered as sent.
    json::Array nodes(NodeId from);
    /// Adds `changes` (where the host wants them) and the new `requests` to an answer.
    void add_changes(const Change& change, json::Object& answer);
    void add_every_change(json::Object& answer);  ///< After a change of language: all nodes count.

    // The walk. A step past an end stays there.
    json::Array events() const;
    Outcome<json::Object> go_to(const json::Object& request);
    json::Object step(bool forward);
    /// Where the walk stands is kept over a change: when the stop vanishes, the one before it
    /// counts.
    std::vector<FormEvent> stops_before_change() const;
    void settle(const std::vector<FormEvent>& before);

  private:
    json::Object event_json(const FormEvent& event) const;
    // What the host was told last about a node, as hashes.
    struct Told {
        std::size_t description = 0;  // without the choices
        std::size_t choices = 0;
    };
    json::Object tell(NodeId node, const Told* before, bool same_language, Told& now) const;
    json::Object difference(const std::unordered_set<NodeId>* suspects,
                            const std::vector<NodeId>& removed);
    void add_requests(json::Object& answer);

    std::unique_ptr<Random> random_;
    std::shared_ptr<const MediaSource> media_;
    FormSession session_;
    DescribeOptions options_;
    NodeEncoder encoder_;
    FormEvent stop_;
    std::unordered_map<NodeId, Told> sent_;
    std::unordered_set<std::string> asked_;  // requests already passed on
};

}  // namespace survey::forms

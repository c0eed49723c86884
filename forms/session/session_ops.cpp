// The operations of the session protocol on one instance.

#include <algorithm>
#include <utility>

#include "common/base/number.h"
#include "forms/expr/expr.h"
#include "forms/runtime/answer_value.h"
#include "forms/runtime/audit_log.h"
#include "forms/session/entity_json.h"
#include "forms/session/node_names.h"
#include "forms/session/session_service.h"
#include "forms/session/value_json.h"

namespace survey::forms {

namespace {

// More at once is a slip of the keyboard.
constexpr std::int64_t kRepeatsAtOnceMax = 10'000;

AnswerType type_of(const FormSession& session, const NodeState& state) {
    const auto& bind = session.form().nodes[state.definition].bind;
    return bind ? bind->type : AnswerType::kString;
}

json::Array violations_json(const std::vector<Violation>& violations) {
    json::Array all;
    for (const Violation& violation : violations) {
        json::Object one = violation_json(violation);
        one["node"] = node_name(violation.node);
        one["ref"] = violation.ref;
        all.push_back(std::move(one));
    }
    return all;
}

/// The member `place` of an audit request: `{latitude, longitude, accuracy}`, or null for none.
Outcome<std::optional<AuditPlace>> audit_place(const json::Object& request) {
    const json::Value* member = request.if_contains("place");
    if (member == nullptr || member->is_null()) return std::optional<AuditPlace>();
    const json::Object* given = member->if_object();
    if (given == nullptr) return Refusal{"request", "\"place\" is an object or null"};
    AuditPlace place;
    for (const auto& [name, slot] :
         {std::pair{"latitude", &place.latitude}, std::pair{"longitude", &place.longitude},
          std::pair{"accuracy", &place.accuracy}}) {
        const json::Value* number = given->if_contains(name);
        if (number == nullptr || !number->is_number()) {
            return Refusal{"request", fill("\"place\" needs the number \"{}\"", {name})};
        }
        *slot = format_double(number->to_number<double>());
    }
    return std::optional<AuditPlace>(std::move(place));
}

/// The range for a node that is a range or one of its instances.
Outcome<NodeId> range_of(const FormSession& session, NodeId node) {
    const NodeState state = session.state(node);
    if (state.role == NodeRole::kRepeatRange) return node;
    if (state.role == NodeRole::kRepeatInstance) return state.parent;
    return Refusal{"not-writable", fill("\"{}\" is not a repeat", {state.ref})};
}

Refusal repeat_is_fixed(const NodeState& range) {
    return {"not-allowed", fill("the form itself decides how often \"{}\" repeats", {range.ref})};
}

expr::Expr::Compiled compile_for(const FormDefinition& form, const std::string& expression) {
    expr::CompileOptions options;
    options.namespace_for = [&form](std::string_view prefix) -> std::optional<std::string> {
        const std::string* uri = form.source && form.primary_root != xml::kNoNode
                                     ? form.source->namespace_for(form.primary_root, prefix)
                                     : nullptr;
        return uri == nullptr ? std::nullopt : std::optional<std::string>(*uri);
    };
    if (!form.instance_namespace.empty()) options.default_namespace = form.instance_namespace;
    return expr::Expr::compile(expression, options);
}

Outcome<std::string> geopoint_value(const json::Object& point) {
    std::string lexical;
    std::string gap;  // altitude 0, written only where an accuracy follows
    for (const char* part : {"latitude", "longitude", "altitude", "accuracy"}) {
        const auto number = json::find_number(point, part);
        const bool needed =
            part == std::string_view("latitude") || part == std::string_view("longitude");
        if (needed && !number) {
            return Refusal{"request", "a geopoint needs \"latitude\" and \"longitude\""};
        }
        if (!number) {
            gap += " 0";
            continue;
        }
        lexical += (lexical.empty() ? "" : gap + " ") + format_double(*number);
        gap.clear();
    }
    return lexical;
}

}  // namespace

Outcome<std::string> lexical_value(const json::Object& request, AnswerType type) {
    const json::Value* value = request.if_contains("value");
    if (value == nullptr) return Refusal{"request", "member \"value\" is missing"};
    switch (value->kind()) {
        case boost::json::kind::null:
            return std::string();
        case boost::json::kind::string:
            return std::string(value->get_string());
        case boost::json::kind::bool_:
            if (type == AnswerType::kBoolean)
                return std::string(value->get_bool() ? "true" : "false");
            return std::string(value->get_bool() ? "OK" : "");
        case boost::json::kind::int64:
            return std::to_string(value->get_int64());
        case boost::json::kind::uint64:
            return std::to_string(value->get_uint64());
        case boost::json::kind::double_:
            return format_double(value->get_double());
        case boost::json::kind::object:
            return geopoint_value(value->get_object());
        case boost::json::kind::array:
            break;
    }
    std::string joined;
    for (const json::Value& one : value->get_array()) {
        const auto* text = one.if_string();
        if (text == nullptr) return Refusal{"request", "an array of answers holds strings"};
        if (!joined.empty()) joined += ' ';
        joined += std::string_view(*text);
    }
    return joined;
}

SessionService::Reply SessionService::nodes(SessionInstance& instance,
                                            const json::Object& request) {
    TRY_ASSIGN(const auto from, instance.find_node(request));
    return json::Object{{"nodes", instance.nodes(from.value_or(instance.session().root()))}};
}

SessionService::Reply SessionService::node(SessionInstance& instance, const json::Object& request) {
    TRY_ASSIGN(const NodeId node, instance.require_node(request));
    return json::Object{{"node", instance.describe(node)}};
}

SessionService::Reply SessionService::set_value(SessionInstance& instance,
                                                const json::Object& request) {
    TRY_ASSIGN(const NodeId node, instance.require_node(request));
    const NodeState state = instance.session().state(node);
    if (state.role != NodeRole::kValue || state.control == kNoControl) {
        return Refusal{"not-writable", fill("\"{}\" takes no answer", {state.ref})};
    }
    if (state.readonly) return Refusal{"read-only", fill("\"{}\" is read-only", {state.ref})};
    TRY_ASSIGN(const std::string lexical,
               lexical_value(request, type_of(instance.session(), state)));
    const auto before = instance.stops_before_change();
    const auto change = instance.session().set_value(node, lexical);
    if (!change && is_out_of_int_range(lexical)) return Refusal{"request", change.error().message};
    if (!change) return Refusal{"not-writable", change.error().message};
    instance.settle(before);
    json::Object answer;
    instance.add_changes(*change, answer);
    return answer;
}

SessionService::Reply SessionService::add_repeat(SessionInstance& instance,
                                                 const json::Object& request) {
    FormSession& session = instance.session();
    TRY_ASSIGN(const NodeId node, instance.require_node(request));
    TRY_ASSIGN(const NodeId range, range_of(session, node));
    TRY_ASSIGN(const auto after, optional_integer(request, "after"));
    TRY_ASSIGN(const auto count, optional_integer(request, "count"));
    const NodeState state = session.state(range);
    if (!state.can_add) return repeat_is_fixed(state);
    if (count && (*count < 1 || *count > kRepeatsAtOnceMax)) {
        return Refusal{"request", "\"count\" must be from 1 to 10000"};
    }
    NodeId last = kNoNodeId;
    if (after) {
        if (*after < 0 || *after >= static_cast<std::int64_t>(state.children.size())) {
            return Refusal{"no-such-node",
                           fill("\"{}\" has no instance {}", {state.ref, std::to_string(*after)})};
        }
        last = state.children[static_cast<std::size_t>(*after)];
    }
    const auto before = instance.stops_before_change();
    Change change;
    json::Array added;
    for (std::int64_t left = count.value_or(1); left > 0; --left) {
        const auto made = session.add_repeat(range, last, change);
        if (!made) return Refusal{"not-allowed", made.error().message};
        added.push_back(json::Value(node_name(*made)));
        if (after) last = *made;
    }
    instance.settle(before);
    json::Object answer;
    answer["added"] = std::move(added);
    instance.add_changes(change, answer);
    return answer;
}

SessionService::Reply SessionService::remove_repeat(SessionInstance& instance,
                                                    const json::Object& request) {
    FormSession& session = instance.session();
    TRY_ASSIGN(const NodeId node, instance.require_node(request));
    TRY_ASSIGN(const auto index, optional_integer(request, "index"));
    TRY_ASSIGN(const auto count, optional_integer(request, "count"));
    TRY_ASSIGN(const NodeId range, range_of(session, node));
    const NodeState state = session.state(range);
    if (state.can_add && state.children.empty()) {
        return Refusal{"no-such-node", fill("\"{}\" has no instance", {state.ref})};
    }
    if (!state.can_remove) return repeat_is_fixed(state);
    std::vector<NodeId> going;
    if (index) {
        const auto size = static_cast<std::int64_t>(state.children.size());
        const std::int64_t many = count.value_or(1);
        if (*index < 0 || many < 1 || *index >= size || many > size - *index) {
            return Refusal{"no-such-node",
                           fill("\"{}\" has {} instances", {state.ref, std::to_string(size)})};
        }
        const auto first = state.children.begin() + static_cast<std::ptrdiff_t>(*index);
        going.assign(first, first + static_cast<std::ptrdiff_t>(many));
    } else if (session.state(node).role == NodeRole::kRepeatInstance) {
        going = {node};
    } else {
        return Refusal{"request", "which instance? Give \"index\", or the instance itself"};
    }
    const auto before = instance.stops_before_change();
    Change all;
    for (const NodeId gone : going) {
        auto change = session.remove_repeat(gone);
        if (!change) return Refusal{"not-allowed", change.error().message};
        all.changed.insert(all.changed.end(), change->changed.begin(), change->changed.end());
        all.removed.insert(all.removed.end(), change->removed.begin(), change->removed.end());
    }
    instance.settle(before);
    json::Object answer;
    instance.add_changes(all, answer);
    return answer;
}

SessionService::Reply SessionService::set_language(SessionInstance& instance,
                                                   const json::Object& request) {
    TRY_ASSIGN(const std::string language, required_text(request, "language"));
    if (const auto change = instance.session().set_language(language); !change) {
        return Refusal{"no-such-language", change.error().message};
    }
    json::Object answer;
    instance.add_every_change(answer);
    return answer;
}

SessionService::Reply SessionService::answer_request(SessionInstance& instance,
                                                     const json::Object& request) {
    TRY_ASSIGN(const std::string id, required_text(request, "request"));
    const auto& open = instance.session().requests();
    const auto asked = std::find_if(open.begin(), open.end(),
                                    [&id](const HostRequest& one) { return one.id == id; });
    if (asked == open.end()) {
        return Refusal{"no-such-request", fill("no request \"{}\" is open", {id})};
    }
    TRY_ASSIGN(const std::string value, lexical_value(request, AnswerType::kString));
    const auto before = instance.stops_before_change();
    const auto change = instance.session().answer_request(id, value);
    if (!change) return Refusal{"no-such-request", change.error().message};
    instance.settle(before);
    json::Object answer;
    instance.add_changes(*change, answer);
    return answer;
}

SessionService::Reply SessionService::events(SessionInstance& instance, const json::Object&) {
    return json::Object{{"events", instance.events()}};
}

SessionService::Reply SessionService::go_to(SessionInstance& instance,
                                            const json::Object& request) {
    return instance.go_to(request);
}

SessionService::Reply SessionService::next(SessionInstance& instance, const json::Object&) {
    return instance.step(true);
}

SessionService::Reply SessionService::previous(SessionInstance& instance, const json::Object&) {
    return instance.step(false);
}

SessionService::Reply SessionService::audit(SessionInstance& instance,
                                            const json::Object& request) {
    FormSession& session = instance.session();
    TRY_ASSIGN(const auto user, optional_text(request, "user"));
    TRY_ASSIGN(const auto event, optional_text(request, "event"));
    TRY_ASSIGN(const auto reason, optional_text(request, "reason"));
    TRY_ASSIGN(const auto node, instance.find_node(request));
    TRY_ASSIGN(const auto place, audit_place(request));
    if (event && !is_host_audit_event(*event)) {
        return Refusal{"request", fill("\"{}\" is no event that a host notes", {*event})};
    }
    if (reason) {
        if (const auto given = session.give_change_reason(*reason); !given) {
            return Refusal{"request", given.error().message};
        }
    }
    if (user) session.audit_user(*user);
    if (request.contains("place")) session.audit_place(place);
    if (event) {
        const auto noted = session.audit_event(*event, node.value_or(kNoNodeId));
        if (!noted) return Refusal{"request", noted.error().message};
    }
    return json::Object{{"csv", session.audit_csv()}};
}

SessionService::Reply SessionService::validate(SessionInstance& instance, const json::Object&) {
    return json::Object{{"violations", violations_json(instance.session().validate())},
                        {"soft", violations_json(instance.session().warnings())}};
}

SessionService::Reply SessionService::overrule(SessionInstance& instance,
                                               const json::Object& request) {
    TRY_ASSIGN(const NodeId node, instance.require_node(request));
    TRY_ASSIGN(const std::string reason, required_text(request, "reason"));
    const auto change = instance.session().overrule(node, reason);
    if (!change) {
        const bool nothing = change.error().code == ErrorCode::kForbidden;
        return Refusal{nothing ? "not-allowed" : "request", change.error().message};
    }
    json::Object answer;
    instance.add_changes(*change, answer);
    return answer;
}

SessionService::Reply SessionService::finalise(SessionInstance& instance, const json::Object&) {
    const auto before = instance.stops_before_change();
    Change change;
    const Finalised finalised = instance.session().finalise(change);
    instance.settle(before);
    json::Array attachments;
    for (const std::string& name : finalised.attachments)
        attachments.push_back(json::Value(name));
    json::Object answer;
    answer["ready"] = finalised.violations.empty() && !finalised.needs_change_reason;
    answer["violations"] = violations_json(finalised.violations);
    answer["soft"] = violations_json(finalised.warnings);
    answer["xml"] = finalised.xml;
    answer["attachments"] = std::move(attachments);
    if (!finalised.entities.empty()) answer["entities"] = entities_json(finalised.entities);
    if (!finalised.audit.empty()) answer["audit"] = finalised.audit;
    if (finalised.needs_change_reason) answer["needsChangeReason"] = true;
    instance.add_changes(change, answer);
    return answer;
}

SessionService::Reply SessionService::serialize(SessionInstance& instance,
                                                const json::Object& request) {
    SerializeOptions options;
    TRY_ASSIGN(options.include_non_relevant, flag(request, "includeNonRelevant"));
    TRY_ASSIGN(const auto from, instance.find_node(request));
    if (from) options.subtree = *from;
    return json::Object{{"xml", instance.session().serialize(options)}};
}

SessionService::Reply SessionService::evaluate(SessionInstance& instance,
                                               const json::Object& request) {
    FormSession& session = instance.session();
    TRY_ASSIGN(const std::string expression, required_text(request, "expression"));
    TRY_ASSIGN(const ResultType wanted, result_type(request));
    TRY_ASSIGN(const auto context, instance.find_node(request));
    const auto compiled = compile_for(session.form(), expression);
    if (!compiled.expr) return refusal_of(*compiled.error);
    const auto value = session.evaluate(*compiled.expr, context.value_or(session.root()));
    if (!value) return Refusal{"evaluation", value.error().message};
    // Nodes of the instance have a ref; those of lists do not. The tree tells them apart.
    static const auto kSelf = expr::Expr::compile(".");
    const auto self = session.evaluate(*kSelf.expr, session.root());
    const auto* own = self ? std::get_if<expr::NodeSet>(&*self) : nullptr;
    const expr::NodeTree* tree = own != nullptr && !own->empty() ? own->front().tree : nullptr;
    return value_json(*value, wanted, [&session, tree](const expr::NodeView& node) {
        json::Object one;
        const bool in_instance = node.tree == tree && session.exists(node.index);
        one["ref"] = nullptr;
        if (in_instance) one["ref"] = session.state(node.index).ref;
        one["kind"] = kind_name(node.tree->kind(node.index));
        one["name"] = node.tree->qualified_name(node.index);
        one["value"] = expr::to_string(node);
        return one;
    });
}

}  // namespace survey::forms

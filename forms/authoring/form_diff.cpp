#include "forms/authoring/form_diff.h"

#include <algorithm>
#include <map>
#include <set>

#include "forms/authoring/change_effects.h"
#include "forms/authoring/question_aspects.h"

namespace survey::forms {

std::string_view effect_name(Effect effect) {
    return effect == Effect::kKept ? "kept" : effect == Effect::kChecked ? "checked" : "lost";
}

std::string_view change_name(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::kAdded:
            return "added";
        case ChangeKind::kRemoved:
            return "removed";
        case ChangeKind::kMoved:
            return "moved";
        case ChangeKind::kRenamed:
            return "renamed";
        case ChangeKind::kChanged:
            return "changed";
    }
    return "";
}

bool FormDiff::harmless() const {
    return !other_form &&
           std::all_of(changes.begin(), changes.end(), [](const QuestionChange& change) {
               return change.drafts == Effect::kKept && change.together;
           });
}

namespace {

/// What both forms say of it in the languages that both have. Where one form has only the language
/// "default", that is the default language of the other.
struct CommonLanguages {
    std::vector<std::string> before;
    std::vector<std::string> after;
};

CommonLanguages common_languages(const FormDefinition& before, const FormDefinition& after) {
    CommonLanguages common;
    const auto only_default = [](const FormDefinition& form) {
        return form.languages.size() == 1 && form.languages[0].name == "default";
    };
    if (only_default(before) || only_default(after)) {
        common.before.push_back(before.languages[before.default_language()].name);
        common.after.push_back(after.languages[after.default_language()].name);
        return common;
    }
    for (const Language& language : before.languages) {
        const bool both =
            std::any_of(after.languages.begin(), after.languages.end(),
                        [&](const Language& other) { return other.name == language.name; });
        if (!both) continue;
        common.before.push_back(language.name);
        common.after.push_back(language.name);
    }
    return common;
}

class Differ {
  public:
    Differ(const FormDefinition& before, const FormDefinition& after)
        : before_(before), after_(after), languages_(common_languages(before, after)) {}

    FormDiff run() {
        compare_forms();
        match_paths();
        match_moved();
        match_renamed();
        for (NodeRef ref = 0; ref < after_.nodes.size(); ++ref) {
            if (!is_row(after_, ref)) continue;
            const auto old = old_of_.find(ref);
            old == old_of_.end() ? add_new(ref) : compare(old->second, ref);
        }
        for (NodeRef ref = 0; ref < before_.nodes.size(); ++ref) {
            if (is_row(before_, ref) && !matched_.contains(ref)) add_removed(ref);
        }
        return std::move(diff_);
    }

  private:
    /// Everything but the form itself, and what stands in meta and has no rule of its own.
    static bool is_row(const FormDefinition& form, NodeRef ref) {
        if (ref == 0 || form.nodes[ref].is_attribute) return false;
        return form.nodes[ref].path != form.nodes[0].path + "/meta" && ref != form.instance_id;
    }

    Aspects old_aspects(NodeRef ref) const { return aspects_of(before_, ref, languages_.before); }
    /// With the names of the languages of the old form.
    Aspects new_aspects(NodeRef ref) const {
        Aspects out;
        for (auto& [aspect, value] : aspects_of(after_, ref, languages_.after)) {
            out[Aspect{aspect.what, old_language(aspect.language)}] = value;
        }
        return out;
    }
    std::string old_language(const std::string& language) const {
        for (std::size_t i = 0; i < languages_.after.size(); ++i) {
            if (languages_.after[i] == language) return languages_.before[i];
        }
        return language;
    }

    void compare_forms() {
        const auto say = [&](const char* what, const std::string& a, const std::string& b) {
            if (a != b) diff_.form.push_back({what, {}, a, b});
        };
        say("id", before_.id, after_.id);
        say("title", before_.title, after_.title);
        say("root", before_.nodes[0].path, after_.nodes[0].path);
        say("namespace", before_.instance_namespace, after_.instance_namespace);
        diff_.other_form = before_.id != after_.id;
        for (const Language& language : before_.languages) {
            if (!has_language(after_, language.name)) say("language", language.name, "");
        }
        for (const Language& language : after_.languages) {
            if (!has_language(before_, language.name)) say("language", "", language.name);
        }
        say("submission", before_.submission.action, after_.submission.action);
        say("encryption", before_.submission.public_key, after_.submission.public_key);
        say("version", before_.version, after_.version);
    }
    static bool has_language(const FormDefinition& form, const std::string& name) {
        return std::any_of(form.languages.begin(), form.languages.end(),
                           [&](const Language& language) { return language.name == name; });
    }

    void match(NodeRef old, NodeRef now) {
        old_of_[now] = old;
        matched_.insert(old);
    }

    /// The path below the root, whose name may change.
    static std::string below_root(const FormDefinition& form, NodeRef ref) {
        return form.nodes[ref].path.substr(form.nodes[0].path.size());
    }

    void match_paths() {
        for (NodeRef ref = 0; ref < after_.nodes.size(); ++ref) {
            if (!is_row(after_, ref)) continue;
            const NodeRef old = before_.find(before_.nodes[0].path + below_root(after_, ref));
            if (old != kNoRef && is_row(before_, old)) match(old, ref);
        }
    }

    std::vector<NodeRef> unmatched_old() const {
        std::vector<NodeRef> out;
        for (NodeRef ref = 0; ref < before_.nodes.size(); ++ref) {
            if (is_row(before_, ref) && !matched_.contains(ref)) out.push_back(ref);
        }
        return out;
    }
    std::vector<NodeRef> unmatched_new() const {
        std::vector<NodeRef> out;
        for (NodeRef ref = 0; ref < after_.nodes.size(); ++ref) {
            if (is_row(after_, ref) && !old_of_.contains(ref)) out.push_back(ref);
        }
        return out;
    }

    void match_moved() {
        std::map<std::string, std::vector<NodeRef>> old_by_name;
        for (const NodeRef ref : unmatched_old())
            old_by_name[before_.nodes[ref].name.qualified()].push_back(ref);
        std::map<std::string, std::vector<NodeRef>> new_by_name;
        for (const NodeRef ref : unmatched_new())
            new_by_name[after_.nodes[ref].name.qualified()].push_back(ref);
        for (const auto& [name, now] : new_by_name) {
            const auto old = old_by_name.find(name);
            if (old == old_by_name.end() || now.size() != 1 || old->second.size() != 1) continue;
            if (answer_class(before_, old->second[0]) == answer_class(after_, now[0])) {
                match(old->second[0], now[0]);
            }
        }
    }

    void match_renamed() {
        // All that is said, in one text; what says the same twice is not sure.
        const auto key = [](const Aspects& aspects, const std::string& parent) {
            std::string out = parent;
            bool labelled = false;
            for (const auto& [aspect, value] : aspects) {
                out += '\n' + aspect.what + '\n' + aspect.language + '\n' + value;
                labelled = labelled || aspect.what == "label";
            }
            return labelled ? out : std::string();
        };
        std::map<std::string, std::vector<NodeRef>> old_by_key;
        for (const NodeRef ref : unmatched_old()) {
            const NodeRef parent = before_.nodes[ref].parent;
            old_by_key[key(old_aspects(ref), below_root(before_, parent))].push_back(ref);
        }
        std::map<std::string, std::vector<NodeRef>> new_by_key;
        for (const NodeRef ref : unmatched_new()) {
            const NodeRef parent = after_.nodes[ref].parent;
            new_by_key[key(new_aspects(ref), below_root(after_, parent))].push_back(ref);
        }
        for (const auto& [said, now] : new_by_key) {
            const auto old = old_by_key.find(said);
            if (said.empty() || old == old_by_key.end()) continue;
            if (now.size() == 1 && old->second.size() == 1) match(old->second[0], now[0]);
        }
    }

    void compare(NodeRef old, NodeRef now) {
        QuestionChange change;
        change.path = after_.nodes[now].path;
        if (below_root(before_, old) != below_root(after_, now)) {
            change.old_path = before_.nodes[old].path;
            const bool renamed =
                before_.nodes[old].name.qualified() != after_.nodes[now].name.qualified();
            change.kind = renamed ? ChangeKind::kRenamed : ChangeKind::kMoved;
        }
        const Aspects a = old_aspects(old);
        const Aspects b = new_aspects(now);
        for (const auto& [aspect, value] : a) {
            const auto found = b.find(aspect);
            const std::string after = found == b.end() ? std::string() : found->second;
            if (after != value) {
                change.differences.push_back({aspect.what, aspect.language, value, after});
            }
        }
        for (const auto& [aspect, value] : b) {
            if (!a.contains(aspect)) {
                change.differences.push_back({aspect.what, aspect.language, {}, value});
            }
        }
        compare_choices(old, now, change);
        if (change.kind == ChangeKind::kChanged && change.differences.empty()) return;
        judge_change(before_, old, after_, now, change);
        diff_.changes.push_back(std::move(change));
    }

    void compare_choices(NodeRef old, NodeRef now, QuestionChange& change) {
        const auto a = choices_of(before_, old, languages_.before);
        const auto b = choices_of(after_, now, languages_.after);
        if (a.empty() || b.empty() || a == b) return;
        const auto find = [](const std::vector<OfferedChoice>& all, const std::string& value) {
            return std::find_if(all.begin(), all.end(),
                                [&](const OfferedChoice& choice) { return choice.value == value; });
        };
        for (const OfferedChoice& choice : a) {
            const auto same = find(b, choice.value);
            if (same == b.end()) {
                change.differences.push_back({"choice removed", {}, choice.value, {}});
                continue;
            }
            for (const auto& [language, label] : same->labels) {
                const std::string name = old_language(language);
                const auto was = choice.labels.find(name);
                const std::string before = was == choice.labels.end() ? "" : was->second;
                if (before == label) continue;
                change.differences.push_back(
                    {"label of choice " + choice.value, name, before, label});
            }
        }
        for (const OfferedChoice& choice : b) {
            if (find(a, choice.value) == a.end()) {
                change.differences.push_back({"choice added", {}, {}, choice.value});
            }
        }
    }

    void add_new(NodeRef ref) {
        QuestionChange change;
        change.kind = ChangeKind::kAdded;
        change.path = after_.nodes[ref].path;
        judge_added(after_, ref, change);
        diff_.changes.push_back(std::move(change));
    }

    void add_removed(NodeRef ref) {
        QuestionChange change;
        change.kind = ChangeKind::kRemoved;
        change.path = before_.nodes[ref].path;
        judge_removed(before_, ref, change);
        diff_.changes.push_back(std::move(change));
    }

    const FormDefinition& before_;
    const FormDefinition& after_;
    CommonLanguages languages_;
    std::map<NodeRef, NodeRef> old_of_;
    std::set<NodeRef> matched_;
    FormDiff diff_;
};

}  // namespace

FormDiff diff_forms(const FormDefinition& before, const FormDefinition& after) {
    return Differ(before, after).run();
}

}  // namespace survey::forms

#include "sync-server/ingest/question_list.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "common/base/number.h"

namespace survey::server {

namespace {

using namespace survey::forms;

constexpr std::string_view kRole = "{https://werkstatt.example/ns}role";
constexpr std::size_t kQuestionsListed = 1'000;  // below the tables' own bound
constexpr std::size_t kLabelBytesMax = 300;      // of what a table shows; longer is an essay

/// Shows an output as a mark: what it says differs between the people asked.
std::string plain(const RichText& text) {
    std::string out;
    for (const TextPart& part : text) {
        out += part.text;
        if (part.output) out += "…";
    }
    if (out.size() > kLabelBytesMax) {
        std::size_t end = kLabelBytesMax;
        while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xc0) == 0x80)
            --end;
        out = out.substr(0, end) + "…";
    }
    return out;
}

std::string translated(const Language& language, const std::string& itext_id) {
    const auto found = language.texts.find(itext_id);
    if (found == language.texts.end()) return {};
    for (const ItextValue& value : found->second) {
        if (value.form.empty()) return plain(value.text);
    }
    return {};
}

class Reader {
  public:
    explicit Reader(const FormDefinition& form) : form_(form) {}

    QuestionList read() {
        for (const Language& language : form_.languages)
            list_.languages.push_back(language.name);
        list_.default_language = form_.default_language();
        for (const FormNode& node : form_.nodes)
            ++names_[node.name.local];
        for (NodeRef ref = 0; ref < form_.nodes.size(); ++ref)
            read_node(ref);
        return std::move(list_);
    }

  private:
    void read_node(NodeRef ref) {
        const FormNode& node = form_.nodes[ref];
        const std::string_view role = role_of(node);
        if (node.repeat_scope != kNoRef || node.is_attribute) return;
        if (role == "organisation") list_.organisation = ref;
        if (role == "consent") list_.consent = ref;
        // Names and addresses are never a category, whatever the type of their question.
        if (role == "organisation" || role == "contact") return;
        if (list_.questions.size() >= kQuestionsListed) return;
        const auto kind = kind_of(node, role);
        if (!kind) return;
        FormQuestion question;
        question.name = names_[node.name.local] == 1 ? node.name.local : node.path.substr(1);
        question.kind = *kind;
        question.role = role;
        question.identifying = is_dimension(role);
        question.node = ref;
        if (node.control != kNoControl) {
            question.labels = labels(form_.controls[node.control].label);
            add_options(form_.controls[node.control], question.options);
        } else {
            question.labels.assign(form_.languages.size(), std::string());
            add_calculated_options(node, question.options);
        }
        question.headings = headings(node);
        list_.questions.push_back(std::move(question));
    }

    /// Of the innermost group with a label. A form's outer groups are chapters: they tell nothing.
    std::vector<std::string> headings(const FormNode& node) const {
        for (NodeRef ref = node.parent; ref != kNoRef; ref = form_.nodes[ref].parent) {
            const ControlIndex control = form_.nodes[ref].control;
            if (control != kNoControl && !form_.controls[control].label.empty())
                return labels(form_.controls[control].label);
        }
        return std::vector<std::string>(form_.languages.size());
    }

    static bool is_dimension(std::string_view role) {
        constexpr std::array kDimensions = {"actor_group", "branch", "size_class", "district"};
        return std::find(kDimensions.begin(), kDimensions.end(), role) != kDimensions.end();
    }

    std::optional<FormQuestion::Kind> kind_of(const FormNode& node, std::string_view role) const {
        using Kind = FormQuestion::Kind;
        if (node.control == kNoControl) {
            const bool calculated = node.bind && node.bind->calculate;
            if (calculated && is_dimension(role)) return Kind::kSelectOne;
            return std::nullopt;
        }
        const AnswerType type = node.bind ? node.bind->type : AnswerType::kString;
        switch (form_.controls[node.control].kind) {
            case ControlKind::kSelectOne:
                return Kind::kSelectOne;
            case ControlKind::kSelectMany:
                return Kind::kSelectMany;
            case ControlKind::kRange:
                return Kind::kNumber;
            case ControlKind::kInput:
                if (type == AnswerType::kInt || type == AnswerType::kDecimal) return Kind::kNumber;
                return std::nullopt;
            default:
                return std::nullopt;
        }
    }

    std::vector<std::string> labels(const TextSource& source) const {
        std::vector<std::string> texts;
        for (const Language& language : form_.languages) {
            std::string text =
                source.itext_id.empty() ? std::string() : translated(language, source.itext_id);
            texts.push_back(text.empty() ? plain(source.literal) : std::move(text));
        }
        return texts;
    }

    static void add(FormOption option, std::vector<FormOption>& options) {
        const bool known =
            std::any_of(options.begin(), options.end(),
                        [&](const FormOption& other) { return other.name == option.name; });
        if (!known && !option.name.empty()) options.push_back(std::move(option));
    }

    void add_options(const Control& control, std::vector<FormOption>& options) const {
        for (const InlineChoice& choice : control.items)
            add({choice.value, labels(choice.label), false, std::nullopt}, options);
        if (!control.itemset) return;
        const SecondaryInstance* instance = form_.find_instance(control.itemset->instance_id);
        if (!instance || !instance->content) return;
        const xml::Document& document = *instance->content;
        const xml::Node root = document.root();
        for (xml::Node item = document.element_from(document.first_child(root));
             item != xml::kNoNode; item = document.element_from(document.next_sibling(item)))
            add(option_of(document, item, *control.itemset), options);
    }

    FormOption option_of(const xml::Document& document, xml::Node item,
                         const Itemset& itemset) const {
        const auto text_of = [&](std::string_view name) {
            const xml::Node child = document.child(item, name);
            return child == xml::kNoNode ? std::string() : document.text(child);
        };
        FormOption option;
        option.name = text_of(itemset.value_ref);
        option.outside_scale = text_of("outside_scale") == "yes";
        option.scale = parse_double(text_of("scale"));
        // A list's texts stand in a child that the label's expression names.
        std::string label_ref = itemset.label ? itemset.label->source() : "label";
        if (label_ref.rfind("jr:itext(", 0) == 0 && label_ref.back() == ')')
            label_ref = label_ref.substr(9, label_ref.size() - 10);
        const std::string label = text_of(label_ref);
        for (const Language& language : form_.languages)
            option.labels.push_back(itemset.label_is_itext ? translated(language, label) : label);
        return option;
    }

    /// A calculated group or class takes its values from the lists of the questions that it reads.
    void add_calculated_options(const FormNode& node, std::vector<FormOption>& options) const {
        for (const expr::PathReference& path : node.bind->calculate->references()) {
            if (path.steps.empty()) continue;
            const std::string& name = path.steps.back().name;
            for (const Control& control : form_.controls) {
                if (control.ref != kNoRef && form_.nodes[control.ref].name.local == name)
                    add_options(control, options);
            }
        }
    }

    const FormDefinition& form_;
    QuestionList list_;
    std::map<std::string, int> names_;
};

}  // namespace

const FormQuestion* QuestionList::find(std::string_view name) const {
    for (const FormQuestion& question : questions) {
        if (question.name == name) return &question;
    }
    return nullptr;
}

std::size_t QuestionList::language_for(std::string_view code) const {
    const std::string bracketed = "(" + std::string(code) + ")";
    for (std::size_t i = 0; i < languages.size(); ++i) {
        if (languages[i] == code || languages[i].find(bracketed) != std::string::npos) return i;
    }
    return default_language;
}

QuestionList list_questions(const FormDefinition& form) {
    return Reader(form).read();
}

std::string_view role_of(const FormNode& node) {
    const std::string* role = node.bind ? node.bind->extra_value(kRole) : nullptr;
    return role ? std::string_view(*role) : std::string_view();
}

std::vector<std::string> split_choices(std::string_view value) {
    std::vector<std::string> choices;
    constexpr std::string_view kBlanks = " \t\r\n";
    for (;;) {
        const auto from = value.find_first_not_of(kBlanks);
        if (from == std::string_view::npos) return choices;
        const auto end = std::min(value.find_first_of(kBlanks, from), value.size());
        choices.emplace_back(value.substr(from, end - from));
        value.remove_prefix(end);
    }
}

}  // namespace survey::server

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/definition/document_tree.h"
#include "forms/expr/expr.h"
#include "forms/xml/document.h"

namespace survey::forms {

/// A node of the form, without positions: an index into `FormDefinition::nodes`. Parents stand
/// before children, siblings in document order. 0 is the root of the primary instance.
using NodeRef = std::uint32_t;
inline constexpr NodeRef kNoRef = 0xFFFFFFFF;

/// Bind types of ODK XForms. Unknown types are text.
enum class AnswerType : std::uint8_t {
    kString,
    kInt,
    kDecimal,
    kBoolean,
    kDate,
    kTime,
    kDateTime,
    kGeopoint,
    kGeotrace,
    kGeoshape,
    kBinary,
    kBarcode,
    kIntent,
    kSelectOne,   ///< old forms write type="select1"; treated as text
    kSelectMany,  ///< old forms write type="select"; treated as text
};

/// Text to show: a translated text (`itext`), a literal, or both (the literal where the id is
/// unknown). Parts alternate between literal text and an output expression; see TextPart.
struct TextPart {
    std::string text;  ///< Literal text before the output.
    std::optional<expr::Expr>
        output;  ///< `<output value="…"/>` after it; nothing after the last part.
};
using RichText = std::vector<TextPart>;

struct TextSource {
    std::string itext_id;             ///< Empty: not translated.
    std::optional<expr::Expr> itext;  ///< `jr:itext(expression)`: the id is computed. Rare.
    RichText literal;

    bool empty() const { return itext_id.empty() && !itext && literal.empty(); }
};

/// `jr:preload` with `jr:preloadParams`.
struct Preload {
    std::string kind;    ///< "uid", "timestamp", "date", "property"; empty: none.
    std::string params;  ///< "start", "end", "today", "deviceid", …
};

/// What the model says about one node. Absent conditions have their XForms default: relevant, not
/// required, not readonly, no constraint.
struct Bind {
    AnswerType type = AnswerType::kString;
    std::string type_name;  ///< As written, without "xsd:".
    std::optional<expr::Expr> relevant;
    std::optional<expr::Expr> required;
    std::optional<expr::Expr> readonly;
    std::optional<expr::Expr> constraint;
    std::optional<expr::Expr> calculate;
    /// A soft check: where it holds, the answer needs a reason (our extension `ws:warnIf`).
    std::optional<expr::Expr> warn_if;
    TextSource constraint_message;
    TextSource required_message;
    TextSource warn_message;
    Preload preload;
    std::string save_to;  ///< entities:saveto
    /// Every other attribute of the bind, by expanded name "{uri}local": "{…}max-pixels".
    std::vector<std::pair<std::string, std::string>> extra;
    std::uint32_t place = 0;  ///< Of the bind element in `FormDefinition::source`.

    const std::string* extra_value(std::string_view expanded_name) const;
};

/// A node of the primary instance as designed: one per nodeset, whatever the number of instances.
struct FormNode {
    xml::Name name;
    NodeRef parent = kNoRef;
    std::vector<NodeRef> children;    ///< Elements, in order.
    std::vector<NodeRef> attributes;  ///< Attribute nodes with a bind or a value.
    bool is_attribute = false;
    bool is_repeat = false;         ///< A repeat in the body has this nodeset.
    NodeRef repeat_scope = kNoRef;  ///< The innermost repeat at or above this node.
    std::string default_value;      ///< Of the template, as in the form definition.
    std::optional<Bind> bind;
    /// First control bound here, index into `controls`; for a repeat the kRepeat control, not the
    /// group around it that has the label.
    std::uint32_t control = 0xFFFFFFFF;
    std::string path;  ///< "/data/person/name", prefixes as the form writes them.
};

enum class ControlKind : std::uint8_t {
    kInput,
    kSelectMany,
    kSelectOne,
    kRank,
    kRange,
    kTrigger,
    kUpload,
    kSecret,
    kGroup,   ///< `ref` may be kNoRef: a group that is only a heading.
    kRepeat,  ///< `ref` is the repeat's nodeset.
};

using ControlIndex = std::uint32_t;
inline constexpr ControlIndex kNoControl = 0xFFFFFFFF;

/// A choice written in the body (`<item>`).
struct InlineChoice {
    std::string value;
    TextSource label;
};

/// `<itemset nodeset="…">`: where choices come from.
struct Itemset {
    expr::Expr nodeset;     ///< Evaluated with the question's node as context; may randomize.
    std::string value_ref;  ///< Path relative to an item: mostly "name".
    std::optional<expr::Expr> value;  ///< Compiled from `value_ref`; context: the item.
    std::optional<expr::Expr> label;  ///< Compiled label ref; context: the item.
    bool label_is_itext = false;      ///< `jr:itext(itextId)`: `label` yields an itext id.
    std::string instance_id;          ///< Of the secondary instance, where it is one.
};

enum class ActionKind : std::uint8_t { kSetValue, kSetGeopoint, kRecordAudio };

/// setvalue, odk:setgeopoint or odk:recordaudio, from the model or nested in a control.
struct Action {
    ActionKind kind = ActionKind::kSetValue;
    std::vector<std::string> events;  ///< "odk-instance-first-load", …
    NodeRef target = kNoRef;
    /// Where the ref has a predicate (`/data/r[1]/x`): selects the instance of `target`; context:
    /// the node of the control that it is nested in, else the root.
    std::optional<expr::Expr> target_path;
    std::optional<expr::Expr> value;  ///< Context: the target.
    std::string literal;              ///< Where `value` is absent.
    ControlIndex nested_in = kNoControl;
    std::string quality;  ///< odk:recordaudio
    std::uint32_t place = 0;
};

struct Control {
    ControlKind kind = ControlKind::kInput;
    NodeRef ref = kNoRef;
    ControlIndex parent = kNoControl;
    std::vector<ControlIndex> children;  ///< Groups and repeats.
    TextSource label;
    TextSource hint;
    std::vector<std::string> appearances;  ///< Tokens as written.
    std::vector<InlineChoice> items;
    std::optional<Itemset> itemset;
    std::optional<expr::Expr> repeat_count;  ///< jr:count
    bool no_add_remove = false;              ///< jr:noAddRemove
    // kRange
    std::string range_start, range_end, range_step;
    std::string media_type;  ///< kUpload: "image/*"
    /// Other attributes, by expanded name: rows, query, accuracyThreshold, autoplay, intent, …
    std::vector<std::pair<std::string, std::string>> extra;
    std::uint32_t place = 0;

    const std::string* extra_value(std::string_view expanded_name) const;
};

/// The forms of one translated text in one language.
struct ItextValue {
    std::string form;  ///< Empty, "short", "guidance", "image", "audio", "video", "big-image".
    RichText text;
};

struct Language {
    std::string name;  ///< As written: "Deutsch (de)". A form without itext has one, "default".
    bool is_default = false;
    std::unordered_map<std::string, std::vector<ItextValue>> texts;  ///< By itext id.
};

/// A secondary instance. Inline content is loaded; an external one names its source and is filled
/// in by whoever opens the form (`FormSession`, see MediaSource).
struct SecondaryInstance {
    std::string id;
    std::string src;                               ///< "jr://file-csv/x.csv"; empty: inline
    std::shared_ptr<const xml::Document> content;  ///< Its document; null where external.
    std::shared_ptr<const DocumentTree> tree;      ///< Of `content`.
    std::uint32_t place = 0;
};

struct Submission {
    std::string action;
    std::string method;
    std::string public_key;
    std::vector<std::pair<std::string, std::string>> extra;
};

/// A loaded form: every expression compiled, every reference resolved. Immutable; share it as
/// `shared_ptr<const FormDefinition>`. It keeps the XForm document that it was loaded from, which
/// is also how it is written again: nothing that another tool put there is lost.
struct FormDefinition {
    std::string id;
    std::string version;  ///< Empty is a version.
    std::string title;
    std::string instance_namespace;         ///< Default namespace of the primary instance's root.
    std::vector<std::string> body_classes;  ///< "pages", "theme-grid", …

    std::vector<FormNode> nodes;
    std::vector<Control> controls;  ///< Parents before children, document order.
    std::vector<ControlIndex> top_controls;
    std::vector<Action> actions;      ///< Document order.
    std::vector<Language> languages;  ///< At least one.
    std::vector<SecondaryInstance> instances;
    Submission submission;

    NodeRef instance_id = kNoRef;    ///< meta/instanceID, in either namespace.
    NodeRef instance_name = kNoRef;  ///< meta/instanceName

    /// The XForm itself, and the node of it that is the root of the primary instance.
    std::shared_ptr<const xml::Document> source;
    xml::Node primary_root = xml::kNoNode;
    std::string primary_instance_id;  ///< `instance('…')/data` of it is the root; mostly empty.

    /// Node for an absolute path without positions ("/data/person/name"); kNoRef if there is none.
    NodeRef find(std::string_view path) const;
    const SecondaryInstance* find_instance(std::string_view wanted_id) const;
    std::size_t default_language() const;

    std::unordered_map<std::string, NodeRef> by_path;

    /// Elements right below `parent` with that local name, in order. Does not walk the others,
    /// which may be thousands, where `note_child` was told of all nodes.
    std::vector<NodeRef> children_named(NodeRef parent, std::string_view local) const;
    /// \param child the node added last, an element.
    void note_child(NodeRef child);

  private:
    std::unordered_map<std::size_t, std::vector<NodeRef>> by_name_;  // by parent and local name
};

}  // namespace survey::forms

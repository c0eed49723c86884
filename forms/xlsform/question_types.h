#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace survey::forms {

enum class QuestionKind : std::uint8_t {
    kInput,
    kNote,
    kSelectOne,
    kSelectMultiple,
    kRank,
    kSelectExternal,  ///< select_one_external: the old itemsets.csv
    kRange,
    kUpload,
    kOsm,
    kAcknowledge,
    kCalculate,
    kHidden,
    kPreload,
    kAudit,
    kStartGeopoint,
    kBackgroundGeopoint,
    kBackgroundAudio,
    kExternalInstance,  ///< csv-external, xml-external: no node at all
};

/// One row of the table of types.
struct QuestionType {
    std::string_view name;  ///< The canonical spelling: "select_one", "dateTime".
    QuestionKind kind = QuestionKind::kInput;
    std::string_view bind_type;  ///< Empty: no node in the data.
    std::string_view media_type = {};
    std::string_view preload = {};
    std::string_view preload_params = {};
    std::string_view constraint = {};  ///< Of the old shorthands, with their hint.
    std::string_view hint = {};

    bool is_select() const {
        return kind == QuestionKind::kSelectOne || kind == QuestionKind::kSelectMultiple ||
               kind == QuestionKind::kRank;
    }
    /// Whether the person who answers sees a control for it.
    bool is_visible() const {
        switch (kind) {
            case QuestionKind::kCalculate:
            case QuestionKind::kHidden:
            case QuestionKind::kPreload:
            case QuestionKind::kAudit:
            case QuestionKind::kStartGeopoint:
            case QuestionKind::kBackgroundGeopoint:
            case QuestionKind::kBackgroundAudio:
            case QuestionKind::kExternalInstance:
                return false;
            default:
                return true;
        }
    }
};

/// What the text in a type cell asks for.
struct TypeUse {
    enum class Shape : std::uint8_t {
        kQuestion,
        kBeginGroup,
        kBeginRepeat,
        kBeginLoop,
        kEndGroup,
        kEndRepeat,
        kEndLoop,
    };
    Shape shape = Shape::kQuestion;
    const QuestionType* type = nullptr;
    std::string list;        ///< List name, file name, "${question}" or osm tag list.
    bool from_file = false;  ///< `list` is a file.
    bool or_other = false;
};

/// Reads a type cell, all old spellings included. Nothing where it is no type.
std::optional<TypeUse> read_type(std::string_view text);
/// The type with that canonical name. Our own names only: it must exist.
const QuestionType& question_type(std::string_view name);
/// The spellings to choose from for a hint.
std::vector<std::string> type_names();

}  // namespace survey::forms

#include "forms/authoring/form_diff.h"

#include "tests/unit/forms/authoring/form_fixture.h"

namespace survey::forms {
namespace {

const char* const kChoices = R"(| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
)";

std::string survey(const std::string& rows, const std::string& more = kChoices) {
    return "| survey |\n| | type | name | label | relevant | required | constraint | calculation "
           "|\n" +
           rows + more;
}

/// The only change between two surveys.
QuestionChange only_change(const std::string& before, const std::string& after) {
    const FormDiff diff = diff_forms(*form_of(before), *form_of(after));
    for (const QuestionChange& change : diff.changes)
        UNSCOPED_INFO(change_name(change.kind) << " " << change.path);
    REQUIRE(diff.changes.size() == 1);
    return diff.changes.front();
}

TEST_CASE("a form does not differ from itself", "[authoring][diff]") {
    const std::string form = survey("| | text | a | A | | | | |\n");
    const FormDiff diff = diff_forms(*form_of(form), *form_of(form));
    CHECK(diff.same());
    CHECK(diff.harmless());
}

TEST_CASE("what happens to a question and its answers", "[authoring][diff]") {
    struct Row {
        const char* before;
        const char* after;
        ChangeKind kind;
        const char* what;
        Effect drafts;
        bool together;
    };
    for (const Row& row : {
             Row{"| | text | a | A |\n", "| | text | a | B |\n", ChangeKind::kChanged, "label",
                 Effect::kKept, true},
             {"| | integer | a | A |\n", "| | decimal | a | A |\n", ChangeKind::kChanged, "type",
              Effect::kKept, true},
             {"| | decimal | a | A |\n", "| | integer | a | A |\n", ChangeKind::kChanged, "type",
              Effect::kChecked, true},
             {"| | integer | a | A |\n", "| | text | a | A |\n", ChangeKind::kChanged, "type",
              Effect::kKept, false},
             {"| | text | a | A |\n", "| | date | a | A |\n", ChangeKind::kChanged, "type",
              Effect::kChecked, false},
             {"| | select_one l | a | A |\n", "| | select_multiple l | a | A |\n",
              ChangeKind::kChanged, "asked as", Effect::kKept, true},
             {"| | select_multiple l | a | A |\n", "| | select_one l | a | A |\n",
              ChangeKind::kChanged, "asked as", Effect::kChecked, true},
             {"| | text | a | A | | | | |\n", "| | text | a | A | | yes | | |\n",
              ChangeKind::kChanged, "required", Effect::kChecked, true},
             {"| | text | a | A | | yes | | |\n", "| | text | a | A | | | | |\n",
              ChangeKind::kChanged, "required", Effect::kKept, true},
             {"| | text | a | A | | | . > 1 | |\n", "| | text | a | A | | | . > 2 | |\n",
              ChangeKind::kChanged, "constraint", Effect::kChecked, true},
             {"| | text | a | A | 1 = 1 | | | |\n", "| | text | a | A | 1 = 2 | | | |\n",
              ChangeKind::kChanged, "relevant", Effect::kChecked, true},
             {"| | calculate | a | | | | | 1 + 1 |\n", "| | calculate | a | | | | | 1 + 2 |\n",
              ChangeKind::kChanged, "calculation", Effect::kKept, true},
         }) {
        CAPTURE(row.before, row.after);
        const QuestionChange change = only_change(survey(row.before), survey(row.after));
        CHECK(change.kind == row.kind);
        REQUIRE_FALSE(change.differences.empty());
        CHECK(change.differences.front().what == row.what);
        CHECK(change.drafts == row.drafts);
        CHECK(change.together == row.together);
    }
}

TEST_CASE("blanks and the order of choices are no difference", "[authoring][diff]") {
    const std::string before = survey(
        "| | text | a | A | 1 = 1 and 'a b' != '' | | | |\n"
        "| | select_one l | s | S | | | | |\n");
    const std::string after = survey(
        "| | text | a | A | 1=1  and 'a b'!='' | | | |\n"
        "| | select_one l | s | S | | | | |\n",
        "| choices |\n| | list_name | name | label |\n"
        "| | l | y | Y |\n| | l | x | X |\n");
    CHECK(diff_forms(*form_of(before), *form_of(after)).same());
}

TEST_CASE("questions that come and go", "[authoring][diff]") {
    const std::string one = survey("| | text | a | A |\n");
    const std::string two = survey("| | text | a | A |\n| | text | b | B |\n");
    const QuestionChange added = only_change(one, two);
    CHECK(added.kind == ChangeKind::kAdded);
    CHECK(added.path == "/data/b");
    CHECK(added.drafts == Effect::kKept);
    const QuestionChange removed = only_change(two, one);
    CHECK(removed.kind == ChangeKind::kRemoved);
    CHECK(removed.drafts == Effect::kLost);
    CHECK_FALSE(removed.together);
    const QuestionChange needed =
        only_change(one, survey("| | text | a | A | | | | |\n| | text | b | B | | yes | | |\n"));
    CHECK(needed.drafts == Effect::kChecked);
}

TEST_CASE("a question that stands elsewhere has moved, and is renamed only where that is sure",
          "[authoring][diff]") {
    const std::string group = "| | begin_group | g | G |\n| | text | c | C |\n";
    const QuestionChange moved =
        only_change(survey("| | text | a | A |\n" + group + "| | end_group | | |\n"),
                    survey(group + "| | text | a | A |\n| | end_group | | |\n"));
    CHECK(moved.kind == ChangeKind::kMoved);
    CHECK(moved.old_path == "/data/a");
    CHECK(moved.path == "/data/g/a");
    CHECK(moved.drafts == Effect::kLost);
    const QuestionChange renamed =
        only_change(survey("| | text | a | Your name |\n"), survey("| | text | b | Your name |\n"));
    CHECK(renamed.kind == ChangeKind::kRenamed);
    CHECK(renamed.old_path == "/data/a");
    // Another label, or two candidates: not sure.
    const FormDiff other = diff_forms(*form_of(survey("| | text | a | A |\n")),
                                      *form_of(survey("| | text | b | B |\n")));
    CHECK(other.changes.size() == 2);
    const FormDiff twins =
        diff_forms(*form_of(survey("| | text | a | Same |\n| | text | b | Same |\n")),
                   *form_of(survey("| | text | c | Same |\n| | text | d | Same |\n")));
    CHECK(twins.changes.size() == 4);
}

TEST_CASE("choices, groups and the form itself", "[authoring][diff]") {
    const std::string rows = "| | select_one l | a | A |\n";
    const QuestionChange choices =
        only_change(survey(rows), survey(rows,
                                         "| choices |\n| | list_name | name | label |\n"
                                         "| | l | x | Other |\n| | l | z | Z |\n"));
    CHECK(choices.differences ==
          std::vector<Difference>{{"label of choice x", "default", "X", "Other"},
                                  {"choice removed", "", "y", ""},
                                  {"choice added", "", "", "z"}});
    CHECK(choices.drafts == Effect::kChecked);
    const QuestionChange repeated = only_change(
        survey("| | begin_group | g | G |\n| | text | a | A |\n| | end_group | | |\n"),
        survey("| | begin_repeat | g | G |\n| | text | a | A |\n| | end_repeat | | |\n"));
    CHECK_FALSE(repeated.together);
    const std::string text = survey("| | text | a | A |\n");
    const FormDiff form =
        diff_forms(*form_of(text + "| settings |\n| | form_id | version |\n| | f | 1 |\n"),
                   *form_of(text + "| settings |\n| | form_id | version |\n| | g | 2 |\n"));
    CHECK(form.other_form);
    CHECK_FALSE(form.harmless());
    CHECK(form.changes.empty());
}

TEST_CASE("texts are compared by language", "[authoring][diff]") {
    const std::string head =
        "| survey |\n| | type | name | label::German (de) | label::English (en)"
        " |\n";
    const FormDiff diff = diff_forms(*form_of(head + "| | text | a | Alter | Age |\n"),
                                     *form_of(head + "| | text | a | Alter | Years |\n"));
    REQUIRE(diff.changes.size() == 1);
    CHECK(diff.changes[0].differences ==
          std::vector<Difference>{{"label", "English (en)", "Age", "Years"}});
    const FormDiff added = diff_forms(
        *form_of("| survey |\n| | type | name | label |\n| | text | a | Alter |\n"),
        *form_of(head + "| | text | a | Alter | Age |\n| settings |\n| | default_language |\n"
                        "| | German (de) |\n"));
    CHECK(added.changes.empty());
    CHECK_FALSE(added.form.empty());
}

}  // namespace
}  // namespace survey::forms

#include "forms/authoring/reference_text.h"

#include "tests/unit/forms/authoring/form_fixture.h"

namespace survey::forms {
namespace {

TEST_CASE("a path becomes the reference that is written the same way again", "[authoring]") {
    const FormPtr form = form_of(R"(
| survey |
| | type | name | label |
| | text | top | Top |
| | begin_repeat | r | R |
| | text | a | A |
| | begin_group | g | G |
| | text | b | B |
| | end_group | | |
| | end_repeat | | |
| | begin_group | h | H |
| | text | twin | One |
| | end_group | | |
| | text | twin | Two |
)");
    const ReferenceText references(*form);
    const ReferenceText::Scope in_repeat{form->find("/data/r/g/b"), false, kNoRef};
    const ReferenceText::Scope outside{form->find("/data/top"), false, kNoRef};
    struct Row {
        const char* source;
        const char* restored;
    };
    for (const Row& row : {
             Row{" /data/top ", "${top}"},
             {" /data/top  > 17", "${top} > 17"},
             {"concat( /data/top , 'x')", "concat(${top}, 'x')"},
             {"a = /data/top or b", "a = ${top} or b"},
             {" ../../a ", "${a}"},
             {"../../a + 1", "${a} + 1"},
             // The converter would write "../../a": another meaning for sum() and its like.
             {"sum(/data/r/a)", "sum(/data/r/a)"},
             {"instance('l')/root/item[name =  current()/../../a ]/label",
              "instance('l')/root/item[name = ${a}]/label"},
             {"instance('l')/root/item[name = ../../a]/label",
              "instance('l')/root/item[name = ../../a]/label"},
             {"indexed-repeat( /data/r/a ,  /data/r , 1)", "indexed-repeat(${a}, ${r}, 1)"},
             {"jr:choice-name( ../../a , ' ../../a ')", "jr:choice-name(${a}, '${a}')"},
             {"/data/twin", "/data/twin"},
             {"/data/nothing", "/data/nothing"},
             {"'/data/top is a path'", "'/data/top is a path'"},
             {"string-length(.) > 3", "string-length(.) > 3"},
             {" instance('__last-saved')/data/top ", "${last-saved#top}"},
             {" /data/meta/instanceID ", "${instanceID}"},
             {"'unfinished", "'unfinished"},
             {"", ""},
         }) {
        CAPTURE(row.source);
        CHECK(references.restore(row.source, in_repeat) == row.restored);
    }
    CHECK(references.restore("sum( /data/r/a )", outside) == "sum(${a})");
    CHECK(references.single(" ../top ", outside.context) == "${top}");
    CHECK(references.single("/data/top + 1", outside.context).empty());
    CHECK(references.single("/data/twin", outside.context).empty());
}

}  // namespace
}  // namespace survey::forms

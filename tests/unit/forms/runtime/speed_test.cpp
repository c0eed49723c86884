// Hidden: `unit_forms_runtime "[.speed]"` in a release build prints what the figures in
// forms/runtime/SEMANTICS.md are.
#include <chrono>
#include <cstdio>

#include <catch2/catch.hpp>

#include "tests/support/scenario.h"

using namespace survey;
using namespace survey::forms;

namespace {

template <typename Work>
double milliseconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

std::string flat_form(int questions) {
    std::string instance = "<data id=\"f\">";
    std::string binds;
    std::string body;
    for (int i = 0; i < questions; ++i) {
        const std::string name = "q" + std::to_string(i);
        const std::string before = "/data/q" + std::to_string(i - 1);
        instance += "<" + name + "/>";
        std::string rules = "type=\"int\"";
        if (i % 3 == 1) rules += " relevant=\"" + before + " &gt; 0 or " + before + " = ''\"";
        if (i % 5 == 2) rules += " constraint=\". &lt; 100\"";
        if (i % 7 == 3) rules += " calculate=\"" + before + " + 1\"";
        binds += "<bind nodeset=\"/data/" + name + "\" " + rules + "/>";
        body += "<input ref=\"/data/" + name + "\"><label>Question " + name + "</label></input>";
    }
    return xform(instance + "<meta><instanceID/></meta></data>", binds, body);
}

std::string household() {
    return xform(
        R"x(<data id="f"><p jr:template=""><n/><name/><age/><next/></p><total/><meta><instanceID/></meta></data>)x",
        R"x(<bind nodeset="/data/p/age" type="int"/>
           <bind nodeset="/data/p/n" calculate="position(..)" type="int"/>
           <bind nodeset="/data/p/next" calculate="../age + 1" type="int"/>
           <bind nodeset="/data/total" calculate="sum(/data/p/age)" type="int"/>)x",
        R"x(<repeat nodeset="/data/p"><input ref="/data/p/name"/><input ref="/data/p/age"/></repeat>)x");
}

}  // namespace

TEST_CASE("how long it takes", "[.speed]") {
    for (const int questions : {300, 2000}) {
        const std::string xml = flat_form(questions);
        Scenario first(xml);
        const double open = milliseconds([&] { first.another({}); });
        int changes = 0;
        const double answers = milliseconds([&] {
            for (int i = 0; i < questions; ++i) {
                const std::string ref = "/data/q" + std::to_string(i);
                first.answer(ref, std::to_string(i % 50));
                ++changes;
            }
        });
        const double written = milliseconds([&] { (void)first.record(); });
        const double restored = milliseconds([&] { first.restored(); });
        std::printf("%d questions: open %.2f ms, answer %.4f ms, write %.2f ms, restore %.2f ms\n",
                    questions, open, answers / changes, written, restored);
    }
    Scenario form(household());
    const double adding = milliseconds([&] {
        for (int i = 0; i < 500; ++i)
            form.add_repeat("/data/p");
    });
    const double answers = milliseconds([&] {
        for (int i = 1; i <= 500; ++i)
            form.answer("/data/p[" + std::to_string(i) + "]/age", "30");
    });
    const double third = milliseconds([&] { form.remove_repeat("/data/p[3]"); });
    const double last = milliseconds([&] { form.remove_repeat("/data/p[498]"); });
    std::printf(
        "500 instances: add %.3f ms each, answer %.4f ms, remove the 3rd %.2f ms, "
        "near the end %.2f ms\n",
        adding / 500, answers / 500, third, last);
    CHECK(form.count("/data/p") == 498);
}

// Runs tests/data/conformance/session: forms that are filled in, and what a screen then shows.

#include <catch2/catch.hpp>

#include "forms/definition/document_tree.h"
#include "forms/expr/expr.h"
#include "forms/xml/reader.h"
#include "tests/conformance/case_file.h"
#include "tests/conformance/filling.h"

namespace survey::conformance {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts)
        all += (all.empty() ? "" : " | ") + part;
    return all;
}

std::string look_into(const std::string& xml, const std::string& expression) {
    const auto document = xml::parse(xml);
    if (!document) return "not XML";
    const forms::DocumentTree tree(*document);
    expr::CompileOptions options;
    options.library = expr::Library::kCore;
    const auto compiled = expr::Expr::compile(expression, options);
    if (!compiled.expr) return "cannot be compiled: " + compiled.error->message;
    expr::EvalContext context;
    context.node = {&tree, tree.document()};
    context.contextualize_absolute_paths = false;
    const auto value = compiled.expr->evaluate_string(context);
    return value ? *value : "cannot be evaluated";
}

// What `expect REF aspect` looks at, as text.
std::string aspect_of(const Seen& seen, const std::string& aspect) {
    const auto flag = [](bool is_set) { return is_set ? "yes" : "no"; };
    if (aspect == "exists") return flag(seen.exists);
    if (!seen.exists) return "no such node";
    if (aspect == "value") return seen.value;
    if (aspect == "kind") return seen.kind;
    if (aspect == "relevant") return flag(seen.relevant);
    if (aspect == "readonly") return flag(seen.readonly);
    if (aspect == "required") return flag(seen.required);
    if (aspect == "can-add") return flag(seen.can_add);
    if (aspect == "fault") return flag(seen.fault);
    if (aspect == "violation") return seen.violation;
    if (aspect == "message") return seen.message;
    if (aspect == "soft") return seen.soft;
    if (aspect == "label") return seen.label;
    if (aspect == "hint") return seen.hint;
    if (aspect == "children") return std::to_string(seen.children);
    if (aspect == "choices") return joined(seen.choices);
    if (aspect == "choice-labels") return joined(seen.choice_labels);
    return "unknown aspect";
}

class Play {
  public:
    Play(const Case& one, Filling& filling) : case_(one), filling_(filling) {
        setup_.source = one.source;
        setup_.media = one.media;
        for (auto& [address, content] : setup_.media) {
            if (address == "last-saved") opening_.last_saved = content;
            if (address == "record") opening_.xml = content;
        }
    }

    void run() {
        for (const Line& line : case_.lines) {
            INFO(line.place << ": " << line.word << " " << line.rest);
            if (prepare(line)) continue;
            if (!open()) return;
            act(line);
        }
    }

  private:
    // What comes before the form is opened. True: it was such a line.
    bool prepare(const Line& line) {
        const auto [first, rest] = split_word(line.rest);
        if (line.word == "zone") {
            setup_.zone = line.rest;
        } else if (line.word == "now") {
            setup_.now = line.rest;
            filling_.set_time(line.rest);
            if (!is_loaded_) return true;
        } else if (line.word == "missing-media") {
            setup_.missing_media_is_blank = true;
        } else if (line.word == "property") {
            opening_.properties.emplace_back(first, rest);
        } else if (line.word == "default") {
            const auto [ref, value] = split_arrow(line.rest);
            opening_.defaults.emplace_back(ref, value);
        } else if (line.word == "mode") {
            opening_.mode = line.rest;
        } else if (line.word == "load-fails") {
            const std::string code = filling_.load(setup_);
            CHECK(!code.empty());
        } else if (line.word == "open-fails") {
            // The program already asks for the files of a form when it loads it.
            CHECK((!load().empty() || !filling_.open(opening_).empty()));
        } else {
            return false;
        }
        return true;
    }

    std::string load() {
        is_loaded_ = true;
        return filling_.load(setup_);
    }

    // Without an open form the rest of the case has no meaning.
    bool open() {
        if (is_open_) return true;
        const std::string refusal = is_loaded_ ? "" : load();
        CHECK(refusal.empty());
        if (!refusal.empty()) return false;
        is_open_ = filling_.open(opening_).empty();
        CHECK(is_open_);
        return is_open_;
    }

    void act(const Line& line) {
        const auto [left, right] = split_arrow(line.rest);
        if (line.word == "set") {
            CHECK(filling_.set(left, right).empty());
        } else if (line.word == "refuses") {
            const auto [what, rest] = split_word(left);
            if (what == "set") {
                CHECK(!filling_.set(rest, right).empty());
            } else if (what == "overrule") {
                CHECK(!filling_.overrule(rest, right).empty());
            } else if (what == "add") {
                CHECK(!filling_.add(rest).empty());
            } else if (what == "remove") {
                CHECK(!filling_.remove(rest).empty());
            } else {
                FAIL("cannot refuse " << what);
            }
        } else if (line.word == "overrule") {
            CHECK(filling_.overrule(left, right).empty());
        } else if (line.word == "add") {
            CHECK(filling_.add(line.rest).empty());
        } else if (line.word == "remove") {
            CHECK(filling_.remove(line.rest).empty());
        } else if (line.word == "language") {
            CHECK(filling_.speak(line.rest).empty());
        } else if (line.word == "answer") {
            CHECK(filling_.answer(left, right).empty());
        } else if (line.word == "open") {
            // Only opens.
        } else {
            expect(line, left, right);
        }
    }

    void expect(const Line& line, const std::string& left, const std::string& right) {
        if (line.word == "expect") {
            const auto [ref, aspect] = split_word(left);
            CHECK(aspect_of(filling_.look(ref), aspect) == right);
        } else if (line.word == "events") {
            CHECK(filling_.events() == line.rest);
        } else if (line.word == "finalise") {
            const std::string violations = filling_.finalise(record_);
            CHECK(violations == (line.rest == "ready" ? "" : line.rest));
        } else if (line.word == "record") {
            CHECK(look_into(record_, left) == right);
        } else if (line.word == "draft") {
            CHECK(look_into(filling_.draft(), left) == right);
        } else if (line.word == "evaluate") {
            const auto [ref, expression] = split_word(left);
            CHECK(filling_.evaluate(ref, expression) == right);
        } else if (line.word == "again") {
            again(line.rest);
        } else {
            FAIL("unknown word " << line.word);
        }
    }

    // The same instance once more: from its draft, from its record, or a new one.
    void again(const std::string& mode) {
        Opening next;
        next.mode = mode;
        next.properties = opening_.properties;
        next.keeps_entities = mode == "later";
        if (mode == "later") next.mode = "new";
        if (mode == "restore") next.xml = filling_.draft();
        if (mode == "edit") {
            filling_.finalise(record_);
            next.xml = record_;
        }
        CHECK(filling_.open(next).empty());
    }

    const Case& case_;
    Filling& filling_;
    FillingSetup setup_;
    Opening opening_;
    std::string record_;
    bool is_loaded_ = false;
    bool is_open_ = false;
};

void play_all(std::unique_ptr<Filling> (*make)()) {
    for (const std::string& file : case_files("session")) {
        std::unique_ptr<Filling> filling;
        for (const Case& one : read_cases(file)) {
            INFO(one.place << " " << one.name);
            CHECK_FALSE(one.lines.empty());
            if (!filling) filling = make();
            Play(one, *filling).run();
        }
    }
}

}  // namespace

TEST_CASE("forms behave as the conformance cases say", "[conformance][session]") {
    play_all(make_room_filling);
}

TEST_CASE("the program fills them in alike", "[conformance][session][program]") {
    play_all(make_program_filling);
}

TEST_CASE("the module for the browser fills them in alike", "[conformance][session][module]") {
    play_all(make_module_filling);
}

}  // namespace survey::conformance

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common/base/random.h"
#include "tests/support/scenario.h"

namespace survey::forms {

/// A form of questions, groups and repeats whose rules read what stands before them.
class RandomForm {
  public:
    explicit RandomForm(SeededRandom& random) : random_(random) {
        instance_ = "<data id=\"f\">";
        fill("/data", 0);
        instance_ += "<meta><instanceID/></meta></data>";
    }

    std::string xml() const { return xform(instance_, binds_, body_); }
    const std::vector<std::string>& repeats() const { return repeats_; }

  private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_.below(bound)); }

    /// A path to an earlier question from a node at `context`: relative, so that it means the same
    /// instance, or a node-set over all instances.
    std::string number_of_earlier(const std::string& context) {
        if (questions_.empty()) return "3";
        const std::string& target = questions_[below(questions_.size())];
        const bool inside = target.find("/r") != std::string::npos;
        switch (below(inside ? 4 : 2)) {
            case 0:
                return "count(" + target + "[. != ''])";
            case 1:
                return "sum(" + target + "[. != ''])";
            case 2:
                return "count(" + target.substr(0, target.rfind('/')) + ")";
            default:
                break;
        }
        const std::string owner = context.substr(0, context.rfind('/'));
        if (target.substr(0, target.rfind('/')) == owner) {
            return "../" + target.substr(target.rfind('/') + 1);
        }
        return "number(" + target + ")";
    }

    std::string condition(const std::string& context) {
        const std::string number = number_of_earlier(context);
        switch (below(4)) {
            case 0:
                return number + " &gt; " + std::to_string(below(4));
            case 1:
                return number + " mod 2 = 0";
            case 2:
                return "not(" + number + " = " + std::to_string(below(4)) + ")";
            default:
                return "position(..) &lt; 3 and " + number + " &lt; 5";
        }
    }

    void bind(const std::string& path, const std::string& attributes) {
        binds_ += "<bind nodeset=\"" + path + "\" " + attributes + "/>";
    }

    void question(const std::string& path, const std::string& name) {
        instance_ +=
            "<" + name + ">" + (below(3) == 0 ? std::to_string(below(5)) : "") + "</" + name + ">";
        std::string rules = "type=\"int\"";
        if (below(3) == 0) rules += " relevant=\"" + condition(path) + "\"";
        if (below(4) == 0) rules += " required=\"" + condition(path) + "\"";
        if (below(4) == 0) {
            rules += " constraint=\". &lt; 3 or " + condition(path) + "\"";
        }
        if (below(4) == 0) {
            rules += " xmlns:w=\"https://werkstatt.example/ns\" w:warnIf=\". = 4 or " +
                     condition(path) + "\"";
        }
        if (below(5) == 0) rules += " readonly=\"" + condition(path) + "\"";
        if (below(3) == 0) {
            rules +=
                " calculate=\"" + number_of_earlier(path) + " + " + std::to_string(below(3)) + "\"";
        } else {
            body_ += "<input ref=\"" + path + "\"/>";
        }
        bind(path, rules);
        questions_.push_back(path);
    }

    void fill(const std::string& path, int depth) {
        const std::size_t count = 3 + below(4);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string number = std::to_string(names_++);
            const std::size_t kind = depth < 3 ? below(6) : 5;
            if (kind == 0) {
                const std::string group = path + "/g" + number;
                if (below(2) == 0) bind(group, "relevant=\"" + condition(group) + "\"");
                instance_ += "<g" + number + ">";
                body_ += "<group ref=\"" + group + "\">";
                fill(group, depth + 1);
                body_ += "</group>";
                instance_ += "</g" + number + ">";
            } else if (kind == 1) {
                const std::string repeat = path + "/r" + number;
                if (below(2) == 0) bind(repeat, "relevant=\"" + condition(repeat) + "\"");
                const bool counted = below(3) == 0;
                body_ += "<repeat nodeset=\"" + repeat + "\"" +
                         (counted ? " jr:count=\"" + number_of_earlier(repeat) + " mod 4\"" : "") +
                         ">";
                if (!counted) repeats_.push_back(repeat);
                instance_ += "<r" + number + ">";
                fill(repeat, depth + 1);
                instance_ += "</r" + number + ">";
                body_ += "</repeat>";
            } else {
                question(path + "/q" + number, "q" + number);
            }
        }
    }

    SeededRandom& random_;
    std::string instance_, binds_, body_;
    std::vector<std::string> questions_;
    std::vector<std::string> repeats_;
    int names_ = 0;
};

}  // namespace survey::forms

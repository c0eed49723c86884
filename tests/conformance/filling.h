#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace survey::conformance {

/// A form and the world in which it is filled in.
struct FillingSetup {
    std::string source;  ///< A workbook as text, or the XML of an XForm.
    std::vector<std::pair<std::string, std::string>> media;  ///< jr:// address → content
    bool missing_media_is_blank = false;
    std::string now = "2026-11-25T08:30:00.000Z";
    std::string zone = "Europe/Berlin";
};

/// How an instance of it begins.
struct Opening {
    std::string mode = "new";  ///< or "restore", "edit"
    std::string xml;
    std::string language;
    std::string last_saved;
    std::vector<std::pair<std::string, std::string>> properties;
    std::vector<std::pair<std::string, std::string>> defaults;
    bool keeps_entities = false;  ///< The lists have what the record before did to them.
};

/// What a screen knows of a node.
struct Seen {
    bool exists = false;
    std::string kind;  ///< "root", "group", "repeat-range", "repeat", "value"
    std::string value;
    bool relevant = false;
    bool readonly = false;
    bool required = false;
    bool can_add = false;
    std::string violation;  ///< "required", "constraint" or "none"
    std::string message;
    std::string soft;  ///< "message", "message (reason)" or "none"
    std::string label;
    std::string hint;
    std::size_t children = 0;
    std::vector<std::string> choices;
    std::vector<std::string> choice_labels;
    bool fault = false;
};

/// Fills in one instance of a form, in this process or in another one that speaks `forms session`.
/// What can fail says with what ("" is success) in the words of the session protocol.
class Filling {
  public:
    virtual ~Filling() = default;
    virtual std::string load(const FillingSetup& setup) = 0;
    virtual std::string open(const Opening& opening) = 0;
    virtual void set_time(const std::string& now) = 0;

    virtual Seen look(const std::string& ref) = 0;
    virtual std::string set(const std::string& ref, const std::string& value) = 0;
    virtual std::string overrule(const std::string& ref, const std::string& reason) = 0;
    virtual std::string add(const std::string& range) = 0;
    virtual std::string remove(const std::string& instance) = 0;
    virtual std::string speak(const std::string& language) = 0;
    /// Answers the oldest request of that kind.
    virtual std::string answer(const std::string& kind, const std::string& value) = 0;
    /// "question /data/a, prompt /data/r, end"
    virtual std::string events() = 0;
    /// "required /data/a, constraint /data/b"; `record` receives the XML.
    virtual std::string finalise(std::string& record) = 0;
    virtual std::string draft() = 0;
    virtual std::string evaluate(const std::string& ref, const std::string& expression) = 0;
};

std::unique_ptr<Filling> make_room_filling();
std::unique_ptr<Filling> make_program_filling();
/// Through the engine module in Node.
std::unique_ptr<Filling> make_module_filling();

}  // namespace survey::conformance

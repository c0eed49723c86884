#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace survey::forms {

/// Walks through the XML of a spreadsheet part without building a tree: a sheet may be far larger
/// than what is in it, and reading may stop early. Names are without prefixes. Only what
/// spreadsheet programs write: UTF-8, no document type (refused). The input must outlive the
/// scanner.
class XmlScanner {
  public:
    explicit XmlScanner(std::string_view xml) : rest_(xml) {}

    enum class Event : std::uint8_t { kStart, kEnd, kText, kDone, kBroken };
    /// An empty element gives kStart and kEnd.
    Event next();

    std::string_view name() const { return name_; }    ///< After kStart and kEnd.
    const std::string& text() const { return text_; }  ///< After kText, references resolved.
    /// Value of the attribute with that local name of the element that began; empty if absent.
    std::string attribute(std::string_view name) const;
    /// The same for a name with its prefix: "r:id".
    std::string attribute_as_written(std::string_view name) const;
    /// After kStart: passes over everything up to the end of this element. False where it is
    /// broken.
    bool skip();

  private:
    std::string find_attribute(std::string_view name, bool with_prefix) const;
    Event read_tag();

    std::string_view rest_;
    std::string_view name_;
    std::string_view attributes_;
    std::string text_;
    bool end_pending_ = false;
};

}  // namespace survey::forms

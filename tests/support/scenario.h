#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "forms/runtime/form_session.h"
#include "forms/runtime/session_cache.h"

namespace survey::forms {

/// A clock that stands still until it is told to go on.
class HandClock final : public Clock {
  public:
    explicit HandClock(std::string_view utc);
    Instant now() const override { return now_; }
    Steady steady() const override { return Steady(now_.time_since_epoch()); }
    void set(std::string_view utc);

  private:
    Instant now_;
};

/// Files of a form, held in memory.
class MapMedia final : public MediaSource {
  public:
    std::map<std::string, std::string, std::less<>> files;
    mutable int reads = 0;

    Result<std::string> read(std::string_view url) const override;
};

/// An XForm from its parts: what stands in `<instance>`, the rest of the model, and the body.
std::string xform(std::string_view instance, std::string_view model, std::string_view body);

/// Fills in a form as a person would. Throws std::runtime_error with the reason where something
/// that the test takes for granted does not work.
class Scenario {
  public:
    struct Setup {
        OpenOptions open;
        std::map<std::string, std::string, std::less<>> media;
        bool missing_media_is_blank = false;
        std::uint64_t seed = 1;
        std::string now = "2026-11-25T08:30:00.000Z";
        int offset_minutes = 60;
    };

    /// From XForm XML.
    explicit Scenario(const std::string& xml);
    Scenario(const std::string& xml, Setup setup);
    /// Another instance of the same form, in the same world.
    Scenario another(OpenOptions open) const;
    Scenario restored() const;  ///< From its own draft.
    Result<FormSession> try_open(const OpenOptions& open) const;

    FormSession& session() { return *session_; }
    const FormSession& session() const { return *session_; }
    HandClock& clock() { return world_->clock; }
    const MapMedia& media() const { return world_->media; }

    NodeId at(std::string_view ref) const;
    NodeState node(std::string_view ref) const;
    bool has(std::string_view ref) const;
    std::string value(std::string_view ref) const;
    bool relevant(std::string_view ref) const { return node(ref).relevant; }
    std::string label(std::string_view ref) const;
    std::vector<std::string> choices(std::string_view ref) const;  ///< Values.
    std::vector<std::string> choice_labels(std::string_view ref) const;
    std::size_t count(std::string_view range) const;
    /// "required /data/age", document order.
    std::vector<std::string> violations() const;
    /// "question /data/age", "prompt /data/person", …
    std::vector<std::string> stops() const;
    /// References of what a change says is different.
    std::vector<std::string> changed(const Change& change) const;

    Change answer(std::string_view ref, std::string_view value);
    /// Why an answer was refused; empty where it was taken.
    std::string refusal(std::string_view ref, std::string_view value);
    std::string add_repeat(std::string_view range);  ///< Its reference.
    void remove_repeat(std::string_view instance);
    void speak(std::string_view language);
    Finalised finalise();
    std::string draft() const;
    std::string record() const { return session_->serialize(); }
    /// Evaluates an XPath expression as text at a node.
    std::string evaluate(std::string_view expression, std::string_view at = "/data") const;

  private:
    struct World {
        explicit World(const Setup& setup);
        HandClock clock;
        FixedOffset zone;
        SeededRandom random;
        MapMedia media;
        SessionCache cache;
        SessionEnvironment environment;
        std::shared_ptr<const FormDefinition> form;
    };
    Scenario(std::shared_ptr<World> world, FormSession session);

    std::shared_ptr<World> world_;
    std::unique_ptr<FormSession> session_;
};

}  // namespace survey::forms

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "forms/expr/index_cache.h"
#include "forms/expr/node_tree.h"

namespace survey::expr {

/// What expressions ask of the world around them. Everything has a harmless default, so a test
/// implements only what it needs. Called only during `Expr::evaluate`.
class Host {
  public:
    virtual ~Host() = default;

    /// The root *element* of the secondary instance `id`; a null view where there is none.
    virtual NodeView instance(std::string_view id) const;
    /// `jr:itext(id)` in the active language; nothing where the id is unknown.
    virtual std::optional<std::string> itext(std::string_view id) const;
    /// `jr:choice-name(value, path)`: label of that choice of the question at `path` (absolute or
    /// relative to `context`) in the active language; nothing where path or choice is unknown.
    virtual std::optional<std::string> choice_label(std::string_view value, std::string_view path,
                                                    const NodeView& context) const;
    /// `property(name)`: deviceid, username, …
    virtual std::string property(std::string_view name) const;
    virtual std::string form_version() const;

    /// Where indexes of trees that never change are kept from one evaluation to the next; null:
    /// nowhere, every predicate looks at every item. One thread at a time.
    virtual IndexCache* indexes() const { return nullptr; }

    virtual Instant now() const = 0;
    virtual const TimeZone& time_zone() const = 0;
    virtual Random& random() const = 0;
};

}  // namespace survey::expr

#include <algorithm>
#include <vector>

#include "forms/xlsform/entities.h"
#include "forms/xlsform/names.h"

namespace survey::forms {

namespace {

/// The innermost repeat that a question is in, else the form.
const Item* scope_of(const Item& item) {
    const Item* up = item.parent;
    while (up->kind != ItemKind::kRepeat && up->kind != ItemKind::kForm)
        up = up->parent;
    return up;
}

bool holds(const Item& ancestor, const Item* item) {
    while (item != nullptr && item != &ancestor)
        item = item->parent;
    return item != nullptr;
}

std::size_t depth_of(const Item* item) {
    std::size_t depth = 0;
    for (; item->parent != nullptr; item = item->parent)
        ++depth;
    return depth;
}

/// The deepest section that all items are in.
const Item* common_section(const std::vector<const Item*>& items, const Item& form) {
    if (items.empty()) return &form;
    const Item* section = items.front()->parent;
    while (!std::all_of(items.begin(), items.end(),
                        [&](const Item* item) { return holds(*section, item->parent); })) {
        section = section->parent;
    }
    return section;
}

std::string name_of(const Item& scope) {
    return scope.kind == ItemKind::kForm ? "the form itself" : "the repeat \"" + scope.name + "\"";
}

/// The questions that the expressions of an entity name.
std::vector<const Item*> named_items(const Entity& entity, const Item& form,
                                     const References& references) {
    std::vector<const Item*> items;
    for (const Cell* cell : {&entity.label, &entity.id, &entity.create_if, &entity.update_if}) {
        for (std::size_t at = cell->text.find("${"); at != std::string::npos;
             at = cell->text.find("${", at + 1)) {
            const std::size_t end = cell->text.find('}', at);
            if (end == std::string::npos) break;
            const auto name = trim(std::string_view(cell->text).substr(at + 2, end - at - 2));
            if (!is_xml_name(name)) continue;
            if (const Item* item = references.find(name, *cell, form)) items.push_back(item);
        }
    }
    return items;
}

/// What one entity asks for.
struct Request {
    Entity* entity = nullptr;
    const Item* scope = nullptr;
    const Item* wanted = nullptr;  ///< At or below the scope.
};

class Placement {
  public:
    Placement(std::vector<Entity>& entities, const Item& form, const References& references,
              Findings& findings)
        : entities_(entities), form_(form), references_(references), findings_(findings) {}

    void run() {
        std::vector<Request> requests;
        for (Entity& entity : entities_)
            requests.push_back(request(entity));
        if (requests.size() == 1 && requests.front().scope == &form_) {
            requests.front().wanted = &form_;
        }
        // What is saved cannot yield; else the deepest first, which have the most room above.
        std::stable_sort(requests.begin(), requests.end(), [](const Request& a, const Request& b) {
            const bool a_saves = !a.entity->properties.empty();
            const bool b_saves = !b.entity->properties.empty();
            if (a_saves != b_saves) return a_saves;
            return depth_of(a.wanted) > depth_of(b.wanted);
        });
        for (const Request& one : requests)
            place(one);
    }

  private:
    Request request(Entity& entity) {
        std::vector<const Item*> saved;
        for (const auto& [question, property] : entity.properties)
            saved.push_back(question);
        const std::vector<const Item*> named = named_items(entity, form_, references_);
        const Item* scope = &form_;
        for (const Item* item : saved.empty() ? named : saved) {
            if (holds(*scope, scope_of(*item))) scope = scope_of(*item);
        }
        for (const Item* item : saved) {
            if (scope_of(*item) != scope) across(entity, *item, *scope);
        }
        for (const Item* item : named) {
            const Item* other = scope_of(*item);
            if (!holds(*other, scope) && !holds(*scope, other)) across(entity, *item, *scope);
        }
        std::vector<const Item*> here;
        std::copy_if((saved.empty() ? named : saved).begin(), (saved.empty() ? named : saved).end(),
                     std::back_inserter(here),
                     [&](const Item* item) { return scope_of(*item) == scope; });
        const Item* wanted = here.empty() ? scope : common_section(here, form_);
        return Request{&entity, scope, wanted};
    }

    void across(const Entity& entity, const Item& item, const Item& scope) {
        findings_.error(entity.place, "entity-across-repeats",
                        "The entity \"" + entity.list.text + "\" belongs to " + name_of(scope) +
                            ", but \"" + item.name + "\" is in " + name_of(*scope_of(item)) + ".",
                        entity.list.text,
                        "Save only questions of one repeat, or of none, to an entity.");
    }

    /// Where the entity of `request` may stand at `section`, next to those that are placed.
    bool fits(const Request& request, const Item* section) const {
        const auto comes_between = [](const Entity& owner, const Item* far, const Item* near) {
            if (!holds(*far, near)) return false;
            return std::any_of(owner.properties.begin(), owner.properties.end(),
                               [&](const auto& saved) { return holds(*near, saved.first); });
        };
        return std::none_of(placed_.begin(), placed_.end(), [&](const Entity* other) {
            return other->container == section ||
                   comes_between(*request.entity, section, other->container) ||
                   comes_between(*other, other->container, section);
        });
    }

    void place(const Request& request) {
        const Item* section = request.wanted;
        while (!fits(request, section)) {
            if (section == request.scope) {
                findings_.error(request.entity->place, "entity-container-conflict",
                                "In " + name_of(*request.scope) +
                                    " there is no group left for the entity \"" +
                                    request.entity->list.text + "\" beside the other entities.",
                                request.entity->list.text,
                                "Put the questions of each entity into a group of their own.");
                break;
            }
            section = section->parent;
        }
        request.entity->container = section;
        placed_.push_back(request.entity);
    }

    std::vector<Entity>& entities_;
    const Item& form_;
    const References& references_;
    Findings& findings_;
    std::vector<const Entity*> placed_;
};

}  // namespace

void place_entities(std::vector<Entity>& entities, const Item& form, const References& references,
                    Findings& findings) {
    Placement(entities, form, references, findings).run();
}

}  // namespace survey::forms

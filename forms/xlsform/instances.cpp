#include "forms/xlsform/instances.h"

#include <algorithm>

namespace survey::forms {

namespace {

std::string_view extension(std::string_view file) {
    const std::size_t dot = file.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : file.substr(dot);
}

class Collector {
  public:
    Collector(const ChoiceLists& choices, Findings& findings)
        : choices_(choices), findings_(findings) {}

    void add(std::string id, std::string src, std::uint32_t place) {
        for (const ExternalInstance& other : found_) {
            if (other.id != id) continue;
            if (other.src != src) conflict(id, place, other.src, src);
            return;
        }
        const ChoiceList* list = choices_.find(id);
        if (list != nullptr && !(list->used_by_search && !list->used)) {
            conflict(id, place, "the choices sheet", src);
            return;
        }
        found_.push_back(ExternalInstance{std::move(id), std::move(src), place});
    }

    /// pulldata('fruits', …) reads fruits.csv.
    void add_pulldata(const Cell& cell) {
        constexpr std::string_view kCall = "pulldata(";
        for (std::size_t at = cell.text.find(kCall); at != std::string::npos;
             at = cell.text.find(kCall, at + 1)) {
            std::size_t open = at + kCall.size();
            while (open < cell.text.size() && cell.text[open] == ' ')
                ++open;
            if (open >= cell.text.size()) return;
            const char quote = cell.text[open];
            if (quote != '\'' && quote != '"') continue;
            const std::size_t close = cell.text.find(quote, open + 1);
            if (close == std::string::npos) return;
            const std::string file(
                trim(std::string_view(cell.text).substr(open + 1, close - open - 1)));
            if (!file.empty()) add(file, "jr://file-csv/" + file + ".csv", cell.place);
        }
    }

    void add_last_saved(const Cell& cell) {
        if (cell.text.find("${last-saved#") == std::string::npos) return;
        add("__last-saved", "jr://instance/last-saved", cell.place);
    }

    std::vector<ExternalInstance> take() { return std::move(found_); }

  private:
    void conflict(const std::string& id, std::uint32_t place, const std::string& first,
                  const std::string& second) {
        findings_.error(place, "instance-conflict",
                        "\"" + id + "\" would be both " + first + " and " + second + ".", id,
                        "Rename the list or the file.");
    }

    const ChoiceLists& choices_;
    Findings& findings_;
    std::vector<ExternalInstance> found_;
};

void collect_item(const Item& item, Collector& collector) {
    if (item.kind == ItemKind::kQuestion) {
        if (item.type->kind == QuestionKind::kExternalInstance) {
            const bool csv = item.type->name == "csv-external";
            collector.add(
                item.name,
                csv ? "jr://file-csv/" + item.name + ".csv" : "jr://file/" + item.name + ".xml",
                item.name_place);
        }
        if (item.from_file && is_choice_file(item.list)) {
            const char* scheme = extension(item.list) == ".csv" ? "jr://file-csv/" : "jr://file/";
            collector.add(file_stem(item.list), scheme + item.list, item.type_cell.place);
        }
    }
    for (const auto& [key, cell] : item.cells) {
        collector.add_last_saved(cell);
        if (key.starts_with("bind::") || key == "choice_filter" || key == "default" ||
            key == "control::jr:count") {
            collector.add_pulldata(cell);
        }
    }
    for (const auto& [key, text] : item.texts) {
        for (const auto& [language, cell] : text.texts)
            collector.add_last_saved(cell);
    }
}

}  // namespace

std::string file_stem(std::string_view file) {
    return std::string(file.substr(0, file.size() - extension(file).size()));
}

bool is_choice_file(std::string_view file) {
    const std::string_view end = extension(file);
    return (end == ".csv" || end == ".xml" || end == ".geojson") && file.size() > end.size();
}

std::vector<ExternalInstance> collect_instances(const Item& form, const ChoiceLists& choices,
                                                const std::vector<Entity>& entities,
                                                const Settings& settings, Findings& findings) {
    Collector collector(choices, findings);
    for_each_below(form, [&](const Item& item) { collect_item(item, collector); });
    for (const char* key : {"instance_name", "instance_id"}) {
        collector.add_last_saved(settings.get(key));
        collector.add_pulldata(settings.get(key));
    }
    for (const Entity& entity : entities) {
        if (!entity.updates()) continue;
        const std::string& list = entity.list.text;
        collector.add(list, "jr://file-csv/" + list + ".csv", entity.list.place);
    }
    for (const ChoiceList& list : choices.all()) {
        for (const ListedChoice& choice : list.choices) {
            for (const auto& [key, text] : choice.texts) {
                for (const auto& [language, cell] : text.texts)
                    collector.add_last_saved(cell);
            }
        }
    }
    return collector.take();
}

}  // namespace survey::forms

#include "forms/lists/entity_list.h"

#include <catch2/catch.hpp>

using namespace survey;
using namespace survey::forms;

namespace {

constexpr const char* kServer = "name,label,__version,height\nt1,\"Oak, old\",4,12\nt2,Elm,1,3\n";

EntityChange update(const std::string& id, const std::string& base, const std::string& height) {
    EntityChange change;
    change.dataset = "trees";
    change.id = id;
    change.update = true;
    change.properties = {{"height", height}};
    change.base_version = base;
    change.trunk_version = "4";
    change.branch_id = "branch";
    return change;
}

EntityChange create(const std::string& id) {
    EntityChange change;
    change.dataset = "trees";
    change.id = id;
    change.create = true;
    change.label = "New";
    change.properties = {{"colour", "green"}};
    return change;
}

std::string now(std::string_view csv, const std::vector<EntityChange>& changes) {
    SeededRandom random(1);
    auto list = entity_list_now(csv, "trees", changes, random);
    REQUIRE(list);
    // Which branch a row has is chance; what was given is checked where it matters.
    std::string out;
    for (std::size_t at = 0; at < list->size();) {
        if (list->size() - at >= 36 && (*list)[at + 8] == '-' && (*list)[at + 13] == '-' &&
            (*list)[at + 14] == '4') {
            out += '*';
            at += 36;
            continue;
        }
        out += (*list)[at++];
    }
    return out;
}

}  // namespace

TEST_CASE("a list as the server gave it: each row its own trunk", "[lists][entities]") {
    CHECK(now(kServer, {}) ==
          "name,label,__version,height,__trunkVersion,__branchId\nt1,\"Oak, old\",4,12,4,*\n"
          "t2,Elm,1,3,1,*\n");
}

TEST_CASE("updates follow each other on one branch", "[lists][entities]") {
    CHECK(now(kServer, {update("t1", "4", "13"), update("t1", "5", "14")}) ==
          "name,label,__version,height,__trunkVersion,__branchId\nt1,\"Oak, old\",6,14,4,branch\n"
          "t2,Elm,1,3,1,*\n");
}

TEST_CASE("what the server has taken up or overtaken does nothing", "[lists][entities]") {
    const std::string later = "name,label,__version,height\nt1,Oak,5,13\nn1,Named,1,\n";
    // The first update is the server's version 5 already; the second goes on from there.
    CHECK(now(later, {update("t1", "4", "13"), create("n1"), update("t1", "5", "14")}) ==
          "name,label,__version,height,__trunkVersion,__branchId\nt1,Oak,6,14,4,branch\n"
          "n1,Named,1,,1,*\n");
    CHECK(now(later, {update("t1", "3", "1"), update("t9", "1", "1")}) == now(later, {}));
}

TEST_CASE("a created entity has version 1 and no trunk; new properties are new columns",
          "[lists][entities]") {
    CHECK(now("", {create("n1"), create("n1")}) ==
          "__version,__trunkVersion,__branchId,name,label,colour\n1,,*,n1,New,green\n");
    EntityChange other = create("n2");
    other.dataset = "shrubs";
    CHECK(now(kServer, {other}) == now(kServer, {}));
}

TEST_CASE("an upsert creates what is not there and updates what is", "[lists][entities]") {
    EntityChange both = update("t1", "4", "13");
    both.create = true;
    both.label = "Renamed";
    EntityChange fresh = both;
    fresh.id = "n1";
    CHECK(now(kServer, {both, fresh}) ==
          "name,label,__version,height,__trunkVersion,__branchId\nt1,Renamed,5,13,4,branch\n"
          "t2,Elm,1,3,1,*\nn1,Renamed,1,13,,branch\n");
}

TEST_CASE("a list of entities is known by its header or by a change", "[lists][entities]") {
    CHECK(is_entity_list(kServer, "trees", {}));
    CHECK_FALSE(is_entity_list("name,label\na,__version\n", "trees", {}));
    CHECK(is_entity_list("name,label\n", "trees", {create("n1")}));
    CHECK_FALSE(is_entity_list("name,label\n", "shrubs", {create("n1")}));
}

#include "forms/expr/index_cache.h"
#include "tests/unit/forms/expr/test_tree.h"

namespace survey::expr {
namespace {

class ListHost final : public Host {
  public:
    explicit ListHost(const TestTree& tree) : tree_(tree) {}
    NodeView instance(std::string_view) const override {
        return {&tree_, tree_.document_element()};
    }
    IndexCache* indexes() const override { return &indexes_; }
    Instant now() const override { return {}; }
    const TimeZone& time_zone() const override { return zone_; }
    Random& random() const override { return random_; }
    IndexCache& cache() const { return indexes_; }

  private:
    const TestTree& tree_;
    FixedOffset zone_{std::chrono::minutes(0)};
    mutable SeededRandom random_{1};
    mutable IndexCache indexes_;
};

std::string list_of(int rows) {
    std::string xml = "<root>";
    for (int i = 0; i < rows; ++i) {
        xml += "<item k='" + std::to_string(i % 10) + "'><name>v" + std::to_string(i) +
               "</name><district>d" + std::to_string(i % 100) + "</district><n>" +
               std::to_string(i) + "</n></item>";
    }
    return xml + "</root>";
}

TEST_CASE("an equality predicate reads a list once", "[expr][index]") {
    const TestTree list(list_of(1000));
    const ListHost host(list);
    EvalContext context;
    context.node = list.root();
    context.host = &host;
    const Expr filter = compiled("count(instance('l')/root/item[district = 'd7'])");
    CHECK(filter.evaluate_number(context).value_or(0) == 10);
    const std::size_t built = list.values_read;
    CHECK(built >= 1000);
    CHECK(host.cache().size() == 1);
    CHECK(filter.evaluate_number(context).value_or(0) == 10);
    CHECK(list.values_read == built);
    // Another expression over the same column uses the same index.
    CHECK(compiled("instance('l')/root/item['d8' = district][2]/name")
              .evaluate_string(context)
              .value_or("") == "v108");
    CHECK(host.cache().size() == 1);
    CHECK(list.values_read < built + 10);
}

TEST_CASE("conjuncts and later predicates look at the few items that are left", "[expr][index]") {
    const TestTree list(list_of(1000));
    const ListHost host(list);
    EvalContext context;
    context.node = list.root();
    context.host = &host;
    const auto names = [&](std::string_view source) {
        return compiled(source).evaluate_string(context).value_or("?");
    };
    const char* both = "join(' ', instance('l')/root/item[@k = '7' and district = 'd7']/name)";
    const std::string expected = "v7 v107 v207 v307 v407 v507 v607 v707 v807 v907";
    CHECK(names(both) == expected);
    CHECK(host.cache().size() == 2);
    const std::size_t built = list.values_read;
    CHECK(names(both) == expected);
    CHECK(list.values_read - built < 50);
    CHECK(names("join(' ', instance('l')/root/item[district = 'd7'][n > 850]/name)") == "v907");
    CHECK(names("join(' ', instance('l')/root/item[n = 12]/name)") == "v12");
    CHECK(names("join(' ', instance('l')/root/item[n = '12']/name)") == "v12");
    CHECK(names("pulldata('l', 'n', 'name', 'v33')") == "33");
}

TEST_CASE("a tree that may change is never answered from an index", "[expr][index]") {
    TestTree list(list_of(50));
    list.revision_now = 1;
    const ListHost host(list);
    EvalContext context;
    context.node = list.root();
    context.host = &host;
    const Expr filter = compiled("count(instance('l')/root/item[district = 'd7'])");
    CHECK(filter.evaluate_number(context).value_or(0) == 1);
    CHECK(compiled("pulldata('l', 'n', 'name', 'v33')").evaluate_string(context).value_or("") ==
          "33");
    CHECK(host.cache().size() == 0);
}

TEST_CASE("the libraries do not share an index", "[expr][index]") {
    const TestTree list("<root><item><k>1970-01-03</k></item></root>");
    const ListHost host(list);
    EvalContext context;
    context.node = list.root();
    context.host = &host;
    CHECK(compiled("count(/root/item[k = 2])").evaluate_number(context).value_or(-1) == 1);
    CompileOptions options;
    options.library = Library::kCore;
    const Expr core = compiled("count(/root/item[k = 2])", options);
    CHECK(core.evaluate_number(context).value_or(-1) == 0);
}

TEST_CASE("a forgotten tree is read again", "[expr][index]") {
    const TestTree list(list_of(50));
    const ListHost host(list);
    EvalContext context;
    context.node = list.root();
    context.host = &host;
    const Expr filter = compiled("count(instance('l')/root/item[district = 'd7'])");
    CHECK(filter.evaluate_number(context).value_or(0) == 1);
    host.cache().forget(list);
    CHECK(host.cache().size() == 0);
    CHECK(filter.evaluate_number(context).value_or(0) == 1);
}

TEST_CASE("what is the same for every item is computed once", "[expr][index]") {
    const TestTree tree("<d><limit>3</limit><r>1</r><r>2</r><r>3</r><r>4</r><r>5</r></d>");
    EvalContext context;
    context.node = tree.root();
    const Expr filter = compiled("count(/d/r[number(/d/limit) < 2])");
    CHECK(filter.evaluate_number(context).value_or(-1) == 0);
    CHECK(tree.values_read == 1);
    CHECK(compiled("count(/d/r[. > /d/limit])").evaluate_number(context).value_or(-1) == 2);
}

TEST_CASE("an item with several equal keys is found once", "[expr][index]") {
    const TestTree list("<root><item><k>a</k><k>a</k></item><item><k>b</k><k>a</k></item></root>");
    const ListHost host(list);
    EvalContext context;
    context.node = list.root();
    context.host = &host;
    CHECK(
        compiled("count(instance('l')/root/item[k = 'a'])").evaluate_number(context).value_or(0) ==
        2);
    CHECK(compiled("count(instance('l')/root/item[k = instance('l')//k])")
              .evaluate_number(context)
              .value_or(0) == 2);
}

}  // namespace
}  // namespace survey::expr

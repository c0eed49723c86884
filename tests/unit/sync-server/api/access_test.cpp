#include <catch2/catch.hpp>

#include "common/json/json.h"
#include "tests/support/whole_server.h"

using namespace survey;
using namespace survey::server;

namespace {

/// An address that the pattern takes.
std::string example(std::string_view pattern) {
    std::string out(pattern);
    for (auto at = out.find('{'); at != std::string::npos; at = out.find('{'))
        out.replace(at, out.find('}') - at + 1, "x");
    return out;
}

const std::vector<std::pair<std::string, std::string>> kWire = {
    {"content-type", "application/x-werkstatt"}};

}  // namespace

TEST_CASE("every row without credentials is refused, except those for anyone", "[api][access]") {
    test::WholeServer world;
    int guarded = 0;
    for (const Route& route : world.router->routes()) {
        CAPTURE(route.name);
        const auto reply = world.call(route.method, example(route.pattern), "");
        const bool to_login =
            reply.status == 303 && test::field_of(reply, "Location").rfind("/login?next=", 0) == 0;
        const bool refused = reply.status == 401 || to_login;
        CHECK(refused == (route.access != Access::kAnyone));
        guarded += refused;
    }
    CHECK(guarded >= 15);
}

TEST_CASE("a role gets no further than its rows", "[api][access]") {
    test::WholeServer world;
    const std::string device = world.enrol().token;
    for (const Route& route : world.router->routes()) {
        if (route.access == Access::kAnyone) continue;
        CAPTURE(route.name);
        const auto with = [&](const std::string& token) {
            const int status = world.call(route.method, example(route.pattern), token).status;
            return status != 401 && status != 403 && status != 303;
        };
        CHECK(with("office-token") == (route.access != Access::kDevice));
        CHECK(with("analyst-token") == (route.access == Access::kAnalyst));
        CHECK(with(device) == (route.access == Access::kDevice));
        CHECK_FALSE(with("wrong-token"));
        CHECK_FALSE(with(""));
    }
}

TEST_CASE("a device enrols, says hello, pushes and pulls through the router", "[api][device]") {
    test::WholeServer world;
    world.publish();
    const auto codes = world.call(Method::kPost, "/v1/enrolment-codes", "office-token",
                                  R"({"count": 2, "valid_hours": 1})");
    REQUIRE(codes.status == 201);
    const auto parsed = json::parse(codes.body);
    REQUIRE(parsed);
    const auto& list = json::find(*parsed, "codes")->as_array();
    REQUIRE(list.size() == 2);

    test::PaperDevice device;
    EnrolRequest request{1, std::string(list[0].as_string()), "Laptop",
                         PublicKey{device.key.public_key()}, "0.1"};
    const auto enrolled = world.call(Method::kPost, "/v1/enrol", "", codec::encode(request), kWire);
    REQUIRE(enrolled.status == 200);
    CHECK(enrolled.content_type == "application/x-werkstatt");
    const auto welcome = codec::decode<EnrolReply>(enrolled.body);
    REQUIRE(welcome);
    device.writer = {welcome->device, make_incarnation(world.random)};
    CHECK(world.call(Method::kPost, "/v1/enrol", "", codec::encode(request), kWire).status == 401);

    HelloRequest hello;
    hello.writer = device.writer;
    hello.nonce = 42;
    const auto greeted =
        world.call(Method::kPost, "/v1/hello", welcome->token, codec::encode(hello), kWire);
    REQUIRE(greeted.status == 200);
    const auto greeting = codec::decode<HelloReply>(greeted.body);
    REQUIRE(greeting);
    CHECK(greeting->nonce == 42);

    PushRequest push{
        greeting->epoch, device.writer, {device.next(world.interview({{"fit", "good"}}))}};
    for (const ItemStatus expected : {ItemStatus::kStored, ItemStatus::kDuplicate}) {
        const auto pushed =
            world.call(Method::kPost, "/v1/push", welcome->token, codec::encode(push), kWire);
        REQUIRE(pushed.status == 200);
        const auto reply = codec::decode<PushReply>(pushed.body);
        REQUIRE(reply);
        CHECK(reply->results.at(0).status == expected);
    }
    push.epoch.counter += 1;
    CHECK(
        world.call(Method::kPost, "/v1/push", welcome->token, codec::encode(push), kWire).status ==
        409);

    const auto pulled =
        world.call(Method::kPost, "/v1/pull", welcome->token,
                   codec::encode(PullRequest{{greeting->epoch, 0}, 256 * 1024}), kWire);
    REQUIRE(pulled.status == 200);
    const auto page = codec::decode<PullReply>(pulled.body);
    REQUIRE(page);
    REQUIRE_FALSE(page->changes.empty());
    const auto form = codec::decode<PublishedForm>(page->changes[0].body);
    REQUIRE(form);
    CHECK(form->ref == FormRef{"visit", "1"});
    CHECK(form->xml.find("<h:html") != std::string::npos);
}

TEST_CASE("what is not a message of ours is refused", "[api][device]") {
    test::WholeServer world;
    const std::string token = world.enrol().token;
    CHECK(world.call(Method::kPost, "/v1/push", token, "<html>", kWire).status == 400);
    CHECK(world.call(Method::kPost, "/v1/push", token, "", kWire).status == 400);
    CHECK(world.call(Method::kPost, "/v1/push", token, codec::encode(PushRequest{})).status == 400);
    EnrolRequest later;
    later.protocol = 99;
    CHECK(world.call(Method::kPost, "/v1/enrol", "", codec::encode(later), kWire).status == 426);
}

TEST_CASE("a revoked device may deliver but takes nothing", "[api][device]") {
    test::WholeServer world;
    world.publish();
    test::PaperDevice device = world.enrol();
    const std::string id = device.known.id.text();
    CHECK(world.call(Method::kPost, "/v1/devices/" + id + "/revoke", "office-token").status == 200);
    CHECK(world.call(Method::kPost, "/v1/devices/nobody/revoke", "office-token").status == 404);
    const Epoch epoch = world.store->identity().epoch;
    const PushRequest push{epoch, device.writer, {device.next(world.interview({{"fit", "good"}}))}};
    const auto pushed =
        world.call(Method::kPost, "/v1/push", device.token, codec::encode(push), kWire);
    REQUIRE(pushed.status == 200);
    CHECK(codec::decode<PushReply>(pushed.body).value_or(PushReply{}).results.at(0).reason ==
          QuarantineReason::kRevoked);
    CHECK(world
              .call(Method::kPost, "/v1/pull", device.token,
                    codec::encode(PullRequest{{epoch, 0}, 1'000}), kWire)
              .status == 403);
}

TEST_CASE("the office sees devices, revisions and a submission", "[api][office]") {
    test::WholeServer world;
    world.publish();
    test::PaperDevice device = world.enrol("Laptop 7");
    const RevisionEnvelope envelope = world.interview({{"fit", "good"}});
    const PushItem item = device.next(envelope);
    world.send_one(device, item);
    CHECK(world.call(Method::kGet, "/v1/devices", "office-token").body.find("Laptop 7") !=
          std::string::npos);
    const auto revisions = world.call(Method::kGet, "/v1/revisions?form=visit", "office-token");
    CHECK(revisions.body.find(item.entry.rev.hex()) != std::string::npos);
    CHECK(revisions.body.find("\"status\":\"stored\"") != std::string::npos);
    CHECK(world.call(Method::kGet, "/v1/revisions?before=x", "office-token").status == 400);
    const auto one =
        world.call(Method::kGet, "/v1/submissions/" + envelope.instance.text(), "office-token");
    CHECK(one.status == 200);
    CHECK(one.body.find("<fit>good") != std::string::npos);
    CHECK(world.call(Method::kGet, "/v1/submissions/uuid:none", "office-token").status == 404);
    for (const char* body : {R"({"count": 0})", R"({"count": 501})", R"({"count": "two"})",
                             R"({"valid_hours": 99999})", "{"}) {
        CAPTURE(body);
        CHECK(world.call(Method::kPost, "/v1/enrolment-codes", "office-token", body).status == 400);
    }
}

TEST_CASE("publishing answers with every finding and its place", "[api][office]") {
    test::WholeServer world;
    const auto good =
        world.call(Method::kPost, "/v1/forms", "office-token", std::string(test::kVisitForm));
    CHECK(good.status == 201);
    std::string broken(test::kVisitForm);
    broken.replace(broken.find("${people} * 2"), 13, "${nobody} * 2");
    const auto bad = world.call(Method::kPost, "/v1/forms", "office-token", broken);
    REQUIRE(bad.status == 422);
    const auto body = json::parse(bad.body);
    REQUIRE(body);
    const auto& findings = json::find(*body, "diagnostics")->as_array();
    REQUIRE_FALSE(findings.empty());
    CHECK(json::find_text(findings[0], "sheet") == "survey");
    CHECK(json::find_integer(findings[0], "row").value_or(0) > 0);
    std::string changed(test::kVisitForm);
    changed.replace(changed.find("How many people?"), 16, "How many persons?");
    CHECK(world.call(Method::kPost, "/v1/forms", "office-token", changed).status == 409);
}

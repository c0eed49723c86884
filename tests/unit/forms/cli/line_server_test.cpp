#include "forms/cli/line_server.h"

#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "forms/cli/lines.h"

using namespace survey;
using namespace survey::forms;

namespace {

/// Gives back what it was asked to, or refuses.
class Echo final : public LineService {
  public:
    Outcome<json::Object> answer(const json::Object& request) override {
        TRY_ASSIGN(const std::string say, required_text(request, "say"));
        if (say == "no") return Refusal{"nope", "refused", json::Object{{"offset", 3}}};
        return json::Object{{"said", say}};
    }
};

std::string served(const std::string& input) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Console console(in, out, err, {});
    Echo echo;
    serve_lines(echo, console);
    CHECK(err.str().empty());
    return out.str();
}

}  // namespace

TEST_CASE("each request line is answered by one line with its id", "[cli][protocol]") {
    CHECK(served("{\"id\":1,\"say\":\"a\"}\n\n  \r\n{\"id\":[2],\"say\":\"b\"}") ==
          "{\"id\":1,\"said\":\"a\"}\n{\"id\":[2],\"said\":\"b\"}\n");
    CHECK(served("").empty());
}

TEST_CASE("a refusal carries its code and what helps", "[cli][protocol]") {
    CHECK(served("{\"id\":\"x\",\"say\":\"no\"}\n") ==
          "{\"id\":\"x\",\"error\":{\"code\":\"nope\",\"message\":\"refused\",\"offset\":3}}\n");
}

TEST_CASE("what is not a request is answered and does not end the service", "[cli][protocol]") {
    for (const std::string bad :
         {"{", "[1]", "7", "{\"id\":1}", "{\"say\":7}", "nonsense", "{}{}"}) {
        CAPTURE(bad);
        const std::string answers = served(bad + "\n{\"id\":2,\"say\":\"on\"}\n");
        CHECK(answers.find("\"code\":\"request\"") != std::string::npos);
        CHECK(answers.find("{\"id\":2,\"said\":\"on\"}\n") != std::string::npos);
    }
}

TEST_CASE("a line that is too long is dropped whole", "[cli][protocol]") {
    std::istringstream in("12345\n123456\n12\n12345678");
    std::string line;
    CHECK(read_line(in, line, 5) == LineRead::kLine);
    CHECK(line == "12345");
    CHECK(read_line(in, line, 5) == LineRead::kTooLong);
    CHECK(read_line(in, line, 5) == LineRead::kLine);
    CHECK(line == "12");
    CHECK(read_line(in, line, 5) == LineRead::kTooLong);
    CHECK(read_line(in, line, 5) == LineRead::kEnd);
}

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace survey {

/// What a handler answers, free of sockets.
struct Reply {
    int status = 200;
    std::string content_type;  ///< Empty only where there is no body.
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
    /// Instead of a body: bytes that many replies share, so that slow readers of a large file cost
    /// no copy each. They live as long as `lender`, or for ever where there is none.
    std::string_view lent = {};
    std::shared_ptr<const void> lender = {};

    std::string_view bytes() const { return body.empty() ? lent : std::string_view(body); }

    /// Bytes of a type of our own, for programs.
    static Reply octets(std::string bytes, std::string content_type);
    /// Bytes that somebody keeps; without rules for caching.
    static Reply lending(std::string_view bytes, std::shared_ptr<const void> lender,
                         std::string content_type);
    static Reply json(std::string text, int status = 200);
    static Reply html(std::string text, int status = 200);
    /// A file to keep. `name` is ours, not a caller's.
    static Reply download(std::string bytes, std::string content_type, std::string_view name);
    /// After a form was sent: "look there". Only to addresses of our own.
    static Reply see_other(std::string location);
    /// The browser may keep it for ever: its name changes with its content. The bytes are part of
    /// the program.
    static Reply asset(std::string_view bytes, std::string content_type);

    Reply&& with(std::string name, std::string value) &&;
};

}  // namespace survey

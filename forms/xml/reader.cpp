#include "forms/xml/reader.h"

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <expat.h>

namespace survey::xml {

namespace {

// Between the parts of an expanded name. XML 1.0 has no such character, so no name can contain it.
constexpr char kSeparator = '\x01';
// expat counts in int; smaller pieces also keep its own buffers small.
constexpr std::size_t kPieceBytes = 1u << 20;

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

/// What expat's handlers share.
struct Reading {
    XML_Parser parser = nullptr;
    const Limits* limits = nullptr;
    Document document;
    Node at = 0;
    std::size_t depth = 0;
    std::vector<Document::NamespaceDeclaration> pending;  // Reported before their element.
    std::optional<Error> refusal;

    std::uint32_t line() const {
        return static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser));
    }
    void refuse(ErrorCode code, std::string message) {
        if (refusal) return;
        refusal = fail(code, std::move(message));
        XML_StopParser(parser, XML_FALSE);
    }
    /// False, and the end of parsing, when one more node would be too many.
    bool has_room() {
        if (refusal) return false;
        if (document.node_count() < limits->nodes_max) return true;
        refuse(ErrorCode::kLimit, "more than " + std::to_string(limits->nodes_max) +
                                      " elements, attributes and texts; split the document");
        return false;
    }
};

/// "uri SEP local SEP prefix", "uri SEP local" or "local".
Name split(std::string_view triplet) {
    Name name;
    const std::size_t first = triplet.find(kSeparator);
    if (first == std::string_view::npos) {
        name.local = triplet;
        return name;
    }
    name.uri = triplet.substr(0, first);
    const std::string_view rest = triplet.substr(first + 1);
    const std::size_t second = rest.find(kSeparator);
    name.local = rest.substr(0, second);
    if (second != std::string_view::npos) name.prefix = rest.substr(second + 1);
    return name;
}

Reading& reading_of(void* user) {
    return *static_cast<Reading*>(user);
}

void XMLCALL on_namespace(void* user, const XML_Char* prefix, const XML_Char* uri) {
    reading_of(user).pending.push_back(
        {prefix == nullptr ? "" : prefix, uri == nullptr ? "" : uri});
}

void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
    Reading& reading = reading_of(user);
    if (!reading.has_room()) return;
    if (++reading.depth > reading.limits->depth_max) {
        reading.refuse(ErrorCode::kLimit, "elements nested more than " +
                                              std::to_string(reading.limits->depth_max) + " deep");
        return;
    }
    reading.at = reading.document.append_element(reading.at, split(name), reading.line());
    for (const Document::NamespaceDeclaration& one : reading.pending) {
        reading.document.declare_namespace(reading.at, one.prefix, one.uri);
    }
    reading.pending.clear();
    const auto count = static_cast<std::size_t>(XML_GetSpecifiedAttributeCount(reading.parser)) / 2;
    if (count > reading.limits->attributes_max) {
        reading.refuse(ErrorCode::kLimit, "more than " +
                                              std::to_string(reading.limits->attributes_max) +
                                              " attributes on one element");
        return;
    }
    for (; *attributes != nullptr; attributes += 2) {
        if (!reading.has_room()) return;
        reading.document.set_attribute(reading.at, split(attributes[0]), attributes[1],
                                       reading.line());
    }
}

void XMLCALL on_end(void* user, const XML_Char*) {
    Reading& reading = reading_of(user);
    if (reading.refusal) return;
    --reading.depth;
    reading.at = reading.document.parent(reading.at);
}

void XMLCALL on_text(void* user, const XML_Char* text, int length) {
    Reading& reading = reading_of(user);
    if (!reading.has_room()) return;
    reading.document.append_text(reading.at, {text, static_cast<std::size_t>(length)},
                                 reading.line());
}

void XMLCALL on_comment(void* user, const XML_Char* text) {
    Reading& reading = reading_of(user);
    if (reading.has_room()) reading.document.append_comment(reading.at, text);
}

void XMLCALL on_instruction(void* user, const XML_Char* target, const XML_Char* text) {
    Reading& reading = reading_of(user);
    if (reading.has_room()) reading.document.append_instruction(reading.at, target, text);
}

// Entities of a document type can grow without bound and name files, so there are none.
void XMLCALL on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    reading_of(user).refuse(ErrorCode::kInvalidInput,
                            "a document type declaration (<!DOCTYPE …>) is not accepted; "
                            "take it out and write entities as characters");
}

std::string explain(const Reading& reading, XML_Error error) {
    switch (error) {
        case XML_ERROR_NO_ELEMENTS:
            if (reading.at == 0) return "there is no element: the document is empty or cut off";
            break;
        case XML_ERROR_TAG_MISMATCH:
            if (reading.at == 0) break;
            return "this closing tag does not belong to <" +
                   reading.document.name(reading.at).qualified() + ">, which was opened in line " +
                   std::to_string(reading.document.place(reading.at));
        case XML_ERROR_UNDEFINED_ENTITY:
            return "unknown entity; only &amp; &lt; &gt; &quot; &apos; and character numbers "
                   "such as &#8364; exist";
        case XML_ERROR_UNBOUND_PREFIX:
            return "a prefix is used that no xmlns:… attribute declares here or further out";
        case XML_ERROR_MISPLACED_XML_PI:
            return "<?xml …?> must be the very first characters of the document";
        case XML_ERROR_UNKNOWN_ENCODING:
            return "the encoding that <?xml …?> names is not known; save the document as UTF-8";
        case XML_ERROR_SYNTAX:
            return "not XML: only an element can begin here";
        case XML_ERROR_INVALID_TOKEN:
            return "not well-formed: a character or an unescaped < or & that cannot stand here";
        case XML_ERROR_NO_MEMORY:
            return "the document does not fit into memory";
        default:
            break;
    }
    if (reading.at != 0 && error == XML_ERROR_NO_ELEMENTS) {
        return "the document ends before <" + reading.document.name(reading.at).qualified() +
               "> of line " + std::to_string(reading.document.place(reading.at)) + " is closed";
    }
    return XML_ErrorString(error);
}

Error failure(Reading& reading, Position* failed_at) {
    const Position position{
        .line = static_cast<std::uint32_t>(XML_GetCurrentLineNumber(reading.parser)),
        .column = static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(reading.parser)) + 1};
    if (failed_at != nullptr) *failed_at = position;
    Error error = reading.refusal ? *std::move(reading.refusal)
                                  : fail(ErrorCode::kInvalidInput,
                                         explain(reading, XML_GetErrorCode(reading.parser)));
    return std::move(error).during("line " + std::to_string(position.line) + ", column " +
                                   std::to_string(position.column));
}

}  // namespace

Result<Document> parse(std::string_view bytes, const Limits& limits, Position* failed_at) {
    if (bytes.size() > limits.bytes_max) {
        return fail(ErrorCode::kLimit, "the document has " + std::to_string(bytes.size()) +
                                           " bytes; at most " + std::to_string(limits.bytes_max) +
                                           " are accepted");
    }
    const Parser parser(XML_ParserCreateNS(nullptr, kSeparator));
    if (!parser) return fail(ErrorCode::kUnavailable, "no memory for an XML parser");
    Reading reading;
    reading.parser = parser.get();
    reading.limits = &limits;
    XML_SetUserData(parser.get(), &reading);
    XML_SetReturnNSTriplet(parser.get(), 1);
    XML_SetStartNamespaceDeclHandler(parser.get(), on_namespace);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetCommentHandler(parser.get(), on_comment);
    XML_SetProcessingInstructionHandler(parser.get(), on_instruction);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
    do {
        const std::string_view piece = bytes.substr(0, kPieceBytes);
        bytes.remove_prefix(piece.size());
        const XML_Status status =
            XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), bytes.empty());
        if (status != XML_STATUS_OK) return failure(reading, failed_at);
    } while (!bytes.empty());
    return std::move(reading.document);
}

}  // namespace survey::xml

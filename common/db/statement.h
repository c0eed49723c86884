#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/id.h"
#include "common/base/result.h"

struct sqlite3_stmt;

namespace survey {

class Database;

/// A blob parameter, to tell it from text.
struct Blob {
    std::string_view bytes;
};

/// One use of a compiled statement, lent by the connection's cache and given back at the end.
/// Columns are counted from 0; views that they return are valid until the next `step`.
class Statement {
  public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    /// True: a row is there. False: done.
    Result<bool> step();

    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::uint64_t natural(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    double real(int column) const;
    /// Text or blob as bytes; empty for NULL.
    std::string_view bytes(int column) const;
    std::string text(int column) const { return std::string(bytes(column)); }
    /// Copies a blob of exactly the array's length; zeros if it has another length.
    template <std::size_t N>
    std::array<std::uint8_t, N> array(int column) const {
        std::array<std::uint8_t, N> out{};
        const std::string_view in = bytes(column);
        if (in.size() == N) std::copy(in.begin(), in.end(), out.begin());
        return out;
    }
    template <typename Digest>
    Digest digest(int column) const {
        Digest out;
        out.bytes = array<std::tuple_size_v<decltype(out.bytes)>>(column);
        return out;
    }

  private:
    friend class Database;
    Statement(Database& db, sqlite3_stmt* statement) : db_(&db), statement_(statement) {}

    void bind(int index, std::nullptr_t);
    void bind(int index, std::int64_t number);
    void bind(int index, std::int32_t number) { bind(index, std::int64_t{number}); }
    void bind(int index, std::uint32_t number) { bind(index, std::int64_t{number}); }
    void bind(int index, std::uint64_t number) { bind(index, static_cast<std::int64_t>(number)); }
    void bind(int index, bool flag) { bind(index, std::int64_t{flag ? 1 : 0}); }
    void bind(int index, double number);
    void bind(int index, std::string_view text);
    void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
    void bind(int index, const char* text) { bind(index, std::string_view(text)); }
    void bind(int index, Blob blob);
    template <std::size_t N>
    void bind(int index, const std::array<std::uint8_t, N>& bytes) {
        bind(index, Blob{{reinterpret_cast<const char*>(bytes.data()), N}});
    }
    template <typename Tag>
    void bind(int index, const Id<Tag>& id) {
        bind(index, std::string_view(id.text()));
    }
    template <typename T>
    void bind(int index, const std::optional<T>& value) {
        value ? bind(index, *value) : bind(index, nullptr);
    }
    /// Digests, 128-bit ids and signatures: anything that is an array named `bytes`.
    template <typename T>
        requires requires(const T& value) {
            value.bytes.data() + std::tuple_size_v<decltype(value.bytes)>;
        }
    void bind(int index, const T& value) {
        bind(index, value.bytes);
    }

    Database* db_;
    sqlite3_stmt* statement_;
};

}  // namespace survey

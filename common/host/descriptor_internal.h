#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

#include "common/base/result.h"

namespace survey {

/// An open file that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }
    /// The caller closes it from now on.
    int release() { return std::exchange(number_, -1); }

  private:
    int number_;
};

/// The failure that errno tells: "writing /x/y: No space left on device; …".
Error system_failure(std::string_view doing, const std::string& path);

Result<void> write_all(int file, std::string_view bytes, const std::string& path);

}  // namespace survey

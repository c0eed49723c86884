#pragma once

#include <optional>
#include <string>

#include "common/base/result.h"

namespace survey::collector {

/// The files by which one process finds the window of another, beside the data and readable by the
/// owner only. `window.address` has the address and the key for a further launch token;
/// `window.html` leads a browser to the window, so that the token stands in no command line, which
/// every user of a machine can read.
class OpenWindow {
  public:
    struct Place {
        std::string url;  ///< "http://127.0.0.1:4711"
        std::string key;
    };

    /// \param data the folder of the store.
    explicit OpenWindow(const std::string& data);
    /// Takes away what this process wrote.
    ~OpenWindow();
    OpenWindow(const OpenWindow&) = delete;
    OpenWindow& operator=(const OpenWindow&) = delete;

    Result<void> announce(const Place& place);
    /// What a process that still has the store wrote; nothing where there is none.
    std::optional<Place> find() const;
    /// Writes `window.html`; its path.
    Result<std::string> write_launch_page(const std::string& url, const std::string& token) const;
    void forget_launch_page() const;

  private:
    std::string address_;
    std::string page_;
    bool is_ours_ = false;
};

/// Starts the person's browser on a file; false where there is no `xdg-open` to do it.
bool open_browser(const std::string& path);

}  // namespace survey::collector

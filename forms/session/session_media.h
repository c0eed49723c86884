#pragma once

#include <map>
#include <memory>
#include <string>

#include "forms/runtime/media.h"
#include "forms/session/machine.h"
#include "forms/session/protocol.h"

namespace survey::forms {

/// A list with fifty thousand rows is normal; this bounds a mistake.
inline constexpr std::size_t kMediaBytesMax = std::size_t{256} << 20;

/// The files of one folder: the last segment of a `jr://` address is the file's name.
class FolderMedia final : public MediaSource {
  public:
    /// \param machine outlives the media.
    FolderMedia(const Machine& machine, std::string folder)
        : machine_(machine), folder_(std::move(folder)) {}
    Result<std::string> read(std::string_view url) const override;

  private:
    const Machine& machine_;
    std::string folder_;
};

/// Files that the request brought along, by address.
class GivenMedia final : public MediaSource {
  public:
    struct File {
        std::string bytes;
        std::string content_type;  ///< Empty: its name says it.
    };
    explicit GivenMedia(std::map<std::string, File, std::less<>> files)
        : files_(std::move(files)) {}
    Result<std::string> read(std::string_view url) const override;
    std::string content_type(std::string_view url) const override;

  private:
    std::map<std::string, File, std::less<>> files_;
};

/// Reads the member `media`: a folder, or `{"jr://…": {"text"} | {"base64"} | {"file"}}`,
/// each with an optional `contentType`. Without
/// it `folder` is used; empty: no files. The machine outlives the media.
Outcome<std::shared_ptr<const MediaSource>> media_of(const json::Object& request,
                                                     const Machine& machine,
                                                     const std::string& folder);

}  // namespace survey::forms

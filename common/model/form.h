#pragma once

#include <string>
#include <vector>

#include "common/model/ids.h"

namespace survey {

/// Identity as the author wrote it; names exactly one definition. The version may be empty.
struct FormRef {
    std::string id;
    std::string version;

    friend bool operator==(const FormRef&, const FormRef&) = default;
    friend auto operator<=>(const FormRef&, const FormRef&) = default;
};

/// A file that belongs to a form: a choice list, a picture.
struct FormMedia {
    std::string name;  ///< As the form names it; never used as a path.
    std::string bytes;

    friend bool operator==(const FormMedia&, const FormMedia&) = default;
};

/// A form as the server gives it out and a device keeps it. Never changed once published: another
/// text under the same reference is refused.
struct PublishedForm {
    FormRef ref;
    FormHash hash;  ///< Of `xml`.
    std::string title;
    std::string xml;  ///< The ODK XForm.
    std::vector<FormMedia> media;
    bool withdrawn = false;  ///< No new interviews; what has been started can be finished.

    friend bool operator==(const PublishedForm&, const PublishedForm&) = default;
};

}  // namespace survey

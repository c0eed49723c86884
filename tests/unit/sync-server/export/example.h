#pragma once

#include "sync-server/export/labelled_table.h"

namespace survey::server {

/// An opinion by district with a suppressed cell (low / North), an earlier one (high / South) and
/// labels that want escaping.
ReleasedTable example_release();
TableLabels example_labels();
LabelledTable example(Language language = Language::kEnglish);
/// The same opinion as a scale.
LabelledTable example_scale(Language language = Language::kEnglish);

}  // namespace survey::server

#pragma once

#include <string>
#include <unordered_map>

#include "forms/xml/document.h"
#include "sync-server/ingest/answer_row.h"
#include "sync-server/ingest/form_library.h"

namespace survey::server {

/// A submission's record, read with its form at hand. The version outlives it.
class SubmissionDocument {
  public:
    SubmissionDocument(const FormVersion& version, xml::Document document);

    /// meta/instanceID, empty where it is missing.
    std::string instance_id() const;
    /// Name of the organisation, empty where none is given.
    std::string organisation() const;
    /// Whether the respondent agreed to the use of the answers, where the form asks.
    bool may_be_used() const;
    /// What tables count. Relevance needs no engine here: a record leaves out what was not asked.
    AnswerRow answers() const;

    /// Form notation of the first node that is there in only one of the two or has another value;
    /// empty if there is none. What a second calculation may change does not count.
    std::string first_difference(const SubmissionDocument& other) const;

  private:
    void index(xml::Node element, const std::string& path);
    /// Nothing: not in the record. Where a node repeats, the first.
    const std::string* value(forms::NodeRef node) const;
    std::string difference_below(const SubmissionDocument& other, xml::Node mine, xml::Node theirs,
                                 const std::string& path) const;

    const FormVersion& version_;
    xml::Document document_;
    std::unordered_map<forms::NodeRef, std::string> values_;
};

}  // namespace survey::server

#pragma once

#include "common/http/rate_limit.h"
#include "sync-server/links/link_answers.h"
#include "sync-server/links/link_book.h"
#include "sync-server/links/public_forms.h"

namespace survey::server {

/// All that answering by link needs, in one hand. Any thread.
class LinkDesk {
  public:
    /// The references outlive it.
    LinkDesk(Store& store, Ingest& ingest, FormLibrary& library, const Clock& clock, Random& random,
             Project the_project)
        : project(std::move(the_project)),
          book(store, clock, random),
          forms(store, library),
          answers(store, ingest, clock, project),
          wrong_addresses(clock, kWrongAddresses),
          deliveries(clock, kDeliveries),
          file_bytes(clock, kFileBytes) {}

    const Project project;
    LinkBook book;
    PublicForms forms;
    LinkAnswers answers;

    /// Addresses that are no link. An audience with one misprinted sheet and one network stays
    /// below. It spares the server, not the links (see Link::id).
    RateLimit wrong_addresses;
    /// Answers and files. Two hundred people in one room, behind one address, send one answer with
    /// three pictures each at once.
    RateLimit deliveries;
    /// Bytes of files that no answer names yet: the same two hundred with pictures of 2 MiB.
    RateLimit file_bytes;

  private:
    static constexpr RateLimit::Rule kWrongAddresses{120, 1};
    static constexpr RateLimit::Rule kDeliveries{1'000, 20};
    static constexpr RateLimit::Rule kFileBytes{1.5 * 1024 * 1024 * 1024, 4 * 1024 * 1024};
};

}  // namespace survey::server

#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "collector/interview/open_interview.h"
#include "collector/store/collector_store.h"
#include "common/host/host.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

namespace survey::test {

/// A laptop with tests/data/forms/visit.xml on it, and a real store that can be closed and opened.
struct Visit {
    TempDir dir;
    FakeClock clock;
    SeededRandom random{3};
    std::unique_ptr<TimeZone> zone = *find_time_zone("UTC");
    collector::StorePaths paths{dir / "data", dir / "state/identity.marker", "machine", 0};
    std::unique_ptr<collector::CollectorStore> store;
    FormRef ref{"visit", "1"};

    Visit() {
        open();
        PublishedForm form;
        form.ref = ref;
        form.xml = file("visit.xml");
        REQUIRE(store->add_form(form));
    }
    static std::string file(const std::string& name) {
        std::ifstream in(SURVEY_TEST_DATA "/forms/" + name, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        REQUIRE_FALSE(text.str().empty());
        return text.str();
    }
    void open() {
        store.reset();
        auto opened = collector::CollectorStore::open(paths, clock, random);
        REQUIRE(opened);
        store = *std::move(opened);
    }
    forms::SessionEnvironment environment() {
        forms::SessionEnvironment made;
        made.clock = &clock;
        made.time_zone = zone.get();
        made.random = &random;
        return made;
    }
    collector::OpenInterview begin(const std::string& language = {}) {
        auto made = collector::OpenInterview::begin(*store, environment(), ref, language, {});
        if (!made) FAIL(made.error().message);
        return *std::move(made);
    }
    /// tests/data/forms/counted.xml: as many entries as a question says.
    collector::OpenInterview begin_counted() {
        PublishedForm form;
        form.ref = {"counted", "1"};
        form.xml = file("counted.xml");
        REQUIRE(store->add_form(form));
        auto made = collector::OpenInterview::begin(*store, environment(), form.ref, "", {});
        if (!made) FAIL(made.error().message);
        return *std::move(made);
    }
    collector::OpenInterview resume(const DraftId& draft) {
        auto made = collector::OpenInterview::resume(*store, environment(), draft);
        if (!made) FAIL(made.error().message);
        return *std::move(made);
    }
    collector::OpenInterview correct(const InstanceId& instance) {
        auto made = collector::OpenInterview::correct(*store, environment(), instance);
        if (!made) FAIL(made.error().message);
        return *std::move(made);
    }
};

}  // namespace survey::test

// The invariants, read from the files of both ends and from what the world itself remembers; never
// from what the code under test says of itself alone.

#include <map>

#include "collector/store/schema_internal.h"
#include "common/codec/envelope.h"
#include "sync-server/store/schema_internal.h"
#include "tests/sim/sync_world.h"

namespace survey::test {

namespace {

std::vector<WriterId> writers(Database& db) {
    std::vector<WriterId> found;
    auto row = db.query("SELECT device, incarnation FROM writer");
    while (row && *row->step()) {
        found.push_back({DeviceId(row->text(0)), row->digest<Incarnation>(1)});
    }
    return found;
}

std::vector<RevisionId> bodies(Database& db) {
    std::vector<RevisionId> found;
    auto row = db.query("SELECT rev FROM revision WHERE body IS NOT NULL");
    while (row && *row->step())
        found.push_back(row->digest<RevisionId>(0));
    return found;
}

}  // namespace

std::optional<std::string> SyncWorld::check_server(std::set<RevisionId>& held) {
    const std::uint64_t last = *server_->position();
    std::uint64_t counted = 0;
    std::set<std::string> instances;
    const auto tallied = server_->for_each_answer("form", [&](const server::AnswerRecord& answer) {
        ++counted;
        instances.insert(answer.instance.text());
    });
    if (!tallied) return "answers cannot be read";
    if (counted != instances.size()) return "I2: an instance counts twice";
    for (const std::string& instance : instances) {
        if (!saved_instances_.contains(instance)) return "an instance that nobody made";
    }
    server_.reset();
    DatabaseOptions options;
    options.role = DatabaseRole::kWriter;
    auto opened = Database::open(dir_ / "server.db", server::server_schema(), options);
    if (!opened) return "the server's file cannot be opened";
    Database& db = **opened;
    if (!db.check_integrity()) return "the server's file is damaged";
    const RevisionLog log(db);
    std::map<std::string, PublicKey> keys;
    auto device = db.query("SELECT id, key FROM device");
    while (device && *device->step())
        keys[device->text(0)] = device->digest<PublicKey>(1);
    for (const WriterId& writer : writers(db)) {
        if (!log.verify_chain(writer)) return "I4: a chain at the server is not a gapless prefix";
        const auto state = log.writer(writer);
        for (std::uint64_t seq = 1; seq <= (**state).head.seq; ++seq) {
            const auto entry = log.entry(writer, seq);
            if (!entry || !verify(keys[writer.device.text()].bytes, codec::entry_bytes(*entry),
                                  entry->signature.bytes)) {
                return "I3: an entry's signature is not the device's";
            }
        }
    }
    for (const RevisionId& rev : bodies(db)) {
        if (!log.bytes(rev)) return "I3: stored bytes do not match their name";
        if (!saved_.contains(rev)) return "a revision that nobody made";
        held.insert(rev);
    }
    auto change = db.query("SELECT count(*), count(DISTINCT pos), max(pos) FROM change");
    if (!change || !*change->step()) return "the change stream cannot be read";
    if (change->natural(0) != last || change->natural(2) != last) return "I8: a gap in positions";
    return std::nullopt;
}

std::optional<std::string> SyncWorld::check_device(Device& device,
                                                   const std::set<RevisionId>& held) {
    const auto status = device.store->sync_status();
    if (!status) return "the status of " + device.name + " cannot be read";
    if (status->waiting != 0) return "I14: " + device.name + " still waits after quiet";
    device.store.reset();
    auto opened =
        Database::open(path(device) + "/data/collector.db", collector::collector_schema(), {});
    if (!opened) return "the file of " + device.name + " cannot be opened";
    const RevisionLog log(**opened);
    for (const RevisionId& rev : bodies(**opened)) {
        if (!held.contains(rev)) {
            return "I1: " + device.name + " has a saved revision that the server lacks";
        }
        if (!log.bytes(rev)) return "I3: bytes on " + device.name + " do not match their name";
    }
    for (const WriterId& writer : writers(**opened)) {
        if (!log.verify_chain(writer)) return "I4: a chain on " + device.name + " is broken";
    }
    return std::nullopt;
}

}  // namespace survey::test

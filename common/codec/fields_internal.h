#pragma once

#include <type_traits>

#include "common/codec/archive_internal.h"
#include "common/model/form.h"
#include "common/model/review.h"
#include "common/sync/messages.h"

/// The fields of every value on the wire, in their order. Order and types are the format: never
/// change them; a new field needs a new format version (WIRE.md).
namespace survey {

// The library finds these by the value's namespace.

template <typename Archive, typename Tag>
void serialize(Archive& archive, Digest256<Tag>& digest) {
    archive(digest.bytes);
}

template <typename Archive, typename Tag>
void serialize(Archive& archive, Id128<Tag>& id) {
    archive(id.bytes);
}

template <typename Archive>
void serialize(Archive& archive, Signature& signature) {
    archive(signature.bytes);
}

template <typename Tag>
void save(codec::Out& out, const Id<Tag>& id) {
    out(id.text());
}

template <typename Tag>
void load(codec::BoundedIn& in, Id<Tag>& id) {
    std::string text;
    in(text);
    id = Id<Tag>(std::move(text));
}

template <typename Archive>
void serialize(Archive& archive, WriterId& writer) {
    archive(writer.device, writer.incarnation);
}

template <typename Archive>
void serialize(Archive& archive, Epoch& epoch) {
    archive(epoch.counter, epoch.random);
}

template <typename Archive>
void serialize(Archive& archive, ChainHead& head) {
    archive(head.seq, head.hash);
}

template <typename Archive>
void serialize(Archive& archive, WriterParent& parent) {
    archive(parent.incarnation, parent.head);
}

template <typename Archive>
void serialize(Archive& archive, LogEntry& entry) {
    archive(entry.writer, entry.seq, entry.prev, entry.rev, entry.signature);
}

template <typename Archive>
void serialize(Archive& archive, Receipt& receipt) {
    archive(receipt.server, receipt.epoch, receipt.rev, receipt.pos, receipt.status, receipt.reason,
            receipt.signature);
}

template <typename Archive>
void serialize(Archive& archive, PullCursor& cursor) {
    archive(cursor.epoch, cursor.pos);
}

template <typename Archive>
void serialize(Archive& archive, EnrolRequest& message) {
    archive(message.protocol, message.code, message.device_name, message.device_key,
            message.app_version);
}

template <typename Archive>
void serialize(Archive& archive, EnrolReply& message) {
    archive(message.device, message.server, message.server_key, message.epoch, message.token,
            message.project);
}

template <typename Archive>
void serialize(Archive& archive, HelloRequest& message) {
    archive(message.protocol, message.writer, message.parent, message.head, message.epoch_seen,
            message.cursor, message.app_version, message.wall_clock, message.nonce);
}

template <typename Archive>
void serialize(Archive& archive, HelloReply& message) {
    archive(message.server, message.epoch, message.server_time, message.protocol_min,
            message.revoked, message.writer_known, message.head, message.hash_at, message.floor,
            message.notices, message.nonce);
}

template <typename Archive>
void serialize(Archive& archive, PushItem& item) {
    archive(item.entry, item.envelope);
}

template <typename Archive>
void serialize(Archive& archive, PushRequest& message) {
    archive(message.epoch, message.writer, message.items);
}

template <typename Archive>
void serialize(Archive& archive, PushResult& result) {
    archive(result.seq, result.rev, result.status, result.reason, result.receipt);
}

template <typename Archive>
void serialize(Archive& archive, PushReply& message) {
    archive(message.epoch, message.head, message.floor, message.results);
}

template <typename Archive>
void serialize(Archive& archive, PullRequest& message) {
    archive(message.cursor, message.bytes_max);
}

template <typename Archive>
void serialize(Archive& archive, Change& change) {
    archive(change.pos, change.kind, change.body);
}

template <typename Archive>
void serialize(Archive& archive, PullReply& message) {
    archive(message.epoch, message.from, message.to, message.more, message.floor, message.changes);
}

template <typename Archive>
void serialize(Archive& archive, FormRef& ref) {
    archive(ref.id, ref.version);
}

template <typename Archive>
void serialize(Archive& archive, FormMedia& media) {
    archive(media.name, media.bytes);
}

template <typename Archive>
void serialize(Archive& archive, PublishedForm& form) {
    archive(form.ref, form.hash, form.title, form.xml, form.media, form.withdrawn);
}

template <typename Archive>
void serialize(Archive& archive, Review& review) {
    archive(review.instance, review.state, review.note);
}

}  // namespace survey

namespace survey::codec {

inline void save(Out& out, const Instant& instant) {
    save(out, std::int64_t{instant.time_since_epoch().count()});
}

inline void load(BoundedIn& in, Instant& instant) {
    std::int64_t unix_ms = 0;
    load(in, unix_ms);
    instant = Instant(std::chrono::milliseconds(unix_ms));
}

}  // namespace survey::codec

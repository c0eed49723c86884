#pragma once

#include <string>

#include "common/codec/envelope.h"
#include "common/codec/wire.h"

/// One value of every kind, with nothing left at its default.
namespace survey::test {

inline DeviceId sample_device() {
    return DeviceId("01J0ABCDEFGHJKMNPQRSTVWXYZ");
}

template <typename T>
T filled(std::uint8_t byte) {
    T value;
    value.bytes.fill(byte);
    return value;
}

inline Epoch sample_epoch() {
    Epoch epoch;
    epoch.counter = 3;
    epoch.random.bytes.fill(0x33);
    return epoch;
}

inline WriterId sample_writer() {
    return {sample_device(), filled<Incarnation>(0x11)};
}

inline RevisionEnvelope sample_envelope() {
    RevisionEnvelope envelope;
    envelope.instance = InstanceId("uuid:0195f0a0-0000-7000-8000-000000000001");
    envelope.form = {"betrieb", "2026-1"};
    envelope.form_hash = filled<FormHash>(0x22);
    envelope.parents = {filled<RevisionId>(0x01), filled<RevisionId>(0x02)};
    envelope.author = "Jürgen";
    envelope.hlc = Hlc{(std::uint64_t{1'777'881'600'000} << 16) + 5};
    envelope.wall_clock = Instant(std::chrono::milliseconds(1'777'881'600'000));
    envelope.clock_state = ClockState::kAgreed;
    envelope.attachments = {{"hall.jpg", "image/jpeg", 12345, filled<BlobHash>(0x44)}};
    envelope.content = "<data id=\"betrieb\"><employees>34</employees></data>";
    envelope.remarks = {{"/data/employees", "geschätzt"}, {"/data/site[2]/plans", "zögert"}};
    return envelope;
}

inline LogEntry sample_entry() {
    return {sample_writer(), 17, filled<EntryHash>(0x55), filled<RevisionId>(0x66),
            filled<Signature>(0x77)};
}

inline Receipt sample_receipt() {
    Receipt receipt;
    receipt.server = filled<ServerId>(0x88);
    receipt.epoch = sample_epoch();
    receipt.rev = filled<RevisionId>(0x66);
    receipt.pos = 99;
    receipt.status = ItemStatus::kQuarantined;
    receipt.reason = QuarantineReason::kInvalid;
    receipt.signature = filled<Signature>(0x99);
    return receipt;
}

inline PushRequest sample_push() {
    return {
        sample_epoch(), sample_writer(), {{sample_entry(), "first"}, {sample_entry(), "second"}}};
}

inline HelloRequest sample_hello() {
    HelloRequest hello;
    hello.writer = sample_writer();
    hello.parent = WriterParent{filled<Incarnation>(0x12), {4, filled<EntryHash>(0x13)}};
    hello.head = {17, filled<EntryHash>(0x55)};
    hello.epoch_seen = sample_epoch();
    hello.cursor = {sample_epoch(), 42};
    hello.app_version = "0.1.0";
    hello.wall_clock = Instant(std::chrono::milliseconds(1'777'881'600'000));
    hello.nonce = 0x0123456789ABCDEFU;
    return hello;
}

inline PushReply sample_push_reply() {
    return {
        sample_epoch(),
        {18, filled<EntryHash>(0x56)},
        7,
        {{17, filled<RevisionId>(0x66), ItemStatus::kDuplicate, QuarantineReason::kNone,
          sample_receipt()},
         {18, filled<RevisionId>(0x67), ItemStatus::kGap, QuarantineReason::kNone, std::nullopt}}};
}

inline PullReply sample_page() {
    return {sample_epoch(), 40, 44, true, 7, {{42, 1, "form"}, {44, 900, std::string("\0\1", 2)}}};
}

inline PublishedForm sample_form() {
    return {{"betrieb", "2026-1"},
            filled<FormHash>(0x22),
            "Betriebsbefragung",
            "<h:html/>",
            {{"branchen.csv", "name,label\n1,Metall\n"}},
            true};
}

}  // namespace survey::test

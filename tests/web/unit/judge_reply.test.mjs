import assert from "node:assert/strict";
import test from "node:test";
import { load } from "../support/load.mjs";

const { judgeReply, waitMs } = await load("home/judge_reply.ts");
const { afterVerdict, isWanted } = await load("home/send_queue.ts");

const kExpected = { instance: "uuid:1", sha256: "ab" };
const kReceipt = { instance: "uuid:1", revision: "r", sequence: 3, day: "2026-11-25", sha256: "AB" };
const reply = (status, value, more = {}) => ({
  status,
  contentType: "application/json",
  text: typeof value === "string" ? value : JSON.stringify(value),
  retryAfter: null,
  ...more,
});
const judge = (one) => judgeReply(one, kExpected);

test("a receipt for this record is success, a second one too", () => {
  for (const status of ["stored", "duplicate"]) {
    const verdict = judge(reply(200, { receipt: kReceipt, status }));
    assert.equal(verdict.kind, "stored");
    assert.equal(verdict.receipt.revision, "r");
  }
});

test("nothing that is not surely the server's counts as success or refusal", () => {
  const html = { contentType: "text/html; charset=utf-8" };
  const cases = [
    reply(200, "<h1>Sign in</h1>", html),
    reply(200, JSON.stringify({ receipt: kReceipt }), html),
    reply(200, { ok: true }),
    reply(200, "not json"),
    reply(200, [kReceipt]),
    reply(200, "null"),
    reply(404, "<h1>Not found</h1>", html),
    reply(410, { error: "gone" }),
    reply(302, {}),
  ];
  for (const one of cases) {
    assert.deepEqual(judge(one), { kind: "later", waits: "portal" }, JSON.stringify(one));
  }
});

test("a receipt of another record or other bytes is not believed", () => {
  for (const wrong of [{ instance: "uuid:2" }, { sha256: "cd" }]) {
    const verdict = judge(reply(200, { receipt: { ...kReceipt, ...wrong } }));
    assert.deepEqual(verdict, { kind: "later", waits: "receipt" });
  }
});

test("missing files are asked for, whatever else the reply says", () => {
  const verdict = judge(reply(409, { code: "missing-files", missing: ["ff"] }));
  assert.deepEqual(verdict, { kind: "missing", files: ["ff"] });
});

test("a refusal needs a code; its message is kept", () => {
  for (const status of [403, 404, 409, 410, 413, 422]) {
    const verdict = judge(reply(status, { code: "x", message: "Why." }));
    assert.deepEqual(verdict, { kind: "refused", message: "Why." });
  }
});

test("a busy server is waited for as long as it says, within bounds", () => {
  assert.deepEqual(judge(reply(503, { code: "x" }, { retryAfter: "7" })), {
    kind: "later", waits: "busy", afterS: 7,
  });
  assert.deepEqual(judge(reply(429, { code: "x" }, { retryAfter: "999999" })), {
    kind: "later", waits: "busy", afterS: 3600,
  });
  for (const retryAfter of [null, "soon", "-5"]) {
    assert.deepEqual(judge(reply(500, { code: "x" }, { retryAfter })), { kind: "later", waits: "busy" });
  }
  assert.deepEqual(judge(reply(502, "<h1>Bad gateway</h1>", { contentType: "text/html" })), {
    kind: "later", waits: "busy",
  });
});

test("waiting grows, has an end and a part of chance", () => {
  assert.ok(waitMs(0, 0.5) === 5_000);
  assert.ok(waitMs(1, 0.5) > waitMs(0, 0.5));
  assert.equal(waitMs(99, 0.5), 600_000);
  assert.ok(waitMs(3, 0) < waitMs(3, 1));
});

const kRecord = {
  instance: "uuid:1", draft: "d", xml: "<data/>", files: [{ name: "a.jpg" }], state: "waiting",
  attempts: 1, notBefore: 0, waits: "network",
};

test("the answers go only with a receipt", () => {
  const sent = afterVerdict(kRecord, { kind: "stored", receipt: kReceipt }, 1000, 0.5);
  assert.equal(sent.state, "sent");
  assert.equal(sent.xml, "");
  assert.equal(sent.waits, undefined);
  const others = [
    { kind: "refused", message: "Why." },
    { kind: "missing", files: [] },
    { kind: "later", waits: "portal" },
    { kind: "later", waits: "busy", afterS: 9 },
  ];
  for (const verdict of others) {
    const kept = afterVerdict(kRecord, verdict, 1000, 0.5);
    assert.equal(kept.xml, "<data/>");
    assert.equal(kept.files.length, 1);
    assert.equal(kept.attempts, 2);
  }
});

test("a refused record says why and is not tried again by itself", () => {
  const kept = afterVerdict(kRecord, { kind: "refused", message: "Why." }, 1000, 0.5);
  assert.equal(kept.state, "refused");
  assert.equal(kept.reason, "Why.");
});

test("what waits has a time before which it is not tried again", () => {
  const asked = afterVerdict(kRecord, { kind: "later", waits: "busy", afterS: 9 }, 1000, 0.5);
  assert.equal(asked.notBefore, 10_000);
  const grown = afterVerdict(kRecord, { kind: "later", waits: "network" }, 1000, 0.5);
  assert.equal(grown.notBefore, 1000 + waitMs(2, 0.5));
});

test("a round in the background takes what waits for its time, and nothing that was refused", () => {
  const later = { ...kRecord, notBefore: 5_000 };
  assert.equal(isWanted(later, "due", 4_999), false);
  assert.equal(isWanted(later, "due", 5_000), true);
  assert.equal(isWanted(later, "waiting", 0), true);
  for (const wanted of ["due", "waiting"]) {
    assert.equal(isWanted({ ...kRecord, state: "refused" }, wanted, 9), false);
  }
  assert.equal(isWanted({ ...kRecord, state: "refused" }, "all", 9), true);
  for (const wanted of ["due", "waiting", "all"]) {
    assert.equal(isWanted({ ...kRecord, state: "sent" }, wanted, 9), false);
  }
});

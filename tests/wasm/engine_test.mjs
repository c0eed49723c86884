// What a page relies on when the engine ends: node engine_test.mjs engine.wasm

import assert from "node:assert/strict";
import test from "node:test";

import { EngineTrap, loadModule, startEngineIn } from "../../forms/wasm/node/engine.mjs";

const module = await loadModule(process.argv[2]);

const FORM = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>t</h:title><model><instance><data id="f"><name/><meta>
<instanceID/></meta></data></instance><bind nodeset="/data/name" type="string"/></model></h:head>
<h:body><input ref="/data/name"/></h:body>
</h:html>`;

const fine = (answer) => {
  assert.equal(answer.error, undefined);
  return answer;
};

function open(engine, more = {}) {
  fine(engine.request({ op: "loadForm", xml: FORM }));
  return fine(engine.request({ op: "open", form: "f1", ...more }));
}

/** Fills the memory with lists of forms up to nine tenths of what there may be. */
function fillMemory(engine) {
  const text = "x".repeat(8 << 20);
  for (let i = 0; i < 100 && engine.memoryBytes < 480e6; ++i)
    fine(engine.request({ op: "loadForm", xml: FORM, media: { "jr://file/x.csv": { text } } }));
  assert.ok(engine.memoryBytes >= 480e6);
}

/** Asks for a text that is larger than the memory. */
function askForTooMuch(engine) {
  const value = "x".repeat(8 << 20);
  fine(engine.request({ op: "setValue", instance: "i1", ref: "/data/name", value }));
  const expression = `string-length(concat(${Array(100).fill("/data/name").join()}))`;
  engine.request({ op: "evaluate", instance: "i1", expression });
}

test("an end in the module is an error with its reason, and a new instance goes on", async () => {
  const engine = await startEngineIn(module);
  open(engine);
  fine(engine.request({ op: "setValue", instance: "i1", ref: "/data/name", value: "Ärger" }));
  const state = engine.request({ op: "serialize", instance: "i1", includeNonRelevant: true }).xml;
  assert.throws(() => askForTooMuch(engine), (error) => {
    assert.ok(error instanceof EngineTrap);
    assert.match(error.message, /no memory left/);
    return true;
  });
  assert.throws(() => engine.request({ op: "hello" }), EngineTrap);

  const next = await startEngineIn(module);
  open(next, { mode: "restore", xml: state });
  const { node } = next.request({ op: "node", instance: "i1", ref: "/data/name" });
  assert.equal(node.value, "Ärger");
  const again = next.request({ op: "serialize", instance: "i1", includeNonRelevant: true }).xml;
  assert.equal(again, state);
});

test("a request that does not fit is refused and the instance lives", async () => {
  const engine = await startEngineIn(module);
  open(engine);
  fillMemory(engine);
  const large = new Uint8Array(100 << 20);
  assert.throws(() => engine.requestBytes(large), RangeError);
  fine(engine.request({ op: "node", instance: "i1", ref: "/data/name" }));
});

test("what is not a request is refused and the instance lives", async () => {
  const engine = await startEngineIn(module);
  const wrong = ["", "{", "[]", "nul", "\xff\xfe", "{}".repeat(2), "[".repeat(100000)];
  for (const text of wrong) {
    const answer = engine.requestBytes(Buffer.from(text, "latin1"));
    assert.equal(JSON.parse(Buffer.from(answer).toString()).error.code, "request");
  }
  fine(engine.request({ op: "hello" }));
});

test("a file cannot be named, and a workbook is not read", async () => {
  const engine = await startEngineIn(module);
  const named = engine.request({ op: "loadForm", file: "/etc/hostname" });
  assert.equal(named.error.code, "form");
  assert.match(named.error.message, /no files here/);
  assert.equal(engine.request({ op: "loadForm", xml: "PK\u0003\u0004" }).error.code, "form");
});

test("forgetting everything gives the memory back", async () => {
  const engine = await startEngineIn(module);
  const text = "x".repeat(32 << 20);
  for (let i = 0; i < 20; ++i) {
    fine(engine.request({ op: "loadForm", xml: FORM, media: { "jr://file/x.csv": { text } } }));
    engine.reset();
  }
  assert.equal(engine.request({ op: "open", form: "f1" }).error.code, "no-such-form");
});

test("the host gives time, zone and chance", async () => {
  const noon = Date.UTC(2026, 6, 1, 12);
  let asked = 0;
  const engine = await startEngineIn(module, {
    now: () => noon,
    randomValues: (bytes) => bytes.fill(++asked),
  });
  const value = (expression, timezone) =>
    engine.request({ document: "<d/>", expression, timezone }).value;
  assert.equal(value("now()", "Asia/Kathmandu"), "2026-07-01T17:45:00.000+05:45");
  assert.equal(value("now()", "America/New_York"), "2026-07-01T08:00:00.000-04:00");
  assert.match(value("uuid()", "UTC"), /^[0-9a-f-]{36}$/);
  assert.ok(asked > 0);
  const refusal = engine.request({ document: "<d/>", expression: "1", timezone: "Mars/Base" });
  assert.equal(refusal.error.code, "request");
});

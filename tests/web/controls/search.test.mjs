import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import test from "node:test";
import { load } from "./load.mjs";

const { comparable, find, searchIndex } = await load("controls/search.ts");
const { listWindow, scrollToRow } = await load("controls/list_window.ts");

const kTowns = [
  "Neustadt in Sachsen",
  "Görlitz",
  "Stadt Meißen",
  "Oberlausitz",
  "Stadtroda",
  "Altstadt",
];
const index = searchIndex(kTowns);
const found = (query) => find(index, query).map((at) => kTowns[at]);

test("a blank query finds everything in the form's order", () =>
  assert.deepEqual(found("  "), kTowns));

test("the beginning of a label comes first, then the beginning of a word, then the rest", () => {
  assert.deepEqual(found("stadt"), [
    "Stadt Meißen",
    "Stadtroda",
    "Neustadt in Sachsen",
    "Altstadt",
  ]);
});

test("case and accents do not count, and ß is ss", () => {
  assert.deepEqual(found("GORLITZ"), ["Görlitz"]);
  assert.deepEqual(found("meissen"), ["Stadt Meißen"]);
  assert.equal(comparable("  Café   Straße "), "cafe strasse");
});

test("every word must be there, in any order", () => {
  assert.deepEqual(found("sachsen neu"), ["Neustadt in Sachsen"]);
  assert.deepEqual(found("sachsen görlitz"), []);
});

test("what looks like a pattern is plain text", () => assert.deepEqual(found("st.*"), []));

test("each of 50,000 choices is looked at once, however many are found", () => {
  const { texts } = searchIndex(
    Array.from({ length: 50_000 }, (_, at) => `Gemeinde ${at} an der Straße ${at % 977}`),
  );
  const reads = new Map();
  const counted = new Proxy(texts, {
    get(list, key) {
      if (typeof key === "string" && /^\d+$/.test(key)) reads.set(key, (reads.get(key) ?? 0) + 1);
      return list[key];
    },
  });
  for (const query of ["straße", "gemeinde 49", "an der", "4", "nichts davon"]) {
    reads.clear();
    find({ texts: counted }, query);
    assert.equal(reads.size, texts.length);
    assert.equal(Math.max(...reads.values()), 1, query);
    // A figure for people; what else runs on the machine decides it.
    const start = performance.now();
    find({ texts }, query);
    console.log(`# ${query}: ${(performance.now() - start).toFixed(1)} ms`);
  }
});

test("only the rows that can be seen, and a few around them, are drawn", () => {
  const top = listWindow(50_000, 50, 0, 300);
  assert.deepEqual([top.first, top.above], [0, 0]);
  assert.ok(top.end >= 7 && top.end < 20);
  const middle = listWindow(50_000, 50, 1_000_000, 300);
  assert.ok(
    middle.first <= 20_000 && middle.first > 19_980 && middle.end >= 20_006 && middle.end < 20_030,
  );
  assert.equal(middle.above + (middle.end - middle.first) * 50 + middle.below, 50_000 * 50);
});

test("a window past the end shows the last rows", () => {
  const { first, end, below } = listWindow(10, 50, 9_999, 300);
  assert.deepEqual([end, below], [10, 0]);
  assert.ok(first <= 4);
  assert.deepEqual(listWindow(0, 50, 0, 300), { first: 0, end: 0, above: 0, below: 0 });
});

test("a row scrolls into view by the shortest way", () => {
  assert.equal(scrollToRow(3, 50, 0, 300), 0);
  assert.equal(scrollToRow(6, 50, 0, 300), 50);
  assert.equal(scrollToRow(1, 50, 200, 300), 50);
});

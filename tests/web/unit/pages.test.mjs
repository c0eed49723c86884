import assert from "node:assert/strict";
import test from "node:test";
import { load } from "../support/load.mjs";

const { pagesOf, pageWith, placeAfterChange, questionsOf } = await load("frame/pages.ts");

/** "root/group/question" style ids: the parent is what stands before the last slash. */
function nodes(...all) {
  const map = new Map();
  for (const [id, kind, more = {}] of all) {
    const at = id.lastIndexOf("/");
    map.set(id, { id, kind, parent: at < 0 ? null : id.slice(0, at), relevant: true, ...more });
  }
  return map;
}
const q = (node) => ({ event: "question", node });
const g = (node) => ({ event: "group", node });
const r = (node) => ({ event: "repeat", node });
const add = (node) => ({ event: "prompt-new-repeat", node });
const kBegin = { event: "beginning-of-form" };
const kEnd = { event: "end-of-form" };
const kList = { appearances: ["field-list"] };
const keys = (pages) => pages.map((page) => page.key);

test("each question is a page, a group is none, and the end comes last", () => {
  const all = nodes(["d", "root"], ["d/a", "value"], ["d/g", "group"], ["d/g/b", "value"]);
  const pages = pagesOf([kBegin, q("d/a"), g("d/g"), q("d/g/b"), kEnd], all);
  assert.deepEqual(keys(pages), ["d/a", "d/g/b", "end"]);
  assert.deepEqual(pages[1].trail, ["d/g"]);
});

test("a field-list is one page with everything in it, nested", () => {
  const all = nodes(
    ["d", "root"], ["d/g", "group", kList], ["d/g/a", "value"], ["d/g/h", "group"],
    ["d/g/h/b", "value"], ["d/c", "value"],
  );
  const pages = pagesOf([kBegin, g("d/g"), q("d/g/a"), g("d/g/h"), q("d/g/h/b"), q("d/c"), kEnd], all);
  assert.deepEqual(keys(pages), ["d/g", "d/c", "end"]);
  assert.deepEqual(questionsOf(pages[0]), ["d/g/a", "d/g/h/b"]);
  assert.equal(pages[0].items[1].kind, "group");
});

test("a field-list without any question is no page", () => {
  const all = nodes(["d", "root"], ["d/g", "group", kList], ["d/a", "value"]);
  assert.deepEqual(keys(pagesOf([kBegin, g("d/g"), q("d/a"), kEnd], all)), ["d/a", "end"]);
});

test("entries of a repeat are asked in turn, then their list stands on a page", () => {
  const all = nodes(
    ["d", "root"], ["d/p", "repeat-range"], ["d/p/1", "repeat"], ["d/p/1/n", "value"],
    ["d/p/2", "repeat"], ["d/p/2/n", "value"],
  );
  const events = [kBegin, r("d/p/1"), q("d/p/1/n"), r("d/p/2"), q("d/p/2/n"), add("d/p"), kEnd];
  const pages = pagesOf(events, all);
  assert.deepEqual(keys(pages), ["d/p/1/n", "d/p/2/n", "d/p", "end"]);
  assert.equal(pages[2].kind, "repeat");
  assert.deepEqual(pages[1].trail, ["d/p/2"]);
});

test("a repeat that is a field-list has one page for each entry", () => {
  const all = nodes(
    ["d", "root"], ["d/p", "repeat-range", kList], ["d/p/1", "repeat"], ["d/p/1/n", "value"],
    ["d/p/1/m", "value"],
  );
  const pages = pagesOf([kBegin, r("d/p/1"), q("d/p/1/n"), q("d/p/1/m"), add("d/p"), kEnd], all);
  assert.deepEqual(keys(pages), ["d/p/1", "d/p", "end"]);
  assert.deepEqual(questionsOf(pages[0]), ["d/p/1/n", "d/p/1/m"]);
});

test("a repeat inside a field-list stays on its page, also without entries", () => {
  const all = nodes(
    ["d", "root"], ["d/g", "group", kList], ["d/g/a", "value"], ["d/g/p", "repeat-range"],
    ["d/g/p/1", "repeat"], ["d/g/p/1/n", "value"],
  );
  const full = pagesOf([g("d/g"), q("d/g/a"), r("d/g/p/1"), q("d/g/p/1/n"), add("d/g/p"), kEnd], all);
  assert.deepEqual(keys(full), ["d/g", "end"]);
  assert.deepEqual(full[0].items[1], {
    kind: "repeat",
    range: "d/g/p",
    entries: [{ node: "d/g/p/1", items: [{ kind: "question", node: "d/g/p/1/n" }] }],
  });
  const none = pagesOf([g("d/g"), q("d/g/a"), add("d/g/p"), kEnd], all);
  assert.deepEqual(none[0].items[1], { kind: "repeat", range: "d/g/p", entries: [] });
});

test("the sections of a form laid out as a grid are pages, unless it asks for pages", () => {
  const grid = (classes) =>
    nodes(["d", "root", { classes }], ["d/g", "group"], ["d/g/a", "value"], ["d/g/b", "value"]);
  const events = [kBegin, g("d/g"), q("d/g/a"), q("d/g/b"), kEnd];
  assert.deepEqual(keys(pagesOf(events, grid(["theme-grid"]))), ["d/g", "end"]);
  assert.deepEqual(keys(pagesOf(events, grid(["theme-grid", "pages"]))), ["d/g/a", "d/g/b", "end"]);
});

test("events of nodes that are gone are passed over", () => {
  const all = nodes(["d", "root"], ["d/a", "value"]);
  assert.deepEqual(keys(pagesOf([q("d/gone"), q("d/a"), kEnd], all)), ["d/a", "end"]);
});

test("where a page vanishes, the one before it counts", () => {
  const all = nodes(["d", "root"], ["d/a", "value"], ["d/b", "value"], ["d/c", "value"]);
  const before = pagesOf([q("d/a"), q("d/b"), q("d/c"), kEnd], all);
  const after = pagesOf([q("d/a"), q("d/c"), kEnd], all);
  assert.equal(placeAfterChange(before, "d/b", after), 0);
  assert.equal(placeAfterChange(before, "d/c", after), 1);
  assert.equal(placeAfterChange(before, "d/a", pagesOf([q("d/c"), kEnd], all)), 0);
  assert.equal(placeAfterChange([], "", before), 0);
});

test("the page of a node is found, inside a field-list and for an entry too", () => {
  const all = nodes(
    ["d", "root"], ["d/g", "group", kList], ["d/g/a", "value"], ["d/p", "repeat-range"],
    ["d/p/1", "repeat"], ["d/p/1/n", "value"],
  );
  const pages = pagesOf([g("d/g"), q("d/g/a"), r("d/p/1"), q("d/p/1/n"), add("d/p"), kEnd], all);
  assert.equal(pageWith(pages, all, "d/g/a"), 0);
  assert.equal(pageWith(pages, all, "d/p/1/n"), 1);
  assert.equal(pageWith(pages, all, "d/nowhere"), -1);
});

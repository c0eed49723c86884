import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { moved, rankOrder, readPosition } = await load("controls/rank_moves.ts");

test("an unanswered ranking stands in the form's order", () => {
  assert.deepEqual(rankOrder(["a", "b", "c"], []), ["a", "b", "c"]);
});

test("an answer leads, new choices follow, what is no longer offered goes", () => {
  assert.deepEqual(rankOrder(["a", "b", "c", "d"], ["c", "x", "a"]), ["c", "a", "b", "d"]);
});

test("an entry moves and the others close up", () => {
  assert.deepEqual(moved(["a", "b", "c", "d"], 0, 2), ["b", "c", "a", "d"]);
  assert.deepEqual(moved(["a", "b", "c", "d"], 3, 0), ["d", "a", "b", "c"]);
});

test("a place outside the list is its end, an entry outside it changes nothing", () => {
  assert.deepEqual(moved(["a", "b"], 0, 9), ["b", "a"]);
  assert.deepEqual(moved(["a", "b"], 1, -3), ["b", "a"]);
  assert.deepEqual(moved(["a", "b"], 5, 0), ["a", "b"]);
});

test("a typed position counts from 1 and must exist", () => {
  assert.deepEqual(
    ["1", " 3. ", "0", "4", "-1", "1,5", "", "a"].map((text) => readPosition(text, 3)),
    [0, 2, null, null, null, null, null, null],
  );
});

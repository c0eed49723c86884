import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { scaleOf, stepCount, stepOf, ticks, valueAt } = await load("controls/range_steps.ts");

test("values are written as exactly as the form writes its steps", () => {
  const scale = scaleOf("0", "1", "0.1");
  const all = Array.from({ length: stepCount(scale) + 1 }, (_, at) => valueAt(scale, at));
  assert.deepEqual(all, [
    "0.0",
    "0.1",
    "0.2",
    "0.3",
    "0.4",
    "0.5",
    "0.6",
    "0.7",
    "0.8",
    "0.9",
    "1.0",
  ]);
});

test("a scale may go down", () => {
  const scale = scaleOf("10", "0", "5");
  assert.deepEqual(
    [0, 1, 2].map((at) => valueAt(scale, at)),
    ["10", "5", "0"],
  );
  assert.equal(stepOf(scale, "5"), 1);
});

test("an end that no step meets is not reached", () => {
  const scale = scaleOf("0", "10", "3");
  assert.equal(stepCount(scale), 3);
  assert.equal(valueAt(scale, 99), "9");
});

test("values beside the steps have no place", () => {
  const scale = scaleOf("1", "5", "0.5");
  assert.deepEqual(
    ["1", "1.5", "5", "1.2", "0.5", "5.5", "", "x"].map((value) => stepOf(scale, value)),
    [0, 1, 8, null, null, null, null, null],
  );
});

for (const [start, end, step] of [
  ["", "5", "1"],
  ["1", "x", "1"],
  ["1", "5", "0"],
  ["1", "1", "1"],
  ["0", "1", "0.0000001"],
]) {
  test(`start "${start}", end "${end}", step "${step}" is no scale`, () =>
    assert.equal(scaleOf(start, end, step), null));
}

test("ticks keep the form's interval, and thin out where there is none", () => {
  assert.deepEqual(ticks(scaleOf("1", "5", "1"), 2, 11), [0, 2, 4]);
  assert.deepEqual(
    ticks(scaleOf("0", "100", "1"), null, 11),
    [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
  );
});

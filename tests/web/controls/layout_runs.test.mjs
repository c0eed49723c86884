import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { runsOf } = await load("controls/layout_runs.ts");

const choices = (...values) => values.map((value) => ({ value, label: { text: value } }));
const select = (id, appearance, list = choices("1", "2"), control = "select1") => ({
  node: { id, control, appearances: [appearance], choices: list },
});
const shape = (members) =>
  runsOf(members).map((run) =>
    run.kind === "one"
      ? run.member.node.id
      : [run.heads.map((head) => head.node.id), run.rows.map((row) => row.node.id)],
  );

test("a label and the rows after it are one table", () => {
  const members = [
    select("h", "label"),
    select("a", "list-nolabel"),
    select("b", "list-nolabel"),
    select("c", ""),
  ];
  assert.deepEqual(shape(members), [[["h"], ["a", "b"]], "c"]);
});

test("scales that follow each other are one table, one alone is none", () => {
  const text = { node: { id: "t", control: "input" } };
  assert.deepEqual(
    shape([select("a", "likert"), select("b", "likert"), text, select("c", "likert")]),
    [[[], ["a", "b"]], "t", "c"],
  );
});

test("other choices begin another table", () => {
  const other = choices("x", "y");
  const members = [
    select("a", "likert"),
    select("b", "likert"),
    select("c", "likert", other),
    select("d", "likert", other),
  ];
  assert.deepEqual(shape(members), [
    [[], ["a", "b"]],
    [[], ["c", "d"]],
  ]);
});

test("a label without rows, or with other choices, stands alone", () => {
  assert.deepEqual(shape([select("h", "label")]), ["h"]);
  assert.deepEqual(shape([select("h", "label"), select("a", "list-nolabel", choices("x"))]), [
    "h",
    "a",
  ]);
});

test("what the frame draws itself breaks a table", () => {
  const group = { node: { id: "g", control: "group" }, drawn: {} };
  assert.deepEqual(shape([select("a", "likert"), group, select("b", "likert")]), ["a", "g", "b"]);
});

test("choices that are all blank lists make no table", () => {
  assert.deepEqual(shape([select("a", "likert", []), select("b", "likert", [])]), ["a", "b"]);
});

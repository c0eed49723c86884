// A choice among 50,000: only the visible rows exist, also while one types.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { start } from "./page.mjs";

const kCount = 50_000;
let world;
let form;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "long-"));
  const rows = [
    "| survey |",
    "| | type | name | label | appearance |",
    "| | select_one places | place | Ort | minimal |",
  ];
  rows.push("| | select_one some | plain | Ort, ohne Angabe der Darstellung | |");
  rows.push("| choices |", "| | list_name | name | label |");
  for (let at = 0; at < kCount; at += 1)
    rows.push(`| | places | p${at} | Gemeinde ${at} an der Straße ${at % 977} |`);
  for (let at = 0; at < 300; at += 1) rows.push(`| | some | s${at} | Ortsteil ${at} |`);
  rows.push("| settings |", "| | form_title | form_id |", "| | Lang | long |");
  writeFileSync(join(folder, "long.md"), `${rows.join("\n")}\n`);
  world = await start({ folders: [folder] });
  form = await world.open("long.md");
});
after(async () => {
  await form.close();
  await world.close();
  rmSync(folder, { recursive: true });
});

/** For each key, once the page has drawn it: milliseconds and rows drawn. */
const drawnAfter = (keys) =>
  form.page.evaluate(async (text) => {
    const input = document.querySelector("[role=combobox]");
    const took = [];
    for (let length = 1; length <= text.length; length += 1) {
      const start = performance.now();
      input.value = text.slice(0, length);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve));
      const ms = performance.now() - start;
      // Scrolling tells the list in the frame after.
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let at = 0; at < 3; at += 1) await frame();
      const rows = document.querySelectorAll("[role=option]");
      took.push({ ms, rows: rows.length });
    }
    return took;
  }, keys);

test("a list without an appearance is searched, too, when it is long", async () => {
  await form.show("/data/plain");
  assert.equal(await form.page.getByRole("combobox").count(), 1);
  assert.equal(await form.page.getByRole("radio").count(), 0);
});

test("only a window of the list is drawn, and its size is told", async () => {
  await form.show("/data/place");
  await form.tabToField("/data/place");
  await form.press("ArrowDown");
  const options = form.page.getByRole("option");
  assert.ok((await options.count()) < 40);
  assert.equal(await options.first().getAttribute("aria-setsize"), String(kCount));
  await form.press("ArrowUp"); // round to the end
  assert.equal(
    await form.page.locator(".c-option-active").getAttribute("aria-posinset"),
    String(kCount),
  );
  assert.ok((await options.count()) < 40);
  await form.press("Escape");
});

test("while one types, only a window of the list is drawn, and Enter takes what is found", async () => {
  await form.show("/data/place");
  await form.tabToField("/data/place");
  await drawnAfter("gem"); // the index is made with the first key
  const keys = await drawnAfter("gemeinde 4711 an");
  // A figure for people: what else runs on the machine decides it.
  console.log(`# slowest key ${Math.max(...keys.map((key) => key.ms)).toFixed(1)} ms`);
  for (const { rows } of keys) assert.ok(rows > 0 && rows < 40, `${rows} rows`);
  await form.press("Enter");
  await form.holds("/data/place", "p4711");
});

test("an answer does not bring the list again", async () => {
  const kept = await form.page.evaluate(async () => {
    const node = () => [...filling.session.nodes.values()].find((one) => one.ref === "/data/place");
    const before = node().choices;
    await filling.answer(node().id, "p7");
    return node().choices === before && before.length;
  });
  assert.equal(kept, kCount);
});

// Choices with pictures: in lists, columns, scales, searches and rankings.
import assert from "node:assert/strict";
import test, { after, before, beforeEach } from "node:test";
import { start } from "./page.mjs";

let world;
let form;
before(async () => {
  world = await start();
  form = await world.open("pictures.md");
});
after(async () => {
  await form.close();
  await world.close();
});
beforeEach(() => form.reset());

for (const name of ["list", "columns", "scale", "order"]) {
  test(`${name}: a picture beside its text says nothing more, one alone is named, a missing one leaves the text`, async () => {
    const question = await form.show(`/data/all/${name}`);
    const pictures = question.locator("img");
    await form.page.waitForFunction(
      (id) => document.querySelectorAll(`[data-node="${id}"] img`).length === 3,
      await form.idOf(`/data/all/${name}`),
    );
    assert.deepEqual(await pictures.evaluateAll((all) => all.map((one) => one.alt)), [
      "",
      "",
      "bare",
    ]);
    assert.match(await question.textContent(), /Picture missing/);
  });
}

test("a pictured choice is chosen by its picture", async () => {
  const question = await form.show("/data/all/columns");
  const box = await question.locator("img").nth(1).boundingBox();
  await form.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await form.holds("/data/all/columns", "high");
});

test("a choice without a text is found by its value", async () => {
  await form.show("/data/all/search");
  await form.tabToField("/data/all/search");
  await form.type("bare");
  await form.press("Enter");
  await form.holds("/data/all/search", "bare");
});

for (const size of ["desktop", "narrow"]) {
  test(`no barrier with pictures: ${size}`, async () => {
    const other = await world.open("pictures.md", { size });
    assert.deepEqual(await other.violations(), []);
    await other.close();
  });
}

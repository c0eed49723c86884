// Answers that are chosen, ordered and slid: by keyboard alone and by pointer.
import assert from "node:assert/strict";
import test, { after, before, beforeEach } from "node:test";
import { start } from "./page.mjs";

let world;
let form;
before(async () => {
  world = await start();
  form = await world.open("all_types.md", { language: "Deutsch (de)" });
});
after(async () => {
  await form.close();
  await world.close();
});
beforeEach(() => form.reset());

const inside = async (ref, selector) => `[data-node="${await form.idOf(ref)}"] ${selector}`;
const click = async (ref, name, role = "button") =>
  (await form.question(ref)).getByRole(role, { name }).click();

for (const ref of ["one", "one_columns", "one_three", "picture_map", "agree"].map(
  (name) => `/data/choices/${name}`,
)) {
  const [first, second] = ref.endsWith("agree") ? ["a1", "a2"] : ["apple", "pear"];
  test(`${ref} is chosen by keyboard and by pointer, and taken back`, async () => {
    await form.show(ref);
    await form.tabTo(await inside(ref, "input[type=radio]"));
    await form.press("Space");
    await form.holds(ref, first);
    await form.press("ArrowDown");
    await form.holds(ref, second);
    await form.page.locator(await inside(ref, `label:has([value="${first}"])`)).click();
    await form.holds(ref, first);
    await click(ref, /Antwort löschen/);
    await form.holds(ref, "");
  });
}

for (const ref of ["many", "many_pack"].map((name) => `/data/choices/${name}`)) {
  test(`${ref} holds what is ticked in the order of the list`, async () => {
    await form.show(ref);
    await form.tabTo(await inside(ref, '[value="plum"]'));
    await form.press("Space");
    await form.tabTo(await inside(ref, '[value="apple"]'), { back: true });
    await form.press("Space");
    await form.holds(ref, "apple plum");
    await form.page.locator(await inside(ref, 'label:has([value="plum"])')).click();
    await form.holds(ref, "apple");
  });
}

test("a quick choice moves on by tap, and by Enter, but not while looking round with the arrows", async () => {
  const ref = "/data/choices/one_quick";
  await form.show(ref);
  const at = await form.page.evaluate(() => filling.at);
  await form.tabTo(await inside(ref, "input[type=radio]"));
  await form.press("Space", "ArrowDown");
  await form.holds(ref, "pear");
  assert.equal(await form.page.evaluate(() => filling.at), at);
  await form.press("Enter");
  await form.page.waitForFunction((was) => filling.at === was + 1, at);
  await form.show(ref);
  await form.page.locator(await inside(ref, 'label:has([value="plum"])')).click();
  await form.page.waitForFunction((was) => filling.at === was + 1, at);
  assert.equal(await form.value(ref), "plum");
});

test('an own answer is asked for when "other" is chosen', async () => {
  await form.show("/data/choices/other");
  await form.page
    .locator(await inside("/data/choices/other", 'label:has([value="other"])'))
    .click();
  await form.holds("/data/choices/other", "other");
  await form.tabToField("/data/choices/other_other");
  await form.type("Quitte");
  await form.press("Tab");
  await form.holds("/data/choices/other_other", "Quitte");
});

test("searching by keyboard: open, narrow, choose, clear", async () => {
  const ref = "/data/searches/district";
  await form.show(ref);
  await form.tabToField(ref);
  const input = form.page.locator(`#${await form.idOf(ref)}-input`);
  assert.equal(await input.getAttribute("aria-expanded"), "false");
  await form.press("ArrowDown");
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  await form.type("meiss");
  assert.equal(await form.page.getByRole("option").count(), 1);
  await form.press("Enter");
  await form.holds(ref, "meissen");
  assert.equal(await input.inputValue(), "Landkreis Meißen");
  assert.equal(await input.getAttribute("aria-expanded"), "false");
  await form.press("ArrowDown", "ArrowDown", "Enter");
  await form.holds(ref, "zwickau");
  await form.press("ArrowDown", "Escape");
  assert.equal(await input.getAttribute("aria-expanded"), "false");
  assert.equal(await input.inputValue(), "Landkreis Zwickau");
  await click(ref, /Antwort löschen/);
  await form.holds(ref, "");
});

test("the option that Enter would choose is the one that is announced", async () => {
  const ref = "/data/searches/district";
  await form.show(ref);
  await form.tabToField(ref);
  await form.type("stadt");
  const input = form.page.locator(`#${await form.idOf(ref)}-input`);
  const active = await input.getAttribute("aria-activedescendant");
  assert.equal(await form.page.locator(`[id="${active}"]`).textContent(), "Stadt Dresden");
  await form.type("xyz");
  assert.equal(await input.getAttribute("aria-activedescendant"), null);
  assert.match(await form.page.getByRole("listbox").textContent(), /Nichts gefunden/);
  await form.press("Enter");
  assert.equal(await form.value(ref), "");
});

test("searching by pointer, several: chosen ones can be taken away", async () => {
  const ref = "/data/searches/districts";
  await form.show(ref);
  await form.page.locator(`#${await form.idOf(ref)}-input`).click();
  await form.page.getByRole("option", { name: "Vogtlandkreis" }).click();
  await form.page.getByRole("option", { name: "Landkreis Bautzen" }).click();
  await form.holds(ref, "bautzen vogtland");
  await form.press("Escape");
  await click(ref, "Vogtlandkreis entfernen");
  await form.holds(ref, "bautzen");
  await form.press("Backspace");
  await form.holds(ref, "");
});

test("a list that depends on another answer follows it", async () => {
  await form.show("/data/searches/town");
  assert.match(
    await (await form.question("/data/searches/town")).textContent(),
    /nichts auszuwählen/,
  );
  await form.tabToField("/data/searches/district");
  await form.type("görlitz");
  await form.press("Enter");
  await form.holds("/data/searches/district", "goerlitz");
  await form.tabToField("/data/searches/town");
  await form.press("ArrowDown", "ArrowDown", "Enter");
  await form.holds("/data/searches/town", "zittau");
});

test("rows of a table have their question and their column as name, and arrive", async () => {
  await form.show("/data/matrix/row_b");
  const table = form.page.locator("table");
  assert.equal(await table.count(), 1);
  assert.equal(await table.locator("th[scope=col]").count(), 5);
  assert.equal(await table.locator("th[scope=row]").count(), 3);
  await form.page.getByRole("radio", { name: "Das Geld reicht. stimme eher zu" }).click();
  await form.holds("/data/matrix/row_b", "a4");
  await form.tabTo(await inside("/data/matrix/row_c", "input"));
  await form.press("Space", "ArrowRight");
  await form.holds("/data/matrix/row_c", "a2");
});

test("a missing answer in a table is named in its row", async () => {
  await form.show("/data/matrix/row_a");
  await form.page.evaluate(async () => filling.next());
  await form.page.waitForTimeout(100);
  assert.notEqual(await form.error("/data/matrix/row_a"), "");
  assert.equal(await form.error("/data/matrix/row_b"), "");
});

test("scales that follow each other are one table on a wide screen and questions on a narrow one", async () => {
  await form.show("/data/scales/scale_a");
  assert.equal(await form.page.locator("table").count(), 1);
  await form.page.setViewportSize({ width: 320, height: 640 });
  await form.page.waitForFunction(() => document.querySelector("table") === null);
  assert.equal(await form.page.getByRole("radiogroup").count(), 2);
  await form.page.locator(await inside("/data/scales/scale_b", 'label:has([value="a5"])')).click();
  await form.holds("/data/scales/scale_b", "a5");
  await form.page.setViewportSize({ width: 1100, height: 900 });
  await form.page.waitForSelector("table");
  assert.ok(
    await form.page.locator(await inside("/data/scales/scale_b", '[value="a5"]')).isChecked(),
  );
});

test("a ranking that nobody touched is no answer; taking it is one", async () => {
  const ref = "/data/orders/order";
  const question = await form.show(ref);
  assert.match(await question.textContent(), /Noch keine Antwort/);
  assert.equal(await form.value(ref), "");
  await click(ref, "Diese Reihenfolge übernehmen");
  await form.holds(ref, "apple pear plum cherry other");
});

test("an entry moves by its buttons, and the button keeps the focus", async () => {
  const ref = "/data/orders/order";
  await form.show(ref);
  await form.tabTo('[aria-label="Birne nach oben"]');
  await form.press("Enter");
  await form.holds(ref, "pear apple plum cherry other");
  assert.equal(
    await form.page.evaluate(() => document.activeElement.getAttribute("aria-label")),
    "Birne nach oben",
  );
  await form.tabTo('[aria-label="Apfel nach unten"]');
  await form.press("Space", "Space");
  await form.holds(ref, "pear plum cherry apple other");
});

test("an entry moves to a typed position; what is no position changes nothing", async () => {
  const ref = "/data/orders/order";
  await form.show(ref);
  await form.tabTo('[aria-label^="Platz von Kirsche"]');
  await form.type("1");
  await form.press("Enter");
  await form.holds(ref, "cherry apple pear plum other");
  await form.press("Control+a");
  await form.type("99");
  await form.press("Tab");
  assert.equal(await form.value(ref), "cherry apple pear plum other");
});

test("an entry can be dragged, too", async () => {
  const ref = "/data/orders/order";
  await form.show(ref);
  const rows = form.page.locator(await inside(ref, "li"));
  await rows.nth(3).dragTo(rows.nth(0));
  await form.holds(ref, "cherry apple pear plum other");
});

test("a slider says that nothing is answered, and answers by arrow keys", async () => {
  const ref = "/data/orders/slider";
  await form.show(ref);
  await form.tabToField(ref, "input-slider");
  const slider = form.page.locator(`#${await form.idOf(ref)}-input-slider`);
  assert.equal(await slider.getAttribute("aria-valuetext"), "noch keine Antwort");
  await form.press("ArrowRight");
  await form.holds(ref, "6");
  assert.equal(await slider.getAttribute("aria-valuetext"), "6");
  await form.press("End");
  await form.holds(ref, "10");
  await click(ref, /Antwort löschen/);
  await form.holds(ref, "");
});

test("the place where an unanswered slider stands can be the answer", async () => {
  const ref = "/data/orders/slider";
  await form.show(ref);
  await form.tabToField(ref, "input-slider");
  await form.press("Enter");
  await form.holds(ref, "5");
});

test("a slider answers by pointer, buttons and typing; a value beside the scale is refused", async () => {
  const ref = "/data/orders/fine";
  await form.show(ref);
  const slider = form.page.locator(`#${await form.idOf(ref)}-input-slider`);
  const box = await slider.boundingBox();
  await form.page.mouse.click(box.x + box.width - 3, box.y + box.height / 2);
  await form.holds(ref, "2.5");
  await click(ref, /Weniger/);
  await form.holds(ref, "2.4");
  await form.tabTo(await inside(ref, "input[type=text]"));
  await form.press("Control+a");
  await form.type("1,3");
  await form.press("Tab");
  await form.holds(ref, "1.3");
  await form.page.locator(await inside(ref, "input[type=text]")).fill("7");
  await form.press("Tab");
  await form.holds(ref, "");
  assert.match(await form.error(ref), /von 0,5 bis 2,5/);
});

test("an upright slider goes up with the arrow up", async () => {
  const ref = "/data/orders/upright";
  await form.show(ref);
  await form.tabToField(ref, "input-slider");
  await form.press("ArrowUp");
  await form.holds(ref, "60");
});

test("a number is picked from the list", async () => {
  const ref = "/data/orders/picked";
  await form.show(ref);
  await form.tabToField(ref);
  await form.press("ArrowDown", "ArrowDown");
  await form.holds(ref, "2");
});

test("stars are given by keyboard and by pointer", async () => {
  const ref = "/data/orders/stars";
  await form.show(ref);
  await form.tabTo(await inside(ref, "input"));
  await form.press("Space", "ArrowRight", "ArrowRight");
  await form.holds(ref, "3");
  await form.page
    .locator(await inside(ref, "label"))
    .nth(4)
    .click();
  await form.holds(ref, "5");
});

test("two ticks in the same moment are both kept", async () => {
  const ref = "/data/choices/many";
  await form.show(ref);
  await form.page.evaluate(
    (id) => {
      for (const value of ["apple", "pear", "cherry"])
        document.querySelector(`[data-node="${id}"] [value="${value}"]`).click();
    },
    await form.idOf(ref),
  );
  await form.holds(ref, "apple pear cherry");
});

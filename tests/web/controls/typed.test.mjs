// Answers that are typed: what arrives at the engine, and what stays visible when it cannot.
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

async function typeInto(ref, text, suffix) {
  await form.show(ref);
  await form.tabToField(ref, suffix);
  await form.press("Control+a");
  await form.type(text);
  await form.press("Tab");
}
const field = async (ref, suffix = "input") =>
  form.page.locator(`#${await form.idOf(ref)}-${suffix}`);

for (const [ref, text, value, shown] of [
  ["/data/texts/short", "Gießerei »Süd« & Söhne", "Gießerei »Süd« & Söhne"],
  ["/data/texts/digits", "12345", "12345", "12.345"],
  ["/data/texts/email", "a@example.org", "a@example.org"],
  ["/data/texts/secret", "geheim", "geheim"],
  ["/data/texts/from_app", "0,7", "0,7"],
  ["/data/numbers/staff", "1.250", "1250", "1250"],
  ["/data/numbers/turnover", "1234567", "1234567", "1.234.567"],
  ["/data/numbers/share", "12,5", "12.5", "12,5"],
  ["/data/numbers/visits", "3", "3"],
  ["/data/numbers/direction", "225", "225"],
  ["/data/dates/day", "3.2.2026", "2026-02-03", "03.02.2026"],
  ["/data/dates/day_typed", "24. Dezember 1999", "1999-12-24", "24.12.1999"],
  ["/data/dates/year", "1987", "1987-01-01", "1987"],
  ["/data/dates/day_ethiopian", "11.09.2026", "2026-09-11", "11.09.2026"],
  ["/data/dates/clock", "7.15", /^07:15:00\.000[+-]\d\d:\d\d$/, "07:15"],
  ["/data/rest/code", "4006381333931", "4006381333931"],
  ["/data/grid/city", "Freiberg", "Freiberg"],
]) {
  test(`"${text}" typed into ${ref} arrives`, async () => {
    await typeInto(ref, text);
    await form.holds(ref, value);
    assert.equal(await (await field(ref)).inputValue(), shown ?? text);
  });
}

test("several lines are kept, and counted", async () => {
  await form.show("/data/texts/long");
  await form.tabToField("/data/texts/long");
  await form.type("eins");
  await form.press("Enter");
  await form.type("zwei");
  await form.press("Tab");
  await form.holds("/data/texts/long", "eins\nzwei");
  assert.equal(await (await field("/data/texts/long", "input-count")).textContent(), "9 Zeichen");
});

test("a text is answered after a pause, without leaving the field", async () => {
  await form.show("/data/texts/short");
  await form.tabToField("/data/texts/short");
  await form.type("halb");
  await form.holds("/data/texts/short", "halb");
  assert.equal(await (await field("/data/texts/short")).inputValue(), "halb");
});

test("a masked text is shown only while asked for", async () => {
  await typeInto("/data/texts/secret", "geheim");
  const input = await field("/data/texts/secret");
  assert.equal(await input.getAttribute("type"), "password");
  await form.page.getByRole("button", { name: "Anzeigen" }).click();
  assert.equal(await input.getAttribute("type"), "text");
});

for (const [ref, text, sentence] of [
  ["/data/numbers/staff", "zwölf", /keine Zahl/],
  ["/data/numbers/staff", "12,5", /ganze Zahl/],
  ["/data/numbers/staff", "99999999999", /zu groß/],
  ["/data/numbers/share", "1,2,3", /keine Zahl/],
  ["/data/dates/day", "31.4.2026", /Diesen Tag gibt es nicht/],
  ["/data/dates/day", "bald", /kein Datum/],
  ["/data/dates/year", "87", /keine Jahreszahl/],
  ["/data/dates/clock", "25:00", /keine Uhrzeit/],
]) {
  test(`"${text}" in ${ref} stays visible with its reason, is not stored, and keeps the person here`, async () => {
    await typeInto(ref, text);
    await form.page.waitForFunction(
      (id) => document.getElementById(`${id}-error`)?.textContent !== "",
      await form.idOf(ref),
    );
    assert.match(await form.error(ref), sentence);
    assert.equal(await form.value(ref), "");
    const input = await field(ref);
    assert.equal(await input.inputValue(), text);
    assert.equal(await input.getAttribute("aria-invalid"), "true");
    const described = (await input.getAttribute("aria-describedby")) ?? "";
    assert.ok(described.split(" ").includes(`${await form.idOf(ref)}-error`));
    const at = await form.page.evaluate(() => filling.at);
    const problems = await form.page.evaluate(async () => (await filling.next()).length);
    assert.ok(problems > 0);
    assert.equal(await form.page.evaluate(() => filling.at), at);
  });
}

test("a refused text that is mended is stored, and its reason goes", async () => {
  await typeInto("/data/numbers/staff", "zwölf");
  await typeInto("/data/numbers/staff", "12");
  await form.holds("/data/numbers/staff", "12");
  assert.equal(await form.error("/data/numbers/staff"), "");
});

test("a refused text that is emptied is no problem any more", async () => {
  await typeInto("/data/numbers/staff", "zwölf");
  await form.show("/data/numbers/staff");
  await (await field("/data/numbers/staff")).fill("");
  await form.press("Tab");
  await form.page.waitForTimeout(100);
  assert.equal(await form.error("/data/numbers/staff"), "");
});

test("an older answer does not survive behind a text that is none", async () => {
  await typeInto("/data/numbers/staff", "12");
  await form.holds("/data/numbers/staff", "12");
  await typeInto("/data/numbers/staff", "12x");
  await form.holds("/data/numbers/staff", "");
});

test("a refused text is still there after going back and forth", async () => {
  await typeInto("/data/numbers/staff", "zwölf");
  await form.page.waitForTimeout(100);
  await form.show("/data/texts/short");
  await form.show("/data/numbers/staff");
  assert.equal(await (await field("/data/numbers/staff")).inputValue(), "zwölf");
});

test("grouped digits are typed without groups and shown with them", async () => {
  await typeInto("/data/numbers/turnover", "1234567,");
  await form.holds("/data/numbers/turnover", "1234567");
  const input = await field("/data/numbers/turnover");
  assert.equal(await input.inputValue(), "1.234.567");
  await input.focus();
  assert.equal(await input.inputValue(), "1234567");
});

test("English types a decimal point", async () => {
  const english = await world.open("all_types.md", { language: "English (en)" });
  await english.show("/data/numbers/share");
  await english.tabToField("/data/numbers/share");
  await english.type("1,234.5");
  await english.press("Tab");
  await english.holds("/data/numbers/share", "1234.5");
  assert.equal(
    await english.page.locator(`#${await english.idOf("/data/numbers/share")}-input`).inputValue(),
    "1234.5",
  );
  await english.close();
});

test("the mouse wheel does not change a number", async () => {
  await typeInto("/data/numbers/staff", "12");
  const input = await field("/data/numbers/staff");
  await input.focus();
  await input.hover();
  await form.page.mouse.wheel(0, 300);
  await form.press("ArrowUp");
  assert.equal(await form.value("/data/numbers/staff"), "12");
});

test("a counter counts by its buttons and by the arrow keys", async () => {
  const ref = "/data/numbers/visits";
  await form.show(ref);
  await form.tabToField(ref, "input-more");
  await form.press("Enter", "Enter", "Space");
  await form.holds(ref, "3");
  await form.page.locator(`#${await form.idOf(ref)}-input-less`).click();
  await form.holds(ref, "2");
  await (await field(ref)).focus();
  await form.press("ArrowUp");
  await form.holds(ref, "3");
});

test("a bearing names its direction", async () => {
  await typeInto("/data/numbers/direction", "225");
  await form.holds("/data/numbers/direction", "225");
  assert.equal(
    await (await field("/data/numbers/direction", "input-direction")).textContent(),
    "Grad, Südwest",
  );
});

test("a month and its year make one answer", async () => {
  const ref = "/data/dates/month";
  await form.show(ref);
  await form.tabTo(`[data-node="${await form.idOf(ref)}"] select`);
  await form.press("ArrowDown", "ArrowDown", "ArrowDown");
  await form.press("Tab");
  await form.type("2027");
  await form.holds(ref, "2027-03-01");
});

test("a month without a year is told when the question is left", async () => {
  const ref = "/data/dates/month";
  await form.show(ref);
  await form.tabTo(`[data-node="${await form.idOf(ref)}"] select`);
  await form.press("ArrowDown", "ArrowDown", "ArrowDown");
  assert.equal(await form.error(ref), "");
  await (await field("/data/dates/year")).focus();
  await form.page.waitForTimeout(100);
  assert.match(await form.error(ref), /Jahreszahl/);
});

test("a day and a time make one moment", async () => {
  const ref = "/data/dates/moment";
  await form.show(ref);
  await form.tabToField(ref, "input-day");
  await form.type("24.12.2026");
  await form.tabToField(ref, "input-time");
  await form.type("18:00");
  await form.press("Tab");
  await form.holds(ref, /^2026-12-24T18:00:00\.000[+-]/);
  assert.equal(await (await field(ref, "input-day")).inputValue(), "24.12.2026");
});

test("a day without a time is told when the question is left, not before", async () => {
  const ref = "/data/dates/moment";
  await form.show(ref);
  await form.tabToField(ref, "input-day");
  await form.type("24.12.2026");
  await form.tabToField(ref, "input-time");
  assert.equal(await form.error(ref), "");
  await form.tabTo("button[type=submit]");
  await form.page.waitForTimeout(100);
  assert.match(await form.error(ref), /Uhrzeit/);
  assert.equal(await (await field(ref, "input-day")).inputValue(), "24.12.2026");
});

test("the browser's calendar answers, too", async () => {
  const ref = "/data/dates/day";
  const question = await form.show(ref);
  await question.locator("input[type=date]").evaluate((input) => {
    input.value = "2026-05-01";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await form.holds(ref, "2026-05-01");
  assert.match(await (await field(ref, "input-spoken")).textContent(), /Freitag, 1\. Mai 2026/);
});

test("a date in another calendar is shown in both", async () => {
  await typeInto("/data/dates/day_ethiopian", "11.09.2026");
  await form.holds("/data/dates/day_ethiopian", "2026-09-11");
  assert.match(
    await (await field("/data/dates/day_ethiopian", "input-spoken")).textContent(),
    /11\. September 2026.*2019/,
  );
});

test("what the form gives and nobody may change is shown", async () => {
  const question = await form.show("/data/texts/fixed");
  assert.match(await question.textContent(), /2026-1/);
  assert.equal(await question.locator("input").count(), 0);
});

test("only an address that opens a page becomes a link", async () => {
  const ref = "/data/texts/website";
  await typeInto(ref, "https://example.org/");
  const link = (await form.question(ref)).getByRole("link");
  assert.equal(await link.getAttribute("href"), "https://example.org/");
  await typeInto(ref, "javascript:alert(1)");
  await form.holds(ref, "javascript:alert(1)");
  assert.equal(await link.count(), 0);
});

test("the box of a confirmation is ticked by the space key and by the pointer", async () => {
  const ref = "/data/rest/consent";
  await form.show(ref);
  await form.tabToField(ref);
  await form.press("Space");
  await form.holds(ref, "OK");
  await (await field(ref)).click();
  await form.holds(ref, "");
});

import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { daysInMonth, readDate, readTime, spokenDate, typedDate, typedTime } =
  await load("controls/date_text.ts");

for (const [text, locale, value] of [
  ["", "de", ""],
  ["24.12.2026", "de", "2026-12-24"],
  ["1.2.2026", "de", "2026-02-01"],
  [" 24. 12. 2026 ", "de", "2026-12-24"],
  ["24/12/2026", "en", "2026-12-24"],
  ["24-12-2026", "de", "2026-12-24"],
  ["24122026", "de", "2026-12-24"],
  ["2026-12-24", "de", "2026-12-24"],
  ["24. Dezember 2026", "de", "2026-12-24"],
  ["3. März 2026", "de", "2026-03-03"],
  ["24 Dec 2026", "en", "2026-12-24"],
  ["24 dez 2026", "en", "2026-12-24"],
  ["29.02.2028", "de", "2028-02-29"],
]) {
  test(`"${text}" is the day "${value}" in ${locale}`, () =>
    assert.deepEqual(readDate(text, locale), { value }));
}

for (const [text, reason] of [
  ["gestern", "notDate"],
  ["24.12.26", "notDate"],
  ["24.12.", "notDate"],
  ["24 Foo 2026", "notDate"],
  ["31.04.2026", "noSuchDay"],
  ["29.02.2026", "noSuchDay"],
  ["29.02.1900", "noSuchDay"],
  ["12/24/2026", "noSuchDay"],
  ["0.1.2026", "noSuchDay"],
  ["1.1.0000", "noSuchDay"],
]) {
  test(`"${text}" is no day: ${reason}`, () => assert.deepEqual(readDate(text, "de"), { reason }));
}

test("leap years follow the Gregorian rule", () => {
  assert.deepEqual(
    [2000, 1900, 2024, 2026].map((year) => daysInMonth(year, 2)),
    [29, 28, 29, 28],
  );
});

test("a day is shown as the language writes it", () => {
  assert.equal(typedDate("2026-12-24", "de"), "24.12.2026");
  assert.equal(typedDate("2026-12-24T14:30:00.000+01:00", "en"), "24/12/2026");
  assert.match(spokenDate("2026-12-24", "de"), /Donnerstag.*24\. Dezember 2026/);
  assert.equal(spokenDate("", "de"), "");
});

test("a day before 100 is not moved to another century", () => {
  assert.match(spokenDate("0099-01-01", "en"), /99/);
});

test("another calendar names the same day", () => {
  assert.match(spokenDate("2026-09-11", "en", "ethiopic"), /2019/);
});

for (const [text, value] of [
  ["", ""],
  ["14:30", "14:30:00"],
  ["14.30", "14:30:00"],
  ["14.30 Uhr", "14:30:00"],
  ["1430", "14:30:00"],
  ["9", "09:00:00"],
  ["0:05", "00:05:00"],
  ["2:30 pm", "14:30:00"],
  ["12 am", "00:00:00"],
  ["12:15 pm", "12:15:00"],
  ["23:59:59", "23:59:59"],
]) {
  test(`"${text}" is the time "${value}"`, () => assert.deepEqual(readTime(text), { value }));
}

for (const text of ["24:00", "14:60", "mittags", "13 pm", "0 am", "1:2:3", ":30"]) {
  test(`"${text}" is no time`, () => assert.deepEqual(readTime(text), { reason: "notTime" }));
}

test("a time is shown without its offset, with seconds where there are any", () => {
  assert.equal(typedTime("14:30:00.000+01:00"), "14:30");
  assert.equal(typedTime("2026-12-24T14:30:05.000Z"), "14:30:05");
  assert.equal(typedTime(""), "");
});

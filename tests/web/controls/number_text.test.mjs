import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { compassSector, groupedNumber, readNumber, typedNumber } =
  await load("controls/number_text.ts");

for (const [text, kind, locale, expected] of [
  ["", "int", "de", ""],
  ["  ", "int", "de", ""],
  ["7", "int", "de", "7"],
  ["007", "int", "de", "7"],
  ["-0", "int", "de", "0"],
  ["+12", "int", "de", "12"],
  ["−12", "int", "de", "-12"],
  ["1.234", "int", "de", "1234"],
  ["1,234", "int", "en", "1234"],
  ["1.234.567", "int", "en", "1234567"],
  ["1 234 567", "int", "de", "1234567"],
  ["1\u202f234", "int", "fr", "1234"],
  ["1'234", "int", "de-CH", "1234"],
  ["2147483647", "int", "de", "2147483647"],
  ["-2147483648", "int", "de", "-2147483648"],
  ["12,0", "int", "de", "12"],
  ["12,5", "decimal", "de", "12.5"],
  ["12.5", "decimal", "de", "12.5"],
  ["12,5", "decimal", "en", "12.5"],
  [",5", "decimal", "de", "0.5"],
  ["5,", "decimal", "de", "5"],
  ["1.234,50", "decimal", "de", "1234.5"],
  ["1,234.50", "decimal", "de", "1234.5"],
  ["1,234.50", "decimal", "en", "1234.5"],
  ["1.234,5", "decimal", "en", "1234.5"],
  ["1.2345", "decimal", "de", "1.2345"],
  ["0.123", "decimal", "de", "0.123"],
  ["-0,0", "decimal", "de", "0"],
]) {
  test(`"${text}" is the ${kind} "${expected}" in ${locale}`, () => {
    assert.deepEqual(readNumber(text, kind, locale), { value: expected });
  });
}

for (const [text, kind, locale, reason] of [
  ["zwölf", "int", "de", "notNumber"],
  ["12a", "decimal", "de", "notNumber"],
  ["1e5", "decimal", "de", "notNumber"],
  ["-", "int", "de", "notNumber"],
  [",", "decimal", "de", "notNumber"],
  ["1--2", "int", "de", "notNumber"],
  ["1.23.456", "decimal", "de", "notNumber"],
  ["1.234,5,6", "decimal", "de", "notNumber"],
  ["1,23.4", "decimal", "en", "notNumber"],
  ["12.7", "int", "de", "whole"],
  ["12,7", "int", "de", "whole"],
  ["2147483648", "int", "de", "tooLarge"],
  ["-2147483649", "int", "de", "tooLarge"],
  ["1234567890123456,5", "decimal", "de", "tooLarge"],
]) {
  test(`"${text}" is no ${kind} in ${locale}: ${reason}`, () => {
    assert.deepEqual(readNumber(text, kind, locale), { reason });
  });
}

test("a value is typed with the decimal mark of the language", () => {
  assert.equal(typedNumber("1234.5", "de"), "1234,5");
  assert.equal(typedNumber("1234.5", "en"), "1234.5");
});

test("groups of three stand while nobody types, and no digit is rounded", () => {
  assert.equal(groupedNumber("1234567.89012345", "de"), "1.234.567,89012345");
  assert.equal(groupedNumber("-1234", "en"), "-1,234");
  assert.equal(groupedNumber("999", "de"), "999");
  assert.equal(groupedNumber("AB-12", "de"), "AB-12");
});

test("what is shown in groups is read back as the same value", () => {
  for (const value of ["0", "5", "1234", "1234567", "-98765", "1234.5", "0.001"]) {
    for (const locale of ["de", "en"]) {
      assert.deepEqual(readNumber(groupedNumber(value, locale), "decimal", locale), {
        value,
      });
    }
  }
});

test("a bearing lies in the sector whose middle is nearest", () => {
  assert.deepEqual(
    [0, 22, 23, 180, 337, 338, 360, -90].map((at) => compassSector(at, 8)),
    [0, 0, 1, 4, 7, 0, 0, 6],
  );
});

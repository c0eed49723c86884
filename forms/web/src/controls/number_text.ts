// Numbers as people type them and as they read them. The engine knows one spelling ("1234.5");
// people in Germany write "1.234,5", people in Britain "1,234.5", and a phone's keyboard offers
// whichever mark it likes.

export type NumberKind = "int" | "decimal";

/** Why a text is not a number the question can hold. `words.number[reason]` is the sentence for
 *  it. */
export type NumberReason = "notNumber" | "whole" | "tooLarge";

export type NumberReading = { value: string } | { reason: NumberReason };

// What the engine's `int` holds (32 bits, as in ODK XForms "Data types").
const kIntMax = 2147483647;
const kIntMin = -2147483648;
// More digits than a double keeps would be changed silently.
const kDigitsMax = 15;

export interface NumberMarks {
  decimal: string;
  group: string;
}

const marksByLocale = new Map<string, NumberMarks>();

/** The decimal mark and the grouping mark of a language. */
export function marksOf(locale: string): NumberMarks {
  const known = marksByLocale.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(locale, {
    useGrouping: true,
    numberingSystem: "latn",
  }).formatToParts(1234567.5);
  const of = (type: string) => parts.find((part) => part.type === type)?.value;
  const marks = { decimal: of("decimal") ?? ".", group: of("group") ?? "" };
  marksByLocale.set(locale, marks);
  return marks;
}

/**
 * Reads what was typed. Both marks are understood in every language as far as they cannot be
 * mistaken: with both present the last one is the decimal mark; one mark that occurs twice groups;
 * one mark alone is the language's own meaning, except that a group must have three digits ("1.5"
 * is one and a half in German too). Blank is blank.
 */
export function readNumber(text: string, kind: NumberKind, locale: string): NumberReading {
  const bare = text.replace(/[\s\u00a0\u202f'’_]/g, "").replace(/^[−–]/, "-");
  if (bare === "") return { value: "" };
  const match = /^([+-]?)([\d.,]*)$/.exec(bare);
  if (!match || !/\d/.test(bare)) return { reason: "notNumber" };
  const sign = match[1] === "-" ? "-" : "";
  const plain = withPoint(match[2] ?? "", marksOf(locale));
  if (plain === null) return { reason: "notNumber" };
  const [whole = "", fraction = ""] = plain.split(".");
  const wholeDigits = whole.replace(/^0+(?=\d)/, "") || "0";
  const fractionDigits = fraction.replace(/0+$/, "");
  if (kind === "int") {
    if (fractionDigits !== "") return { reason: "whole" };
    const number = Number(sign + wholeDigits);
    if (number > kIntMax || number < kIntMin) return { reason: "tooLarge" };
    return { value: number === 0 ? "0" : sign + wholeDigits };
  }
  if (wholeDigits.replace(/^0$/, "").length + fractionDigits.length > kDigitsMax) {
    return { reason: "tooLarge" };
  }
  const value = fractionDigits === "" ? wholeDigits : `${wholeDigits}.${fractionDigits}`;
  return { value: Number(value) === 0 ? "0" : sign + value };
}

/** Digits with at most one point, or null where the marks make no sense. */
function withPoint(digits: string, marks: NumberMarks): string | null {
  const lastPoint = digits.lastIndexOf(".");
  const lastComma = digits.lastIndexOf(",");
  if (lastPoint < 0 && lastComma < 0) return digits;
  if (lastPoint >= 0 && lastComma >= 0) {
    const decimal = lastPoint > lastComma ? "." : ",";
    const group = decimal === "." ? "," : ".";
    return ungrouped(digits, group, decimal);
  }
  const mark = lastPoint >= 0 ? "." : ",";
  const count = digits.split(mark).length - 1;
  if (count > 1) return ungrouped(digits, mark, null);
  const groups = mark === marks.group && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
  return groups ? digits.replace(mark, "") : digits.replace(mark, ".");
}

function ungrouped(digits: string, group: string, decimal: string | null): string | null {
  const at = decimal === null ? digits.length : digits.lastIndexOf(decimal);
  const whole = digits.slice(0, at).split(group);
  const fraction = digits.slice(at + 1);
  if (/[.,]/.test(fraction) || !/^\d{1,3}$/.test(whole[0] ?? "")) return null;
  if (!whole.slice(1).every((part) => /^\d{3}$/.test(part))) return null;
  return fraction === "" ? whole.join("") : `${whole.join("")}.${fraction}`;
}

/** A value of the engine as it is typed in this language: the language's decimal mark, no
 *  grouping. */
export function typedNumber(value: string, locale: string): string {
  return value.replace(".", marksOf(locale).decimal);
}

/** A value of the engine as it is read, in groups of three. Digits are kept as they are, never
 *  rounded. */
export function groupedNumber(value: string, locale: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (!match) return value;
  const marks = marksOf(locale);
  const [, sign = "", whole = "", fraction] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks.group);
  return sign + grouped + (fraction === undefined ? "" : marks.decimal + fraction);
}

/** Which of `count` equal sectors of the compass, clockwise from north, a bearing lies in. */
export function compassSector(degrees: number, count: number): number {
  const turned = ((degrees % 360) + 360) % 360;
  return Math.round(turned / (360 / count)) % count;
}

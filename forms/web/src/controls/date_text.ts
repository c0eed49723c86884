// Dates and times as people type them and as the engine holds them (ISO 8601). Pure.

export type DateShape = "day" | "month" | "year";
export type DateReason = "notDate" | "noSuchDay";
export type DateReading = { value: string } | { reason: DateReason };
export type TimeReading = { value: string } | { reason: "notTime" };

const kYearMin = 1;
const kYearMax = 9999;

function isoDay(year: number, month: number, day: number): DateReading {
  if (year < kYearMin || year > kYearMax || month < 1 || month > 12 || day < 1) {
    return { reason: "noSuchDay" };
  }
  if (day > daysInMonth(year, month)) return { reason: "noSuchDay" };
  return { value: `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}` };
}

export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

export function padded(number: number, width: number): string {
  return String(number).padStart(width, "0");
}

/** Names of the months in a language, long or short. */
export function monthNames(locale: string, style: "long" | "short" = "long"): string[] {
  const format = new Intl.DateTimeFormat(locale, {
    month: style,
    timeZone: "UTC",
    calendar: "gregory",
  });
  return Array.from({ length: 12 }, (_, month) =>
    format.format(new Date(Date.UTC(2001, month, 15))),
  );
}

/**
 * "24.12.2026", "24/12/2026", "24 12 2026", "24. Dezember 2026", "24 Dec 2026", "2026-12-24" and
 * "24122026". The day comes first in every spelling but ISO's; two digits of a year are refused,
 * because nobody can say which century a founding date means.
 */
export function readDate(text: string, locale: string): DateReading {
  const bare = text.trim();
  if (bare === "") return { value: "" };
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(bare);
  if (iso) return isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const german = /^(\d{1,2})[.\/\s-]\s*(\d{1,2})[.\/\s-]\s*(\d{4})$/.exec(bare);
  if (german) return isoDay(Number(german[3]), Number(german[2]), Number(german[1]));
  const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(bare);
  if (packed) return isoDay(Number(packed[3]), Number(packed[2]), Number(packed[1]));
  const named = /^(\d{1,2})\.?\s*([\p{L}]+)\.?,?\s+(\d{4})$/u.exec(bare);
  if (named) {
    const month = monthOf(named[2] ?? "", locale);
    if (month > 0) return isoDay(Number(named[3]), month, Number(named[1]));
  }
  return { reason: "notDate" };
}

function monthOf(name: string, locale: string): number {
  const start = name.toLocaleLowerCase();
  if (start.length < 3) return 0;
  for (const language of [locale, "de", "en"]) {
    const at = monthNames(language).findIndex((month) =>
      month.toLocaleLowerCase().startsWith(start),
    );
    if (at >= 0) return at + 1;
  }
  return 0;
}

/** The day of a date or a moment, as digits in the order of the language (day first). */
export function typedDate(value: string, locale: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!match) return value;
  const [, year, month, day] = match;
  return locale.startsWith("de") ? `${day}.${month}.${year}` : `${day}/${month}/${year}`;
}

/** A day in words: "Donnerstag, 24. Dezember 2026". `calendar` is a calendar of Unicode (CLDR). */
export function spokenDate(value: string, locale: string, calendar = "gregory"): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!match) return "";
  const day = new Date(0);
  day.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const format = new Intl.DateTimeFormat(locale, {
    ...(calendar === "gregory" ? { weekday: "long" as const } : {}),
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
    calendar,
  });
  return format.format(day);
}

/** "14:30", "14.30", "1430", "9", "2:30 pm" → "14:30:00". */
export function readTime(text: string): TimeReading {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/\s*uhr$/, "");
  if (bare === "") return { value: "" };
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/.exec(bare);
  if (!match) return { reason: "notTime" };
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const second = Number(match[3] ?? 0);
  const half = match[4]?.charAt(0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return { reason: "notTime" };
    hour = (hour % 12) + (half === "p" ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return { reason: "notTime" };
  return { value: `${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}` };
}

/** The wall-clock time of "14:30:00.000+01:00" or of a moment, with seconds only where there are
 *  any. */
export function typedTime(value: string): string {
  const match = /(?:^|T)(\d{2}:\d{2})(?::(\d{2}))?/.exec(value);
  if (!match) return "";
  return match[2] !== undefined && match[2] !== "00" ? `${match[1]}:${match[2]}` : (match[1] ?? "");
}

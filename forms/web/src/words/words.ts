// The words of the page, in the languages it speaks. A form in any other language gets English.

import { de } from "./de";
import { en } from "./en";

export type Words = typeof de;

export const kWords: Record<"de" | "en", Words> = { de, en };

/** "Deutsch (de)" → "de"; "Einfache Sprache (de-x-einfach)" → "de-x-einfach"; else nothing. */
export function tagOf(formLanguage: string | null): string | undefined {
  return /\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\)\s*$/.exec(formLanguage ?? "")?.[1];
}

/** "Deutsch (de)" → "Deutsch". */
export function nameOf(formLanguage: string): string {
  return formLanguage.replace(/\s*\([^)]*\)\s*$/, "") || formLanguage;
}

/** The words for a form in this language; without a tag, for a browser in these languages. */
export function wordsFor(
  formLanguage: string | null,
  browser: readonly string[] = [],
): { words: Words; language: "de" | "en" } {
  const tag = tagOf(formLanguage) ?? (formLanguage ? undefined : browser[0]);
  const language = (tag ?? browser[0] ?? "en").toLowerCase().startsWith("de") ? "de" : "en";
  return { words: kWords[language], language };
}

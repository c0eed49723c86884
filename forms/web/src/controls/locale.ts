// From the name of a form's language to one that the browser's formats know.

/** "de", "Deutsch (de)", "de-x-einfach" → a language tag; an unknown name → the page's language. */
export function localeOf(language: string): string {
  const tag = /\(([\w-]+)\)\s*$/.exec(language)?.[1] ?? language;
  const page = typeof document === "undefined" ? "" : document.documentElement.lang;
  for (const candidate of [tag, page]) {
    if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/.test(candidate)) continue;
    try {
      const locale = new Intl.Locale(candidate.replace(/-x-.*$/, "")).toString();
      // Without a country English dates are American; here the day comes first, as it is
      // typed.
      return locale === "en" ? "en-GB" : locale;
    } catch {
      // Not a language tag after all: the next one.
    }
  }
  return "en";
}

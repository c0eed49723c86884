import { tagOf } from "../words/words";

/** The form's language to begin with: the link's, else what the browser prefers, else the form's
 *  default (undefined). */
export function chooseLanguage(
  languages: readonly string[],
  link: string | undefined,
  browser: readonly string[],
): string | undefined {
  if (languages.length === 0) return undefined;
  const byTag = (wanted: string) =>
    languages.find((one) => one === wanted) ??
    languages.find((one) => tagOf(one)?.toLowerCase() === wanted.toLowerCase()) ??
    languages.find(
      (one) => tagOf(one)?.split("-")[0]?.toLowerCase() === wanted.split("-")[0]?.toLowerCase(),
    );
  for (const wanted of [...(link ? [link] : []), ...browser]) {
    const found = byTag(wanted);
    if (found) return found;
  }
  return undefined;
}

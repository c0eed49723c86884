// Order of a ranking. Pure: takes and gives lists of values.

/**
 * The entries in their present order: first what the answer ranks, then the choices it does not
 * name (new ones after a filter changed), in the form's order. What is no longer offered is left
 * out.
 */
export function rankOrder(choices: readonly string[], answer: readonly string[]): string[] {
  const offered = new Set(choices);
  const ranked = answer.filter((value) => offered.has(value));
  const named = new Set(ranked);
  return ranked.concat(choices.filter((value) => !named.has(value)));
}

/** The list with the entry at `from` standing at `to` (both from 0); outside the list means its
 *  end. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const out = list.slice();
  if (from < 0 || from >= out.length) return out;
  const [entry] = out.splice(from, 1);
  out.splice(Math.min(Math.max(0, to), out.length), 0, entry as T);
  return out;
}

/** The position (from 0) a person typed, or null: whole numbers from 1 to `count`. */
export function readPosition(text: string, count: number): number | null {
  const bare = text.trim().replace(/\.$/, "");
  if (!/^\d+$/.test(bare)) return null;
  const number = Number(bare);
  return number >= 1 && number <= count ? number - 1 : null;
}

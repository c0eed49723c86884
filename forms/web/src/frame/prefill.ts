// Values that come with the address: `?d[/data/region]=14521`, or `?d[region]=14521`.

// An address is not a data channel; more is a mistake or mischief.
const kValuesMax = 100;
const kValueCharsMax = 1000;

/** The values by ref, without those that the form forbids. */
export function prefillOf(search: string, noPrefill: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  const forbidden = new Set(noPrefill.flatMap((ref) => [ref, ref.replace(/^\/[^/]+\//, "")]));
  for (const [name, value] of new URLSearchParams(search)) {
    const ref = /^d\[([^\]]+)\]$/.exec(name)?.[1];
    if (!ref || value.length > kValueCharsMax || forbidden.has(ref)) continue;
    if (Object.keys(values).length >= kValuesMax) break;
    values[ref] = value;
  }
  return values;
}

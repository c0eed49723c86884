/** The `instanceID` of a record, "uuid:…"; nothing where it has none. */
export function instanceOf(xml: string): string | undefined {
  return /<(?:[\w.-]+:)?instanceID(?:\s[^>]*)?>\s*([^<\s]+)\s*<\//.exec(xml)?.[1];
}

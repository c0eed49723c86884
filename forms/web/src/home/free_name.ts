/** "photo.jpg", or "photo-2.jpg" where that is taken. No path comes through. */
export function freeName(suggested: string, taken: ReadonlySet<string>): string {
  const plain = suggested.replace(/[^\p{L}\p{N}._-]+/gu, "_").replace(/^\.+/, "") || "file";
  const dot = plain.lastIndexOf(".");
  const stem = dot > 0 ? plain.slice(0, dot) : plain;
  const ending = dot > 0 ? plain.slice(dot) : "";
  let name = plain;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${number}${ending}`;
  return name;
}

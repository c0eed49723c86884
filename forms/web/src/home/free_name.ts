// The server and file systems take 255 or 200 bytes for a whole name; a number and an ending follow.
const kStemBytesMax = 100;
const kEndingBytesMax = 20;

/** The beginning of a text in at most so many bytes of UTF-8, no character cut in two. */
function cut(text: string, bytesMax: number): string {
  const encoder = new TextEncoder();
  let kept = "";
  let bytes = 0;
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > bytesMax) break;
    kept += character;
  }
  return kept;
}

/** "photo.jpg", or "photo-2.jpg" where that is taken. No path comes through. */
export function freeName(suggested: string, taken: ReadonlySet<string>): string {
  const plain = suggested.replace(/[^\p{L}\p{N}._-]+/gu, "_").replace(/^\.+/, "") || "file";
  const dot = plain.lastIndexOf(".");
  const stem = cut(dot > 0 ? plain.slice(0, dot) : plain, kStemBytesMax);
  const ending = cut(dot > 0 ? plain.slice(dot) : "", kEndingBytesMax);
  let name = stem + ending;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${number}${ending}`;
  return name;
}

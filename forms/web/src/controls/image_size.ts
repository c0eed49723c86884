// How large a picture is stored. Pure.

export interface Size {
  width: number;
  height: number;
}

/** The size with the longer edge at most `pixels`, in the same proportions; never larger than it
 *  is. */
export function fitted(size: Size, pixels: number | undefined): Size {
  const longer = Math.max(size.width, size.height);
  if (pixels === undefined || pixels <= 0 || longer <= pixels) return size;
  const factor = pixels / longer;
  return {
    width: Math.max(1, Math.round(size.width * factor)),
    height: Math.max(1, Math.round(size.height * factor)),
  };
}

/** "1,2 MB" in the language; sizes of a thousand, as the systems people know show them. */
export function fileSize(bytes: number, locale: string): string {
  const units = ["B", "kB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${size.toLocaleString(locale, { maximumFractionDigits: digits })} ${units[unit]}`;
}

/** A name for a new file: the question's name, when it was made, and the ending of its type. */
export function newFileName(ref: string, made: Date, type: string): string {
  const leaf = ref.slice(ref.lastIndexOf("/") + 1).replace(/[^\w-]/g, "_") || "file";
  // With thousandths: two files in one second are two names, and the page shows the new one.
  const stamp = made.toISOString().replace(/[-:Z]/g, "").replace(/[T.]/g, "-");
  return `${leaf}-${stamp}.${endingOf(type)}`;
}

const kEndings: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "audio/webm": "webm",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "video/webm": "webm",
  "video/mp4": "mp4",
};

function endingOf(type: string): string {
  const bare = type.split(";")[0]?.trim() ?? "";
  return kEndings[bare] ?? "bin";
}

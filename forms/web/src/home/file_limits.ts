// What the server takes as files of an answer. What it would refuse is refused when it is chosen,
// not after the answers are finished.

import type { Words } from "../words/words";

// The server's own limits, where it does not say them.
const kFileBytesMax = 16 * 1024 * 1024;
const kFilesMax = 100;
const kMegabyte = 1024 * 1024;

export interface FileLimits {
  fileBytesMax?: number;
  filesMax?: number;
}

/** Why this file cannot be an answer, as a sentence; undefined where it can. */
export function fileProblem(
  bytes: number,
  held: number,
  { fileBytesMax = kFileBytesMax, filesMax = kFilesMax }: FileLimits,
  words: Words,
): string | undefined {
  if (bytes > fileBytesMax) return words.fileTooLarge(Math.floor(fileBytesMax / kMegabyte));
  if (held >= filesMax) return words.tooManyFiles(filesMax);
  return undefined;
}

/** "audio/webm" of "audio/webm;codecs=opus": the server takes no parameters. */
export function mediaType(type: string): string {
  return type.split(";")[0]?.trim() || "application/octet-stream";
}

/** Hands a file to the person. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** "Firm visit" and a day as a file name that every system takes. */
export function fileName(title: string, ending: string): string {
  const stem = title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "answers";
  return `${stem}-${new Date().toISOString().slice(0, 10)}.${ending}`;
}

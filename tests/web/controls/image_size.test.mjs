import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { fileSize, fitted, newFileName } = await load("controls/image_size.ts");

test("the longer edge fits, in the same proportions", () => {
  assert.deepEqual(fitted({ width: 4000, height: 3000 }, 1024), { width: 1024, height: 768 });
  assert.deepEqual(fitted({ width: 3000, height: 4000 }, 1024), { width: 768, height: 1024 });
  assert.deepEqual(fitted({ width: 10_000, height: 1 }, 100), { width: 100, height: 1 });
});

test("nothing is made larger, and no limit is no limit", () => {
  const small = { width: 640, height: 480 };
  for (const pixels of [1024, 640, 0, undefined]) assert.deepEqual(fitted(small, pixels), small);
});

test("sizes are read in the language", () => {
  assert.equal(fileSize(999, "de"), "999 B");
  assert.equal(fileSize(1_234_567, "de"), "1,2 MB");
  assert.equal(fileSize(123_456, "en"), "123 kB");
});

test("a new file is named after the question, the time and its type", () => {
  const made = new Date(Date.UTC(2026, 10, 25, 9, 5, 3, 7));
  assert.equal(
    newFileName("/data/hall[2]/photo", made, "image/jpeg"),
    "photo-20261125-090503-007.jpg",
  );
  assert.equal(
    newFileName("/data/a b", made, "audio/webm;codecs=opus"),
    "a_b-20261125-090503-007.webm",
  );
  assert.equal(newFileName("/", made, "application/x"), "file-20261125-090503-007.bin");
});

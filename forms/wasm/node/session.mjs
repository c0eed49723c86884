// `forms session` and `forms xpath` over the engine module: node session.mjs engine.wasm
// One request per line, one answer per line, until the end of input.

import { writeSync } from "node:fs";

import { loadModule, startEngineIn } from "./engine.mjs";

const LINE_END = 10;

/** Lines as bytes. (readline would also split at U+2028, which JSON may contain.) */
async function* lines(stream) {
  let begun = [];
  for await (let chunk of stream) {
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END)) {
      yield Buffer.concat([...begun, chunk.subarray(0, end)]);
      begun = [];
      chunk = chunk.subarray(end + 1);
    }
    begun.push(chunk);
  }
  const last = Buffer.concat(begun);
  if (last.length > 0) yield last;
}

function write(bytes) {
  return new Promise((done) => process.stdout.write(bytes, done));
}

const [path] = process.argv.slice(2);
if (!path) {
  writeSync(2, "usage: node session.mjs engine.wasm\n");
  process.exit(2);
}
const engine = await startEngineIn(await loadModule(path));
for await (const line of lines(process.stdin)) {
  if (line.every((byte) => byte === 32 || byte === 9 || byte === 13)) continue;
  const answer = engine.requestBytes(line);
  const whole = Buffer.alloc(answer.length + 1, LINE_END);
  whole.set(answer);
  await write(whole);
}

// `forms session` and `forms xpath` over the engine module: node session.mjs engine.wasm
// One request per line, one answer per line, until the end of input.

import { createInterface } from "node:readline";

import { loadModule, startEngineIn } from "./engine.mjs";

const [path] = process.argv.slice(2);
if (!path) {
  process.stderr.write("usage: node session.mjs engine.wasm\n");
  process.exit(2);
}
const engine = await startEngineIn(await loadModule(path));
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line.trim() !== "") process.stdout.write(engine.requestText(line) + "\n");
}

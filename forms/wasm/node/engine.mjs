// Starts the engine from a file, in Node.

import { webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";

import { startEngine } from "../engine.mjs";

export { EngineTrap } from "../engine.mjs";

/** Compiles the module; `startEngineIn` may start as many instances of it as are needed. */
export async function loadModule(path) {
  return WebAssembly.compile(await readFile(path));
}

export function startEngineIn(module, host = {}) {
  // Node 18 has no global crypto.
  return startEngine(module, { randomValues: (bytes) => webcrypto.getRandomValues(bytes), ...host });
}

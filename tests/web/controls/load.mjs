// Loads a TypeScript file of the filler for a test in Node: bundled by the esbuild that Vite brings.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../../forms/web/package.json", import.meta.url));
const esbuild = require("esbuild");

/** @param {string} file below forms/web/src */
export async function load(file) {
  const entry = fileURLToPath(new URL(`../../../forms/web/src/${file}`, import.meta.url));
  const built = await esbuild.build({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  const code = Buffer.from(built.outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

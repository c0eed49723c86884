// Loads a TypeScript file of the filler for a test in Node: bundled by the esbuild that Vite
// brings.
import { join } from "node:path";
import { kFiller, require } from "./packages.mjs";

/** @param {string} file below forms/web/src */
export async function load(file) {
  const built = await require("esbuild").build({
    entryPoints: [join(kFiller, "src", file)],
    bundle: true,
    format: "esm",
    write: false,
  });
  const code = Buffer.from(built.outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

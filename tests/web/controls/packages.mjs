// Where the filler's sources and packages are: where FILLER_BUILD says, beside the sources after
// `npm ci` there, or in the build tree.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const kTop = fileURLToPath(new URL("../../..", import.meta.url));

export const kFiller = [
  process.env.FILLER_BUILD,
  join(kTop, "forms/web"),
  join(kTop, "build/dev/web/filler"),
].find((folder) => folder !== undefined && existsSync(join(folder, "node_modules")));
if (!kFiller)
  throw new Error(
    "The filler's packages are missing: run `npm ci` in forms/web, or build forms_web.",
  );

export const kForms =
  process.env.FORMS_PROGRAM ?? join(process.env.BIN_DIR ?? join(kTop, "build/dev/bin"), "forms");
export const kData = join(kTop, "tests/data/web");

export const require = createRequire(join(kFiller, "package.json"));
export const vite = () =>
  import(pathToFileURL(join(kFiller, "node_modules/vite/dist/node/index.js")).href);

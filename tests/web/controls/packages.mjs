// Where the filler's sources and packages are: beside the sources after `npm ci` there, else in the build tree.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const kTop = fileURLToPath(new URL("../../..", import.meta.url));

export const kFiller = [join(kTop, "forms/web"), process.env.FILLER_BUILD ?? join(kTop, "build/dev/web/filler")].find(
  (folder) => existsSync(join(folder, "node_modules")),
);
if (!kFiller) throw new Error("The filler's packages are missing: run `npm ci` in forms/web, or build forms_web.");

export const kForms = process.env.FORMS_PROGRAM ?? join(kTop, "build/dev/bin/forms");
export const kData = join(kTop, "tests/data/web");

export const require = createRequire(join(kFiller, "package.json"));
export const vite = () => import(pathToFileURL(join(kFiller, "node_modules/vite/dist/node/index.js")).href);

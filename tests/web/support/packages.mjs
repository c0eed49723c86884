// The filler's packages and its built files: in the build tree (build/dev/web/filler), or where
// FILLER_BUILD says.
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const kSource = fileURLToPath(new URL("../../..", import.meta.url));
export const kBuild = process.env.FILLER_BUILD ?? join(kSource, "build/dev/web/filler");
export const kFiles = process.env.FILLER_FILES ?? join(kBuild, "out/files");
const kPrograms = process.env.BIN_DIR ?? join(kSource, "build/dev/bin");
export const kForms = join(kPrograms, "forms");
export const kServer = join(kPrograms, "sync-server");
export const kCollector = join(kPrograms, "collector");

export const require = createRequire(join(kBuild, "package.json"));

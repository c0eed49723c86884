// Builds what the programs serve: types checked, the pages and their assets, the service worker
// that knows the assets' names, all of it compressed, and a C++ file that takes it in.
//
//   node build/build.mjs [OUTPUT]       (default: dist; ENGINE_WASM names engine.wasm)
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { compressed } from "./compress.mjs";
import { assetTable, brotliTable } from "./asset_table.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(process.argv[2] ?? join(root, "dist"));
const dist = join(out, "files");
process.chdir(root);

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [compiler, "--noEmit"], { stdio: "inherit" });

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await build({ root, logLevel: "warn", build: { outDir: dist, emptyOutDir: true } });

const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
rmSync(join(dist, ".vite"), { recursive: true });
if (!manifest["shell.html"]) throw new Error("the shell is missing from Vite's manifest");

const pages = ["shell.html", "notice.html"];
const assets = readdirSync(dist).filter((name) => !pages.includes(name)).sort();
await build({
  root,
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  define: {
    __ASSETS__: JSON.stringify(assets.map((name) => `/a/${name}`)),
    __SHELL__: JSON.stringify(readFileSync(join(dist, "shell.html"), "utf8")),
  },
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: "es2021",
    lib: {
      entry: "src/worker/service_worker.ts",
      formats: ["iife"],
      name: "worker",
      fileName: () => "sw.js",
    },
  },
});

const types = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  svg: "image/svg+xml",
  wasm: "application/wasm",
};
const files = [...assets, "sw.js", ...pages].map((name) => {
  const type = types[name.slice(name.lastIndexOf(".") + 1)];
  if (!type) throw new Error(`${name}: what is its content type?`);
  return { name, type, path: join(dist, name), ...compressed(join(dist, name)) };
});
writeFileSync(join(out, "asset_table.cpp"), assetTable(files));
writeFileSync(join(out, "brotli_table.cpp"), brotliTable(files));

const kB = (size) => `${(size / 1000).toFixed(1)} kB`;
for (const file of files) console.log(`${file.name}  ${kB(file.size)}, brotli ${kB(file.brotliSize)}`);
const sent = files.filter((file) => assets.includes(file.name));
console.log(`all assets, brotli: ${kB(sent.reduce((sum, file) => sum + file.brotliSize, 0))}`);

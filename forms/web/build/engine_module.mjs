// The virtual module `virtual:engine` says where engine.wasm is. The file comes from the CMake
// target forms_engine_wasm; ENGINE_WASM names it.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const kName = "virtual:engine";
const kFromHere = ["../../../build/dev/web/engine.wasm", "../../engine.wasm"];

export function engineFile() {
  const { ENGINE_WASM } = process.env;
  if (ENGINE_WASM) return existsSync(ENGINE_WASM) ? ENGINE_WASM : undefined;
  return kFromHere
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
}

export function engineModule() {
  let serving = false;
  return {
    name: "engine-module",
    configResolved(config) {
      serving = config.command === "serve";
    },
    resolveId(id) {
      return id === kName ? `\0${kName}` : undefined;
    },
    load(id) {
      if (id !== `\0${kName}`) return undefined;
      const file = engineFile();
      if (!file) {
        if (!serving) this.error("engine.wasm is missing: build the target forms_engine_wasm");
        return "export const engineAddress = null;";
      }
      if (serving) return `export const engineAddress = ${JSON.stringify(`/a/@fs${file}`)};`;
      const reference = this.emitFile({
        type: "asset",
        name: "engine.wasm",
        source: readFileSync(file),
      });
      return `export const engineAddress = import.meta.ROLLUP_FILE_URL_${reference};`;
    },
    // The module is the largest file of all: its way begins with the page, not after the script.
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const name = Object.keys(bundle ?? {}).find((file) => /^engine-.*\.wasm$/.test(file));
        if (!name || !html.includes("<script")) return html;
        const attrs = { rel: "preload", as: "fetch", type: "application/wasm", crossorigin: "" };
        return [{ tag: "link", attrs: { ...attrs, href: `/a/${name}` }, injectTo: "head" }];
      },
    },
  };
}

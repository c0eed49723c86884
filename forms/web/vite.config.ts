import { defineConfig } from "vite";
import { engineModule } from "./build/engine_module.mjs";
import { developmentServer } from "./build/development_server.mjs";

// Assets lie in one folder, `/a/`, and their names are hashes of what is in them, so that they may
// be cached for ever. A browser of 2021 is enough.
export default defineConfig({
  base: "/a/",
  publicDir: false,
  plugins: [engineModule(), developmentServer()],
  // engine.wasm comes from the build tree.
  server: { fs: { allow: [".", "..", "../../build"] } },
  esbuild: { legalComments: "none" },
  build: {
    target: ["es2021", "chrome94", "firefox93", "safari15"],
    assetsDir: "",
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["shell.html", "notice.html"],
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});

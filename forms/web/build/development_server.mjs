// What `npm run dev` offers beyond the pages: forms from a folder (FORMS_DIR, by default the forms
// library) and the native engine behind a bridge, one line in and one line out. Development only.
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const kHere = (path) => fileURLToPath(new URL(path, import.meta.url));
const kProgram = process.env.FORMS_PROGRAM ?? kHere("../../../build/dev/bin/forms");
const kFolders = (process.env.FORMS_DIR ?? kHere("../../library")).split(":");
const kSheet = /\.(xlsx|xlsm|xls|csv|md)$/;

function formFiles() {
  return kFolders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => (/\.xml$/.test(name) || kSheet.test(name)) && name !== "README.md")
      .map((name) => join(folder, name)),
  );
}

function xmlOf(file) {
  if (file.endsWith(".xml")) return Promise.resolve(readFileSync(file, "utf8"));
  const out = join(mkdtempSync(join(tmpdir(), "form-")), "form.xml");
  return new Promise((resolve, reject) =>
    execFile(kProgram, ["convert", file, out], (error, _, findings) =>
      existsSync(out) ? resolve(readFileSync(out, "utf8")) : reject(findings || error),
    ),
  );
}

/// One `forms session` process; requests are answered in order.
function startBridge() {
  const child = spawn(kProgram, ["session"], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  child.on("exit", () => waiting.splice(0).forEach((done) => done('{"error":{"code":"bridge"}}')));
  process.on("exit", () => child.kill());
  const ask = (line) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      child.stdin.write(`${line}\n`);
    });
  return { ask, end: () => child.kill() };
}

function body(request) {
  return new Promise((resolve) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts).toString("utf8")));
  });
}

export function developmentServer() {
  let bridge;
  return {
    name: "development-server",
    apply: "serve",
    configureServer(server) {
      server.httpServer?.once("close", () => bridge?.end());
      server.middlewares.use("/dev/engine", async (request, reply) => {
        bridge ??= startBridge();
        reply.setHeader("Content-Type", "application/json");
        reply.end(await bridge.ask((await body(request)).replace(/[\r\n]+/g, " ")));
      });
      server.middlewares.use("/dev/forms", (_, reply) => {
        reply.setHeader("Content-Type", "application/json");
        reply.end(JSON.stringify(formFiles().map((file) => basename(file))));
      });
      // Pictures and sounds of a form lie beside it.
      server.middlewares.use("/dev/media", (request, reply) => {
        const name = new URL(request.url, "http://localhost").searchParams.get("name") ?? "";
        const file = kFolders.map((folder) => join(folder, basename(name))).find((path) => existsSync(path));
        if (file?.endsWith(".svg")) reply.setHeader("Content-Type", "image/svg+xml");
        reply.statusCode = file ? 200 : 404;
        reply.end(file ? readFileSync(file) : "");
      });
      server.middlewares.use("/dev/form", async (request, reply) => {
        const name = new URL(request.url, "http://localhost").searchParams.get("name");
        const file = formFiles().find((one) => basename(one) === name);
        try {
          if (!file) throw new Error(`no form ${name} in ${kFolders.join(", ")}`);
          reply.setHeader("Content-Type", "application/xml");
          reply.end(await xmlOf(file));
        } catch (error) {
          reply.statusCode = 404;
          reply.end(String(error.message ?? error));
        }
      });
    },
  };
}

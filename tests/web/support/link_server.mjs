// A small stand-in for sync-server's links: the routes of one link, kept in memory, with everything
// that can go wrong on the way at the turn of a switch.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kFiles, kForms, kSource } from "./packages.mjs";

const kPolicy = /kWebContentPolicy =\s*((?:"[^"]*"\s*)+);/
  .exec(readFileSync(join(kSource, "forms/web/shell.h"), "utf8"))[1]
  .replace(/"\s*"|^"|"\s*$/g, "");
const kTypes = { js: "text/javascript", css: "text/css", wasm: "application/wasm" };
const kPortal = "<!doctype html><title>Hotel Wi-Fi</title><h1>Please sign in</h1>";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The XForm of a workbook, converted by the program under test. */
export function convert(workbook) {
  const out = join(mkdtempSync(join(tmpdir(), "form-")), "form.xml");
  try {
    execFileSync(kForms, ["convert", workbook, out], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    if (error.status !== 0 && !readFileSync(out, "utf8")) throw error;
  }
  return readFileSync(out, "utf8");
}

const attribute = (xml, name) => new RegExp(`<data[^>]*\\s${name}="([^"]*)"`).exec(xml)?.[1];

export class LinkServer {
  /** What was stored: instance → {xml, language, files, posts}. */
  records = new Map();
  files = new Map();
  /** "", "portal", "busy", "refuse", "closed", "lost-reply", "wrong-receipt". */
  trouble = "";
  delayMs = 0;
  /** What the server says where the link is revoked. */
  gone = "";
  /** 2: the page was built anew; assets of the first version are no longer there. */
  version = 1;
  requests = [];
  link = { id: "TESTLINK", label: "Test", language: "de", open: true };
  media = [];
  noPrefill = [];
  notice = {
    de: {
      sender: "Projektbüro",
      purpose: "Wir fragen, was passt.",
      recipients: ["Das Projektbüro"],
      floor: 5,
      kept_days: 90,
      contact: "buero@example.org",
    },
    en: {
      sender: "Project office",
      purpose: "We ask what fits.",
      recipients: ["The project office"],
      floor: 5,
      kept_days: 90,
      contact: "office@example.org",
    },
  };

  constructor(xml) {
    this.publish(xml);
  }

  publish(xml) {
    this.xml = xml;
    this.hash = sha256(xml);
    this.forms = { ...this.forms, [this.hash]: xml };
    this.form = {
      id: attribute(xml, "id") ?? "form",
      version: attribute(xml, "version") ?? "1",
      hash: this.hash,
      title: /<h:title>([^<]*)/.exec(xml)?.[1] ?? "Form",
    };
  }

  async start(port = 0) {
    this.server = createServer((request, reply) => void this.take(request, reply));
    await new Promise((done) => this.server.listen(port, "127.0.0.1", done));
    this.port = this.server.address().port;
    this.address = `http://127.0.0.1:${this.port}`;
    return this;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  get page() {
    return `${this.address}/f/${this.link.id}`;
  }

  async take(request, reply) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const path = new URL(request.url, this.address).pathname;
    this.requests.push({ method: request.method, path, headers: request.headers });
    if (this.delayMs > 0) await new Promise((done) => setTimeout(done, this.delayMs));
    const send = (status, type, bytes, more = {}) => {
      if (reply.destroyed) return;
      reply.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store", ...more });
      reply.end(bytes);
    };
    const json = (value, status = 200, more = {}) =>
      send(status, "application/json", JSON.stringify(value), more);
    if (this.trouble === "portal") return send(200, "text/html", kPortal);
    if (this.trouble === "busy") return json({ code: "busy", message: "later" }, 503, { "Retry-After": "1" });

    const base = `/f/${this.link.id}`;
    if (path.startsWith("/a/")) return this.asset(path.slice(3), send);
    if (path === "/f/sw.js") {
      return send(200, "text/javascript", this.built("sw.js"), {
        "Service-Worker-Allowed": "/f/",
      });
    }
    if (path === base || path === `${base}/kiosk`) {
      const texts = {
        language: "de",
        home: "link",
        title: this.form.title,
        noscript: "Bitte schalten Sie JavaScript ein.",
      };
      const html = this.built("shell.html").replace(
        /\{\{(\w+)\}\}/g,
        (_, name) => texts[name],
      );
      return send(200, "text/html; charset=utf-8", html, { "Content-Security-Policy": kPolicy });
    }
    if (path === `${base}/form` && this.gone) {
      return json({ code: "revoked", message: this.gone }, 410);
    }
    if (path === `${base}/form`) {
      const { link, form, notice, media } = this;
      return json({ link, form, notice, media, no_prefill: this.noPrefill });
    }
    const version = new RegExp(`^${base}/form/([0-9a-f]+)\\.xml$`).exec(path)?.[1];
    if (version && this.forms[version]) return send(200, "application/xml", this.forms[version]);
    const file = new RegExp(`^${base}/files/([0-9a-f]{64})$`).exec(path)?.[1];
    if (file && request.method === "PUT") {
      if (sha256(body) !== file) return json({ code: "hash", message: "wrong bytes" }, 422);
      const known = this.files.has(file);
      this.files.set(file, body);
      return json({}, known ? 200 : 201);
    }
    if (path === `${base}/answers` && request.method === "POST") return this.answer(body, json, reply);
    return json({ code: "not-found", message: "There is nothing here." }, 404);
  }

  built(name) {
    const text = readFileSync(join(kFiles, name), "utf8");
    return this.version === 1 ? text : text.replaceAll("/a/shell-", "/a/shell2-");
  }

  asset(name, send) {
    const type = kTypes[name.slice(name.lastIndexOf(".") + 1)];
    try {
      const gone = this.version === 2 && name.startsWith("shell-");
      const file = gone ? "gone" : name.replace(/^shell2-/, "shell-");
      send(200, type, readFileSync(join(kFiles, file)), {
        "Cache-Control": "public, max-age=31536000, immutable",
      });
    } catch {
      send(404, "text/plain", "no such asset");
    }
  }

  answer(body, json, reply) {
    const sent = JSON.parse(body);
    if (this.trouble === "refuse") return json({ code: "invalid", message: "The form is unknown." }, 422);
    if (this.trouble === "closed") return json({ code: "closed", message: "The link is closed." }, 410);
    const missing = sent.files.map((one) => one.sha256).filter((one) => !this.files.has(one));
    if (missing.length > 0) return json({ missing }, 409);
    const known = this.records.get(sent.instance);
    if (known && known.xml !== sent.xml) return json({ code: "conflict", message: "other content" }, 409);
    this.records.set(sent.instance, { ...sent, posts: (known?.posts ?? 0) + 1 });
    if (this.trouble === "lost-reply") return reply.destroy();
    const digest = this.trouble === "wrong-receipt" ? sha256("other") : sha256(sent.xml);
    json({
      receipt: {
        instance: sent.instance,
        revision: sha256(`revision ${sent.xml}`),
        sequence: this.records.size,
        day: "2026-11-25",
        sha256: digest,
      },
      status: known ? "duplicate" : "stored",
    });
  }
}

// sync-server itself, with one form and one link.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kServer } from "./packages.mjs";

const run = (...words) => execFileSync(kServer, words, { encoding: "utf8", env: { LANG: "C" } });

export class RealServer {
  data = mkdtempSync(join(tmpdir(), "server-"));
  port = 0;

  constructor(workbook, form, ...linkOptions) {
    this.form = form;
    this.publish(workbook);
    const made = run("link", "create", "--data", this.data, "--form", form, "--json", ...linkOptions);
    this.link = JSON.parse(made).link;
    this.token = run("token", "--data", this.data).trim();
  }

  publish(workbook) {
    run("publish", "--data", this.data, workbook);
  }

  get page() {
    return `http://127.0.0.1:${this.port}/f/${this.link}`;
  }

  /** Listens, after the first time on the same port. */
  start() {
    const words = ["serve", "--data", this.data, "--listen", `127.0.0.1:${this.port}`];
    this.child = spawn(kServer, [...words, "--controller", "Projektbüro", "--purpose", "Probe"], {
      env: { LANG: "C" },
    });
    return new Promise((resolve, reject) => {
      let said = "";
      const hear = (part) => {
        said += part;
        const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
        if (!port) return;
        this.port = Number(port);
        resolve(this);
      };
      this.child.stdout.on("data", hear);
      this.child.stderr.on("data", hear);
      this.child.once("exit", () => reject(new Error(said)));
    });
  }

  async stop(signal = "SIGTERM") {
    const { child } = this;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }

  async close() {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  async get(path) {
    const reply = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      headers: { Authorization: `Bearer ${this.token}` },
    });
    return reply.json();
  }

  /** What is stored: one entry for each revision. */
  async revisions() {
    return (await this.get(`/v1/revisions?form=${this.form}`)).revisions;
  }
}

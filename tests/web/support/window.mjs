// The collector with its window, on a folder of its own.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kCollector, kForms } from "./packages.mjs";

export class CollectorWindow {
  home = mkdtempSync(join(tmpdir(), "collector-"));
  env = { HOME: this.home, LANG: "de_DE.UTF-8", USER: "anna", PATH: process.env.PATH };
  data = join(this.home, "data");

  run(...words) {
    return execFileSync(kCollector, [...words, "--data", this.data], {
      encoding: "utf8",
      env: this.env,
    });
  }

  /** Takes a workbook as one of this device's questionnaires. */
  addForm(workbook) {
    const xml = join(this.home, "form.xml");
    execFileSync(kForms, ["convert", workbook, xml], { stdio: "ignore" });
    this.run("add-form", xml);
  }

  /** Opens it; the address with its token. */
  open() {
    this.child = spawn(kCollector, ["open", "--no-browser", "--data", this.data], { env: this.env });
    return new Promise((resolve, reject) => {
      let said = "";
      const hear = (part) => {
        said += part;
        const address = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(said)?.[0];
        if (address) resolve(address);
      };
      this.child.stdout.on("data", hear);
      this.child.stderr.on("data", hear);
      this.child.once("exit", () => reject(new Error(said)));
    });
  }

  gone() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async stop(signal = "SIGINT") {
    if (!this.child || this.gone()) return;
    const end = new Promise((done) => this.child.once("exit", done));
    this.child.kill(signal);
    await end;
  }

  async close() {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}

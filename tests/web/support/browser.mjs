// Debian's Chromium, one profile per test.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { require } from "./packages.mjs";

const { chromium } = require("playwright-core");
const kAxe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** A browser on its own profile; `close` it, or `restart` it on the same profile. */
export async function openBrowser(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "profile-"));
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
      viewport: { width: 900, height: 900 },
      locale: "de-DE",
      ...options,
    });
  const one = {
    context: await launch(),
    async page() {
      const page = await this.context.newPage();
      page.problems = [];
      page.on("pageerror", (error) => page.problems.push(error.message));
      page.on("console", (message) => {
        // A request that fails is what many tests are about; the policy and our code are not.
        if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(message.text())) {
          page.problems.push(message.text());
        }
      });
      return page;
    },
    async restart() {
      await this.context.close();
      this.context = await launch();
    },
    async close() {
      await this.context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return one;
}

/** What axe finds, as short lines; empty is good. */
export async function axe(page) {
  await page.evaluate(kAxe);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}

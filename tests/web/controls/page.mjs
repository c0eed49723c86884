// A page with a form on it, in Debian's Chromium, before the native engine: what a control answers
// is read back from the engine, not from the page.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kData, kFiller, kForms, require, vite } from "./packages.mjs";

const { chromium } = require("playwright-core");
const kAxe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const kSizes = {
  desktop: { width: 1100, height: 900 },
  narrow: { width: 320, height: 640 },
};

/** The pages of the filler on loopback, and a browser; `close` ends both. */
export async function start({ folders = [kData], args = [] } = {}) {
  process.env.FORMS_PROGRAM = kForms;
  process.env.FORMS_DIR = folders.join(":");
  const cacheDir = mkdtempSync(join(tmpdir(), "vite-"));
  const { createServer } = await vite();
  const server = await createServer({
    root: kFiller,
    cacheDir,
    // All at once: packages that are found later make a second copy of Preact.
    optimizeDeps: {
      include: ["preact", "preact/hooks", "preact/jsx-runtime", "preact/jsx-dev-runtime"],
    },
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const { port } = server.httpServer.address();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", ...args],
  });
  return {
    browser,
    /** A new page on the form; `language` as the form names it. */
    async open(form, { language, size = "desktop", dark = false, ...context } = {}) {
      const tab = await browser.newContext({
        viewport: kSizes[size],
        colorScheme: dark ? "dark" : "light",
        locale: language === "English (en)" ? "en-GB" : "de-DE",
        ...context,
      });
      const page = await tab.newPage();
      page.setDefaultTimeout(10_000);
      page.problems = [];
      page.on("pageerror", (error) => page.problems.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !/favicon|Failed to load resource/.test(message.text())) {
          page.problems.push(message.text());
        }
      });
      const asked = new URLSearchParams({
        form,
        engine: "bridge",
        ...(language ? { language } : {}),
      });
      await page.goto(`http://127.0.0.1:${port}/a/dev.html?${asked}`);
      await page.waitForFunction(() => window.filling !== undefined, null, {
        timeout: 120_000,
      });
      await page.waitForSelector(".question");
      return new FormPage(page);
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}

export class FormPage {
  constructor(page) {
    this.page = page;
    this.keyboard = page.keyboard;
  }

  /** Shows the page that asks this question, with the focus at its beginning. */
  async show(ref) {
    const id = await this.page.evaluate(async (wanted) => {
      const node = [...filling.session.nodes.values()].find((one) => one.ref === wanted);
      if (!node) throw new Error(`no node ${wanted}`);
      await filling.goTo(node.id);
      return node.id;
    }, ref);
    await this.page.waitForSelector(`[data-node="${id}"]`);
    this.id = id;
    return this.question(ref);
  }

  /** Takes back all answers, and shows the first page: as if the form had just been opened. */
  async reset() {
    await this.page.evaluate(async () => {
      // Another page first: what a control keeps for itself goes with it.
      await filling.goToPage(filling.pages.length - 1);
      await filling.settled();
      for (const node of [...filling.session.nodes.values()]) {
        const given = node.value !== undefined || filling.notHeld.has(node.id);
        if (node.kind === "value" && node.control !== null && !node.readonly && given) {
          await filling.answer(node.id, null);
        }
      }
      filling.pressed.clear();
      await filling.goToPage(0);
    });
  }

  async idOf(ref) {
    return this.page.evaluate(
      (wanted) => [...filling.session.nodes.values()].find((one) => one.ref === wanted)?.id,
      ref,
    );
  }

  /** The element of a question on this page. */
  async question(ref) {
    return this.page.locator(`[data-node="${await this.idOf(ref)}"]`);
  }

  /** What the engine holds. */
  async value(ref) {
    return this.page.evaluate(async (wanted) => {
      await filling.settled();
      return [...filling.session.nodes.values()].find((one) => one.ref === wanted)?.value ?? "";
    }, ref);
  }

  /** Waits until the engine holds this; a control may answer only after a picture is stored. */
  async holds(ref, expected) {
    const right = (value) =>
      expected instanceof RegExp ? expected.test(value) : value === expected;
    let value = await this.value(ref);
    for (let tries = 0; tries < 60 && !right(value); tries += 1) {
      await this.page.waitForTimeout(50);
      value = await this.value(ref);
    }
    assert.ok(right(value), `${ref} holds "${value}", expected ${expected}`);
  }

  /** The sentence under a question. */
  async error(ref) {
    const text = this.page.locator(`#${await this.idOf(ref)}-error`);
    return (await text.textContent()).trim();
  }

  /** Presses Tab until the focus is on something that matches, as a person without a mouse does.
   *  */
  async tabTo(selector, { back = false } = {}) {
    for (let presses = 0; presses < 150; presses += 1) {
      await this.keyboard.press(back ? "Shift+Tab" : "Tab");
      if (await this.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector))
        return;
    }
    assert.fail(`Tab does not reach ${selector}`);
  }

  async tabToField(ref, suffix = "input") {
    await this.tabTo(`#${await this.idOf(ref)}-${suffix}`);
  }

  async press(...keys) {
    for (const key of keys) await this.keyboard.press(key);
  }

  async type(text) {
    await this.keyboard.type(text);
  }

  /** What axe-core finds on the whole page. */
  async violations() {
    if (!(await this.page.evaluate(() => "axe" in window))) await this.page.evaluate(kAxe);
    return this.page.evaluate(async () => {
      const { violations } = await axe.run(document.getElementById("main"), {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        // Whole-page rules belong to the frame's tests: here the form stands on a bare
        // page.
        rules: { region: { enabled: false }, "page-has-heading-one": { enabled: false } },
      });
      return violations.map(
        (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`,
      );
    });
  }

  async close() {
    assert.deepEqual(this.page.problems, []);
    await this.page.context().close();
  }
}

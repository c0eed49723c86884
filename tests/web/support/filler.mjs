// The filler as a person meets it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { kSource } from "./packages.mjs";

export const kFeedback = join(kSource, "forms/library/event_feedback.xlsx");
export const kFitCheck = join(kSource, "forms/library/fit_check.xlsx");
export const kHousehold = join(kSource, "tests/web/forms/household.md");
export const kPair = join(kSource, "tests/web/forms/required_pair.md");

export async function openStart(page, server) {
  await page.goto(server.page);
  await page.waitForSelector(".steps .button:not([disabled])");
}

export async function begin(page, server) {
  await openStart(page, server);
  await page.click(".steps .button:not([disabled])");
  await page.waitForSelector("form h1");
}

export const heading = (page) => page.locator("main h1").innerText();

/** Presses "Weiter" and waits for the page with this heading. */
export async function next(page, expected) {
  await page.click("button[type=submit]");
  if (expected) await page.waitForSelector(`main h1:has-text("${expected}")`);
}

/** The household form up to its end, with one person. */
export async function fillHousehold(page, { place = "Aue", people = "3", person = "Ada" } = {}) {
  await page.fill("main input", place);
  await next(page, "Wie viele Menschen");
  await page.fill("main input", people);
  await next(page, `Sie haben ${people}`);
  await next(page, "Name");
  await page.fill("main input", person);
  await next(page, "Alter");
  await next(page, "Person");
  await next(page, "Ein Bild");
  await next(page, "Vorwahl");
  await next(page, "Fertig?");
  await page.waitForSelector("main .button-main:not([disabled])");
}

export async function finalise(page) {
  await page.click("main .button-main");
  await page.waitForSelector("main h1:has-text('Vielen Dank')");
}

/** Waits for the service worker, so that the next visit needs no network. */
export async function ready(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const kept = async () => (await (await caches.open("werkstatt-links")).keys()).length > 0;
    for (let tries = 0; tries < 100 && !(await kept()); tries += 1) {
      await new Promise((done) => setTimeout(done, 50));
    }
  });
}

/** Waits until something holds, without a fixed pause. */
export async function eventually(what, holds, timeoutMs = 20_000) {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`not within ${timeoutMs} ms: ${what}`);
}

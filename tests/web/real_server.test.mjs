// The browser against the server itself: the same promises, nothing played.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import {
  begin, eventually, fillHousehold, finalise, heading, kFeedback, kFitCheck, kHousehold, ready,
} from "./support/filler.mjs";
import { RealServer } from "./support/real_server.mjs";

let browser;
let server;
beforeEach(async () => {
  browser = await openBrowser({ viewport: { width: 360, height: 740 }, hasTouch: true });
});
afterEach(async () => {
  await browser.close();
  await server?.close();
});

const stored = async () => (await server.revisions()).filter((one) => one.status === "stored").length;

test("the network goes in the middle, the form is finished, and the answer arrives once", async () => {
  server = await new RealServer(kHousehold, "household", "--label", "Test").start();
  const page = await browser.page();
  await begin(page, server);
  await ready(page);
  await page.fill("main input", "Aue");
  await page.click("button[type=submit]");
  await page.waitForSelector("h1:has-text('Wie viele')");
  await server.stop("SIGKILL");
  await page.reload();
  await page.click("text=Weitermachen");
  await page.waitForSelector("h1:has-text('Wie viele')");
  await page.click("text=Zurück");
  await page.waitForSelector("h1:has-text('Wie heißt')");
  await fillHousehold(page);
  await finalise(page);
  await page.waitForSelector("text=Sie werden von selbst gesendet");
  await server.start();
  await page.waitForSelector("text=Ihre Antworten sind angekommen.", { timeout: 180_000 });
  assert.equal(await stored(), 1);
  const [revision] = await server.revisions();
  const kept = await server.get(`/v1/submissions/${revision.instance}`);
  assert.match(JSON.stringify(kept), /Aue/);
  assert.deepEqual(page.problems, []);
});

test("a picture arrives as it was kept, and the sheet counts in the results", async () => {
  server = await new RealServer(kHousehold, "household", "--label", "Test").start();
  const page = await browser.page();
  await begin(page, server);
  await page.fill("main input", "Aue");
  await page.click("button[type=submit]");
  await page.waitForSelector("h1:has-text('Wie viele')");
  await page.click("header button");
  await page.click("dialog button:has-text('Ein Bild')");
  await page.waitForSelector("h1:has-text('Ein Bild')");
  const picture = { name: "haus.png", mimeType: "image/png", buffer: await page.screenshot() };
  await page.setInputFiles("main input[type=file]", picture);
  await page.waitForSelector("main img");
  await page.click("button[type=submit]");
  await page.waitForSelector("h1:has-text('Vorwahl')");
  await page.click("button[type=submit]");
  await page.waitForSelector("main .button-main:not([disabled]):has-text('Abschließen')");
  await finalise(page);
  await page.waitForSelector("text=Ihre Antworten sind angekommen.");
  assert.equal(await stored(), 1);
});

for (const [form, id] of [[kFeedback, "event_feedback"], [kFitCheck, "fit_check"]]) {
  test(`${id} is filled in by touch and counted`, async () => {
    server = await new RealServer(form, id, "--label", "Test").start();
    const page = await browser.page();
    await begin(page, server);
    for (let pages = 0; pages < 30 && (await heading(page)) !== "Fertig?"; pages += 1) {
      const before = await heading(page);
      const groups = await page.$$("main fieldset, main [role=radiogroup]");
      for (const group of groups) {
        const choice = await group.$("label:has(input[type=radio]), label:has(input[type=checkbox])");
        await choice?.tap();
      }
      const consent = await page.$("main .question-trigger label:has(input:not(:checked))");
      await consent?.tap();
      for (const field of await page.$$("main textarea, main input[type=text]:not([role=combobox])")) {
        const mode = await field.getAttribute("inputmode");
        const text = mode === "numeric" || mode === "decimal" ? "12" : "a@example.org";
        if ((await field.inputValue()) === "") await field.fill(text);
      }
      await page.tap("button[type=submit]");
      await page.waitForFunction(
        (old) => document.querySelector("main h1")?.innerText !== old || document.querySelector("[role=alert] p"),
        before,
      );
    }
    await page.waitForSelector("main .button-main:not([disabled]):has-text('Abschließen')");
    await finalise(page);
    await page.waitForSelector("text=Ihre Antworten sind angekommen.");
    await eventually("it is stored", async () => (await stored()) === 1);
    assert.deepEqual(page.problems, []);
  });
}

test("a device for guests takes the code that the office gave the link", async () => {
  server = await new RealServer(kFeedback, "event_feedback", "--label", "T", "--kiosk-code", "4711").start();
  const page = await browser.page();
  await page.goto(`${server.page}/kiosk`);
  await page.waitForSelector(".button:has-text('Fragebogen beginnen'):not([disabled])");
  await page.click("text=Modus verlassen");
  await page.fill("#kiosk-code", "4711");
  await page.keyboard.press("Enter");
  await page.waitForURL((address) => !address.pathname.endsWith("/kiosk"));
});

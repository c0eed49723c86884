import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { axe, openBrowser } from "./support/browser.mjs";
import { eventually, fillHousehold, finalise, kHousehold } from "./support/filler.mjs";
import { convert, LinkServer } from "./support/link_server.mjs";

const kStart = ".button:has-text('Fragebogen beginnen'):not([disabled])";

let browser;
let server;
let page;
beforeEach(async () => {
  browser = await openBrowser();
  server = await new LinkServer(convert(kHousehold)).start();
  page = await browser.page();
  await page.clock.install();
  await page.goto(`${server.page}/kiosk`);
  await page.fill("#kiosk-code", "4711");
  await page.click("button[type=submit]");
  await page.waitForSelector(kStart);
});
afterEach(async () => {
  await browser.close();
  await server.stop();
});

const begin = async () => {
  await page.click(kStart);
  await page.waitForSelector("form h1");
};

test("after finishing the device begins again and shows nobody's answers", async () => {
  assert.deepEqual(await axe(page), []);
  await begin();
  await fillHousehold(page);
  assert.equal(await page.locator(".own-answers").count(), 0);
  await finalise(page);
  assert.equal(await page.locator("text=Ada").count(), 0);
  await page.waitForSelector("text=Diese Seite beginnt in");
  await page.clock.runFor(21_000);
  await page.waitForSelector(kStart);
  await page.goBack().catch(() => undefined);
  await page.goto(`${server.page}/kiosk`);
  await page.waitForSelector(kStart);
  assert.equal(await page.locator("text=Aue").count(), 0);
  assert.equal(server.records.size, 1);
});

test("a pause is asked about; who is there goes on, else the answers are gone", async () => {
  await begin();
  await page.fill("main input", "Aue");
  await page.clock.runFor(91_000);
  await page.waitForSelector("dialog:has-text('Sind Sie noch da?')");
  await page.click("text=Ich bin noch da");
  assert.equal(await page.inputValue("main input"), "Aue");
  await page.clock.runFor(91_000);
  await page.waitForSelector("dialog:has-text('Sind Sie noch da?')");
  await page.clock.runFor(31_000);
  await page.waitForSelector(kStart);
  await begin();
  assert.equal(await page.inputValue("main input"), "");
});

test("a reload leaves the next guest nothing", async () => {
  await begin();
  await page.fill("main input", "Aue");
  await page.click("button[type=submit]");
  await page.waitForSelector("h1:has-text('Wie viele')");
  await page.reload();
  await page.waitForSelector(kStart);
  assert.equal(await page.locator("text=Weitermachen").count(), 0);
  await begin();
  assert.equal(await page.inputValue("main input"), "");
});

test("a device that stands at its first page learns that the link was closed", async () => {
  server.link = { ...server.link, open: false, reason: "Das Fest ist vorbei." };
  await page.clock.runFor(181_000);
  await page.waitForSelector("text=Das Fest ist vorbei.");
  assert.equal(await page.locator(kStart).count(), 0);
});

test("the next guest gets the version that was published meanwhile", async () => {
  await begin();
  await fillHousehold(page);
  await finalise(page);
  const xml = server.xml.replace('version="1"', 'version="2"');
  server.publish(xml.replaceAll("Wie heißt der Ort?", "Neu: Ort?"));
  await page.clock.runFor(21_000);
  await page.waitForSelector(kStart);
  const hash = new RegExp(`/form/${server.hash}`);
  await eventually("the new form is here", () => server.requests.some((one) => hash.test(one.path)));
});

test("leaving needs the code", async () => {
  await page.goto(server.page);
  await page.waitForURL(/\/kiosk$/);
  await page.waitForSelector("text=Modus verlassen");
  await page.click("text=Modus verlassen");
  await page.fill("#kiosk-code", "1234");
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=Dieser Code stimmt nicht.");
  await page.fill("#kiosk-code", "4711");
  await page.keyboard.press("Enter");
  await page.waitForURL(/TESTLINK$/);
});

test("the device says how much it has not sent", async () => {
  server.trouble = "busy";
  await begin();
  await fillHousehold(page);
  await finalise(page);
  await page.clock.runFor(21_000);
  await page.waitForSelector("text=Noch nicht gesendet: 1");
});

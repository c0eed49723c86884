// The collector's window in a browser, with the real programs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, test } from "node:test";
import { axe, openBrowser } from "./support/browser.mjs";
import { eventually, fillHousehold, kHousehold, next } from "./support/filler.mjs";
import { kServer } from "./support/packages.mjs";
import { RealServer } from "./support/real_server.mjs";
import { CollectorWindow } from "./support/window.mjs";

let browser;
let collector;
let server;
beforeEach(async () => {
  browser = await openBrowser();
  collector = new CollectorWindow();
});
afterEach(async () => {
  await browser.close();
  await collector.close();
  await server?.close();
  server = undefined;
});

async function enter() {
  const page = await browser.page();
  await page.goto(await collector.open());
  await page.waitForSelector("h1:has-text('Interviews auf diesem Gerät')");
  return page;
}

test("an interview survives a kill, is finalised, and the server gets it once", async () => {
  server = await new RealServer(kHousehold, "household", "--label", "x").start();
  const code = execFileSync(kServer, ["codes", "--data", server.data], { encoding: "utf8" }).trim();
  collector.run("enrol", `http://127.0.0.1:${server.port}`, code.split("\n")[0]);
  let page = await enter();
  await page.click("section:has-text('Neues Interview') button");
  await page.fill("main input", "Aue");
  await page.click("button[type=submit]");
  await page.waitForSelector("h1:has-text('Wie viele')");
  await collector.stop("SIGKILL");
  await page.close();

  page = await enter();
  assert.equal(new URL(page.url()).hash, ""); // the token is out of the address
  await page.click("text=Weitermachen");
  await page.waitForSelector("h1:has-text('Wie viele')");
  await page.click("text=Zurück");
  await page.waitForSelector("h1:has-text('Wie heißt')");
  assert.equal(await page.inputValue("main input"), "Aue");
  await fillHousehold(page);
  await page.click("main .button-main");
  await page.waitForSelector("text=Das Interview ist abgeschlossen und hier gespeichert.");
  await page.waitForSelector("text=Ein Interview wartet auf das Senden.");
  assert.equal((await server.revisions()).length, 0);
  await page.click("text=Jetzt abgleichen");
  await page.waitForSelector("text=Alles ist gesendet.");
  assert.equal((await server.revisions()).length, 1);
  await page.click("text=Verlauf");
  await page.waitForSelector("li:has-text('Abgeglichen: 1 gesendet')");
  assert.deepEqual(page.problems, []);
});

test("a picture goes to the server with its interview, byte by byte", async () => {
  server = await new RealServer(kHousehold, "household", "--label", "x").start();
  const code = execFileSync(kServer, ["codes", "--data", server.data], { encoding: "utf8" }).trim();
  collector.run("enrol", `http://127.0.0.1:${server.port}`, code.split("\n")[0]);
  const page = await enter();
  await page.click("section:has-text('Neues Interview') button");
  await page.fill("main input", "Aue");
  await next(page, "Wie viele Menschen");
  await page.click("header button");
  await page.click("dialog button:has-text('Ein Bild')");
  await page.waitForSelector("h1:has-text('Ein Bild')");
  const picture = { name: "haus.png", mimeType: "image/png", buffer: await page.screenshot() };
  await page.setInputFiles("main input[type=file]", picture);
  await page.waitForSelector("main img");
  await next(page, "Vorwahl");
  await next(page, "Fertig?");
  await page.waitForSelector("main .button-main:not([disabled]):has-text('Abschließen')");
  await page.click("main .button-main");
  await page.waitForSelector("text=Das Interview ist abgeschlossen");
  await page.waitForSelector("text=Ein Bild oder eine Aufnahme ist noch nicht gesendet.");
  await page.click("text=Jetzt abgleichen");
  await page.waitForSelector("text=eine Datei");
  assert.equal(await page.locator("text=noch nicht gesendet").count(), 0);
  const [revision] = await server.revisions();
  const kept = await server.get(`/v1/submissions/${revision.instance}`);
  const [file] = kept.files ?? kept.attachments ?? [];
  const reply = await fetch(
    `http://127.0.0.1:${server.port}/v1/submissions/${revision.instance}/files/${file.name}`,
    { headers: { Authorization: `Bearer ${server.token}` } },
  );
  assert.equal(reply.status, 200);
  const bytes = Buffer.from(await reply.arrayBuffer());
  // The page may have made it smaller; what it kept is what has arrived.
  assert.equal(bytes.length, file.size ?? file.bytes);
  assert.deepEqual(page.problems, []);
});

test("the lists are kept in both languages, by keyboard, without what axe finds", async () => {
  collector.addForm(kHousehold);
  const page = await enter();
  assert.deepEqual(await axe(page), []);
  await page.selectOption("label:has-text('Sprache') select", "en");
  await page.waitForSelector("h1:has-text('Interviews on this device')");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.deepEqual(await axe(page), []);
  // To the first form's button and in, by keyboard alone.
  const begin = page.locator("section:has-text('New interview') button").first();
  for (let presses = 0; presses < 20; presses += 1) {
    if (await begin.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.waitForSelector("main input");
  assert.deepEqual(page.problems, []);
});

test("a picture stays with its draft, and a discarded draft is gone", async () => {
  collector.addForm(kHousehold);
  let page = await enter();
  await page.click("section:has-text('Neues Interview') button");
  await page.waitForSelector("main input");
  await page.click("header button");
  await page.click("dialog button:has-text('Ein Bild')");
  await page.waitForSelector("h1:has-text('Ein Bild')");
  const picture = { name: "haus.png", mimeType: "image/png", buffer: await page.screenshot() };
  await page.setInputFiles("main input[type=file]", picture);
  await page.waitForSelector("main img");
  await collector.stop("SIGKILL");
  await page.close();
  page = await enter();
  await page.click("text=Weitermachen");
  await page.waitForSelector("main img");
  await page.click("text=Später weiter");
  await page.waitForSelector("h1:has-text('Interviews auf diesem Gerät')");
  await page.click("section:has-text('Entwürfe') >> text=Löschen");
  await page.click("text=Ja, löschen");
  await page.waitForSelector("text=Kein Entwurf.");
  assert.deepEqual(page.problems, []);
});

test("a second tab does not take the draft, and closing ends the program", async () => {
  collector.addForm(kHousehold);
  const page = await enter();
  await page.click("section:has-text('Neues Interview') button");
  await page.waitForSelector("main input");
  const other = await browser.page();
  await other.goto(new URL("/", page.url()).href);
  await other.click("text=Weitermachen");
  await other.waitForSelector("[role=alert]");
  await page.click("text=Später weiter");
  await page.click("text=Fenster schließen");
  await page.waitForSelector("text=Das Fenster ist geschlossen.");
  await eventually("the program ends", async () => collector.gone());
  await other.click("text=Weitermachen");
  await other.waitForSelector("text=Das Programm antwortet nicht mehr.");
});

test("without a session the page shows nothing", async () => {
  collector.addForm(kHousehold);
  const address = new URL(await collector.open());
  const page = await browser.page();
  await page.goto(`${address.origin}/`);
  await page.waitForSelector("text=collector open");
  assert.equal(await page.locator("text=Neues Interview").count(), 0);
  await page.goto(`${address.origin}/#wrong`);
  await page.reload();
  await page.waitForSelector("text=collector open");
});

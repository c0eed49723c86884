import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import {
  begin,
  eventually,
  fillHousehold,
  finalise,
  heading,
  kHousehold,
  next,
  openStart,
  ready,
} from "./support/filler.mjs";
import { convert, LinkServer } from "./support/link_server.mjs";

const kXml = convert(kHousehold);
let browser;
let server;
let page;
beforeEach(async () => {
  browser = await openBrowser();
  server = await new LinkServer(kXml).start();
  page = await browser.page();
});
afterEach(async () => {
  await browser.close();
  await server.stop().catch(() => undefined);
});

async function answerTwo() {
  await begin(page, server);
  await page.fill("main input", "Aue");
  await next(page, "Wie viele Menschen");
  await page.fill("main input", "7");
  await next(page, "Sie haben 7");
}

/** On a slow machine the record's own time may have come before one presses. */
async function sendNow(on) {
  await on.waitForSelector(".queue-entry");
  await on.click("text=Jetzt senden", { timeout: 3_000 }).catch(() => undefined);
}

async function resume(on) {
  await on.waitForSelector("text=Weitermachen");
  await on.click("text=Weitermachen");
  await on.waitForSelector("form h1");
}

test("a reload in the middle keeps every answer and the place", async () => {
  await answerTwo();
  await page.reload();
  await resume(page);
  assert.match(await heading(page), /Sie haben 7/);
  await page.click("text=Zurück");
  await page.waitForSelector("h1:has-text('Wie viele')");
  assert.equal(await page.inputValue("main input"), "7");
});

test("a browser that is killed has the answer that was on the screen before the next question", async () => {
  await answerTwo();
  await browser.restart();
  page = await browser.page();
  await openStart(page, server);
  await resume(page);
  assert.match(await heading(page), /Sie haben 7/);
});

test("a second window does not write over the first", async () => {
  await answerTwo();
  const second = await browser.page();
  await second.goto(server.page);
  await second.waitForSelector("text=Weitermachen");
  await second.click("text=Weitermachen");
  await second.waitForSelector("text=in einem anderen Fenster offen");
  await page.close();
  await second.click("text=Weitermachen");
  await second.waitForSelector("h1:has-text('Sie haben 7')");
  page = second;
});

test("a form published anew leaves a draft its own version", async () => {
  await answerTwo();
  server.publish(kXml.replace('version="1"', 'version="2"').replaceAll("Wie heißt der Ort?", "Neu: Ort?"));
  await page.reload();
  await page.waitForSelector("text=Begonnen mit einer früheren Fassung");
  await resume(page);
  await page.click("text=Zurück");
  await page.waitForSelector("h1:has-text('Wie viele')");
  await page.click("text=Zurück");
  await page.waitForSelector("h1:has-text('Wie heißt der Ort?')");
  await page.click("text=Später weiter");
  await page.click("text=Neu beginnen");
  await page.waitForSelector("h1:has-text('Neu: Ort?')");
});

test("a full device says so, keeps the answer on the screen and goes on once there is room", async () => {
  await begin(page, server);
  // Chromium lets small writes through whatever the quota says, so the database says it itself.
  await page.evaluate(() => {
    const original = IDBObjectStore.prototype.put;
    globalThis.full = true;
    IDBObjectStore.prototype.put = function (...values) {
      if (globalThis.full) throw new DOMException("full", "QuotaExceededError");
      return original.apply(this, values);
    };
  });
  await page.fill("main input", "Aue");
  await page.click("button[type=submit]");
  await page.waitForSelector("[role=alert]:has-text('kein Platz mehr')");
  assert.match(await heading(page), /Wie heißt der Ort/);
  assert.equal(await page.inputValue("main input"), "Aue");
  await page.evaluate(() => {
    globalThis.full = false;
  });
  await page.click("text=Noch einmal versuchen");
  await page.waitForSelector("[role=alert]:has-text('kein Platz mehr')", { state: "detached" });
  await next(page, "Wie viele Menschen");
});

test("from the second visit on everything works without a network, and the record is sent once", async () => {
  await openStart(page, server);
  await ready(page);
  const { port } = server;
  await server.stop();
  await page.reload();
  await page.waitForSelector(".steps .button:not([disabled])");
  await page.click(".steps .button:not([disabled])");
  await page.waitForSelector("form h1");
  await fillHousehold(page);
  await finalise(page);
  await page.waitForSelector("text=Sie werden von selbst gesendet");
  await browser.restart();
  page = await browser.page();
  await page.goto(server.page);
  await page.waitForSelector("text=Ein Fragebogen ist noch nicht gesendet");
  await server.start(port);
  await sendNow(page);
  await page.waitForSelector(".queue-sent");
  assert.equal(server.records.size, 1);
  const [record] = server.records.values();
  assert.equal(record.posts, 1);
  assert.match(record.xml, /<place>Aue<\/place>/);
  assert.match(record.xml, /<name>Ada<\/name>/);
});

test("the queue is sent by itself when the network is back", async () => {
  await openStart(page, server);
  await ready(page);
  await browser.context.setOffline(true);
  await page.click(".steps .button:not([disabled])");
  await page.waitForSelector("form h1");
  await fillHousehold(page);
  await finalise(page);
  assert.equal(server.records.size, 0);
  await browser.context.setOffline(false);
  await page.waitForSelector("text=Ihre Antworten sind angekommen.");
  assert.equal(server.records.size, 1);
});

test("a reply that got lost makes no second record", async () => {
  await begin(page, server);
  await fillHousehold(page);
  server.trouble = "lost-reply";
  await finalise(page);
  await eventually("the record arrives", () => server.records.size === 1);
  server.trouble = "";
  await page.click("text=Noch einen Fragebogen");
  await sendNow(page);
  await page.waitForSelector(".queue-sent");
  assert.equal(server.records.size, 1);
});

test("the sign-in page of a Wi-Fi is not success", async () => {
  await begin(page, server);
  await fillHousehold(page);
  server.trouble = "portal";
  await finalise(page);
  await page.waitForSelector("text=Anmeldeseite des WLANs");
  server.trouble = "";
  await page.click("text=Noch einen Fragebogen");
  await sendNow(page);
  await page.waitForSelector(".queue-sent");
  assert.equal(server.records.size, 1);
});

test("a receipt for other answers is not believed", async () => {
  await begin(page, server);
  await fillHousehold(page);
  server.trouble = "wrong-receipt";
  await finalise(page);
  await page.waitForSelector("text=Die Quittung des Servers passt nicht");
});

test("a refused record stays, with its reason and as a file", async () => {
  await begin(page, server);
  await fillHousehold(page);
  server.trouble = "refuse";
  await finalise(page);
  await page.waitForSelector("text=The form is unknown.");
  await page.reload();
  await page.waitForSelector(".queue-refused");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("text=Als Datei sichern"),
  ]);
  const stream = await download.createReadStream();
  let text = "";
  for await (const part of stream) text += part;
  const kept = JSON.parse(text);
  assert.equal(kept.records.length, 1);
  assert.match(kept.records[0].xml, /<place>Aue<\/place>/);
});

test("a record whose picture is gone is not sent without it", async () => {
  await begin(page, server);
  await page.fill("main input", "Aue");
  await next(page, "Wie viele Menschen");
  await page.click("header button");
  await page.click("dialog button:has-text('Ein Bild')");
  await page.waitForSelector("h1:has-text('Ein Bild')");
  const buffer = await page.screenshot();
  await page.setInputFiles("main input[type=file]", {
    name: "haus.png",
    mimeType: "image/png",
    buffer,
  });
  await page.waitForSelector("main img");
  await page.evaluate(async () => {
    const db = await new Promise((done) => {
      const request = indexedDB.open("werkstatt");
      request.onsuccess = () => done(request.result);
    });
    const change = db.transaction("files", "readwrite");
    change.objectStore("files").clear();
    await new Promise((done) => (change.oncomplete = done));
    db.close();
  });
  await next(page, "Vorwahl");
  await next(page, "Fertig?");
  await page.waitForSelector("main .button-main:not([disabled])");
  await page.click("main .button-main");
  await page.waitForSelector("[role=alert]:has-text('nicht mehr da')");
  assert.equal(server.records.size, 0);
});

test("a record with a picture arrives with the picture", async () => {
  await begin(page, server);
  await page.fill("main input", "Aue");
  await next(page, "Wie viele Menschen");
  await page.click("header button");
  await page.click("dialog button:has-text('Ein Bild')");
  await page.waitForSelector("h1:has-text('Ein Bild')");
  const png = await page.screenshot();
  await page.setInputFiles("main input[type=file]", {
    name: "haus.png",
    mimeType: "image/png",
    buffer: png,
  });
  await page.waitForSelector("main img");
  await next(page, "Vorwahl");
  await next(page, "Fertig?");
  await page.waitForSelector("main .button-main:not([disabled])");
  await finalise(page);
  await page.waitForSelector("text=Ihre Antworten sind angekommen.");
  const [record] = server.records.values();
  assert.equal(record.files.length, 1);
  assert.ok(server.files.has(record.files[0].sha256));
  assert.match(record.xml, new RegExp(`<photo>${record.files[0].name}</photo>`));
});

test("values of the address are taken, except where the form forbids it", async () => {
  server.noPrefill = ["/data/secret"];
  await page.goto(`${server.page}?d[/data/place]=Zwickau&d[/data/secret]=0375`);
  await page.waitForSelector(".steps .button:not([disabled])");
  await page.click(".steps .button");
  await page.waitForSelector("form h1");
  assert.equal(await page.inputValue("main input"), "Zwickau");
  await page.click("header button");
  await page.click("dialog button:has-text('Vorwahl')");
  await page.waitForSelector("h1:has-text('Vorwahl')");
  assert.equal(await page.inputValue("main input"), "");
});

test("a link that is closed takes no new record and lets the begun ones be finished", async () => {
  await answerTwo();
  server.link = { ...server.link, open: false, reason: "Die Befragung endete am 1. Dezember." };
  await page.reload();
  await page.waitForSelector("text=nimmt keine neuen Antworten an");
  await page.waitForSelector("text=Die Befragung endete am 1. Dezember.");
  assert.equal(await page.locator("text=Neu beginnen").count(), 0);
  await resume(page);
});

test("a link that was revoked takes nothing new from who was there before", async () => {
  await answerTwo();
  server.gone = "Dieser Link gilt nicht mehr.";
  await page.reload();
  await page.waitForSelector("text=Dieser Link gilt nicht mehr.");
  assert.equal(await page.locator("text=Neu beginnen").count(), 0);
  await resume(page);
});

test("a version that another window has begun with stays when a new one comes", async () => {
  await begin(page, server); // nothing saved yet
  server.publish(server.xml.replace('version="1"', 'version="2"'));
  const other = await browser.page();
  await openStart(other, server);
  await eventually("the new version is kept", () =>
    other.evaluate(async (hash) => {
      const db = await new Promise((done) => {
        const request = indexedDB.open("werkstatt");
        request.onsuccess = () => done(request.result);
      });
      const keys = await new Promise((done) => {
        const request = db.transaction("forms").objectStore("forms").getAllKeys();
        request.onsuccess = () => done(request.result);
      });
      db.close();
      return keys.some((key) => key[1] === hash);
    }, server.hash),
  );
  await page.fill("main input", "Aue");
  await next(page, "Wie viele Menschen");
  await page.reload();
  await resume(page);
});

test("the browser's own back goes to the question before", async () => {
  await answerTwo();
  await page.goBack();
  await page.waitForSelector("h1:has-text('Wie viele')");
  await page.goBack();
  await page.waitForSelector("h1:has-text('Wie heißt')");
  await page.goForward();
  await page.waitForSelector("h1:has-text('Wie viele')");
  assert.equal(await page.inputValue("main input"), "7");
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { begin, eventually, finalise, kHousehold, next, ready } from "./support/filler.mjs";
import { convert, LinkServer } from "./support/link_server.mjs";

const kRecords = 50;
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Finishes one record with a picture, without a network. */
async function finishOne(page, browser, server) {
  await begin(page, server);
  await ready(page);
  await browser.context.setOffline(true);
  await page.fill("main input", "Aue");
  await next(page, "Wie viele Menschen");
  await page.click("header button");
  await page.click("dialog button:has-text('Ein Bild')");
  await page.waitForSelector("h1:has-text('Ein Bild')");
  const buffer = await page.screenshot();
  await page.setInputFiles("main input[type=file]", { name: "a.png", mimeType: "image/png", buffer });
  await page.waitForSelector("main img");
  await next(page, "Vorwahl");
  await next(page, "Fertig?");
  await page.waitForSelector("main .button-main:not([disabled])");
  await finalise(page);
}

/** Many more like it, straight into the browser's database: same shape, other instances. */
function copies(page, count) {
  return page.evaluate(async (many) => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const hex = async (text) =>
      [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
        .map((byte) => byte.toString(16).padStart(2, "0"))
        .join("");
    const db = await done(indexedDB.open("werkstatt"));
    const [record] = await done(db.transaction("records").objectStore("records").getAll());
    const [file] = await done(db.transaction("files").objectStore("files").getAll());
    const made = [];
    for (let at = 0; at < many; at += 1) {
      const instance = `uuid:copy-${at}`;
      const xml = record.xml
        .replace(record.instance, instance)
        .replace("<place>Aue<", `<place>Ort ${at}<`);
      made.push({ ...record, instance, draft: `draft-${at}`, xml, sha256: await hex(xml) });
    }
    const write = db.transaction(["records", "files"], "readwrite");
    for (const one of made) {
      write.objectStore("records").put(one);
      write.objectStore("files").put({ ...file, draft: one.draft });
    }
    await new Promise((resolve) => {
      write.oncomplete = resolve;
    });
    db.close();
    return made.map(({ instance, xml }) => ({ instance, xml }));
  }, count);
}

test("fifty records with pictures are all sent, each once and as it was", async () => {
  const browser = await openBrowser();
  const server = await new LinkServer(convert(kHousehold)).start();
  try {
    const page = await browser.page();
    await finishOne(page, browser, server);
    const made = await copies(page, kRecords - 1);
    await page.reload();
    await page.waitForSelector(`text=${kRecords} Fragebögen sind noch nicht gesendet`);
    // In the middle the server is gone for a while, and two windows try at once.
    const { port } = server;
    const second = await browser.page();
    await browser.context.setOffline(false);
    await second.goto(server.page);
    // The network alone starts the sending, too; then there is no button any more.
    await page.click("text=Jetzt senden", { timeout: 2000 }).catch(() => {});
    await eventually("some are sent", () => server.records.size >= 5);
    await server.stop();
    await server.start(port);
    await eventually(
      "all are sent",
      async () => {
        const again = page.locator("text=Jetzt senden");
        if (await again.isEnabled().catch(() => false)) await again.click({ timeout: 1000 }).catch(() => 0);
        return server.records.size === kRecords;
      },
      120_000,
    );
    for (const { instance, xml } of made) assert.equal(server.records.get(instance).xml, xml);
    for (const record of server.records.values()) {
      assert.equal(record.files.length, 1);
      assert.ok(server.files.has(record.files[0].sha256));
    }
    await page.waitForSelector("text=noch nicht gesendet", { state: "detached" });
    const kept = await page.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.open("werkstatt").onsuccess = ({ target }) => {
            target.result.transaction("records").objectStore("records").getAll().onsuccess = (event) =>
              resolve(event.target.result.map((one) => [one.state, one.xml, one.receipt.sha256, one.instance]));
          };
        }),
    );
    assert.equal(kept.length, kRecords);
    for (const [state, xml, receipt, instance] of kept) {
      assert.equal(state, "sent");
      assert.equal(xml, "");
      assert.equal(receipt, sha256(server.records.get(instance).xml));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});

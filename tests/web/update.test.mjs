import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { begin, eventually, kHousehold, next, ready } from "./support/filler.mjs";
import { convert, LinkServer } from "./support/link_server.mjs";

const version = (page) =>
  page.evaluate(() => /shell2?-/.exec(document.querySelector("script[src]").src)[0]);

test("a new version of the page in the middle of a draft harms nothing and is offered", async () => {
  const browser = await openBrowser();
  const server = await new LinkServer(convert(kHousehold)).start();
  try {
    const page = await browser.page();
    await begin(page, server);
    await ready(page);
    await page.fill("main input", "Aue");
    await next(page, "Wie viele Menschen");
    assert.equal(await version(page), "shell-");

    server.version = 2;
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration("/f/")).update();
    });
    await eventually("the new worker waits", () =>
      page.evaluate(async () => {
        const { waiting } = await navigator.serviceWorker.getRegistration("/f/");
        return waiting !== null;
      }),
    );
    await page.fill("main input", "7");
    await next(page, "Sie haben 7");

    // The old page is whole, with and without a network.
    const { port } = server;
    await server.stop();
    await page.reload();
    await page.waitForSelector("text=Weitermachen");
    assert.equal(await version(page), "shell-");
    await server.start(port);

    await page.click("text=Neu laden");
    await eventually("the new page is there", async () =>
      (await version(page).catch(() => "")) === "shell2-",
    );
    await page.click("text=Weitermachen");
    await page.waitForSelector("h1:has-text('Sie haben 7')");
    assert.deepEqual(page.problems, []);
  } finally {
    await browser.close();
    await server.stop();
  }
});

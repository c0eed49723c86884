import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, openBrowser } from "./support/browser.mjs";
import { begin, heading, kFeedback, kHousehold, kPair, openStart } from "./support/filler.mjs";
import { convert, LinkServer } from "./support/link_server.mjs";

let browser;
before(async () => {
  browser = await openBrowser({ viewport: { width: 320, height: 640 } });
});
after(() => browser.close());

async function withServer(form, work) {
  const server = await new LinkServer(convert(form)).start();
  const page = await browser.page();
  try {
    await work(page, server);
    assert.deepEqual(page.problems, []);
  } finally {
    await page.close();
    await server.stop();
  }
}

const focused = (page) =>
  page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`);

/** Waits until the focus is where it belongs: it moves after the page is drawn. */
async function focusIs(page, wanted) {
  for (let looks = 0; looks < 50; looks += 1) {
    if (wanted.test(await focused(page))) return;
    await page.waitForTimeout(100);
  }
  assert.match(await focused(page), wanted);
}

/** Tab until the element with this text or selector has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((one) => document.activeElement?.matches(one), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

test("a form is filled in, checked and sent by keyboard alone", async () => {
  await withServer(kHousehold, async (page, server) => {
    await openStart(page, server);
    await tabTo(page, ".steps .button");
    await page.keyboard.press("Enter");
    await page.waitForSelector("form h1");
    await focusIs(page, /^H1 Wie heißt der Ort/);

    // Going on without the required answer: said, and the field has the focus.
    await tabTo(page, "button[type=submit]");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[role=alert] p");
    assert.match(await page.innerText(".question-error"), /beantworten Sie diese Frage/);
    await focusIs(page, /^INPUT/);

    await page.keyboard.type("Aue");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Wie viele')");
    await focusIs(page, /^H1 Wie viele/);

    await page.keyboard.press("Tab");
    await page.keyboard.type("120");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".question-error:has-text('Höchstens 99.')");
    await focusIs(page, /^INPUT/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("3");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Sie haben 3')");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Name')");

    for (let pages = 0; pages < 8 && (await heading(page)) !== "Fertig?"; pages += 1) {
      const before = await heading(page);
      await tabTo(page, "button[type=submit]");
      await page.keyboard.press("Enter");
      await page.waitForFunction(
        (old) => document.querySelector("main h1")?.innerText !== old,
        before,
      );
    }
    await focusIs(page, /^H1 Fertig/);
    await page.waitForSelector("main .button-main:not([disabled])");
    await tabTo(page, "main .button-main");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Vielen Dank')");
    await focusIs(page, /^H1 Vielen Dank/);
    await page.waitForSelector("text=Ihre Antworten sind angekommen.");
    assert.equal(server.records.size, 1);
    const [record] = server.records.values();
    assert.match(record.xml, /<place>Aue<\/place><people>3<\/people>/);
  });
});

test("the overview opens, jumps and closes by keyboard, and gives the focus back", async () => {
  await withServer(kHousehold, async (page, server) => {
    await begin(page, server);
    await tabTo(page, "header button");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    await focusIs(page, /^BUTTON Wie heißt der Ort/);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    await focusIs(page, /^BUTTON Übersicht/);
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("main h1:has-text('Wie viele')");
    await focusIs(page, /^H1 Wie viele/);
  });
});

test("entries are added, listed and removed after a question", async () => {
  await withServer(kHousehold, async (page, server) => {
    await begin(page, server);
    await page.fill("main input", "Aue");
    await page.keyboard.press("Enter");
    await page.waitForSelector("main h1:has-text('Wie viele')");
    await page.click("button[type=submit]");
    await page.waitForSelector("main h1:has-text('Name')");
    await page.fill("main input", "Ada");
    await page.click("button[type=submit]");
    await page.waitForSelector("main h1:has-text('Alter')");
    await page.click("button[type=submit]");
    await page.waitForSelector(".entries");
    assert.match(await page.innerText(".entries"), /Person 1\s+Ada/);
    await page.click("text=Weiteren Eintrag hinzufügen");
    await page.waitForSelector("main h1:has-text('Name')");
    assert.match(await page.innerText(".trail"), /Person 2/);
    await page.click("text=Zurück");
    await page.waitForSelector("main h1:has-text('Alter')");
    await page.click("header button");
    await page.click("dialog button:has-text('Person: 2 Einträge')");
    await page.waitForSelector(".entries");
    await page.click(".entries li:nth-child(2) button:has-text('Entfernen')");
    await focusIs(page, /^BUTTON Nein, behalten/);
    await page.click("text=Ja, entfernen");
    await page.waitForSelector(".entries li:nth-child(2)", { state: "detached" });
    await focusIs(page, /^H1/);
    assert.equal(await page.innerText("[role=status]:has-text('entfernt')"), "Person 2 ist entfernt.");
  });
});

test("the language changes in the middle and nothing is lost", async () => {
  await withServer(kHousehold, async (page, server) => {
    await begin(page, server);
    await page.fill("main input", "Aue");
    await page.selectOption("header select", "English (en)");
    await page.waitForSelector("main h1:has-text('What is the place called?')");
    assert.equal(await page.inputValue("main input"), "Aue");
    await page.waitForSelector("button[type=submit]:has-text('Next')");
    assert.equal(await page.getAttribute("html", "lang"), "en");
  });
});

test("several problems on a page are listed first, and each is one step away", async () => {
  await withServer(kPair, async (page, server) => {
    await begin(page, server);
    await tabTo(page, "button[type=submit]");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".problems[role=alert]");
    await focusIs(page, /^H2 2 /);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await focusIs(page, /^A Last name/);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /^Last name/.test(document.activeElement.labels?.[0].innerText));
    await page.keyboard.type("Lovelace");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".problems", { state: "detached" });
    await page.waitForFunction(() => /^First name/.test(document.activeElement.labels?.[0].innerText));
    await page.keyboard.type("Ada");
    await page.keyboard.press("Enter");
    await page.waitForSelector("main .button-main:not([disabled])");
  });
});

test("at the end, what is missing is listed and leads to its page", async () => {
  await withServer(kHousehold, async (page, server) => {
    await begin(page, server);
    await page.click("header button");
    await page.click("dialog li:last-child button");
    await page.waitForSelector(".problems");
    await page.click(".problems a");
    await page.waitForSelector("h1:has-text('Wie heißt der Ort?')");
    await focusIs(page, /^INPUT/);
    assert.match(await page.innerText(".question-error"), /beantworten Sie diese Frage/);
  });
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing from the first page to the last (${colorScheme})`, async () => {
    const one = await openBrowser({ viewport: { width: 320, height: 640 }, colorScheme });
    const server = await new LinkServer(convert(kFeedback)).start();
    try {
      const page = await one.page();
      const looks = async (where) => {
        assert.deepEqual(await axe(page), [], where);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(wider, 0, `${where} scrolls sideways at 320 px`);
      };
      await openStart(page, server);
      await looks("first page");
      await page.click(".steps .button");
      await page.waitForSelector("form h1");
      for (let pages = 0; pages < 9 && (await heading(page)) !== "Fertig?"; pages += 1) {
        await looks(await heading(page));
        const before = await heading(page);
        await page.click("button[type=submit]");
        await page.waitForFunction(
          (old) => document.querySelector("main h1")?.innerText !== old,
          before,
        );
      }
      await page.waitForSelector("main .button-main");
      await page.click(".own-answers summary");
      await looks("end");
      await page.click("header button");
      await looks("overview");
      await page.keyboard.press("Escape");
      await page.click("main .button-main");
      await page.waitForSelector("text=Ihre Antworten sind angekommen.");
      await looks("thank-you");
      assert.deepEqual(page.problems, []);
    } finally {
      await one.close();
      await server.stop();
    }
  });
}

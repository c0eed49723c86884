// Every kind of question, blank and answered wrongly, in both languages, light and dark, wide and
// at 320 px.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { start } from "./page.mjs";

let world;
before(async () => {
  world = await start();
});
after(() => world.close());

for (const language of ["Deutsch (de)", "English (en)"]) {
  for (const dark of [false, true]) {
    for (const size of ["desktop", "narrow"]) {
      test(`no barrier: ${language}, ${dark ? "dark" : "light"}, ${size}`, async () => {
        const form = await world.open("all_types.md", { language, dark, size });
        const { page } = form;
        const pages = await page.evaluate(() => filling.pages.length);
        for (let at = 0; at < pages - 1; at += 1) {
          await page.evaluate((to) => filling.goToPage(to), at);
          await page.waitForTimeout(50);
          const key = await page.evaluate(() => filling.page.key);
          assert.deepEqual(await form.violations(), [], `page ${at} (${key})`);
          const [wide, room] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            window.innerWidth,
          ]);
          assert.ok(wide <= room, `page ${at} is ${wide} px wide on ${room} px`);
        }
        await form.close();
      });
    }
  }
}

// Files, drawings and places: what is stored, and that each can be given without a pointer.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before, beforeEach } from "node:test";
import { start } from "./page.mjs";

let world;
let form;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
  world = await start({
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  });
  form = await world.open("all_types.md", {
    language: "Deutsch (de)",
    permissions: ["geolocation", "microphone"],
    geolocation: { latitude: 51.0504, longitude: 13.7373, accuracy: 30 },
  });
});
after(async () => {
  await form.close();
  await world.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => form.reset());

const button = async (ref, name) => (await form.question(ref)).getByRole("button", { name });
const inputOf = async (ref, id) => form.page.locator(`#${await form.idOf(ref)}-input-${id}`);

/** Width, height and type of the stored file. */
async function stored(ref) {
  const name = await form.value(ref);
  return form.page.evaluate(async (wanted) => {
    const blob = await filling.files.get(wanted);
    const bitmap = blob.type.startsWith("image/") ? await createImageBitmap(blob) : null;
    return { type: blob.type, bytes: blob.size, width: bitmap?.width, height: bitmap?.height };
  }, name);
}

/** A picture of this size, made by the browser. */
async function picture(name, width, height, type) {
  const bytes = await form.page.evaluate(
    async ([w, h, kind]) => {
      const canvas = document.createElement("canvas");
      canvas.width = w;
      canvas.height = h;
      canvas.getContext("2d").fillRect(0, 0, w / 2, h / 2);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, kind));
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [width, height, type],
  );
  const file = join(folder, name);
  writeFileSync(file, Buffer.from(bytes));
  return file;
}

test("a photo is made smaller before it is stored, shown, and can be removed", async () => {
  const ref = "/data/files/photo";
  await form.show(ref);
  await (
    await inputOf(ref, "file")
  ).setInputFiles(await picture("large.jpg", 3200, 2400, "image/jpeg"));
  await form.holds(ref, /^photo-\d{8}-\d{6}-\d{3}\.jpg$/);
  assert.deepEqual(((one) => [one.type, one.width, one.height])(await stored(ref)), [
    "image/jpeg",
    800,
    600,
  ]);
  await (await form.question(ref)).locator("img.c-preview").waitFor();
  await (await button(ref, "Entfernen")).click();
  await form.holds(ref, "");
  assert.equal(await (await form.question(ref)).locator("img").count(), 0);
});

test("a small picture is stored as it is, under its own name", async () => {
  const ref = "/data/files/photo";
  await form.show(ref);
  await (
    await inputOf(ref, "file")
  ).setInputFiles(await picture("plate.png", 300, 200, "image/png"));
  await form.holds(ref, /plate.*\.png$/);
  assert.deepEqual(((one) => [one.type, one.width])(await stored(ref)), ["image/png", 300]);
});

test("a broken picture is kept rather than lost", async () => {
  const ref = "/data/files/photo";
  await form.show(ref);
  writeFileSync(join(folder, "broken.jpg"), "no picture");
  await (await inputOf(ref, "file")).setInputFiles(join(folder, "broken.jpg"));
  await form.holds(ref, /broken.*\.jpg$/);
});

test("choosing a file is reached by Tab, and its button names the question", async () => {
  const ref = "/data/files/document";
  await form.show(ref);
  await form.tabToField(ref, "input-file");
  const name = await form.page.evaluate(() => {
    const labels = document.activeElement.getAttribute("aria-labelledby").split(" ");
    return labels.map((id) => document.getElementById(id).textContent).join(" ");
  });
  assert.equal(name, "Datei auswählen Unterlagen");
  writeFileSync(join(folder, "offer.pdf"), "%PDF-1.4");
  await (await inputOf(ref, "file")).setInputFiles(join(folder, "offer.pdf"));
  await form.holds(ref, /offer.*\.pdf$/);
});

test("a drawing by pointer, with undo, is stored as a picture", async () => {
  const ref = "/data/files/drawing";
  await form.show(ref);
  await (await button(ref, "Zeichnen")).click();
  const sheet = (await form.question(ref)).locator("canvas");
  const box = await sheet.boundingBox();
  for (const from of [0.2, 0.6]) {
    await form.page.mouse.move(box.x + box.width * from, box.y + box.height * 0.2);
    await form.page.mouse.down();
    await form.page.mouse.move(box.x + box.width * (from + 0.2), box.y + box.height * 0.8, {
      steps: 5,
    });
    await form.page.mouse.up();
  }
  assert.equal(await sheet.getAttribute("aria-label"), "Blatt mit 2 Strichen");
  await (await button(ref, "Rückgängig")).click();
  assert.equal(await sheet.getAttribute("aria-label"), "Blatt mit 1 Strich");
  await (await button(ref, "Fertig")).click();
  await form.holds(ref, /^drawing-.*\.png$/);
  assert.equal((await stored(ref)).width, 800);
});

test("a signature is given by keyboard alone: the name is typed", async () => {
  const ref = "/data/files/signature";
  await form.show(ref);
  await form.tabTo(`[data-node="${await form.idOf(ref)}"] button`);
  await form.press("Enter");
  await form.tabToField(ref, "input-sheet-text");
  await form.type("Ada Muster");
  await form.press("Enter");
  const done = await button(ref, "Fertig");
  await done.focus();
  await form.press("Enter");
  await form.holds(ref, /^signature-.*\.png$/);
  assert.ok((await stored(ref)).bytes > 500);
});

test("an empty sheet is no answer", async () => {
  const ref = "/data/files/signature";
  await form.show(ref);
  await (await button(ref, "Unterschreiben")).click();
  await (await button(ref, "Fertig")).click({ force: true });
  assert.equal(await form.value(ref), "");
  await (await button(ref, "Abbrechen")).click();
  assert.equal(await (await form.question(ref)).locator("canvas").count(), 0);
});

test("a picture is drawn on in its own proportions", async () => {
  const ref = "/data/files/annotated";
  await form.show(ref);
  await (
    await inputOf(ref, "file")
  ).setInputFiles(await picture("machine.jpg", 1600, 1200, "image/jpeg"));
  await form.holds(ref, /\.jpg$/);
  const before = await form.value(ref);
  await (await button(ref, "Auf das Bild zeichnen")).click();
  await form.page.waitForFunction(() => document.querySelector("canvas")?.width === 800);
  await (await inputOf(ref, "sheet-text")).fill("Riss hier");
  await (await button(ref, "Auf das Blatt")).click();
  await (await button(ref, "Fertig")).click();
  await form.page.waitForFunction(() => document.querySelector("canvas") === null);
  assert.notEqual(await form.value(ref), before);
  assert.deepEqual(((one) => [one.width, one.height])(await stored(ref)), [800, 600]);
});

test("a sound is recorded", async () => {
  const ref = "/data/files/sound";
  await form.show(ref);
  await (await button(ref, "Aufnahme beginnen")).click();
  await (await button(ref, "Aufnahme beenden")).waitFor();
  await form.page.waitForTimeout(1200);
  await (await button(ref, "Aufnahme beenden")).click();
  await form.holds(ref, /^sound-.*\.(webm|ogg|m4a)$/);
  assert.match((await stored(ref)).type, /^audio\//);
});

test("what needs another app says so and takes a file", async () => {
  const question = await form.show("/data/files/app_image");
  assert.match(await question.textContent(), /Handy-App/);
  assert.equal(await question.locator("input[type=file]").count(), 1);
});

test("the browser's position is taken when the person takes it, with its accuracy", async () => {
  const ref = "/data/places/place";
  await form.show(ref);
  await (await button(ref, "Meinen Standort bestimmen")).click();
  await (await button(ref, "Diesen Standort übernehmen")).click();
  await form.holds(ref, "51.0504 13.7373 0 30");
  assert.match(
    await (await form.question(ref)).textContent(),
    /51,05040° N, 13,73730° O, auf 30 m genau/,
  );
});

test("an accurate position is taken by itself", async () => {
  const ref = "/data/places/place";
  await form.show(ref);
  await form.page.context().setGeolocation({ latitude: 51, longitude: 13.5, accuracy: 4 });
  await (await button(ref, "Meinen Standort bestimmen")).click();
  await form.holds(ref, "51 13.5 0 4");
});

test("coordinates are typed; a wrong or missing one is told", async () => {
  const ref = "/data/places/place_map";
  const question = await form.show(ref);
  assert.match(await question.textContent(), /keine Karte/);
  await (await button(ref, "Koordinaten eingeben")).click();
  await form.tabToField(ref, "input-latitude");
  await form.type("51,0504");
  await form.press("Tab");
  assert.equal(await form.error(ref), "");
  await form.type("193");
  await form.press("Tab");
  await form.page.waitForTimeout(100);
  assert.match(await form.error(ref), /Länge/);
  await (await inputOf(ref, "longitude")).fill("13° 44' 14\" O");
  await form.press("Tab");
  await form.holds(ref, /^51\.0504 13\.737/);
  assert.equal(await form.error(ref), "");
});

test("a line is typed point by point", async () => {
  const ref = "/data/places/line";
  await form.show(ref);
  await (await button(ref, "Punkt eingeben")).click();
  for (const [latitude, longitude] of [
    ["51", "13"],
    ["51,001", "13"],
    ["51,001", "13,002"],
  ]) {
    await (await inputOf(ref, "latitude")).fill(latitude);
    await (await inputOf(ref, "longitude")).fill(longitude);
    await form.press("Enter");
    await form.page.waitForFunction(
      (id) => document.getElementById(id)?.value === "",
      `${await form.idOf(ref)}-input-latitude`,
    );
  }
  await form.holds(ref, "51 13;51.001 13;51.001 13.002");
  assert.match(await (await form.question(ref)).textContent(), /3 Punkte, 251 m/);
  await (await button(ref, "Punkt 2 entfernen")).click();
  await form.holds(ref, "51 13;51.001 13.002");
});

test("an area of two points is not yet one, and says what is missing", async () => {
  const ref = "/data/places/area";
  await form.show(ref);
  await (await button(ref, "Punkt eingeben")).click();
  for (const latitude of ["51", "51,001"]) {
    await (await inputOf(ref, "latitude")).fill(latitude);
    await (await inputOf(ref, "longitude")).fill("13");
    await form.press("Enter");
    await form.page.waitForTimeout(150);
  }
  assert.equal(await form.value(ref), "");
  assert.match(await form.error(ref), /fehlt noch 1 Punkt/);
  await (await inputOf(ref, "latitude")).fill("51,001");
  await (await inputOf(ref, "longitude")).fill("13,002");
  await form.press("Enter");
  await form.holds(ref, "51 13;51.001 13;51.001 13.002;51 13");
  assert.equal(await form.error(ref), "");
});

test("a walk is recorded", async () => {
  const ref = "/data/places/line";
  await form.show(ref);
  await (await button(ref, "Aufzeichnung beginnen")).click();
  for (const latitude of [51.1, 51.101, 51.102]) {
    await form.page.context().setGeolocation({ latitude, longitude: 13, accuracy: 5 });
    await form.page.waitForTimeout(250);
  }
  await (await button(ref, "Aufzeichnung beenden")).click();
  await form.holds(ref, /51\.1 13 0 5;51\.101 13 0 5;51\.102 13 0 5$/);
});

test("a browser that may not use the position says how to go on", async () => {
  const refused = await world.open("all_types.md", { language: "Deutsch (de)", permissions: [] });
  const question = await refused.show("/data/places/place");
  await question.getByRole("button", { name: "Meinen Standort bestimmen" }).click();
  await question.getByText(/darf den Standort nicht verwenden/).waitFor();
  await question.getByRole("button", { name: "Koordinaten eingeben" }).click();
  assert.equal(await question.getByRole("textbox").count(), 2);
  await refused.close();
});

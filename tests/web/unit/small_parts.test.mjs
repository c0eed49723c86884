import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import test from "node:test";
import { load } from "../support/load.mjs";

globalThis.crypto ??= webcrypto;  // every browser has it, Node.js from 19 on

const { sha256Plain, sha256, randomId } = await load("home/sha256.ts");
const { prefillOf } = await load("frame/prefill.ts");
const { chooseLanguage } = await load("frame/choose_language.ts");
const { instanceOf } = await load("home/instance_of.ts");
const { linkPath, fillShell, isShell } = await load("worker/shell_cache.ts");
const { freeName } = await load("home/free_name.ts");
const { fileProblem, mediaType } = await load("home/file_limits.ts");
const { zoneOffset } = await load("engine/wasm_engine.ts");
const { tagOf, nameOf, wordsFor } = await load("words/words.ts");
const { answerText, answersAsHtml } = await load("frame/answers.ts");
const { de } = await load("words/de.ts");
const { en } = await load("words/en.ts");

test("SHA-256 without the browser's own is the same", async () => {
  for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 7 + size) % 256);
    const expected = createHash("sha256").update(bytes).digest("hex");
    assert.equal(sha256Plain(bytes), expected, `${size} bytes`);
    assert.equal(await sha256(new Blob([bytes])), expected);
  }
  assert.equal(await sha256("ä"), createHash("sha256").update("ä").digest("hex"));
});

test("random ids are UUIDs of version 4 and differ", () => {
  const all = new Set(Array.from({ length: 100 }, randomId));
  assert.equal(all.size, 100);
  for (const id of all) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("values of an address are read, others are not", () => {
  assert.deepEqual(prefillOf("?d[/data/a]=1&d[b]=x%20y&c=3&d[]=4&d=5&d[/data/e", []), {
    "/data/a": "1",
    b: "x y",
  });
});

test("what the form forbids is not taken from an address, in either notation", () => {
  const forbidden = ["/data/role"];
  assert.deepEqual(prefillOf("?d[/data/role]=x&d[role]=x&d[/data/a]=1", forbidden), { "/data/a": "1" });
});

test("an address brings a bounded number of values of bounded length", () => {
  const many = Array.from({ length: 500 }, (_, at) => `d[a${at}]=1`).join("&");
  assert.equal(Object.keys(prefillOf(`?${many}`, [])).length, 100);
  assert.deepEqual(prefillOf(`?d[a]=${"x".repeat(1001)}`, []), {});
});

test("the language is the link's, else the browser's, else the form's", () => {
  const languages = ["Deutsch (de)", "English (en)", "Einfache Sprache (de-x-einfach)"];
  assert.equal(chooseLanguage(languages, "en", ["de-DE"]), "English (en)");
  assert.equal(chooseLanguage(languages, "Einfache Sprache (de-x-einfach)", []), languages[2]);
  assert.equal(chooseLanguage(languages, "de-x-einfach", []), languages[2]);
  assert.equal(chooseLanguage(languages, undefined, ["fr-FR", "en-GB"]), "English (en)");
  assert.equal(chooseLanguage(languages, undefined, ["fr"]), undefined);
  assert.equal(chooseLanguage([], "de", ["de"]), undefined);
});

test("a form's language has a tag and a name, or only a name", () => {
  assert.equal(tagOf("Deutsch (de)"), "de");
  assert.equal(tagOf("Deutsch"), undefined);
  assert.equal(tagOf(null), undefined);
  assert.equal(nameOf("Deutsch (de)"), "Deutsch");
  assert.equal(nameOf("(de)"), "(de)");
  assert.equal(wordsFor("Einfache Sprache (de-x-einfach)", ["en"]).language, "de");
  assert.equal(wordsFor("Français (fr)", ["de"]).language, "en");
  assert.equal(wordsFor(null, ["de-AT"]).language, "de");
  assert.equal(wordsFor(null, []).language, "en");
});

test("both languages have the same words", () => {
  const shape = (value) =>
    typeof value === "object"
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, shape(value[key])]))
      : typeof value;
  assert.deepEqual(shape(en), shape(de));
});

test("the instanceID of a record is found with any prefix", () => {
  assert.equal(instanceOf("<data><meta><instanceID>uuid:1</instanceID></meta></data>"), "uuid:1");
  assert.equal(instanceOf('<a><orx:instanceID xmlns:orx="x"> uuid:2 </orx:instanceID></a>'), "uuid:2");
  assert.equal(instanceOf("<data><instanceID/></data>"), undefined);
  assert.equal(instanceOf("<data><deprecatedID>uuid:3</deprecatedID></data>"), undefined);
});

test("the worker knows a link's page from everything else", () => {
  assert.equal(linkPath("/f/K7Q2M4XA"), "/f/K7Q2M4XA");
  assert.equal(linkPath("/f/K7Q2M4XA/kiosk"), "/f/K7Q2M4XA");
  for (const other of ["/f/", "/f/sw.js", "/f/A/form", "/f/A/answers", "/a/x.js", "/f/A/kiosk/x"]) {
    assert.equal(linkPath(other), undefined, other);
  }
});

test("the shell of a new version keeps the texts of the page that the server sent", () => {
  const kept =
    '<html lang="de" data-home="link"><title>A &amp; B</title>' +
    '<noscript><p>Bitte</p></noscript><div id="app"></div>';
  assert.ok(isShell(kept));
  assert.equal(isShell("<h1>Hotel</h1>"), false);
  assert.equal(
    fillShell("{{language}}|{{home}}|{{title}}|{{noscript}}|{{other}}", kept),
    "de|link|A &amp; B|Bitte|",
  );
});

test("names of files are plain and free", () => {
  const taken = new Set(["a.jpg", "a-2.jpg", "file"]);
  assert.equal(freeName("a.jpg", taken), "a-3.jpg");
  assert.equal(freeName("b.jpg", taken), "b.jpg");
  assert.equal(freeName("../../etc/pass wd", taken), "_.._etc_pass_wd");
  assert.equal(freeName("", taken), "file-2");
  assert.equal(freeName("Straße ä.png", taken), "Straße_ä.png");
});

test("long names of files are cut, whole characters and the ending kept", () => {
  assert.equal(freeName(`${"a".repeat(300)}.jpg`, new Set()), `${"a".repeat(100)}.jpg`);
  assert.equal(freeName(`${"ä".repeat(300)}.jpg`, new Set()), `${"ä".repeat(50)}.jpg`);
  assert.equal(freeName(`x${"😀".repeat(99)}`, new Set()), "x_");
  const taken = new Set([`${"a".repeat(100)}.jpg`]);
  assert.equal(freeName(`${"a".repeat(300)}.jpg`, taken), `${"a".repeat(100)}-2.jpg`);
  const long = freeName(`a.${"b".repeat(300)}`, new Set());
  assert.ok(long.length < 200 && long.startsWith("a.b"), long);
});

test("a file that the server would refuse is refused when it is chosen", () => {
  const limits = { fileBytesMax: 2 * 1024 * 1024, filesMax: 2 };
  assert.equal(fileProblem(2 * 1024 * 1024, 1, limits, en), undefined);
  assert.match(fileProblem(2 * 1024 * 1024 + 1, 0, limits, en), /2 MB at most/);
  assert.match(fileProblem(1, 2, limits, de), /Mehr als 2 Dateien/);
  assert.equal(fileProblem(16 * 1024 * 1024, 99, {}, en), undefined);
  assert.match(fileProblem(16 * 1024 * 1024 + 1, 0, {}, de), /16 MB/);
  assert.match(fileProblem(1, 100, {}, en), /100 files/);
});

test("the type of a recording is told without its parameters", () => {
  assert.equal(mediaType("audio/webm;codecs=opus"), "audio/webm");
  assert.equal(mediaType("image/png"), "image/png");
  assert.equal(mediaType(""), "application/octet-stream");
});

test("offsets of zones follow summer time, and an unknown zone is said", () => {
  const at = (text) => Date.parse(text) / 1000;
  assert.equal(zoneOffset("Europe/Berlin", at("2026-01-01T00:00:00Z")), 3600);
  assert.equal(zoneOffset("Europe/Berlin", at("2026-07-01T00:00:00Z")), 7200);
  assert.equal(zoneOffset("Asia/Kathmandu", at("2026-01-01T00:00:00Z")), 20_700);
  assert.equal(zoneOffset("UTC", 0), 0);
  assert.equal(zoneOffset("Mars/Olympus", 0), -(2 ** 31));
  const local = 0 - new Date("2026-07-01T00:00:00Z").getTimezoneOffset() * 60;
  assert.equal(zoneOffset("", at("2026-07-01T00:00:00Z")), local);
});

test("answers read as a person writes them", () => {
  const choice = (value, text) => ({ value, label: { text } });
  const cases = [
    [{ value: undefined }, ""],
    [{ value: "a", values: ["a"], choices: [choice("a", "Ja")] }, "Ja"],
    [{ value: "a b", values: ["a", "b"], choices: [choice("a", "Ja")] }, "Ja, b"],
    [{ value: "b a", values: ["b", "a"], control: "rank", choices: [] }, "b › a"],
    [{ value: "OK", control: "trigger" }, "✓"],
    [{ value: "1234.5", type: "decimal" }, "1234,5"],
    [{ value: "1234567", type: "int", appearances: ["thousands-sep"] }, "1.234.567"],
    [{ value: "2026-11-25", type: "date" }, "25. November 2026"],
    [{ value: "08:15:00.000+01:00", type: "time" }, "08:15"],
    [{ value: "Text", type: "string" }, "Text"],
  ];
  for (const [node, expected] of cases) assert.equal(answerText(node, "de"), expected);
});

test("a page of one's own answers has no markup of the answers", () => {
  const html = answersAsHtml(
    {
      title: "<b>",
      form: { id: "a", version: "1" },
      language: "de",
      saved: "heute",
      lines: [{ kind: "answer", ref: "/a", label: "Was?", value: "x", text: "<script>alert(1)</script>" }],
    },
    de,
  );
  assert.equal(html.includes("<script"), false);
  assert.equal(html.includes("<b>"), false);
});

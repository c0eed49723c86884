// Sends the finished records: from the page, and from the service worker when the network is back.
// One at a time over all windows; the server takes an instance once, however often it is sent.

import { Database, filesOf, type Change, type StoredRecord } from "./database";
import { wordsFor } from "../words/words";
import { judgeReply, waitMs, type RawReply, type Verdict } from "./judge_reply";

// A record over a slow mobile network.
const kSendTimeoutMs = 120_000;
// A file of the largest size over the same network; the server waits as long.
const kFileTimeoutMs = 900_000;
// After so many rounds of "missing" the server and we do not understand each other.
const kMissingRoundsMax = 3;
const kLock = "werkstatt-send";

/** Tells all windows that drafts or records changed. */
export const kChangesChannel = "werkstatt-changes";

export function tellChanges(): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(kChangesChannel);
  channel.postMessage("changed");
  channel.close();
}

async function call(method: string, address: string, body: Blob | string): Promise<RawReply> {
  const stop = new AbortController();
  const limitMs = method === "PUT" ? kFileTimeoutMs : kSendTimeoutMs;
  const timer = setTimeout(() => stop.abort(), limitMs);
  try {
    const reply = await fetch(address, {
      method,
      body,
      headers: {
        "Content-Type":
          typeof body === "string" ? "application/json" : body.type || "application/octet-stream",
      },
      // No identity goes with the answers, and a redirect is somebody else's answer.
      credentials: "omit",
      redirect: "error",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: stop.signal,
    });
    return {
      status: reply.status,
      contentType: reply.headers.get("Content-Type") ?? "",
      text: await reply.text(),
      retryAfter: reply.headers.get("Retry-After"),
    };
  } finally {
    clearTimeout(timer);
  }
}

function base(link: string): string {
  return new URL(`/f/${encodeURIComponent(link)}/`, self.location.origin).href;
}

/** The day on which it was finished here: rules about "today" are judged by it. */
function localDay(moment: string): string {
  const day = new Date(moment);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

async function sendOne(db: Database, record: StoredRecord): Promise<Verdict> {
  const body = JSON.stringify({
    instance: record.instance,
    form: record.form,
    xml: record.xml,
    language: record.language ?? undefined,
    files: record.files,
    day: localDay(record.finalised),
  });
  for (let round = 0; round <= kMissingRoundsMax; round += 1) {
    const verdict = judgeReply(await call("POST", `${base(record.link)}answers`, body), record);
    if (verdict.kind !== "missing") return verdict;
    for (const sha256 of verdict.files) {
      const wanted = record.files.find((file) => file.sha256 === sha256);
      const file = wanted && (await db.get("files", [record.draft, wanted.name]));
      if (!file) {
        const { words } = wordsFor(record.language, navigator.languages);
        return { kind: "refused", message: words.fileNotHere(wanted?.name ?? sha256) };
      }
      const put = await call("PUT", `${base(record.link)}files/${sha256}`, file.blob);
      if (put.status !== 200 && put.status !== 201 && put.status !== 204) {
        const judged = judgeReply(put, record);
        return judged.kind === "stored" || judged.kind === "missing"
          ? { kind: "later", waits: "busy" }
          : judged;
      }
    }
  }
  return { kind: "later", waits: "busy" };
}

/** The changes that a verdict makes. The record itself goes only with a matching receipt. */
export function afterVerdict(
  record: StoredRecord,
  verdict: Verdict,
  now: number,
  chance: number,
): StoredRecord {
  const { waits: _, reason: __, ...kept } = record;
  const attempts = record.attempts + 1;
  switch (verdict.kind) {
    case "stored":
      return { ...kept, state: "sent", attempts, receipt: verdict.receipt, xml: "", files: [] };
    case "refused":
      return { ...kept, state: "refused", attempts, reason: verdict.message };
    case "missing":
      return { ...kept, attempts, notBefore: now + waitMs(attempts, chance), waits: "busy" };
    case "later": {
      const wait = verdict.afterS ? verdict.afterS * 1000 : waitMs(attempts, chance);
      return { ...kept, attempts, notBefore: now + wait, waits: verdict.waits };
    }
  }
}

/** Which records a round takes: what is due, all that waits, or also what was refused. */
type Wanted = "due" | "waiting" | "all";

export function isWanted(record: StoredRecord, wanted: Wanted, now: number): boolean {
  if (wanted === "all") return record.state !== "sent";
  return record.state === "waiting" && (wanted === "waiting" || record.notBefore <= now);
}

async function sendDue(wanted: Wanted): Promise<void> {
  const db = await Database.open();
  try {
    const now = Date.now();
    const due = (await db.all("records"))
      .filter((one) => isWanted(one, wanted, now))
      .sort((a, b) => (a.finalised < b.finalised ? -1 : 1));
    for (const record of due) {
      sending.add(record.instance);
      tellChanges();
      let verdict: Verdict;
      try {
        verdict = await sendOne(db, record);
      } catch {
        verdict = { kind: "later", waits: "network" };
      }
      const changes: Change[] = [
        { store: "records", put: afterVerdict(record, verdict, Date.now(), Math.random()) },
      ];
      if (verdict.kind === "stored") changes.push({ store: "files", remove: filesOf(record.draft) });
      await db.write(changes);
      sending.delete(record.instance);
      tellChanges();
      // Without a network the others fare no better.
      if (verdict.kind === "later" && verdict.waits !== "receipt") break;
    }
  } finally {
    sending.clear();
    db.close();
  }
}

/** Instances under way in this window. */
export const sending = new Set<string>();

/** For the background: waits its turn, sends all that waits, and rejects while anything still does,
 *  so that the browser tries again. */
export async function sendAllWaiting(): Promise<void> {
  await navigator.locks.request(kLock, () => sendDue("waiting"));
  const db = await Database.open();
  try {
    const left = (await db.all("records")).filter((one) => one.state === "waiting").length;
    if (left > 0) throw new Error(`${left} records still wait`);
  } finally {
    db.close();
  }
}

/** Sends what is due; with `all`, also what waits for its time or was refused. One at a time. */
export async function sendQueue(all = false): Promise<void> {
  const wanted = all ? "all" : "due";
  if (!navigator.locks) return sendDue(wanted);
  await navigator.locks.request(kLock, { ifAvailable: true }, async (lock) => {
    if (lock) await sendDue(wanted);
  });
}

// Answers by link: kept in the browser's database until the server has them.

import { kAuditFile } from "../engine/session";
import { kLinksCache, kSyncTag, isShell } from "../worker/shell_cache";
import { claimDraft, type Claim } from "./claim_draft";
import { Database, failureOf, filesOf, type Change, type StoredRecord } from "./database";
import { fetchForm, fetchLink } from "./fetch_form";
import { freeName } from "./free_name";
import { fileProblem, mediaType } from "./file_limits";
import { kWords } from "../words/words";
import {
  HomeFailure,
  type AnswerHome,
  type Draft,
  type DraftInfo,
  type DraftState,
  type FileStore,
  type FinaliseOutcome,
  type FormInfo,
  type FormMedia,
  type FormPackage,
  type FormRef,
  type QueueEntry,
} from "./home";
import { instanceOf } from "./instance_of";
import { kChangesChannel, sending, sendQueue, tellChanges } from "./send_queue";
import { randomId, sha256 } from "./sha256";

// How often the page looks whether a record's time has come.
const kLookMs = 5_000;

export class BrowserHome implements AnswerHome {
  readonly place = "link";
  private readonly listeners = new Set<() => void>();
  private readonly claims = new Map<string, Claim>();
  private readonly begun = new Map<string, Draft>();
  private refreshing: Promise<FormInfo> | undefined;
  private readonly addresses = new Map<string, string>();
  private readonly channel =
    typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(kChangesChannel);

  private constructor(
    private readonly db: Database,
    readonly link: string,
  ) {
    this.channel?.addEventListener("message", () => this.tell());
    self.addEventListener("online", () => void this.sendDue());
    setInterval(() => void this.sendDue(), kLookMs);
    void this.sendDue();
  }

  static async open(link: string): Promise<BrowserHome> {
    return new BrowserHome(await Database.open(), link);
  }

  /** What is kept of the link at once, fresh from the server in a moment; from the server where
   *  nothing is kept. */
  async forms(): Promise<FormInfo[]> {
    const kept = await this.db.get("links", this.link);
    if (!kept) return [await this.refresh()];
    void this.refresh().catch(() => undefined);
    return [kept];
  }

  /** What is kept of the link, without asking the server. */
  async keptForms(): Promise<FormInfo[]> {
    const kept = await this.db.get("links", this.link);
    return kept ? [kept] : [];
  }

  /** Looks what the server says now, and takes a new version of the form with all its files. */
  refresh(): Promise<FormInfo> {
    this.refreshing ??= this.lookAgain().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  private async lookAgain(): Promise<FormInfo> {
    const before = await this.db.get("links", this.link);
    const now = await fetchLink(this.link).catch(async (failure: unknown) => {
      // What was begun may still be finished; nothing new begins.
      if (before?.open && failure instanceof HomeFailure && failure.kind === "closed") {
        const reason = failure.message || undefined;
        await this.db.write([{ store: "links", put: { ...before, open: false, reason } }]);
        this.tell();
      }
      throw failure;
    });
    const changes: Change[] = [];
    if (!(await this.db.get("forms", [this.link, now.stored.ref.hash]))) {
      changes.push({ store: "forms", put: await fetchForm(this.link, now) });
    }
    changes.push({ store: "links", put: now.stored });
    if (JSON.stringify(before) !== JSON.stringify(now.stored)) {
      await this.db.write(changes);
      await this.forgetUnusedForms(before?.ref.hash);
      this.tell();
    }
    return now.stored;
  }

  async form(ref: FormRef): Promise<FormPackage> {
    const link = await this.db.get("links", this.link);
    const form = await this.db.get("forms", [this.link, ref.hash]);
    if (!link || !form) throw new HomeFailure("gone", "the form is not on this device");
    const media: Record<string, FormMedia> = {};
    for (const [url, content] of Object.entries(form.media)) {
      media[url] = "text" in content ? content : { address: this.addressOf(ref, url, content.blob) };
    }
    return { ...link, ref, xml: form.xml, media };
  }

  async drafts(): Promise<DraftInfo[]> {
    const link = await this.db.get("links", this.link);
    return (await this.db.all("drafts"))
      .filter((draft) => draft.link === this.link)
      .sort((a, b) => (a.changed < b.changed ? 1 : -1))
      .map((draft) => ({ ...draft, outdated: draft.form.hash !== link?.ref.hash }));
  }

  async start(ref: FormRef, defaults?: Record<string, string>): Promise<Draft> {
    const link = await this.db.get("links", this.link);
    const now = new Date().toISOString();
    const draft: Draft = {
      id: randomId(),
      form: ref,
      title: link?.title ?? "",
      language: null,
      started: now,
      changed: now,
      xml: "",
      position: null,
      defaults,
    };
    this.claims.set(draft.id, await claimDraft(draft.id));
    this.begun.set(draft.id, draft);
    void askForPersistence(this.db).then(() => this.tell());
    return draft;
  }

  async draft(id: string): Promise<Draft> {
    if (!this.claims.has(id)) this.claims.set(id, await claimDraft(id));
    const draft = await this.db.get("drafts", id);
    if (draft) return draft;
    await this.release(id);
    throw new HomeFailure("gone", "the draft is not there");
  }

  async release(id: string): Promise<void> {
    this.claims.get(id)?.end();
    this.claims.delete(id);
    this.begun.delete(id);
  }

  async save(id: string, state: DraftState): Promise<void> {
    if (!this.claims.has(id)) throw new HomeFailure("elsewhere", "another window has the draft");
    const kept = this.begun.get(id) ?? (await this.db.get("drafts", id));
    if (!kept) throw new HomeFailure("gone", "the draft is not there");
    const { form, title, started } = kept;
    const changed = new Date().toISOString();
    await this.db.write([
      { store: "drafts", put: { id, link: this.link, form, title, started, ...state, changed } },
    ]);
    if (this.begun.delete(id)) tellChanges();
  }

  files(draft: string): FileStore {
    const { db, link } = this;
    return {
      async put(blob, suggestedName) {
        if (suggestedName === kAuditFile) {
          await db.write([{ store: "files", put: { draft, name: kAuditFile, blob } }]);
          return kAuditFile;
        }
        const limits = (await db.get("links", link)) ?? {};
        const held = await db.all("files", filesOf(draft));
        const problem = fileProblem(blob.size, held.length, limits, ownWords());
        if (problem) throw new HomeFailure("told", problem);
        const taken = new Set(held.map((file) => file.name));
        const name = freeName(suggestedName, taken);
        await db.write([{ store: "files", put: { draft, name, blob } }]);
        return name;
      },
      async get(name) {
        return (await db.get("files", [draft, name]))?.blob;
      },
      async remove(name) {
        await db.write([{ store: "files", remove: [draft, name] }]);
      },
    };
  }

  async discard(id: string): Promise<void> {
    if (!this.claims.has(id)) this.claims.set(id, await claimDraft(id));
    await this.db.write([
      { store: "drafts", remove: id },
      { store: "files", remove: filesOf(id) },
    ]);
    await this.release(id);
    this.changed();
  }

  async finalise(id: string, xml: string, attachments: string[]): Promise<FinaliseOutcome> {
    const draft = this.begun.get(id) ?? (await this.db.get("drafts", id));
    if (!draft || !this.claims.has(id)) throw new HomeFailure("gone", "the draft is not there");
    const instance = instanceOf(xml);
    if (!instance) throw new HomeFailure("storage", "the record has no instanceID");
    const files: StoredRecord["files"] = [];
    for (const name of attachments) {
      const file = await this.db.get("files", [id, name]);
      // Without it the record would count as complete.
      if (!file) throw new HomeFailure("told", ownWords().fileMissing(name));
      files.push({
        name,
        sha256: await sha256(file.blob),
        type: mediaType(file.blob.type),
      });
    }
    const record: StoredRecord = {
      instance,
      draft: id,
      link: this.link,
      form: draft.form,
      title: draft.title,
      xml,
      sha256: await sha256(xml),
      language: draft.language,
      files,
      finalised: new Date().toISOString(),
      state: "waiting",
      attempts: 0,
      notBefore: 0,
    };
    await this.db.write([
      { store: "records", put: record },
      { store: "drafts", remove: id },
    ]);
    await this.release(id);
    this.changed();
    void this.registerSync();
    void this.sendDue();
    return { queued: true, instance };
  }

  async queue(): Promise<QueueEntry[]> {
    return (await this.db.all("records"))
      .filter((record) => record.link === this.link)
      .sort((a, b) => (a.finalised < b.finalised ? 1 : -1))
      .map(({ instance, title, finalised, state, receipt, waits, reason }) => ({
        instance,
        title,
        finalised,
        state: state === "waiting" && sending.has(instance) ? ("sending" as const) : state,
        receipt,
        waits,
        reason,
      }));
  }

  async sync(): Promise<void> {
    await sendQueue(true);
    this.tell();
  }

  /** All that is not sent yet, of all links of this origin, files included. */
  async exportQueue(): Promise<Blob> {
    const records = [];
    for (const record of await this.db.all("records")) {
      if (record.state === "sent") continue;
      const files = [];
      for (const file of record.files) {
        const kept = await this.db.get("files", [record.draft, file.name]);
        files.push({ ...file, base64: kept ? await base64(kept.blob) : null });
      }
      const { instance, link, form, title, xml, language, finalised, state, reason } = record;
      records.push({ instance, link, form, title, finalised, state, reason, language, xml, files });
    }
    const content = { format: "werkstatt-answers", version: 1, records };
    return new Blob([JSON.stringify(content, null, 1)], { type: "application/json" });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether the browser promised to keep what is stored; undefined where it was not asked yet. */
  async persistent(): Promise<boolean | undefined> {
    return (await this.db.get("settings", "persistent"))?.value as boolean | undefined;
  }

  async setting(name: string): Promise<unknown> {
    return (await this.db.get("settings", name))?.value;
  }

  async setSetting(name: string, value: unknown): Promise<void> {
    await this.db.write([
      value === undefined
        ? { store: "settings", remove: name }
        : { store: "settings", put: { name, value } },
    ]);
  }

  /** Keeps this link's page for the service worker, so that it opens without a network. */
  async keepPage(): Promise<void> {
    if (typeof caches === "undefined") return;
    const path = `/f/${this.link}`;
    const reply = await fetch(path, { redirect: "error", cache: "no-store" });
    if (!reply.ok || !isShell(await reply.clone().text())) return;
    await (await caches.open(kLinksCache)).put(path, reply);
  }

  private async sendDue(): Promise<void> {
    const waiting = (await this.db.all("records")).some(
      (one) => one.state === "waiting" && one.notBefore <= Date.now(),
    );
    if (waiting && navigator.onLine) await sendQueue();
  }

  private async registerSync(): Promise<void> {
    const worker = await navigator.serviceWorker?.getRegistration("/f/");
    const sync = (worker as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync;
    await sync?.register(kSyncTag).catch(() => undefined);
  }

  /** Versions that neither the link nor a draft needs. The one before stays: another window may
   *  have begun with it and saved nothing yet. */
  private async forgetUnusedForms(before: string | undefined): Promise<void> {
    const link = await this.db.get("links", this.link);
    const used = new Set((await this.db.all("drafts")).map((draft) => draft.form.hash));
    for (const draft of this.begun.values()) used.add(draft.form.hash);
    const unused = (await this.db.keys("forms")).filter((key) => {
      const [of, hash] = key as [string, string];
      return of === this.link && hash !== link?.ref.hash && hash !== before && !used.has(hash);
    });
    if (unused.length > 0) {
      await this.db.write(unused.map((key) => ({ store: "forms", remove: key }) as const));
    }
  }

  private addressOf(ref: FormRef, url: string, blob: Blob): string {
    const key = `${ref.hash} ${url}`;
    let address = this.addresses.get(key);
    if (!address) this.addresses.set(key, (address = URL.createObjectURL(blob)));
    return address;
  }

  private changed(): void {
    tellChanges();
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** Of the page as it speaks now. */
function ownWords() {
  return kWords[document.documentElement.lang.startsWith("de") ? "de" : "en"];
}

async function askForPersistence(db: Database): Promise<void> {
  if (!navigator.storage?.persist) return;
  try {
    const granted = (await navigator.storage.persisted()) || (await navigator.storage.persist());
    await db.write([{ store: "settings", put: { name: "persistent", value: granted } }]);
  } catch (error) {
    throw failureOf(error);
  }
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(failureOf(reader.error));
    reader.readAsDataURL(blob);
  });
}

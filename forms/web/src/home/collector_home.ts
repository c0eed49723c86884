// Answers in the collector: kept in its database, through the window's calls on this machine.

import { kAuditFile } from "../engine/session";
import { kOfficeWords } from "../words/office";
import { claimDraft, type Claim } from "./claim_draft";
import { freeName } from "./free_name";
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
  type HomeViolation,
  type QueueEntry,
} from "./home";

export type Delivery = "waiting" | "delivered" | "quarantined" | "refused" | "erased";

export interface OfficeForm extends FormRef {
  title: string;
  withdrawn: boolean;
}

export interface OfficeDraft {
  id: string;
  form: FormRef;
  form_title: string;
  /** Of the interview, where the form makes one. */
  title: string;
  language: string | null;
  position: string | null;
  started: string;
  changed: string;
  outdated: boolean;
  correction: boolean;
}

/** A draft by itself. */
interface OpenedDraft extends OfficeDraft {
  xml: string;
  /** Names of its pictures and recordings. */
  files: string[];
}

export interface OfficeInterview {
  instance: string;
  form_title: string;
  title: string;
  finalised: string;
  delivery: Delivery;
  review?: string;
}

export interface SyncNumbers {
  stored: number;
  duplicates: number;
  quarantined: number;
  refused: number;
  files?: number;
  received: number;
  revoked: boolean;
}

export interface SyncState {
  running: boolean;
  done: number;
  of: number;
  report?: SyncNumbers;
  notices?: string[];
  failure?: { code: string; message: string };
}

/** Everything that is on this device, for the lists. */
export interface Office {
  version: string;
  language: "de" | "en";
  enrolled: boolean;
  server: string;
  project: string;
  finding: "normal" | "new" | "copied" | "restored";
  revoked: boolean;
  last_contact: string | null;
  counts: Record<"drafts" | "waiting" | "delivered" | "quarantined" | "refused" | "files", number>;
  forms: OfficeForm[];
  drafts: OfficeDraft[];
  interviews: OfficeInterview[];
  sync: SyncState;
}

export interface OfficeEvent {
  at: string;
  kind: "finalised" | "correction-begun" | "discarded" | "synced" | "sync-failed" | "other";
  form?: string;
  report?: SyncNumbers;
  message?: string;
}

// Between two looks at a sync that runs.
const kSyncLookMs = 400;
const kJson = "application/json";

/** Why a call was refused; `message` is a sentence in the program's language. */
export class CallRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly body: unknown,
  ) {
    super(message);
  }
}

function failureOf(refused: CallRefused): HomeFailure {
  switch (refused.status) {
    case 401:
      return new HomeFailure("closed", refused.message);
    case 404:
      return new HomeFailure("gone", refused.message);
    default:
      return new HomeFailure("told", refused.message);
  }
}

export class CollectorHome implements AnswerHome {
  readonly place = "collector";
  private readonly listeners = new Set<() => void>();
  private readonly claims = new Map<string, Claim>();
  /** Drafts whose last state is not on the disk: they must not be finalised from an older one. */
  private readonly unsaved = new Set<string>();
  /** Of the files of the drafts that are open here. */
  private readonly names = new Map<string, Set<string>>();
  private watching = false;

  /** Comes in with the token of the address, or with the cookie of an earlier coming in. */
  static async open(): Promise<CollectorHome> {
    const token = location.hash.slice(1);
    if (token !== "") {
      history.replaceState(null, "", location.pathname);
      await send("POST", "/session", JSON.stringify({ token })).catch(async (failure: unknown) => {
        // Loaded again from the browser's history: the token is used, the cookie may be good.
        await send("GET", "/api/sync").catch(() => {
          throw failure instanceof CallRefused ? failureOf(failure) : failure;
        });
      });
    }
    return new CollectorHome();
  }

  async office(): Promise<Office> {
    const office = (await this.json("GET", "/api/home")) as Office;
    if (office.sync.running) void this.watchSync();
    return office;
  }

  async log(): Promise<OfficeEvent[]> {
    return ((await this.json("GET", "/api/log")) as { events: OfficeEvent[] }).events;
  }

  async closeWindow(): Promise<void> {
    await this.json("POST", "/api/close", "{}");
  }

  async correct(instance: string): Promise<Draft> {
    const draft = await this.json(
      "POST",
      `/api/interviews/${encodeURIComponent(instance)}/correct`,
      "{}",
    );
    this.tell();
    return this.draft((draft as OfficeDraft).id);
  }

  async forms(): Promise<FormInfo[]> {
    return (await this.office()).forms.map((form) => ({
      ref: { id: form.id, version: form.version, hash: form.hash },
      title: form.title || form.id,
      open: !form.withdrawn,
    }));
  }

  async form(ref: FormRef): Promise<FormPackage> {
    const found = (await this.json("GET", `/api/forms/${encodeURIComponent(ref.hash)}`)) as {
      form: OfficeForm;
      xml: string;
      media: Record<string, FormMedia>;
    };
    const { title, withdrawn } = found.form;
    return {
      ref,
      title: title || ref.id,
      open: !withdrawn,
      xml: found.xml,
      media: found.media,
      noPrefill: [],
    };
  }

  async drafts(): Promise<DraftInfo[]> {
    return (await this.office()).drafts.map(draftOf);
  }

  async start(ref: FormRef, defaults?: Record<string, string>, language = ""): Promise<Draft> {
    const body = JSON.stringify({ form: ref, defaults, language });
    const draft = (await this.json("POST", "/api/drafts", body)) as OpenedDraft;
    this.claims.set(draft.id, await claimDraft(draft.id));
    this.tell();
    return this.opened(draft);
  }

  async draft(id: string): Promise<Draft> {
    if (!this.claims.has(id)) this.claims.set(id, await claimDraft(id));
    try {
      const draft = (await this.json("GET", draftPath(id))) as OpenedDraft;
      return this.opened(draft);
    } catch (failure) {
      await this.release(id);
      throw failure;
    }
  }

  async release(id: string): Promise<void> {
    this.claims.get(id)?.end();
    this.claims.delete(id);
    this.unsaved.delete(id);
    this.tell();
  }

  async save(id: string, state: DraftState): Promise<void> {
    if (!this.claims.has(id)) throw new HomeFailure("elsewhere", "another window has the draft");
    this.unsaved.add(id);
    await this.json("PUT", draftPath(id), JSON.stringify(state));
    this.unsaved.delete(id);
  }

  files(id: string): FileStore {
    const taken = this.names.get(id) ?? new Set<string>();
    return {
      put: async (blob, suggestedName) => {
        // The log is one file that is written again and again.
        const name =
          suggestedName === kAuditFile ? kAuditFile : freeName(suggestedName, taken);
        const type = encodeURIComponent(blob.type || "application/octet-stream");
        await this.json("PUT", `${filePath(id, name)}?type=${type}`, blob);
        taken.add(name);
        return name;
      },
      get: async (name) => {
        try {
          return await (await this.call("GET", filePath(id, name))).blob();
        } catch (failure) {
          if (failure instanceof HomeFailure && failure.kind === "gone") return undefined;
          throw failure;
        }
      },
      remove: async (name) => {
        await this.call("DELETE", filePath(id, name));
        taken.delete(name);
      },
    };
  }

  async discard(id: string): Promise<void> {
    if (!this.claims.has(id)) this.claims.set(id, await claimDraft(id));
    try {
      await this.call("DELETE", draftPath(id));
    } finally {
      await this.release(id);
    }
  }

  async finalise(id: string, xml: string, attachments: string[]): Promise<FinaliseOutcome> {
    if (this.unsaved.has(id)) {
      throw new HomeFailure("told", ownWords().notSaved);
    }
    try {
      const body = JSON.stringify({ xml, attachments });
      const reply = await send("POST", `${draftPath(id)}/finalise`, body);
      const { instance } = (await reply.json()) as { instance: string };
      await this.release(id);
      return { queued: true, instance };
    } catch (failure) {
      if (!(failure instanceof CallRefused)) throw failure;
      const found = (failure.body as { violations?: HomeViolation[] } | undefined)?.violations;
      if (failure.status === 422 && found) return { queued: false, violations: found };
      throw failureOf(failure);
    }
  }

  async queue(): Promise<QueueEntry[]> {
    const { interviews, sync } = await this.office();
    return interviews
      .filter((one) => one.delivery !== "erased")
      .map((one) => ({
        instance: one.instance,
        title: one.title || one.form_title,
        finalised: one.finalised,
        state:
          one.delivery === "refused"
            ? "refused"
            : one.delivery !== "waiting"
              ? "sent"
              : sync.running
                ? "sending"
                : "waiting",
      }));
  }

  /** Starts it; `subscribe` tells how it goes on. */
  async sync(): Promise<void> {
    await this.json("POST", "/api/sync", "{}");
    void this.watchSync();
  }

  async exportQueue(): Promise<Blob> {
    return new Blob([JSON.stringify(await this.queue(), null, 1)], { type: kJson });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private opened(draft: OpenedDraft): Draft {
    this.names.set(draft.id, new Set(draft.files));
    return { ...draftOf(draft), xml: draft.xml, position: draft.position };
  }

  private async watchSync(): Promise<void> {
    if (this.watching) return;
    this.watching = true;
    try {
      let running = true;
      while (running) {
        await new Promise((go) => setTimeout(go, kSyncLookMs));
        running = ((await this.json("GET", "/api/sync")) as SyncState).running;
        if (running) this.tell();
      }
    } catch {
      // The next look at the lists says what is wrong.
    } finally {
      this.watching = false;
      this.tell();
    }
  }

  private async json(method: string, path: string, body?: string | Blob): Promise<unknown> {
    const reply = await this.call(method, path, body);
    return reply.status === 204 ? undefined : reply.json();
  }

  private async call(method: string, path: string, body?: string | Blob): Promise<Response> {
    try {
      return await send(method, path, body);
    } catch (failure) {
      throw failure instanceof CallRefused ? failureOf(failure) : failure;
    }
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function ownWords() {
  return kOfficeWords[document.documentElement.lang === "de" ? "de" : "en"];
}

/** One call of the window. Throws CallRefused, or HomeFailure where the program is gone. */
async function send(method: string, path: string, body?: string | Blob): Promise<Response> {
  const isWrite = method !== "GET";
  let reply: Response;
  try {
    reply = await fetch(path, {
      method,
      credentials: "same-origin",
      redirect: "error",
      cache: "no-store",
      headers: isWrite
        ? {
            "X-Werkstatt": "1",
            ...(body !== undefined && {
              "Content-Type": typeof body === "string" ? kJson : "application/octet-stream",
            }),
          }
        : {},
      body,
    });
  } catch {
    const { gone, goneHow } = ownWords();
    throw new HomeFailure("closed", `${gone} ${goneHow}`);
  }
  if (reply.ok) return reply;
  const said: unknown = await reply.json().catch(() => undefined);
  throw new CallRefused(reply.status, (said as { message?: string } | undefined)?.message ?? "", said);
}

function draftPath(id: string): string {
  return `/api/drafts/${encodeURIComponent(id)}`;
}

function filePath(id: string, name: string): string {
  return `${draftPath(id)}/files/${encodeURIComponent(name)}`;
}

function draftOf(draft: OfficeDraft): DraftInfo {
  const { id, form, language, started, changed, outdated } = draft;
  return {
    id,
    form,
    title: draft.title || draft.form_title,
    language,
    started,
    changed,
    outdated,
  };
}

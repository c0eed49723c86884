// A home that forgets with the page: for development and tests.

import {
  HomeFailure,
  type AnswerHome,
  type Draft,
  type DraftState,
  type FileStore,
  type FinaliseOutcome,
  type FormInfo,
  type FormPackage,
  type FormRef,
  type QueueEntry,
} from "./home";

export class MemoryHome implements AnswerHome {
  readonly place = "link";
  private readonly kept = new Map<string, Draft>();
  private readonly blobs = new Map<string, Map<string, Blob>>();
  private readonly done: QueueEntry[] = [];
  private readonly listeners = new Set<() => void>();
  private next = 1;

  constructor(private readonly one: FormPackage) {}

  async forms(): Promise<FormInfo[]> {
    return [this.one];
  }

  async form(_ref: FormRef): Promise<FormPackage> {
    return this.one;
  }

  async drafts() {
    return [...this.kept.values()];
  }

  async start(form: FormRef, defaults?: Record<string, string>): Promise<Draft> {
    const now = new Date().toISOString();
    const draft: Draft = {
      id: `draft-${this.next++}`,
      form,
      title: this.one.title,
      language: null,
      started: now,
      changed: now,
      xml: "",
      position: null,
      defaults,
    };
    this.kept.set(draft.id, draft);
    this.tell();
    return draft;
  }

  async draft(id: string): Promise<Draft> {
    const draft = this.kept.get(id);
    if (!draft) throw new HomeFailure("gone", `no draft ${id}`);
    return draft;
  }

  async release(): Promise<void> {}

  async save(id: string, state: DraftState): Promise<void> {
    Object.assign(await this.draft(id), state, { changed: new Date().toISOString() });
  }

  files(id: string): FileStore {
    let of = this.blobs.get(id);
    if (!of) this.blobs.set(id, (of = new Map()));
    return {
      async put(blob, suggestedName) {
        of.set(suggestedName, blob);
        return suggestedName;
      },
      async get(name) {
        return of.get(name);
      },
      async remove(name) {
        of.delete(name);
      },
    };
  }

  async discard(id: string): Promise<void> {
    this.kept.delete(id);
    this.blobs.delete(id);
    this.tell();
  }

  async finalise(id: string): Promise<FinaliseOutcome> {
    const draft = await this.draft(id);
    await this.discard(id);
    this.done.push({
      instance: id,
      title: draft.title,
      finalised: new Date().toISOString(),
      state: "waiting",
    });
    this.tell();
    return { queued: true, instance: id };
  }

  async queue(): Promise<QueueEntry[]> {
    return this.done;
  }

  async sync(): Promise<void> {}

  async exportQueue(): Promise<Blob> {
    return new Blob([JSON.stringify(this.done)], { type: "application/json" });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

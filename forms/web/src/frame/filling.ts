// Filling in one draft: answers, where the person stands, saving. Knows no screen.
//
// An answer counts when it is durable. `next` waits for that, so no question is asked while an
// earlier answer could still be lost.

import type { Node, Value } from "../engine/node";
import { kAuditFile, type FoundViolation, type Session } from "../engine/session";
import type { AnswerHome, Draft, FileStore, FinaliseOutcome } from "../home/home";
import { answerRequests } from "./host_requests";
import { pagesOf, pageWith, placeAfterChange, questionsOf, type Page } from "./pages";

export type SaveState = "saved" | "saving" | "failed";

export interface Problem {
  node: string;
  kind: "required" | "constraint" | "soft" | "not-held";
}

export class Filling {
  pages: Page[] = [];
  at = 0;
  saveState: SaveState = "saved";
  /** Something was saved since the draft was opened here. */
  savedOnce = false;
  /** Why the last save failed. */
  saveFailure: unknown = undefined;
  /** Questions whose blank answer is shown as a problem: the person tried to go on. */
  readonly pressed = new Set<string>();
  /** What was typed and could not be held by the question's type. */
  readonly notHeld = new Map<string, { text: string; reason?: string }>();
  readonly files: FileStore;

  private readonly listeners = new Set<() => void>();
  private refreshing: Promise<void> | undefined;
  private stale = false;
  private wanted = 0;
  private kept = 0;
  private saving: Promise<void> | undefined;
  private readonly pending = new Set<Promise<unknown>>();
  private finished = false;

  private constructor(
    readonly session: Session,
    readonly home: AnswerHome,
    readonly draft: Draft,
  ) {
    const files = home.files(draft.id);
    this.files = {
      put: (blob, suggestedName) => files.put(blob, suggestedName),
      get: (name) => files.get(name),
      // Where the last save failed, the draft on the device still names the file.
      remove: async (name) => {
        if (this.saveState !== "failed") await files.remove(name);
      },
    };
    session.subscribeAll(() => void this.answerRequests());
    session.subscribeStructure(() => {
      this.stale = true;
      void this.refresh();
    });
  }

  static async open(session: Session, home: AnswerHome, draft: Draft): Promise<Filling> {
    const filling = new Filling(session, home, draft);
    filling.stale = true;
    await filling.refresh();
    if (draft.position) filling.stand(draft.position);
    void filling.answerRequests();
    return filling;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get page(): Page {
    return this.pages[this.at] as Page;
  }

  /** Answers a question. Resolves when it is saved, or when the failure is shown. */
  async answer(node: string, value: Value): Promise<void> {
    await this.during(async () => {
      await this.session.set(node, value);
      const held = this.session.node(node)?.value !== undefined;
      const given = value !== null && value !== "" && value !== false && !isEmptyList(value);
      if (given && !held) this.notHeld.set(node, { text: String(value) });
      else this.notHeld.delete(node);
      this.session.touch(node);
      this.tell();
      await this.save();
    });
  }

  /** What was typed is no answer, says the control: it is blank, and stays a problem for this reason. */
  async refuse(node: string, text: string, reason: string): Promise<void> {
    await this.during(async () => {
      if (this.session.node(node)?.value !== undefined) await this.session.set(node, null);
      this.notHeld.set(node, { text, reason });
      this.session.touch(node);
      this.tell();
      await this.save();
    });
  }

  async overrule(node: string, reason: string): Promise<void> {
    await this.during(async () => {
      await this.session.overrule(node, reason);
      await this.save();
    });
  }

  async addEntry(range: string, after?: number): Promise<string> {
    let added = "";
    await this.during(async () => {
      added = await this.session.add(range, after);
      await this.save();
    });
    await this.refresh();
    return added;
  }

  async removeEntry(entry: string): Promise<void> {
    await this.during(async () => {
      await this.session.remove(entry);
      await this.save();
    });
    await this.refresh();
  }

  async setLanguage(language: string): Promise<void> {
    await this.during(async () => {
      await this.session.setLanguage(language);
      await this.save();
    });
    this.tell();
  }

  /** What keeps the person on this page. */
  problemsOf(page: Page): Problem[] {
    return questionsOf(page).flatMap((id): Problem[] => {
      const node = this.session.node(id);
      if (!node) return [];
      if (this.notHeld.has(id)) return [{ node: id, kind: "not-held" }];
      if (node.violation) return [{ node: id, kind: node.violation.condition }];
      if (node.softViolation && !node.softViolation.reason) return [{ node: id, kind: "soft" }];
      return [];
    });
  }

  /** Goes on unless something on this page is wrong or could not be saved. */
  async next(): Promise<Problem[]> {
    await this.settled();
    const problems = this.problemsOf(this.page);
    this.press(questionsOf(this.page));
    if (problems.length === 0 && this.saveState !== "failed") {
      await this.move(Math.min(this.at + 1, this.pages.length - 1));
    }
    this.tell();
    return problems;
  }

  async back(): Promise<void> {
    await this.settled();
    await this.move(Math.max(this.at - 1, 0));
  }

  /** To the page that asks this node; false where there is none. */
  async goTo(node: string): Promise<boolean> {
    await this.settled();
    const at = pageWith(this.pages, this.session.nodes, node);
    if (at < 0) return false;
    await this.move(at);
    return true;
  }

  async goToPage(at: number): Promise<void> {
    await this.settled();
    if (at >= 0 && at < this.pages.length) await this.move(at);
  }

  /** Everything that must be mended before the form can be finished, in order of the form. */
  async check(): Promise<FoundViolation[]> {
    await this.settled();
    const found = await this.session.validate();
    this.press(found.map((one) => one.node));
    for (const id of this.notHeld.keys()) {
      const node = this.session.node(id);
      if (node?.relevant && !found.some((one) => one.node === id)) {
        found.push({ node: id, ref: node.ref, condition: "not-held", message: null });
      }
    }
    this.tell();
    return found;
  }

  /** Finishes: the record is queued, or there are violations. */
  async finish(): Promise<FinaliseOutcome | { queued: false; violations: FoundViolation[] }> {
    const found = await this.check();
    if (found.length > 0) return { queued: false, violations: found };
    const done = await this.session.finalize();
    if (!done.ready) return { queued: false, violations: done.violations };
    if (done.audit) {
      const log = new Blob([done.audit], { type: "text/csv" });
      await this.files.put(log, kAuditFile);
    }
    const outcome = await this.home.finalise(this.draft.id, done.xml, done.attachments);
    if (outcome.queued) this.finished = true;
    return outcome;
  }

  /** Saves what is there now; resolves when it is durable or the failure is known. */
  save(): Promise<void> {
    if (this.finished) return Promise.resolve();
    this.wanted += 1;
    this.setSaveState("saving");
    this.saving ??= this.saveAll().finally(() => {
      this.saving = undefined;
    });
    return this.saving;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.allSettled([...this.pending]);
    await this.refresh();
  }

  async close(): Promise<void> {
    await this.settled();
    await this.session.close();
    if (!this.finished) await this.home.release(this.draft.id);
    this.listeners.clear();
  }

  /** One tried to go on: what is still blank and must not be is shown from now on. */
  private press(ids: string[]): void {
    for (const id of ids) {
      if (this.pressed.has(id)) continue;
      this.pressed.add(id);
      this.session.touch(id);
    }
  }

  private async saveAll(): Promise<void> {
    while (this.kept < this.wanted) {
      const taken = this.wanted;
      try {
        await this.home.save(this.draft.id, {
          xml: await this.session.serialize(),
          position: this.position(),
          language: this.session.language,
        });
      } catch (failure) {
        this.kept = this.wanted;
        this.setSaveState("failed", failure);
        return;
      }
      this.kept = taken;
    }
    this.setSaveState("saved");
  }

  private setSaveState(state: SaveState, failure?: unknown): void {
    this.saveState = state;
    this.savedOnce ||= state === "saved";
    this.saveFailure = failure;
    this.tell();
  }

  private async answerRequests(): Promise<void> {
    try {
      if (await answerRequests(this.session)) await this.save();
    } catch {
      // The draft was closed while the device was still looking.
    }
  }

  private position(): string | null {
    return this.session.node(this.page?.node ?? "")?.ref ?? null;
  }

  private stand(ref: string): void {
    const node = [...this.session.nodes.values()].find((one) => one.ref === ref);
    const at = node ? pageWith(this.pages, this.session.nodes, node.id) : -1;
    if (at >= 0) this.at = at;
  }

  private async move(to: number): Promise<void> {
    if (to === this.at) return;
    this.at = to;
    this.tell();
    if (this.page.node !== "") void this.session.goTo(this.page.node);
    if (this.saveState !== "failed") await this.save();
  }

  private async refresh(): Promise<void> {
    if (!this.refreshing && this.stale) {
      this.refreshing = (async () => {
        while (this.stale) {
          this.stale = false;
          const events = await this.session.events();
          const pages = pagesOf(events, this.session.nodes);
          this.at = placeAfterChange(this.pages, this.page?.key ?? "", pages);
          this.pages = pages;
        }
        this.tell();
      })().finally(() => {
        this.refreshing = undefined;
      });
    }
    await this.refreshing;
  }

  private async during(work: () => Promise<void>): Promise<void> {
    const running = work();
    this.pending.add(running);
    try {
      await running;
    } finally {
      this.pending.delete(running);
    }
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function isEmptyList(value: Value): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** True where the node's problem is to be seen: wrong at once, blank only when one tried to go on. */
export function isShown(filling: Filling, node: Node): boolean {
  if (!node.violation) return false;
  return node.violation.condition !== "required" || filling.pressed.has(node.id);
}

// One instance that is being filled in: the protocol's operations with types, and the nodes as the
// engine last sent them. Nothing here decides anything about the form.

import { ask, type Engine, type Reply } from "./engine";
import type { Node, Value } from "./node";

/** What may come to the engine with a form: `jr://` address → content. */
export type EngineMedia = Record<string, { text: string } | { base64: string }>;

export interface LoadedForm {
  form: string;
  formId: string;
  version: string;
  title: string;
  languages: string[];
  warnings: unknown[];
}

export async function loadForm(
  engine: Engine,
  xml: string,
  media: EngineMedia = {},
): Promise<LoadedForm> {
  const reply = await ask(engine, { op: "loadForm", xml, media, missingMedia: "blank" });
  return {
    form: String(reply.form),
    formId: String(reply.formId ?? ""),
    version: String(reply.version ?? ""),
    title: String(reply.title ?? ""),
    languages: ((reply.languages ?? []) as (string | { name: string })[]).map((one) =>
      typeof one === "string" ? one : one.name,
    ),
    warnings: (reply.warnings ?? []) as unknown[],
  };
}

export interface OpenOptions {
  form: string;
  mode: "new" | "restore" | "edit";
  xml?: string;
  language?: string;
  timezone?: string;
  defaults?: Record<string, string>;
  properties?: Record<string, string>;
  lastSaved?: string;
  seed?: number;
}

export type EventKind =
  | "beginning-of-form" | "group" | "repeat" | "question" | "prompt-new-repeat" | "end-of-form";

/** A stop of the walk through the form. */
export interface FormEvent {
  event: EventKind;
  node?: string;
  ref?: string;
}

/** `condition`: required, constraint, or soft (with the reason where it was overruled). */
export interface FoundViolation {
  node: string;
  ref: string;
  condition: string;
  message: string | null;
  reason?: string | null;
}

export interface HostRequest {
  request: string;
  kind: string;
  ref: string;
}

export interface Finalised {
  ready: boolean;
  violations: FoundViolation[];
  xml: string;
  attachments: string[];
  /** Content of the audit log, for a form that asks for one; its name is among the attachments. */
  audit?: string;
}

/** The name of the audit log among a record's files (ODK XForms, "Audit"). */
export const kAuditFile = "audit.csv";

type Listener = () => void;

export class Session {
  /** Called after each answer of the engine that changed where the walk stops. */
  private readonly structure = new Set<Listener>();
  private readonly any = new Set<Listener>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly known = new Map<string, Node>();
  private rootId = "";
  private openRequests: HostRequest[] = [];
  language: string | null = null;

  private constructor(
    private readonly engine: Engine,
    private readonly instance: string,
  ) {}

  static async open(engine: Engine, options: OpenOptions): Promise<Session> {
    const reply = await ask(engine, { op: "open", changes: true, formatted: true, lean: true, ...options });
    const session = new Session(engine, String(reply.instance));
    session.language = typeof reply.language === "string" ? reply.language : null;
    for (const node of (reply.nodes ?? []) as Node[]) session.known.set(node.id, node);
    session.rootId = [...session.known.values()].find((node) => node.kind === "root")?.id ?? "";
    session.openRequests = (reply.requests ?? []) as HostRequest[];
    return session;
  }

  get nodes(): ReadonlyMap<string, Node> {
    return this.known;
  }

  get root(): Node {
    return this.known.get(this.rootId) as Node;
  }

  node(id: string): Node | undefined {
    return this.known.get(id);
  }

  /** `listener` is called when the node looks different. Returns what ends it. */
  subscribe(nodeId: string, listener: Listener): () => void {
    let of = this.listeners.get(nodeId);
    if (!of) this.listeners.set(nodeId, (of = new Set()));
    of.add(listener);
    return () => {
      of.delete(listener);
      if (of.size === 0 && this.listeners.get(nodeId) === of) this.listeners.delete(nodeId);
    };
  }

  /** `listener` is called when stops may have come or gone (relevance, repeats, language). */
  subscribeStructure(listener: Listener): () => void {
    this.structure.add(listener);
    return () => this.structure.delete(listener);
  }

  /** `listener` is called after every change. */
  subscribeAll(listener: Listener): () => void {
    this.any.add(listener);
    return () => this.any.delete(listener);
  }

  /** Tells those who draw the node that something else about it changed. */
  touch(nodeId: string): void {
    for (const tell of [...(this.listeners.get(nodeId) ?? [])]) tell();
  }

  /** Answers a question. The node tells what the engine made of it. */
  async set(node: string, value: Value): Promise<void> {
    this.take(await this.ask("setValue", { node, value }));
  }

  /** Adds an entry to a repeat; the id of the new one. `after` counts from 0. */
  async add(range: string, after?: number): Promise<string> {
    const reply = await this.ask("addRepeat", { node: range, after });
    this.take(reply);
    return String((reply.added as string[])[0]);
  }

  async remove(repeat: string): Promise<void> {
    this.take(await this.ask("removeRepeat", { node: repeat }));
  }

  async setLanguage(language: string): Promise<void> {
    const reply = await this.ask("setLanguage", { language });
    this.language = language;
    this.take(reply);
  }

  /** The reason why a soft check does not hold here. */
  async overrule(node: string, reason: string): Promise<void> {
    this.take(await this.ask("overrule", { node, reason }));
  }

  /** What the form asks of the device and nobody has taken on yet. */
  takeRequests(): HostRequest[] {
    return this.openRequests.splice(0);
  }

  async answerRequest(request: string, value: Value): Promise<void> {
    this.take(await this.ask("answerRequest", { request, value }));
  }

  async events(): Promise<FormEvent[]> {
    return (await this.ask("events", {})).events as FormEvent[];
  }

  /** Where the person stands; only the audit log of a form wants to know. */
  async goTo(node: string): Promise<void> {
    await this.engine.request({ op: "goTo", instance: this.instance, node });
  }

  /** What is wrong, and the soft checks that nobody has overruled. */
  async validate(): Promise<FoundViolation[]> {
    const reply = await this.ask("validate", {});
    this.take(reply);
    const soft = ((reply.soft ?? []) as FoundViolation[]).filter((one) => !one.reason);
    return [...(reply.violations as FoundViolation[]), ...soft];
  }

  async finalize(): Promise<Finalised> {
    const reply = await this.ask("finalize", {});
    this.take(reply);
    return reply as unknown as Finalised;
  }

  /** The whole draft, hidden answers included. */
  async serialize(): Promise<string> {
    return String((await this.ask("serialize", { includeNonRelevant: true })).xml);
  }

  async close(): Promise<void> {
    await this.engine.request({ op: "close", instance: this.instance });
    this.listeners.clear();
    this.structure.clear();
    this.any.clear();
  }

  private ask(op: string, members: object): Promise<Reply> {
    return ask(this.engine, { op, instance: this.instance, ...members });
  }

  private take(reply: Reply): void {
    const changes = reply.changes as { changed?: Node[]; removed?: string[] } | undefined;
    this.openRequests.push(...((reply.requests ?? []) as HostRequest[]));
    if (!changes) return;
    const touched = new Set<string>();
    let moved = false;
    for (const id of changes.removed ?? []) {
      this.known.delete(id);
      touched.add(id);
      moved = true;
    }
    for (const node of changes.changed ?? []) {
      const before = this.known.get(node.id);
      if (node.choicesKept && before?.choices) node.choices = before.choices;
      moved ||=
        !before ||
        before.relevant !== node.relevant ||
        before.canAdd !== node.canAdd ||
        before.children?.length !== node.children?.length ||
        (node.children ?? []).some((child, at) => child !== before.children?.[at]);
      this.known.set(node.id, node);
      touched.add(node.id);
    }
    if (touched.size === 0) return;
    for (const id of touched) for (const tell of [...(this.listeners.get(id) ?? [])]) tell();
    if (moved) for (const tell of [...this.structure]) tell();
    for (const tell of [...this.any]) tell();
  }
}

// Where answers live. Two homes: the browser (answers by link) and the collector's database.

/** A form as a home knows it: `id`, `version` and the hash of its XML. */
export interface FormRef {
  id: string;
  version: string;
  hash: string;
}

/** Who asks, who sees, how long it is kept. Computed by the server from its configuration. */
export interface Notice {
  sender: string;
  purpose?: string;
  recipients: string[];
  /** Results are shown only for groups of at least so many; the recipients' text says so. */
  floor?: number;
  kept_days?: number;
  kept_until?: string;
  contact?: string;
}

export interface FormInfo {
  ref: FormRef;
  title: string;
  /** By language of the page, "de" and "en". */
  notice?: Record<string, Notice>;
  /** Language the link was made for: a language of the form. */
  language?: string;
  /** False: no new answers; `reason` is a sentence. */
  open: boolean;
  reason?: string;
  /** The code that leaves a device for guests: SHA-256 of salt and code. */
  kiosk?: { salt: string; sha256: string };
}

/** A file of a form: its content, or where the page gets it. */
export type FormMedia = { text: string } | { base64: string } | { address: string };

export interface FormPackage extends FormInfo {
  xml: string;
  media: Record<string, FormMedia>;
  /** Refs that no address may fill. */
  noPrefill: string[];
}

export interface DraftInfo {
  id: string;
  form: FormRef;
  title: string;
  language: string | null;
  started: string;
  changed: string;
  /** A newer version of the form is there; the draft keeps its own. */
  outdated?: boolean;
}

export interface Draft extends DraftInfo {
  /** Empty: begun, nothing answered yet. */
  xml: string;
  /** The ref of the question where the person stood. */
  position: string | null;
  /** What came with the address; only for a draft without `xml`. */
  defaults?: Record<string, string>;
}

export interface DraftState {
  xml: string;
  position: string | null;
  language: string | null;
}

/** The files of one draft; a question's answer is the name. */
export interface FileStore {
  /** Durable when it resolves; the name may differ from the one suggested. */
  put(blob: Blob, suggestedName: string): Promise<string>;
  get(name: string): Promise<Blob | undefined>;
  remove(name: string): Promise<void>;
}

export interface Receipt {
  instance: string;
  revision: string;
  sequence: number;
  day: string;
  sha256: string;
}

export interface QueueEntry {
  instance: string;
  title: string;
  /** RFC 3339. */
  finalised: string;
  state: "waiting" | "sending" | "sent" | "refused";
  receipt?: Receipt;
  /** Why it still waits. */
  waits?: "network" | "portal" | "busy" | "receipt";
  /** Why it was refused; a sentence of the server's. */
  reason?: string;
}

export interface HomeViolation {
  ref: string;
  condition: string;
  message: string | null;
}

export type FinaliseOutcome =
  | { queued: true; instance: string }
  | { queued: false; violations: HomeViolation[] };

/** What a home could not do. The frame has a sentence for each kind; "told" is one whose `message`
 *  is a sentence for the person already. */
export class HomeFailure extends Error {
  constructor(
    readonly kind: "quota" | "elsewhere" | "gone" | "offline" | "closed" | "storage" | "told",
    message: string,
  ) {
    super(message);
  }
}

export interface AnswerHome {
  readonly place: "link" | "collector";
  /** By link: exactly one. */
  forms(): Promise<FormInfo[]>;
  form(ref: FormRef): Promise<FormPackage>;
  drafts(): Promise<DraftInfo[]>;
  start(ref: FormRef, defaults?: Record<string, string>): Promise<Draft>;
  /** Takes the draft for this tab; rejects with HomeFailure "elsewhere" where another has it. */
  draft(id: string): Promise<Draft>;
  /** Gives the draft free for other tabs. */
  release(id: string): Promise<void>;
  /** Durable when it resolves. Rejects with a sentence for the person. */
  save(id: string, state: DraftState): Promise<void>;
  files(id: string): FileStore;
  discard(id: string): Promise<void>;
  /** Queued durably, or what the collector's own check found. */
  finalise(id: string, xml: string, attachments: string[]): Promise<FinaliseOutcome>;
  queue(): Promise<QueueEntry[]>;
  sync(): Promise<void>;
  exportQueue(): Promise<Blob>;
  /** Called when drafts or the queue changed. */
  subscribe(listener: () => void): () => void;
}

// The browser's database. What is written is on the disk when `write` resolves.

import { HomeFailure, type FormRef, type Notice, type Receipt } from "./home";

const kName = "werkstatt";
const kVersion = 1;

/** A form as this link showed it last, or as a draft needs it still. Key: link and hash. */
export interface StoredForm {
  link: string;
  hash: string;
  xml: string;
  media: Record<string, { text: string } | { blob: Blob }>;
}

/** What the server said of a link last. Key: link. */
export interface StoredLink {
  link: string;
  ref: FormRef;
  title: string;
  language?: string;
  notice?: Record<string, Notice>;
  noPrefill: string[];
  open: boolean;
  reason?: string;
  kiosk?: { salt: string; sha256: string };
  fileBytesMax?: number;
  filesMax?: number;
}

export interface StoredDraft {
  id: string;
  link: string;
  form: FormRef;
  title: string;
  xml: string;
  position: string | null;
  language: string | null;
  started: string;
  changed: string;
}

/** Key: draft and name. A file of a finished record is under the id of its draft. */
export interface StoredFile {
  draft: string;
  name: string;
  blob: Blob;
}

export type Waits = "network" | "portal" | "busy" | "receipt";

/** A finished record. Key: instance. `xml` and files go when the receipt is there. */
export interface StoredRecord {
  instance: string;
  draft: string;
  link: string;
  form: FormRef;
  title: string;
  xml: string;
  sha256: string;
  language: string | null;
  files: { name: string; sha256: string; type: string }[];
  finalised: string;
  state: "waiting" | "sent" | "refused";
  attempts: number;
  /** Not before this time, in milliseconds. */
  notBefore: number;
  waits?: Waits;
  reason?: string;
  receipt?: Receipt;
}

/** Small things: the kiosk's code, whether persistence was granted. */
export interface StoredSetting {
  name: string;
  value: unknown;
}

interface Stores {
  links: StoredLink;
  forms: StoredForm;
  drafts: StoredDraft;
  files: StoredFile;
  records: StoredRecord;
  settings: StoredSetting;
}
export type StoreName = keyof Stores;

const kKeys: Record<StoreName, string | string[]> = {
  links: "link",
  forms: ["link", "hash"],
  drafts: "id",
  files: ["draft", "name"],
  records: "instance",
  settings: "name",
};

/** Quota and broken storage as something the frame has words for. */
export function failureOf(error: unknown): HomeFailure {
  if (error instanceof HomeFailure) return error;
  const name = error instanceof DOMException ? error.name : "";
  const message = error instanceof Error ? error.message : String(error);
  return new HomeFailure(name === "QuotaExceededError" ? "quota" : "storage", message);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Database {
  private constructor(private readonly db: IDBDatabase) {}

  static open(): Promise<Database> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(kName, kVersion);
      request.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(kKeys)) {
          request.result.createObjectStore(name, { keyPath });
        }
      };
      request.onsuccess = () => {
        // A later version of the page must be able to change the stores.
        request.result.onversionchange = () => request.result.close();
        resolve(new Database(request.result));
      };
      request.onerror = () => reject(failureOf(request.error));
      request.onblocked = () => reject(new HomeFailure("storage", "another window blocks it"));
    });
  }

  close(): void {
    this.db.close();
  }

  async get<N extends StoreName>(store: N, key: IDBValidKey): Promise<Stores[N] | undefined> {
    return done(this.db.transaction(store).objectStore(store).get(key));
  }

  async all<N extends StoreName>(store: N, range?: IDBKeyRange): Promise<Stores[N][]> {
    return done(this.db.transaction(store).objectStore(store).getAll(range));
  }

  async keys(store: StoreName): Promise<IDBValidKey[]> {
    return done(this.db.transaction(store).objectStore(store).getAllKeys());
  }

  /** One transaction, all or nothing; on the disk when it resolves. */
  write(changes: Change[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const names = [...new Set(changes.map((change) => change.store))];
      let transaction: IDBTransaction;
      try {
        transaction = this.db.transaction(names, "readwrite", { durability: "strict" });
      } catch (error) {
        reject(failureOf(error));
        return;
      }
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(failureOf(transaction.error));
      try {
        for (const change of changes) {
          const store = transaction.objectStore(change.store);
          if ("put" in change) store.put(change.put);
          else store.delete(change.remove);
        }
      } catch (error) {
        transaction.abort();
        reject(failureOf(error));
      }
    });
  }
}

export type Change =
  | { [N in StoreName]: { store: N; put: Stores[N] } }[StoreName]
  | { store: StoreName; remove: IDBValidKey | IDBKeyRange };

/** All files of a draft. */
export function filesOf(draft: string): IDBKeyRange {
  return IDBKeyRange.bound([draft], [draft, []]);
}

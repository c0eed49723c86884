// Gets a link and its form from the server. Nothing counts that is not surely the server's.

import type { StoredForm, StoredLink } from "./database";
import { HomeFailure, type Notice } from "./home";

// A page that shows nothing for longer looks broken.
const kTimeoutMs = 15_000;

interface LinkReply {
  link: {
    language?: string;
    open: boolean;
    reason?: string;
    kiosk?: { salt: string; sha256: string };
  };
  /** Missing before the link opens. */
  form?: { id: string; version: string; hash: string; title: string };
  notice?: Record<string, Notice>;
  media?: { url: string; address: string; bytes?: number }[];
  no_prefill?: string[];
  file_bytes_max?: number;
  files_max?: number;
}

export interface FetchedLink {
  stored: StoredLink;
  media: { url: string; address: string }[];
}

async function get(address: string): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), kTimeoutMs);
  try {
    return await fetch(address, { redirect: "error", credentials: "omit", signal: stop.signal });
  } catch {
    throw new HomeFailure("offline", "the server cannot be reached");
  } finally {
    clearTimeout(timer);
  }
}

function path(link: string): string {
  return `/f/${encodeURIComponent(link)}`;
}

export async function fetchLink(link: string): Promise<FetchedLink> {
  const reply = await get(`${path(link)}/form`);
  const json = /^application\/json\b/i.test(reply.headers.get("Content-Type") ?? "");
  const said = json ? ((await reply.json()) as Partial<LinkReply>) : undefined;
  if (said && (reply.status === 404 || reply.status === 410)) {
    const { message } = said as { message?: string };
    throw new HomeFailure("closed", message ?? "");
  }
  if (!reply.ok || !said?.link) throw new HomeFailure("offline", "something else answered");
  const { form } = said;
  if (!form?.hash) throw new HomeFailure("closed", said.link.reason ?? "");
  return {
    stored: {
      link,
      ref: { id: form.id, version: form.version, hash: form.hash },
      title: form.title,
      language: said.link.language,
      notice: said.notice,
      noPrefill: said.no_prefill ?? [],
      open: said.link.open,
      reason: said.link.reason,
      kiosk: said.link.kiosk,
      fileBytesMax: said.file_bytes_max,
      filesMax: said.files_max,
    },
    media: said.media ?? [],
  };
}

/** Lists that the engine reads come as text; pictures, sounds and films as they are. */
function isText(type: string): boolean {
  return /^(?:text\/|application\/(?:[\w.-]+\+)?(?:xml|json|csv)\b)/i.test(type);
}

export async function fetchForm(link: string, from: FetchedLink): Promise<StoredForm> {
  const { hash } = from.stored.ref;
  const reply = await get(`${path(link)}/form/${encodeURIComponent(hash)}.xml`);
  if (!reply.ok || !/\bxml\b/i.test(reply.headers.get("Content-Type") ?? "")) {
    throw new HomeFailure("offline", "something else answered");
  }
  const xml = await reply.text();
  const media: StoredForm["media"] = {};
  for (const { url, address } of from.media) {
    const file = await get(address);
    if (!file.ok) throw new HomeFailure("offline", `a file of the form is missing: ${url}`);
    media[url] = isText(file.headers.get("Content-Type") ?? "")
      ? { text: await file.text() }
      : { blob: await file.blob() };
  }
  return { link, hash, xml, media };
}

// The service worker of `/f/`: the page and its assets from the second visit on, also without a
// network, and a nudge for the queue when the network is back.
//
// It keeps one version of the assets: those it was built with. A new worker waits until no page of
// the old one is open, or until a page asks for it; the old one's assets stay until then, so a
// draft is never left with half a page. Forms, drafts and the queue are not here: they are in the
// database, which the page owns. Only navigations fall back to the shell.

/// <reference lib="webworker" />
import { sendAllWaiting } from "../home/send_queue";
import { kSyncTag, kLinksCache, linkPath, fillShell } from "./shell_cache";

declare const self: ServiceWorkerGlobalScope;
declare const __ASSETS__: string[];
declare const __SHELL__: string;

const kAssetsPrefix = "werkstatt-assets-";
const kAssetsCache = kAssetsPrefix + hashOf(__ASSETS__.join("\n") + __SHELL__);

/** FNV-1a: names the version, guards nothing. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(16);
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(kAssetsCache)
      .then((cache) => cache.addAll(__ASSETS__.map((path) => new Request(path)))),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(kAssetsPrefix) && name !== kAssetsCache) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const path = linkPath(address.pathname);
    if (path) event.respondWith(shell(request, path));
  } else if (address.pathname.startsWith("/a/")) {
    event.respondWith(asset(request));
  }
});

/** The page of a link that was opened before; any other link is the server's to answer. */
async function shell(request: Request, path: string): Promise<Response> {
  const kept = await (await caches.open(kLinksCache)).match(path);
  if (!kept) return fetch(request);
  const headers = new Headers(kept.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(fillShell(__SHELL__, await kept.text()), { headers });
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("sync", ((event: ExtendableEvent & { tag: string }) => {
  if (event.tag === kSyncTag) event.waitUntil(sendAllWaiting());
}) as EventListener);

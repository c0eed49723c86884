// What page and service worker agree on.

/** Pages of links that were opened here, as the server sent them. */
export const kLinksCache = "werkstatt-links";

/** Tag of the background sync that sends the queue. */
export const kSyncTag = "werkstatt-queue";

/** "/f/K7Q2M4XA" of "/f/K7Q2M4XA" and "/f/K7Q2M4XA/kiosk"; nothing for any other path. */
export function linkPath(path: string): string | undefined {
  return /^(\/f\/[A-Za-z0-9_-]+)(?:\/kiosk)?\/?$/.exec(path)?.[1];
}

/** The shell of this version with the texts of a page that the server sent earlier. */
export function fillShell(shell: string, kept: string): string {
  const found: Record<string, string> = {
    home: /data-home="([^"]*)"/.exec(kept)?.[1] ?? "link",
    language: /<html lang="([^"]*)"/.exec(kept)?.[1] ?? "en",
    title: /<title>([^<]*)<\/title>/.exec(kept)?.[1] ?? "",
    noscript: /<noscript><p>([^<]*)<\/p>/.exec(kept)?.[1] ?? "",
  };
  return shell.replace(/\{\{(\w+)\}\}/g, (_, name: string) => found[name] ?? "");
}

/** True for a page of ours: not a notice, not what a captive portal sends. */
export function isShell(html: string): boolean {
  return html.includes('data-home="link"') && html.includes('<div id="app"></div>');
}

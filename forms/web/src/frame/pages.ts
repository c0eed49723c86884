// From the stops of the engine's walk to what stands on one screen: a question by itself, a
// field-list as a whole, the list of a repeat's entries. Groups become headings.

import type { FormEvent } from "../engine/session";
import type { Node } from "../engine/node";

export type Item =
  | { kind: "question"; node: string }
  | { kind: "group"; node: string; items: Item[] }
  | { kind: "repeat"; range: string; entries: { node: string; items: Item[] }[] };

export interface Page {
  kind: "questions" | "repeat" | "end";
  /** Stays the same over changes: the node that leads the page, or "end". */
  key: string;
  /** The question, field-list or repeat; empty at the end. */
  node: string;
  items: Item[];
  /** Groups and repeat entries around it, outermost first. */
  trail: string[];
}

type Nodes = ReadonlyMap<string, Node>;

function isInside(nodes: Nodes, id: string, outer: string): boolean {
  for (let at = nodes.get(id); at; at = at.parent ? nodes.get(at.parent) : undefined) {
    if (at.parent === outer) return true;
  }
  return false;
}

function trailOf(nodes: Nodes, id: string): string[] {
  const trail: string[] = [];
  let at = nodes.get(id);
  while (at?.parent) {
    at = nodes.get(at.parent);
    if (at && (at.kind === "group" || at.kind === "repeat")) trail.unshift(at.id);
  }
  return trail;
}

/** The range of a repeat entry, else the node itself. */
function rangeOf(nodes: Nodes, id: string): string {
  const node = nodes.get(id);
  return node?.kind === "repeat" && node.parent ? node.parent : id;
}

function isFieldList(nodes: Nodes, id: string, gridPages: boolean): boolean {
  const shown = (one: string | undefined) =>
    one !== undefined && (nodes.get(one)?.appearances?.includes("field-list") ?? false);
  if (shown(id) || shown(rangeOf(nodes, id))) return true;
  return gridPages && trailOf(nodes, id).length === 0;
}

/** The stops inside `outer` from `from` on, nested; and the first stop after them. */
function nest(events: FormEvent[], from: number, nodes: Nodes, outer: string): [Item[], number] {
  const items: Item[] = [];
  let at = from;
  while (at < events.length) {
    const { event, node } = events[at] as FormEvent;
    if (!node || !isInside(nodes, node, outer)) break;
    if (event === "question") {
      items.push({ kind: "question", node });
      at += 1;
    } else if (event === "group") {
      const [inner, after] = nest(events, at + 1, nodes, node);
      items.push({ kind: "group", node, items: inner });
      at = after;
    } else {
      const range = rangeOf(nodes, node);
      const last = items[items.length - 1];
      const repeat: Item & { kind: "repeat" } =
        last?.kind === "repeat" && last.range === range
          ? last
          : { kind: "repeat", range, entries: [] };
      if (repeat !== last) items.push(repeat);
      if (event === "repeat") {
        const [inner, after] = nest(events, at + 1, nodes, node);
        repeat.entries.push({ node, items: inner });
        at = after;
      } else {
        at += 1;
      }
    }
  }
  return [items, at];
}

/** All pages, the last one the end of the form. `nodes` are those of the same moment. */
export function pagesOf(events: FormEvent[], nodes: Nodes): Page[] {
  const root = [...nodes.values()].find((node) => node.kind === "root");
  const classes = root?.classes ?? [];
  // A form laid out as a grid on one sheet: its sections are what belongs on one screen.
  const gridPages = classes.includes("theme-grid") && !classes.includes("pages");
  const pages: Page[] = [];
  let at = 0;
  while (at < events.length) {
    const { event, node } = events[at] as FormEvent;
    at += 1;
    if (!node || !nodes.has(node)) continue;
    const trail = trailOf(nodes, node);
    if (event === "question") {
      pages.push({ kind: "questions", key: node, node, items: [{ kind: "question", node }], trail });
    } else if (event === "prompt-new-repeat") {
      pages.push({ kind: "repeat", key: node, node, items: [], trail });
    } else if ((event === "group" || event === "repeat") && isFieldList(nodes, node, gridPages)) {
      const [items, after] = nest(events, at, nodes, node);
      if (items.length > 0) pages.push({ kind: "questions", key: node, node, items, trail });
      at = after;
    }
  }
  pages.push({ kind: "end", key: "end", node: "", items: [], trail: [] });
  return pages;
}

/** The questions of a page, in order. */
export function questionsOf(page: Page): string[] {
  const inside = (items: Item[]): string[] =>
    items.flatMap((item) =>
      item.kind === "question"
        ? [item.node]
        : item.kind === "group"
          ? inside(item.items)
          : item.entries.flatMap((entry) => inside(entry.items)),
    );
  return inside(page.items);
}

/** Where to stand in `pages` when before one stood at `key` in `before`: there, else at the
 *  nearest page before it that is left. */
export function placeAfterChange(before: Page[], key: string, pages: Page[]): number {
  const place = new Map(pages.map((page, at) => [page.key, at]));
  for (let at = before.findIndex((page) => page.key === key); at >= 0; at -= 1) {
    const found = place.get((before[at] as Page).key);
    if (found !== undefined) return found;
  }
  return 0;
}

/** The page that asks the node, or holds it; -1 where there is none. */
export function pageWith(pages: Page[], nodes: Nodes, id: string): number {
  const exact = pages.findIndex((page) => page.key === id || questionsOf(page).includes(id));
  if (exact >= 0) return exact;
  return pages.findIndex((page) => page.node !== "" && isInside(nodes, page.node, id));
}

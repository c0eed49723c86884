// What the form asks for beyond the type: appearances and options of a node.

import type { Node } from "../engine/node";

export function has(node: Node, ...names: string[]): boolean {
  return names.some((name) => node.appearances?.includes(name));
}

/** The appearance asks for another app ("ex:org.example.app(…)") that a browser cannot open. */
export function asksForApp(node: Node): boolean {
  return node.appearances?.some((name) => name.startsWith("ex:")) === true;
}

// A form may say columns-300; no screen shows more than this.
const kColumnsMax = 12;

/**
 * "columns-3" → 3; "columns" → as many as fit ("fit"); "columns-pack" → side by side, each as wide
 * as its text ("pack"); null: one below the other.
 */
export function columnsOf(node: Node): number | "fit" | "pack" | null {
  for (const name of node.appearances ?? []) {
    if (name === "columns-pack") return "pack";
    if (name === "columns") return "fit";
    const count = /^columns-(\d+)$/.exec(name)?.[1];
    if (count !== undefined) return Math.min(Math.max(1, Number(count)), kColumnsMax);
  }
  return null;
}

/** "w3" → 3 of the columns of a grid. */
export function widthOf(node: Node): number | null {
  for (const name of node.appearances ?? []) {
    const width = /^w(\d{1,2})$/.exec(name)?.[1];
    if (width !== undefined) return Math.min(Math.max(1, Number(width)), kColumnsMax);
  }
  return null;
}

export function optionText(node: Node, name: string): string | undefined {
  const value = node.options?.[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

export function optionNumber(node: Node, name: string): number | undefined {
  const text = optionText(node, name);
  if (text === undefined || text.trim() === "") return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

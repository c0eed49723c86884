// Which members of a group stand together in one table. Pure.

import type { Node } from "../engine/node";
import { has } from "./appearance";

export type Run<T> =
  | { kind: "one"; member: T }
  /** Rows with the same choices; `heads` are questions that only name the columns ("label"). */
  | { kind: "table"; heads: T[]; rows: T[] };

/**
 * Rows are selects in a row with equal choices: after a "label" those with "list-nolabel" or "list"
 * (the XLSForm appearance table-list becomes these), and scales ("likert") that follow each other.
 */
export function runsOf<T extends { node: Node; drawn?: unknown }>(members: readonly T[]): Run<T>[] {
  const runs: Run<T>[] = [];
  for (let at = 0; at < members.length;) {
    const run = tableAt(members, at) ?? scalesAt(members, at);
    if (run) {
      runs.push(run);
      at += run.kind === "table" ? run.heads.length + run.rows.length : 1;
    } else {
      runs.push({ kind: "one", member: members[at] as T });
      at += 1;
    }
  }
  return runs;
}

function isSelect({ node, drawn }: { node: Node; drawn?: unknown }): boolean {
  return drawn === undefined && (node.control === "select1" || node.control === "select");
}

function tableAt<T extends { node: Node; drawn?: unknown }>(
  members: readonly T[],
  from: number,
): Run<T> | null {
  let at = from;
  const heads: T[] = [];
  while (isNamed(members[at], ["label"])) heads.push(members[at++] as T);
  const rows = equalFrom(members, at, ["list-nolabel", "list"]);
  const [head] = heads;
  if (!head || rows.length === 0) return null;
  return sameChoices(head.node, (rows[0] as T).node) ? { kind: "table", heads, rows } : null;
}

function scalesAt<T extends { node: Node; drawn?: unknown }>(
  members: readonly T[],
  from: number,
): Run<T> | null {
  const rows = equalFrom(members, from, ["likert"]);
  return rows.length > 1 ? { kind: "table", heads: [], rows } : null;
}

function isNamed(
  member: { node: Node; drawn?: unknown } | undefined,
  names: readonly string[],
): boolean {
  return member !== undefined && isSelect(member) && has(member.node, ...names);
}

function equalFrom<T extends { node: Node; drawn?: unknown }>(
  members: readonly T[],
  from: number,
  names: readonly string[],
): T[] {
  const first = members[from];
  const rows: T[] = [];
  for (let at = from; isNamed(members[at], names); at += 1) {
    const member = members[at] as T;
    if (!first || !sameChoices(first.node, member.node)) break;
    rows.push(member);
  }
  return rows;
}

export function sameChoices(a: Node, b: Node): boolean {
  const left = a.choices ?? [];
  const right = b.choices ?? [];
  return (
    left.length > 0 &&
    left.length === right.length &&
    left.every(
      (choice, at) =>
        choice.value === right[at]?.value && choice.label.text === right[at]?.label.text,
    )
  );
}

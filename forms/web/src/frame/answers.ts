// One's own answers, to read, print and keep.

import type { Node } from "../engine/node";
import type { Session } from "../engine/session";
import type { Words } from "../words/words";
import { entryName } from "./entry_name";
import { questionsOf, type Page } from "./pages";

export type AnswerLine =
  | { kind: "heading"; text: string }
  | { kind: "answer"; node: string; ref: string; label: string; value: string; text: string };

/** The answer as a person reads it. */
export function answerText(node: Node, locale: string): string {
  const { value } = node;
  if (value === undefined) return "";
  if (node.values) {
    return node.values
      .map((one) => node.choices?.find((choice) => choice.value === one)?.label.text ?? one)
      .join(node.control === "rank" ? " › " : ", ");
  }
  if (node.control === "trigger") return "✓";
  if (node.type === "int" || node.type === "decimal") {
    const number = Number(value);
    const plain = node.appearances?.includes("thousands-sep") !== true;
    return Number.isFinite(number)
      ? number.toLocaleString(locale, { useGrouping: !plain, maximumFractionDigits: 20 })
      : value;
  }
  if (node.type === "date" && /^\d{4}-\d\d-\d\d$/.test(value)) {
    return new Date(`${value}T00:00:00`).toLocaleDateString(locale, { dateStyle: "long" });
  }
  if (node.type === "time") return /^\d\d:\d\d/.exec(value)?.[0] ?? value;
  if (node.type === "dateTime" && !Number.isNaN(Date.parse(value))) {
    return new Date(value).toLocaleString(locale, { dateStyle: "long", timeStyle: "short" });
  }
  return value;
}

/** All questions that were asked, with headings, in order of the form. */
export function answersOf(
  session: Session,
  pages: readonly Page[],
  words: Words,
  locale: string,
): AnswerLine[] {
  const lines: AnswerLine[] = [];
  let trail: string[] = [];
  const headings = (ids: string[]) => {
    ids.forEach((id, at) => {
      if (trail[at] === id) return;
      const node = session.node(id);
      const text =
        node?.kind === "repeat" ? entryName(session, node, words) : (node?.label?.text ?? "");
      if (text) lines.push({ kind: "heading", text });
    });
    trail = ids;
  };
  for (const page of pages) {
    for (const id of questionsOf(page)) {
      const node = session.node(id);
      if (!node || node.control === "note") continue;
      headings(groupsOf(session, node));
      const label = node.label?.text.trim() || words.noLabel;
      const text = answerText(node, locale);
      lines.push({ kind: "answer", node: id, ref: node.ref, label, value: node.value ?? "", text });
    }
  }
  return lines;
}

function groupsOf(session: Session, node: Node): string[] {
  const groups: string[] = [];
  let at = node.parent ? session.node(node.parent) : undefined;
  while (at) {
    if (at.kind === "repeat" || (at.kind === "group" && at.label)) groups.unshift(at.id);
    at = at.parent ? session.node(at.parent) : undefined;
  }
  return groups;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}

export interface KeptAnswers {
  title: string;
  form: { id: string; version: string };
  language: string;
  instance?: string;
  saved: string;
  lines: AnswerLine[];
}

/** A page that needs nothing else. */
export function answersAsHtml(kept: KeptAnswers, words: Words): string {
  const body = kept.lines
    .map((line) =>
      line.kind === "heading"
        ? `<h2>${escaped(line.text)}</h2>`
        : `<dl><dt>${escaped(line.label)}</dt><dd>${escaped(line.text || words.unanswered)}</dd></dl>`,
    )
    .join("\n");
  return `<!doctype html>
<html lang="${escaped(kept.language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(kept.title)}</title>
<style>
body { font-family: system-ui, sans-serif; line-height: 1.5; max-width: 65ch; margin: 2rem auto; padding: 0 1rem; }
dl { margin: 0 0 1rem; } dt { font-weight: 600; } dd { margin: 0; white-space: pre-line; }
</style>
<h1>${escaped(kept.title)}</h1>
<p>${escaped(kept.saved)}${kept.instance ? ` · ${escaped(kept.instance)}` : ""}</p>
${body}
</html>
`;
}

export function answersAsJson(kept: KeptAnswers): string {
  const answers = kept.lines.flatMap((line) =>
    line.kind === "answer"
      ? [{ ref: line.ref, question: line.label, value: line.value, text: line.text }]
      : [],
  );
  const { title, form, language, instance, saved } = kept;
  return JSON.stringify({ title, form, language, instance, saved, answers }, null, 1);
}

// What is wrong, in words, and the way there.

import type { Node } from "../engine/node";
import type { Words } from "../words/words";
import { isShown, type Filling } from "./filling";

/** The sentence under a question; empty where nothing is (yet) to be said. */
export function problemText(filling: Filling, node: Node, words: Words): string {
  const typed = filling.notHeld.get(node.id);
  if (typed) {
    if (typed.reason) return typed.reason;
    const by = words.notHeld as Record<string, string>;
    return by[node.type ?? ""] ?? words.notHeld.other;
  }
  if (!node.violation || !isShown(filling, node)) return "";
  return (
    node.violation.message ??
    (node.violation.condition === "required" ? words.isRequired : words.isWrong)
  );
}

export function labelOf(node: Node | undefined, words: Words): string {
  const text = node?.label?.text.trim();
  return text ? text : words.noLabel;
}

/** Puts the focus where a question is answered: its field, else its first field, else its label. */
export function focusQuestion(id: string): void {
  const question = document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
  const field =
    question?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-input`)}`) ??
    question?.querySelector<HTMLElement>(
      ".question-control :is(input, select, textarea, button):not([disabled])",
    );
  const target = field ?? question?.querySelector<HTMLElement>(".question-label");
  if (!target) return;
  if (!field) target.tabIndex = -1;
  target.focus();
  question?.scrollIntoView({ block: "nearest" });
}

interface Props {
  ids: string[];
  words: Words;
  filling: Filling;
  /** Goes to a question, on this page or another. */
  go(id: string): void;
}

/** The list of problems; takes the focus when it appears, and leads to each. */
export function ProblemSummary({ ids, words, filling, go }: Props) {
  return (
    <section class="problems" role="alert" aria-labelledby="problems-title">
      <h2 id="problems-title" tabIndex={-1}>
        {words.problemsTitle(ids.length)}
      </h2>
      <p>{words.problemsHere}</p>
      <ul>
        {ids.map((id) => {
          const node = filling.session.node(id);
          const what = node ? problemText(filling, node, words) : "";
          return (
            <li key={id}>
              <a
                href={`#${id}-label`}
                onClick={(event) => {
                  event.preventDefault();
                  go(id);
                }}
              >
                {labelOf(node, words)}
              </a>
              {what && <span class="problem-what"> {what}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

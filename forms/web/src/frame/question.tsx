// One question: label, hint, guidance, marks, problems, and the control that asks it.

import { useMemo } from "preact/hooks";
import type { VNode } from "preact";
import { controlFor, isGroupOfFields } from "../controls";
import type { ControlProps, RowParts } from "../controls/control";
import type { Node } from "../engine/node";
import { Formatted } from "../parts/formatted";
import { TextMedia } from "../parts/media";
import { memo } from "../parts/memo";
import { useFill, useNode, type Fill } from "./context";
import { isShown } from "./filling";
import { problemText } from "./problems";
import { SoftCheck } from "./soft_check";

export function idsOf(node: string) {
  return {
    input: `${node}-input`,
    label: `${node}-label`,
    hint: `${node}-hint`,
    error: `${node}-error`,
  };
}

/** What a control gets. Blank required answers are not yet wrong for it before one tried to go on. */
export function controlProps(fill: Fill, node: Node): ControlProps {
  const { filling, words, language } = fill;
  return {
    node: node.violation && !isShown(filling, node) ? { ...node, violation: undefined } : node,
    set: (value) => filling.answer(node.id, value),
    refuse: (text, reason) => filling.refuse(node.id, text, reason),
    refused: filling.notHeld.get(node.id)?.text,
    advance: () => void filling.next(),
    files: filling.files,
    words,
    language,
    disabled: false,
    ids: idsOf(node.id),
  };
}

/** A question whose parts a layout puts into the row of a table. */
export function QuestionRow({ id, draw }: { id: string; draw(parts: RowParts): VNode }): VNode | null {
  const fill = useFill();
  const { filling } = fill;
  const node = useNode(id);
  if (!node) return null;
  const { words } = fill;
  const ids = idsOf(id);
  const problem = problemText(filling, node, words);
  const hint = (node.hint || node.guidance) && (
    <div class="question-hint" id={ids.hint}>
      <Formatted text={node.hint} />
      {node.guidance && (
        <details class="guidance">
          <summary>{words.moreHelp}</summary>
          <p>{node.guidance.text}</p>
        </details>
      )}
    </div>
  );
  return draw({
    control: controlProps(fill, node),
    label: (
      <>
        {node.label ? <Formatted text={node.label} /> : <span class="unseen">{words.noLabel}</span>}
        {node.required && <span class="required-mark"> ({words.required})</span>}
      </>
    ),
    hint: hint || null,
    problem: (
      <>
        <div class="question-error" id={ids.error} role="alert">
          {problem && <p>{problem}</p>}
        </div>
        {node.softViolation && <SoftCheck node={node} />}
      </>
    ),
  });
}

interface Props {
  id: string;
  /** 1 where the question is the page. */
  level: 1 | 2 | 3;
}

export const Question = memo(function Question({ id, level }: Props): VNode | null {
  const fill = useFill();
  const { filling } = fill;
  const node = useNode(id);
  const Control = useMemo(() => (node ? controlFor(node) : null), [id, node?.control, node?.type]);
  if (!node || !Control) return null;
  const { words } = fill;
  const ids = idsOf(id);
  const problem = problemText(filling, node, words);
  const Heading = `h${level}` as "h1";
  const isNote = node.control === "note";
  const label = (
    <>
      {node.label ? <Formatted text={node.label} /> : <span class="unseen">{words.noLabel}</span>}
      {node.required && !isNote && <span class="required-mark"> ({words.required})</span>}
    </>
  );
  return (
    <div class={`question question-${node.control ?? "none"}`} data-node={id}>
      <Heading class="question-label" id={ids.label} tabIndex={level === 1 ? -1 : undefined}>
        {isNote || isGroupOfFields(node) ? label : <label for={ids.input}>{label}</label>}
      </Heading>
      <TextMedia text={node.label} words={words} />
      {(node.hint || node.guidance) && (
        <div class="question-hint" id={ids.hint}>
          {node.hint && (
            <p>
              <Formatted text={node.hint} />
            </p>
          )}
          <TextMedia text={node.hint} words={words} />
          {node.guidance && (
            <details class="guidance">
              <summary>{words.moreHelp}</summary>
              <p>{node.guidance.text}</p>
            </details>
          )}
        </div>
      )}
      {node.fault && <p class="question-fault">{words.fault}</p>}
      <div class="question-control">
        <Control {...controlProps(fill, node)} />
      </div>
      <div class="question-error" id={ids.error} role="alert">
        {problem && <p>{problem}</p>}
      </div>
      {node.softViolation && <SoftCheck node={node} />}
    </div>
  );
});

// What the frame and a control agree on.

import type { VNode } from "preact";
import type { Node, Value } from "../engine/node";
import type { FileStore } from "../home/home";
import type { Words } from "../words/words";

export interface ControlProps {
  /** The value node, as the engine last sent it. */
  node: Node;
  /** Saved durably when it resolves. */
  set(value: Value): Promise<void>;
  /** What was typed cannot be an answer: the engine holds a blank, the question stays open with
   *  this
   *  reason (a sentence), which the frame shows, until the next `set`. */
  refuse(text: string, reason: string): Promise<void>;
  /** The text that was refused, by the control or by the engine. */
  refused?: string | undefined;
  files: FileStore;
  words: Words;
  /** Tag of the form's language ("de", "de-x-einfach"): for numbers, dates and sorting. */
  language: string;
  disabled: boolean;
  /** Ids of the elements that the frame draws. A control that is one field gives it `id={input}`,
   *  `aria-describedby={described(props)}` and `aria-invalid`; one of several fields is a
   *  `role=group`/`radiogroup` (or fieldset) with `aria-labelledby={label}`. */
  ids: { input: string; label: string; hint: string; error: string };
  /** The appearance "quick": the question is answered, on to the next. */
  advance?(): void;
}

export type Control = (props: ControlProps) => VNode | null;

/** What a layout of a group gets: the stops inside, in order of the form. */
export interface LayoutProps {
  group: Node;
  members: LayoutMember[];
  words: Words;
  language: string;
  /** A whole question, with label, hint, errors and control. */
  question(node: Node): VNode;
  /** A question drawn by the layout from its parts, which are drawn again when it changes. */
  row(node: Node, draw: (parts: RowParts) => VNode): VNode;
}

/** What the frame draws of a question that stands in a row of a table. */
export interface RowParts {
  /** Props for the controls of the row. */
  control: ControlProps;
  /** Label and required mark; the layout draws the element with `ids.label` around them. */
  label: VNode;
  /** Hint and guidance, under `ids.hint`. */
  hint: VNode | null;
  /** What is wrong and soft checks, under `ids.error`. */
  problem: VNode | null;
}

/** A question of the group, or what the frame draws for a group or a repeat in it. */
export type LayoutMember = { node: Node; drawn?: VNode };

export type Layout = (props: LayoutProps) => VNode;

/** The value for `aria-describedby`: hint and error, as far as they are drawn. */
export function described(props: ControlProps): string | undefined {
  const { node, ids } = props;
  const parts = [
    node.hint || node.guidance ? ids.hint : "",
    node.violation || node.softViolation || props.refused !== undefined ? ids.error : "",
  ].filter((id) => id !== "");
  return parts.length > 0 ? parts.join(" ") : undefined;
}

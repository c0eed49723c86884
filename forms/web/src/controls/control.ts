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
  files: FileStore;
  words: Words;
  /** Tag of the form's language ("de", "de-x-einfach"): for numbers, dates and sorting. */
  language: string;
  disabled: boolean;
  /** Ids of the elements that the frame draws. A control that is one field gives it `id={input}`,
   *  `aria-describedby={described(props)}` and `aria-invalid`; one of several fields is a
   *  `role=group`/`radiogroup` (or fieldset) with `aria-labelledby={label}`. */
  ids: { input: string; label: string; hint: string; error: string };
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
  /** The props for a bare control, for a cell of a table that draws the label itself. */
  control(node: Node): ControlProps;
}

/** A question of the group, or what the frame draws for a group or a repeat in it. */
export type LayoutMember = { node: Node; drawn?: VNode };

export type Layout = (props: LayoutProps) => VNode;

/** The value for `aria-describedby`: hint and error, as far as they are drawn. */
export function described(props: ControlProps): string | undefined {
  const { node, ids } = props;
  const parts = [
    node.hint || node.guidance ? ids.hint : "",
    node.violation || node.softViolation ? ids.error : "",
  ].filter((id) => id !== "");
  return parts.length > 0 ? parts.join(" ") : undefined;
}

// Which control asks a question. The only file of this folder that the frame imports.

import type { Node } from "../engine/node";
import type { Control, Layout } from "./control";
import { TextControl } from "./text";

export function controlFor(_node: Node): Control {
  return TextControl;
}

/** The layout of a group's questions, or nothing: one below the other. */
export function layoutFor(_group: Node): Layout | undefined {
  return undefined;
}

/** True where the control needs the label of the question as a legend of several fields, not as
 *  the `<label>` of one. */
export function isGroupOfFields(node: Node): boolean {
  return node.control === "select" || node.control === "select1" || node.control === "rank";
}

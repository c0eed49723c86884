import { described, type ControlProps } from "./control";

/** Ids of what describes the control now: hint, violation, and the control's own messages. */
export function describedBy(
  props: ControlProps,
  ...own: (string | false | null)[]
): string | undefined {
  const all = [described(props), ...own].filter(Boolean);
  return all.join(" ") || undefined;
}

/** What a group of inputs (radio buttons, a date's parts) carries so that it is announced as one
 *  question. */
export function groupProps(props: ControlProps, ...own: (string | false | null)[]) {
  return {
    id: props.ids.input,
    tabIndex: -1,
    "aria-labelledby": props.ids.label,
    "aria-describedby": describedBy(props, ...own),
  };
}

export function isInvalid(props: ControlProps): boolean {
  return props.node.violation !== undefined || props.refused !== undefined;
}

import type { ControlProps } from "./control";

/** A note asks nothing; a text that the form gives (a default that nobody may change) stands below
 *  it. */
export function Note({ node, ids }: ControlProps) {
  if (node.value === undefined || node.value === "") return null;
  return (
    <p id={ids.input} class="c-given">
      {node.value}
    </p>
  );
}

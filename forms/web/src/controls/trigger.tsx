// A confirmation: the question is the statement, one box agrees to it.

import type { ControlProps } from "./control";
import { describedBy, isInvalid } from "./describe";

export function Trigger(props: ControlProps) {
  const { node, words, ids, disabled, set } = props;
  const own = `${ids.input}-own`;
  return (
    <div class="c-choice c-trigger">
      <label
        class={`c-choice-target${(node.value ?? "") === "" ? "" : " c-checked"}`}
        for={ids.input}
      >
        <input
          type="checkbox"
          id={ids.input}
          checked={(node.value ?? "") !== ""}
          disabled={disabled}
          required={node.required}
          aria-labelledby={`${ids.label} ${own}`}
          aria-invalid={isInvalid(props) ? "true" : undefined}
          aria-describedby={describedBy(props)}
          onChange={(event) => void set(event.currentTarget.checked)}
        />
        <span id={own}>{words.controls.confirm}</span>
      </label>
    </div>
  );
}

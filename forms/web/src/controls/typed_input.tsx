// One line to type an answer in, with what stands beside it.

import type { ComponentChildren, JSX } from "preact";
import type { ControlProps } from "./control";
import { describedBy, isInvalid } from "./describe";
import type { Typed } from "./typed";

interface Props {
  control: ControlProps;
  typed: Typed;
  /** Further attributes of the input: type, inputMode, autoComplete, size. */
  input?: JSX.InputHTMLAttributes<HTMLInputElement>;
  class?: string;
  describedBy?: string | null;
  /** What stands to the left and to the right of the input. */
  before?: ComponentChildren;
  children?: ComponentChildren;
}

export function TypedInput({ control, typed, input, children, ...rest }: Props) {
  return (
    <div class={`c-typed-line ${rest.class ?? ""}`}>
      {rest.before}
      <input
        type="text"
        id={control.ids.input}
        class="field"
        value={typed.text}
        readOnly={control.disabled}
        aria-required={control.node.required ? "true" : undefined}
        aria-invalid={isInvalid(control) ? "true" : undefined}
        aria-describedby={describedBy(control, rest.describedBy ?? null)}
        onInput={(event) => typed.input(event.currentTarget.value)}
        onFocus={typed.focus}
        onBlur={typed.blur}
        {...input}
      />
      {children}
    </div>
  );
}

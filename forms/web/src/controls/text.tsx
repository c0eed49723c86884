import { useEffect, useRef, useState } from "preact/hooks";
import { described, type ControlProps } from "./control";

// A pause in typing after which the answer counts as given.
const kPauseMs = 500;

export function TextControl(props: ControlProps) {
  const { node, set, ids, disabled } = props;
  const [text, setText] = useState(node.value ?? "");
  const typed = useRef(false);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (!typed.current) setText(node.value ?? "");
  }, [node.value]);
  const save = (value: string) => {
    window.clearTimeout(timer.current);
    if (!typed.current) return;
    typed.current = false;
    void set(value === "" ? null : value);
  };
  return (
    <input
      id={ids.input}
      class="field"
      type="text"
      autocomplete="off"
      value={text}
      disabled={disabled}
      readOnly={node.readonly}
      aria-describedby={described(props)}
      aria-invalid={node.violation ? "true" : undefined}
      aria-required={node.required ? "true" : undefined}
      onInput={(event) => {
        const value = event.currentTarget.value;
        typed.current = true;
        setText(value);
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(() => save(value), kPauseMs);
      }}
      onBlur={(event) => save(event.currentTarget.value)}
    />
  );
}

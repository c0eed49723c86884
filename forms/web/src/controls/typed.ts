// Answers that are typed: what the person sees is their own text until the engine holds it.

import { useEffect, useRef, useState } from "preact/hooks";
import type { ControlProps } from "./control";
import { drawn } from "./latest";

export interface Reading {
  /** The lexical value of a text, or why it is none (a sentence). */
  read(text: string): { value: string } | { reason: string };
  /** A value as it is typed. */
  typed(value: string): string;
  /** A value as it is shown while nobody types. */
  shown(value: string): string;
}

export interface Typed {
  text: string;
  input(text: string): void;
  focus(): void;
  blur(): void;
  /** Answers with a text at once, as a button beside the input does. */
  put(text: string): Promise<void>;
}

/** A text that is its own value. */
export const kAsTyped: Reading = {
  read: (text) => ({ value: text }),
  typed: (value) => value,
  shown: (value) => value,
};

// A pause in typing after which the answer is saved without leaving the field.
const kPauseMs = 500;

/**
 * The text is answered after a pause, on leaving the field and when the field goes. What cannot be
 * held stays visible, and the frame says why.
 */
export function useTyped(props: ControlProps, reading: Reading): Typed {
  const value = props.node.value ?? "";
  const [own, setOwn] = useState<string | null>(value === "" ? (props.refused ?? null) : null);
  const [focused, setFocused] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pending = useRef(0);
  // What the next render will bring is already true for events that come before it.
  const now = useRef({ props, reading, own, value });
  now.current = { props, reading, own, value };

  function show(text: string | null) {
    now.current.own = text;
    setOwn(text);
  }
  async function answer(text: string, leaving: boolean): Promise<void> {
    clearTimeout(timer.current);
    timer.current = undefined;
    const { props: control, reading: reads, value: held } = now.current;
    const read = reads.read(text);
    if ("reason" in read) {
      if (leaving) await control.refuse(text, read.reason); // half a date is not yet a mistake
      return;
    }
    if (read.value !== held || control.refused !== undefined) {
      pending.current += 1;
      await control
        .set(read.value)
        .then(drawn)
        .finally(() => (pending.current -= 1));
    }
    const kept = read.value === "" || (now.current.props.node.value ?? "") !== "";
    if (leaving && kept && now.current.own === text) show(null);
  }

  useEffect(
    () => () => {
      const { own: text } = now.current;
      if (timer.current !== undefined && text !== null) void answer(text, true);
    },
    [],
  );
  // An answer that came from elsewhere (a calculation) replaces what was typed before; the
  // answer to an earlier key must not.
  useEffect(() => {
    if (value !== "" && !focused && timer.current === undefined && pending.current === 0)
      show(null);
  }, [value]);

  return {
    text: own ?? (focused ? reading.typed(value) : reading.shown(value)),
    input(text) {
      show(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void answer(text, false), kPauseMs);
    },
    focus() {
      setFocused(true);
    },
    blur() {
      setFocused(false);
      if (now.current.own !== null) void answer(now.current.own, true);
    },
    async put(text) {
      show(text);
      await answer(text, true);
    },
  };
}

// The answer as the person sees it: the last one given, also while the engine still takes it in.

import { useReducer, useRef } from "preact/hooks";
import type { ControlProps } from "./control";

export interface Latest {
  value: string;
  values: readonly string[];
  /** What is true now, also between two drawings: two quick taps are two changes. */
  now(): readonly string[];
  put(value: string | readonly string[] | null): Promise<void>;
}

/** Preact has drawn what the engine answered before the next task. */
export const drawn = () => new Promise<void>((resolve) => setTimeout(resolve));

export function useLatest(props: ControlProps): Latest {
  const given = useRef<readonly string[] | null>(null);
  const count = useRef(0);
  const [, again] = useReducer((times: number) => times + 1, 0);
  const held = props.node.values ?? (props.node.value ? [props.node.value] : []);
  const heldNow = useRef(held);
  heldNow.current = held;
  const shown = given.current ?? held;
  return {
    value: shown[0] ?? "",
    values: shown,
    now: () => given.current ?? heldNow.current,
    async put(value) {
      given.current = value === null ? [] : typeof value === "string" ? [value] : value;
      count.current += 1;
      again(null as never);
      try {
        await props.set(value === null || typeof value === "string" ? value : [...value]);
        await drawn();
      } finally {
        count.current -= 1;
        if (count.current === 0) {
          given.current = null;
          again(null as never);
        }
      }
    },
  };
}

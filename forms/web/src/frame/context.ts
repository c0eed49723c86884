// What every part of the frame needs while a draft is open.

import { createContext } from "preact";
import { useContext, useEffect, useReducer } from "preact/hooks";
import type { Node } from "../engine/node";
import type { Words } from "../words/words";
import type { Filling } from "./filling";

export interface Fill {
  filling: Filling;
  words: Words;
  /** Language of the page's own words. */
  pageLanguage: string;
  /** Tag of the form's language, for `lang`. */
  language: string;
}

export const FillContext = createContext<Fill | null>(null);

export function useFill(): Fill {
  const fill = useContext(FillContext);
  if (!fill) throw new Error("no draft is open here");
  return fill;
}

/** Draws again when the filling changed: page, saving, problems. */
export function useFilling(): Filling {
  const { filling } = useFill();
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => filling.subscribe(() => again(null as never)), [filling]);
  return filling;
}

/** The node as last sent; draws again when it changed. */
export function useNode(id: string): Node | undefined {
  const { session } = useFill().filling;
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => session.subscribe(id, () => again(null as never)), [session, id]);
  return session.node(id);
}

/** Draws again when one of these nodes changed. */
export function useNodes(ids: readonly string[]): void {
  const { session } = useFill().filling;
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const ends = ids.map((id) => session.subscribe(id, () => again(null as never)));
    return () => ends.forEach((end) => end());
  }, [session, ids.join()]);
}

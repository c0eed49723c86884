import type { Node } from "../engine/node";
import type { Session } from "../engine/session";
import type { Words } from "../words/words";

/** What an entry of a repeat is called: the repeat's label and its number, else "Entry 2". */
export function entryName(session: Session, entry: Node, words: Words): string {
  const range = session.node(entry.parent ?? "");
  const at = (range?.children?.indexOf(entry.id) ?? 0) + 1;
  const label = (entry.label ?? range?.label)?.text.trim();
  return label ? `${label} ${at}` : words.entry(at);
}

// The entries of a repeat: as a page of their own, and inside a page.

import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Node } from "../engine/node";
import type { Session } from "../engine/session";
import { Formatted } from "../parts/formatted";
import type { Words } from "../words/words";
import { useFill, useFilling, useNode } from "./context";
import { entryName } from "./entry_name";
import { GroupItems } from "./items";
import type { Item } from "./pages";
import { focusQuestion } from "./problems";

// So many answers name an entry in a list; more would not fit a line.
const kSummaryAnswersMax = 3;

/** The first answers of an entry, so that one knows it again. */
function summaryOf(session: Session, entry: Node): string {
  const answers: string[] = [];
  const walk = (id: string) => {
    const node = session.node(id);
    if (!node || !node.relevant || answers.length >= kSummaryAnswersMax) return;
    if (node.kind === "value" && node.control && node.control !== "note" && node.value) {
      const labels = node.values?.map(
        (value) => node.choices?.find((choice) => choice.value === value)?.label.text ?? value,
      );
      answers.push((labels ?? [node.value]).join(", "));
    }
    node.children?.forEach(walk);
  };
  walk(entry.id);
  return answers.join(" · ");
}

interface EntryProps {
  id: string;
  words: Words;
  canRemove: boolean;
  open?(): void;
  removed(name: string): void;
}

function EntryLine({ id, words, canRemove, open, removed }: EntryProps) {
  const filling = useFilling();
  const [asking, setAsking] = useState(false);
  const entry = useNode(id);
  const button = useRef<HTMLButtonElement>(null);
  if (!entry) return null;
  const name = entryName(filling.session, entry, words);
  const summary = summaryOf(filling.session, entry);
  return (
    <>
      <div class="entry-line">
        <span class="entry-name">
          {name}
          {open && summary && <span class="entry-summary">{summary}</span>}
        </span>
        <span class="entry-actions">
          {open && (
            <button type="button" class="button" onClick={open}>
              {words.editEntry}
              <span class="unseen"> {name}</span>
            </button>
          )}
          {canRemove && (
            <button ref={button} type="button" class="button button-quiet"
              onClick={() => setAsking(true)}>
              {words.removeEntry}
              <span class="unseen"> {name}</span>
            </button>
          )}
        </span>
      </div>
      {asking && (
        <Confirm
          question={words.removeQuestion(name)}
          yes={words.removeYes}
          no={words.removeNo}
          confirm={async () => {
            await filling.removeEntry(id);
            removed(name);
          }}
          cancel={() => {
            setAsking(false);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}

interface ConfirmProps {
  question: string;
  yes: string;
  no: string;
  confirm(): void;
  cancel(): void;
}

/** A question with two answers, in place; the harmless one has the focus. */
export function Confirm({ question, yes, no, confirm, cancel }: ConfirmProps) {
  const safe = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => safe.current?.focus(), []);
  return (
    <div
      class="confirm"
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key === "Escape") cancel();
      }}
    >
      <p>{question}</p>
      <div class="confirm-buttons">
        <button ref={safe} type="button" class="button" onClick={cancel}>
          {no}
        </button>
        <button type="button" class="button button-danger" onClick={confirm}>
          {yes}
        </button>
      </div>
    </div>
  );
}

/** The page after the last entry: what is there, and one more. */
export function RepeatPage({ id }: { id: string }): VNode | null {
  const { words } = useFill();
  const filling = useFilling();
  const range = useNode(id);
  const [said, setSaid] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  if (!range) return null;
  const entries = (range.children ?? []).filter((one) => filling.session.node(one)?.relevant);
  return (
    <div class="repeat-page">
      <h1 tabIndex={-1} ref={heading}>
        {range.label ? <Formatted text={range.label} /> : words.entries(entries.length)}
      </h1>
      {range.label && <p>{words.entries(entries.length)}</p>}
      <p class="unseen" role="status">
        {said}
      </p>
      <ol class="entries">
        {entries.map((one) => (
          <li key={one}>
            <EntryLine
              id={one}
              words={words}
              canRemove={range.canRemove ?? false}
              open={() => void filling.goTo(one)}
              removed={(name) => {
                setSaid(words.removed(name));
                heading.current?.focus();
              }}
            />
          </li>
        ))}
      </ol>
      {range.canAdd && (
        <button
          type="button"
          class="button"
          onClick={async () => void (await filling.goTo(await filling.addEntry(id)))}
        >
          {entries.length === 0 ? words.addEntry : words.addAnother}
        </button>
      )}
    </div>
  );
}

interface InPlaceProps {
  item: Item & { kind: "repeat" };
  level: 1 | 2 | 3;
}

/** A repeat inside a field-list: all entries with their questions. */
export function RepeatInPlace({ item, level }: InPlaceProps): VNode | null {
  const { words } = useFill();
  const filling = useFilling();
  const range = useNode(item.range);
  const [said, setSaid] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  if (!range) return null;
  const Heading = `h${level}` as "h2";
  return (
    <section class="repeat">
      <Heading class="group-label" tabIndex={-1} ref={heading}>
        {range.label ? <Formatted text={range.label} /> : words.entries(item.entries.length)}
      </Heading>
      <p class="unseen" role="status">
        {said}
      </p>
      {item.entries.map((entry) => (
        <section key={entry.node} class="entry">
          <EntryLine
            id={entry.node}
            words={words}
            canRemove={range.canRemove ?? false}
            removed={(name) => {
              setSaid(words.removed(name));
              heading.current?.focus();
            }}
          />
          <GroupItems id={entry.node} items={entry.items} level={3} />
        </section>
      ))}
      {range.canAdd && (
        <button
          type="button"
          class="button"
          onClick={async () => {
            const added = await filling.addEntry(item.range);
            const node = filling.session.node(added);
            if (node) setSaid(words.added(entryName(filling.session, node, words)));
            const first = filling.page.items.flatMap(function find(one): string[] {
              if (one.kind === "group") return one.items.flatMap(find);
              if (one.kind === "question") return [];
              const entry = one.entries.find((made) => made.node === added);
              const question = entry?.items.find((inside) => inside.kind === "question");
              return question?.kind === "question" ? [question.node] : [];
            })[0];
            if (first) requestAnimationFrame(() => focusQuestion(first));
          }}
        >
          {item.entries.length === 0 ? words.addEntry : words.addAnother}
        </button>
      )}
    </section>
  );
}

// A ranking: buttons up and down, a position to type, and dragging for those who like it. A list
// that nobody has moved is a start, not an answer.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Choice } from "../engine/node";
import { ChoiceLabel, choiceText } from "./choice_label";
import type { ControlProps } from "./control";
import { groupProps } from "./describe";
import { useLatest } from "./latest";
import { Notice } from "./notice";
import { moved, rankOrder, readPosition } from "./rank_moves";

export function Rank(props: ControlProps) {
  const { node, words, ids, disabled } = props;
  const latest = useLatest(props);
  const choices = node.choices ?? [];
  const byValue = new Map(choices.map((choice) => [choice.value, choice]));
  const answered = latest.values.length > 0;
  const values = choices.map((choice) => choice.value);
  const order = rankOrder(values, latest.values);
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<string | null>(null);
  const focus = useRef<string | null>(null);
  const state = `${ids.input}-state`;

  // The row that moved keeps the focus on the button that moved it.
  useLayoutEffect(() => {
    if (focus.current === null) return;
    document.getElementById(focus.current)?.focus();
    focus.current = null;
  });

  function move(value: string, to: number, by: string) {
    const present = rankOrder(values, latest.now());
    const from = present.indexOf(value);
    if (disabled || from < 0) return;
    const next = moved(present, from, to);
    const at = next.indexOf(value);
    focus.current = by;
    const choice = byValue.get(value);
    setSaid(choice ? words.controls.movedTo(choiceText(choice), at + 1, order.length) : "");
    void latest.put(next);
  }

  if (choices.length === 0) return <Notice id={ids.input} text={words.controls.noChoices} />;
  return (
    <div
      {...groupProps(props, state)}
      role="group"
      class={`c-rank${answered ? "" : " c-rank-open"}`}
    >
      <p id={state} class="c-state">
        {answered ? words.controls.ranked : words.controls.notRanked}
      </p>
      <ol class="c-rank-list" aria-labelledby={ids.label}>
        {order.map((value, at) => {
          const choice = byValue.get(value);
          return choice ? (
            <RankRow
              key={value}
              {...{ props, choice, at, answered, move, dragged, setDragged }}
              count={order.length}
            />
          ) : null;
        })}
      </ol>
      {!disabled && (
        <p class="c-rank-buttons">
          {answered ? (
            !node.required && (
              <button type="button" class="c-clear" onClick={() => void latest.put(null)}>
                {words.controls.clear}
              </button>
            )
          ) : (
            <button type="button" class="button" onClick={() => void latest.put(order)}>
              {words.controls.takeOrder}
            </button>
          )}
        </p>
      )}
      <p class="unseen" role="status">
        {said}
      </p>
    </div>
  );
}

interface RowProps {
  props: ControlProps;
  choice: Choice;
  at: number;
  count: number;
  answered: boolean;
  move(value: string, to: number, by: string): void;
  dragged: string | null;
  setDragged(value: string | null): void;
}

function RankRow({ props, choice, at, count, answered, move, dragged, setDragged }: RowProps) {
  const { words, ids, disabled } = props;
  const { value } = choice;
  const base = `${ids.input}-${CSS.escape(value)}`;
  const name = choiceText(choice);
  const step = (id: string, sign: string, label: string, to: number, end: boolean) => (
    <button
      type="button"
      id={`${base}-${id}`}
      class="button c-step"
      aria-label={label}
      aria-disabled={disabled || end ? "true" : undefined}
      onClick={() => {
        if (!end) move(value, to, `${base}-${id}`);
      }}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <li
      class={`c-rank-row${dragged === value ? " c-rank-dragged" : ""}`}
      draggable={!disabled}
      onDragStart={(event) => {
        event.dataTransfer?.setData("text/plain", "");
        setDragged(value);
      }}
      onDragEnd={() => setDragged(null)}
      onDragOver={(event) => {
        if (dragged !== null) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        if (dragged !== null && dragged !== value) move(dragged, at, "");
        setDragged(null);
      }}
    >
      <PositionInput
        {...{ props, name, at, count, answered }}
        id={`${base}-at`}
        move={(to) => move(value, to, `${base}-at`)}
      />
      <ChoiceLabel choice={choice} />
      <span class="c-rank-steps">
        {step("up", "↑", words.controls.moveUp(name), at - 1, at === 0)}
        {step("down", "↓", words.controls.moveDown(name), at + 1, at === count - 1)}
      </span>
    </li>
  );
}

interface PositionProps {
  props: ControlProps;
  name: string;
  at: number;
  count: number;
  answered: boolean;
  id: string;
  move(to: number): void;
}

function PositionInput({ props, name, at, count, answered, id, move }: PositionProps) {
  const [text, setText] = useState<string | null>(null);
  const take = () => {
    const to = text === null ? null : readPosition(text, count);
    setText(null); // what is no position falls back to the present one
    if (to !== null && (to !== at || !answered)) move(to);
  };
  return (
    <input
      id={id}
      class="field c-rank-position"
      type="text"
      inputMode="numeric"
      autoComplete="off"
      aria-label={props.words.controls.positionOf(name, count)}
      readOnly={props.disabled}
      value={text ?? (answered ? String(at + 1) : "")}
      placeholder="–"
      onFocus={(event) => event.currentTarget.select()}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          take();
        } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
          event.preventDefault();
          move(event.key === "ArrowUp" ? at - 1 : at + 1);
        }
      }}
    />
  );
}

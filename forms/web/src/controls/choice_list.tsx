// Radio buttons and checkboxes: one below the other, in columns, as a scale (likert), as buttons.

import type { Choice } from "../engine/node";
import { columnsOf, has } from "./appearance";
import { ChoiceLabel, ChoiceMedia } from "./choice_label";
import type { ControlProps } from "./control";
import { groupProps, isInvalid } from "./describe";
import { useLatest, type Latest } from "./latest";
import { Notice } from "./notice";

export function ChoiceList(props: ControlProps) {
  const { node, words, disabled, ids } = props;
  const choices = node.choices ?? [];
  const many = node.control === "select";
  const latest = useLatest(props);
  const likert = has(node, "likert") && !many;
  const columns = likert ? null : columnsOf(node);
  const layout = likert
    ? "c-likert"
    : columns === null
      ? "c-rows"
      : columns === "pack"
        ? "c-pack"
        : "c-columns";
  const picture = has(node, "image-map") ? "pictureList" : has(node, "map") ? "mapList" : null;
  if (choices.length === 0) return <Notice id={ids.input} text={words.controls.noChoices} />;
  return (
    <div class="c-choices">
      {picture !== null && <Notice text={words.controls[picture]} />}
      <div
        {...groupProps(props)}
        role={many ? "group" : "radiogroup"}
        aria-required={!many && node.required ? "true" : undefined}
        aria-invalid={!many && isInvalid(props) ? "true" : undefined}
        aria-disabled={disabled ? "true" : undefined}
        onPointerDown={() => {
          pressed.pointer = true;
        }}
        class={`c-choice-list ${layout}${has(node, "no-buttons") ? " c-no-buttons" : ""}`}
        style={{
          "--columns":
            typeof columns === "number"
              ? String(columns)
              : likert
                ? String(choices.length)
                : undefined,
        }}
      >
        {choices.map((choice, at) => (
          <ChoiceRow key={`${at}-${choice.value}`} {...{ props, choice, at, many, latest }} />
        ))}
      </div>
      {!many && <ClearButton props={props} />}
    </div>
  );
}

interface RowProps {
  props: ControlProps;
  choice: Choice;
  at: number;
  many: boolean;
  latest: Latest;
}

function ChoiceRow({ props, choice, at, many, latest }: RowProps) {
  const { ids } = props;
  const id = `${ids.input}-${at}`;
  return (
    <div class="c-choice">
      <label
        class={`c-choice-target${latest.values.includes(choice.value) ? " c-checked" : ""}`}
        for={id}
      >
        <ChoiceInput {...{ props, choice, many, latest, id }} />
        <ChoiceLabel choice={choice} />
      </label>
      <ChoiceMedia choice={choice} />
    </div>
  );
}

interface InputProps {
  props: ControlProps;
  choice: Choice;
  many: boolean;
  latest: Latest;
  id?: string;
  labelledBy?: string;
  describedBy?: string;
}

/** One radio button or checkbox; also what stands in the cell of a table. */
export function ChoiceInput({
  props,
  choice,
  many,
  latest,
  id,
  labelledBy,
  describedBy,
}: InputProps) {
  const { node, disabled, ids } = props;
  const checked = latest.values.includes(choice.value);
  return (
    <input
      type={many ? "checkbox" : "radio"}
      id={id}
      name={ids.input}
      value={choice.value}
      checked={checked}
      disabled={disabled}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onChange={(event) => {
        const on = event.currentTarget.checked;
        const saved = latest.put(
          many ? toggled(node.choices ?? [], latest.now(), choice.value, on) : choice.value,
        );
        if (!many && has(node, "quick") && pressed.pointer)
          void saved.then(() => props.advance?.());
      }}
      onKeyDown={(event) => {
        pressed.pointer = false;
        // Moving through the choices with the arrow keys must not leave the question;
        // Enter does.
        if (event.key === "Enter" && !many && has(node, "quick") && checked) {
          event.preventDefault();
          props.advance?.();
        }
      }}
    />
  );
}

/** How the last choice on this page was made: with "quick" a tap moves on, an arrow key only looks
 *  round. */
const pressed = { pointer: true };

/** The chosen values in the order of the list: the answer does not depend on the order of ticking.
 *  */
export function toggled(
  choices: readonly Choice[],
  chosen: readonly string[],
  value: string,
  on: boolean,
): string[] {
  const all = new Set(chosen);
  if (on) all.add(value);
  else all.delete(value);
  return choices.map((choice) => choice.value).filter((one) => all.has(one));
}

/** Radio buttons cannot be taken back by themselves; a voluntary answer must be. */
export function ClearButton({ props, short }: { props: ControlProps; short?: boolean }) {
  const { node, words, disabled, set, ids } = props;
  if (disabled || node.required || node.value === undefined || node.value === "") return null;
  return (
    <button
      type="button"
      id={`${ids.input}-clear`}
      class={short ? "c-clear c-clear-short" : "c-clear"}
      aria-labelledby={`${ids.input}-clear ${ids.label}`}
      onClick={() => {
        document.getElementById(ids.input)?.focus();
        void set(null);
      }}
    >
      {short && <span aria-hidden="true">×</span>}
      <span class={short ? "unseen" : undefined}>{words.controls.clear}</span>
    </button>
  );
}

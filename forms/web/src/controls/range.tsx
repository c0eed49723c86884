// A value on a scale: a slider with its value, minus and plus and a field to type in; stars; a
// list to pick from. A slider always stands somewhere: while nothing is answered it says so and
// shows no value.

import { has, optionNumber, optionText } from "./appearance";
import { ClearButton } from "./choice_list";
import type { ControlProps } from "./control";
import { describedBy, groupProps, isInvalid } from "./describe";
import { localeOf } from "./locale";
import { useLatest } from "./latest";
import { Notice } from "./notice";
import { numberReading, StepButton } from "./number";
import { typedNumber } from "./number_text";
import { scaleOf, stepCount, stepOf, ticks, valueAt, type Scale } from "./range_steps";
import { useTyped, type Reading } from "./typed";

// A longer list is not picked from; a slider with a field is quicker.
const kPickerMax = 500;
const kStarsMax = 10;
const kTicksMax = 11;

export function Range(props: ControlProps) {
  const { node, words } = props;
  const scale = scaleOf(
    optionText(node, "start") ?? "",
    optionText(node, "end") ?? "",
    optionText(node, "step") ?? "",
  );
  if (scale === null) return <Notice id={props.ids.input} text={words.controls.badScale} />;
  if (has(node, "rating") && stepCount(scale) < kStarsMax)
    return <Stars props={props} scale={scale} />;
  if (has(node, "picker") && stepCount(scale) < kPickerMax)
    return <Picker props={props} scale={scale} />;
  return <Slider props={props} scale={scale} />;
}

interface Scaled {
  props: ControlProps;
  scale: Scale;
}

function Slider({ props, scale }: Scaled) {
  const { node, words, ids, disabled } = props;
  const locale = localeOf(props.language);
  const latest = useLatest(props);
  const { value } = latest;
  const answered = value !== "";
  const at = stepOf(scale, value);
  const rest = optionNumber(node, "placeholder");
  // Where an unanswered slider stands: the form's wish, else the middle, which pulls to neither
  // side.
  const start =
    rest === undefined ? Math.round(stepCount(scale) / 2) : (stepOf(scale, String(rest)) ?? 0);
  const vertical = has(node, "vertical");
  const show = (step: number) => typedNumber(valueAt(scale, step), locale);
  const answer = (step: number) => void latest.put(valueAt(scale, step));
  const step = (by: number) => {
    const present = stepOf(scale, latest.now()[0] ?? "");
    answer(present === null ? start : present + by);
  };
  const typed = useTyped(props, scaleReading(props, scale));
  const slider = `${ids.input}-slider`;
  const state = `${ids.input}-state`;
  return (
    <div
      {...groupProps(props, state)}
      role="group"
      class={`c-range${vertical ? " c-range-vertical" : ""}${answered ? "" : " c-range-open"}`}
    >
      <div class="c-range-track">
        <span class="c-range-end" aria-hidden="true">
          {show(0)}
        </span>
        <input
          type="range"
          id={slider}
          class="c-slider"
          min="0"
          max={stepCount(scale)}
          step="1"
          value={at ?? start}
          disabled={disabled}
          aria-labelledby={ids.label}
          aria-describedby={state}
          aria-orientation={vertical ? "vertical" : undefined}
          aria-valuetext={answered ? typedNumber(value, locale) : words.controls.notAnswered}
          onInput={(event) => answer(Number(event.currentTarget.value))}
          // The value at which an unanswered slider stands can be meant, too.
          onClick={(event) => {
            if (!answered) answer(Number(event.currentTarget.value));
          }}
          onKeyDown={(event) => {
            if (answered || (event.key !== "Enter" && event.key !== " ")) return;
            event.preventDefault();
            answer(Number(event.currentTarget.value));
          }}
        />
        <span class="c-range-end" aria-hidden="true">
          {show(stepCount(scale))}
        </span>
        <Ticks {...{ props, scale }} />
      </div>
      <div class="c-typed-line c-range-value">
        <StepButton props={props} by={-1} atEnd={at === 0} step={step} />
        <input
          type="text"
          class="field c-digits"
          inputMode="decimal"
          autoComplete="off"
          aria-labelledby={`${ids.label}`}
          aria-describedby={describedBy(props, state)}
          aria-invalid={isInvalid(props) ? "true" : undefined}
          readOnly={disabled}
          value={typed.text}
          placeholder="–"
          onInput={(event) => typed.input(event.currentTarget.value)}
          onFocus={typed.focus}
          onBlur={typed.blur}
        />
        <StepButton props={props} by={1} atEnd={at === stepCount(scale)} step={step} />
        <span id={state} class={answered ? "unseen" : "c-state"}>
          {answered
            ? words.controls.scale(show(0), show(stepCount(scale)))
            : words.controls.notAnswered}
        </span>
        <ClearButton props={props} />
      </div>
    </div>
  );
}

/** A typed value must be one that the slider can show. */
function scaleReading(props: ControlProps, scale: Scale): Reading {
  const { words } = props;
  const locale = localeOf(props.language);
  const number = numberReading(props, "decimal");
  return {
    ...number,
    read(text) {
      const read = number.read(text);
      if ("reason" in read || read.value === "") return read;
      const at = stepOf(scale, read.value);
      if (at !== null) return { value: valueAt(scale, at) };
      const show = (step: number) => typedNumber(valueAt(scale, step), locale);
      return {
        reason: words.controls.offScale(
          show(0),
          show(stepCount(scale)),
          typedNumber(String(scale.step), locale),
        ),
      };
    },
  };
}

function Ticks({ props, scale }: Scaled) {
  const { node } = props;
  if (has(node, "no-ticks")) return null;
  const last = stepCount(scale);
  const interval = optionNumber(node, "tickInterval") ?? null;
  const labels = new Map(
    (node.choices ?? []).map((choice) => [Number(choice.value), choice.label.text]),
  );
  const at = ticks(scale, interval, kTicksMax);
  for (const value of labels.keys()) {
    const step = stepOf(scale, String(value));
    if (step !== null && !at.includes(step)) at.push(step);
  }
  return (
    <div class="c-ticks" aria-hidden="true">
      {at.map((step) => (
        <span key={step} class="c-tick" style={{ "--at": String(step / last) }}>
          {labels.get(Number(valueAt(scale, step))) ?? ""}
        </span>
      ))}
    </div>
  );
}

function Picker({ props, scale }: Scaled) {
  const { node, words, ids, disabled, set } = props;
  const locale = localeOf(props.language);
  const values = Array.from({ length: stepCount(scale) + 1 }, (_, step) => valueAt(scale, step));
  const at = stepOf(scale, node.value ?? "");
  return (
    <select
      id={ids.input}
      class="field c-picker"
      disabled={disabled}
      value={at === null ? "" : values[at]}
      aria-required={node.required ? "true" : undefined}
      aria-invalid={isInvalid(props) ? "true" : undefined}
      aria-describedby={describedBy(props)}
      onChange={(event) => void set(event.currentTarget.value)}
    >
      <option value="">{words.controls.pick}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {typedNumber(value, locale)}
        </option>
      ))}
    </select>
  );
}

function Stars({ props, scale }: Scaled) {
  const { node, words, ids, disabled, set } = props;
  const last = stepCount(scale);
  const at = stepOf(scale, node.value ?? "");
  return (
    <div class="c-rating">
      <div
        {...groupProps(props)}
        role="radiogroup"
        class="c-stars"
        aria-required={node.required ? "true" : undefined}
        aria-invalid={isInvalid(props) ? "true" : undefined}
      >
        {Array.from({ length: last + 1 }, (_, step) => (
          <label key={step} class={`c-star${at !== null && step <= at ? " c-star-full" : ""}`}>
            <input
              type="radio"
              name={ids.input}
              class="c-star-input"
              checked={step === at}
              disabled={disabled}
              aria-label={words.controls.stars(step + 1, last + 1)}
              onChange={() => void set(valueAt(scale, step))}
            />
            <span aria-hidden="true">{at !== null && step <= at ? "★" : "☆"}</span>
          </label>
        ))}
        <span class="c-state" aria-hidden="true">
          {at === null ? words.controls.notAnswered : words.controls.stars(at + 1, last + 1)}
        </span>
      </div>
      <ClearButton props={props} />
    </div>
  );
}

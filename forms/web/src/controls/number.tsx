// Whole and decimal numbers. Always a text field: the browsers' number fields lose what they
// cannot read, change their value when a mouse wheel turns over them, and do not know the page's
// decimal mark.

import { asksForApp, has } from "./appearance";
import type { ControlProps } from "./control";
import { localeOf } from "./locale";
import { Notice } from "./notice";
import {
  compassSector,
  groupedNumber,
  readNumber,
  typedNumber,
  type NumberKind,
} from "./number_text";
import { useTyped, type Reading } from "./typed";
import { TypedInput } from "./typed_input";

export function NumberControl(props: ControlProps) {
  const { node, words } = props;
  return (
    <>
      {asksForApp(node) && <Notice text={words.controls.app} />}
      {has(node, "counter") ? <Counter {...props} /> : <PlainNumber {...props} />}
    </>
  );
}

export function numberReading(props: ControlProps, kind: NumberKind): Reading {
  const locale = localeOf(props.language);
  const grouped = has(props.node, "thousands-sep");
  return {
    read(text) {
      const read = readNumber(text, kind, locale);
      return "value" in read ? read : { reason: props.words.controls.number[read.reason] };
    },
    typed: (value) => typedNumber(value, locale),
    shown: (value) => (grouped ? groupedNumber(value, locale) : typedNumber(value, locale)),
  };
}

function kindOf({ node }: ControlProps): NumberKind {
  return node.type === "int" ? "int" : "decimal";
}

function PlainNumber(props: ControlProps) {
  const { node } = props;
  const kind = kindOf(props);
  const typed = useTyped(props, numberReading(props, kind));
  const bearing = has(node, "bearing");
  const direction = `${props.ids.input}-direction`;
  return (
    <TypedInput
      control={props}
      typed={typed}
      describedBy={bearing ? direction : null}
      input={{
        inputMode: kind === "int" ? "numeric" : "decimal",
        autoComplete: "off",
        class: "field c-digits",
      }}
    >
      {bearing && (
        <span id={direction} class="c-unit">
          {bearingText(props)}
        </span>
      )}
    </TypedInput>
  );
}

function bearingText({ node, words }: ControlProps): string {
  const sectors = words.controls.compass;
  if (node.value === undefined || node.value === "") return words.controls.degrees;
  const sector = sectors[compassSector(Number(node.value), sectors.length)] ?? "";
  return `${words.controls.degrees}, ${sector}`;
}

/** A whole number with a large minus and plus beside it. */
function Counter(props: ControlProps) {
  const { disabled } = props;
  const typed = useTyped(props, numberReading(props, "int"));
  const step = (by: number) => {
    const read = readNumber(typed.text, "int", localeOf(props.language));
    const from = "value" in read && read.value !== "" ? Number(read.value) : 0;
    void typed.put(String(from + by));
  };
  return (
    <TypedInput
      control={props}
      typed={typed}
      class="c-counter"
      before={<StepButton props={props} by={-1} step={step} />}
      input={{
        inputMode: "numeric",
        autoComplete: "off",
        class: "field c-digits",
        onKeyDown: (event) => {
          if (disabled || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
          event.preventDefault();
          step(event.key === "ArrowUp" ? 1 : -1);
        },
      }}
    >
      <StepButton props={props} by={1} step={step} />
    </TypedInput>
  );
}

interface StepButtonProps {
  props: ControlProps;
  by: 1 | -1;
  /** There is no further value on this side. */
  atEnd?: boolean;
  step(by: number): void;
}

/** Minus or plus; its name ends with the question it belongs to. */
export function StepButton({ props, by, atEnd, step }: StepButtonProps) {
  const { ids, words, disabled } = props;
  const id = `${ids.input}-${by < 0 ? "less" : "more"}`;
  return (
    <button
      type="button"
      id={id}
      class="button c-step"
      aria-label={by < 0 ? words.controls.less : words.controls.more}
      aria-labelledby={`${id} ${ids.label}`}
      // Not `disabled`: the button that was just pressed must keep the focus at the end of
      // the scale.
      aria-disabled={disabled || atEnd ? "true" : undefined}
      onClick={() => {
        if (!disabled && !atEnd) step(by);
      }}
    >
      <span aria-hidden="true">{by < 0 ? "−" : "+"}</span>
    </button>
  );
}

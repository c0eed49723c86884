// Dates and times: typed as people write them, or taken from the browser's own calendar.

import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { has } from "./appearance";
import type { ControlProps } from "./control";
import {
  monthNames,
  padded,
  readDate,
  readTime,
  spokenDate,
  typedDate,
  typedTime,
} from "./date_text";
import { describedBy, groupProps, isInvalid } from "./describe";
import { localeOf } from "./locale";
import { Notice } from "./notice";
import { useTyped, type Reading } from "./typed";
import { TypedInput } from "./typed_input";

/** Appearances that ask for another calendar → its name in CLDR, null where browsers do not know
 *  it. */
const kCalendars: Record<string, string | null> = {
  ethiopian: "ethiopic",
  coptic: "coptic",
  islamic: "islamic-umalqura",
  persian: "persian",
  buddhist: "buddhist",
  "bikram-sambat": null,
  myanmar: null,
};

export function DateControl(props: ControlProps) {
  const { node, words } = props;
  if (has(node, "year")) return <YearControl {...props} />;
  if (has(node, "month-year")) return <MonthControl {...props} />;
  const calendar = Object.keys(kCalendars).find((name) => has(node, name));
  return (
    <>
      {calendar !== undefined && (
        <Notice
          text={words.controls.otherCalendar(words.controls.calendars[calendar] ?? calendar)}
        />
      )}
      <DayControl
        props={props}
        calendar={calendar === undefined ? null : (kCalendars[calendar] ?? null)}
      />
    </>
  );
}

export function dateReading(props: ControlProps): Reading {
  const locale = localeOf(props.language);
  return {
    read(text) {
      const read = readDate(text, locale);
      return "value" in read ? read : { reason: props.words.controls.date[read.reason] };
    },
    typed: (value) => typedDate(value, locale),
    shown: (value) => typedDate(value, locale),
  };
}

export function timeReading(props: ControlProps): Reading {
  return {
    read(text) {
      const read = readTime(text);
      return "value" in read ? read : { reason: props.words.controls.notTime };
    },
    typed: typedTime,
    shown: typedTime,
  };
}

function DayControl({ props, calendar }: { props: ControlProps; calendar: string | null }) {
  const { node, words } = props;
  const locale = localeOf(props.language);
  const typed = useTyped(props, dateReading(props));
  const spoken = `${props.ids.input}-spoken`;
  const value = node.value ?? "";
  return (
    <>
      <TypedInput
        control={props}
        typed={typed}
        describedBy={spoken}
        input={{
          placeholder: words.controls.datePattern,
          autoComplete: "off",
          class: "field c-date",
          inputMode: "text",
        }}
      >
        {!has(node, "no-calendar") && !props.disabled && (
          <PickerButton
            props={props}
            type="date"
            value={value.slice(0, 10)}
            put={(text) => typed.put(text)}
          />
        )}
      </TypedInput>
      <p id={spoken} class="c-spoken">
        {value === "" ? words.controls.dateExample : spokenDate(value, locale)}
        {value !== "" && calendar !== null && ` = ${spokenDate(value, locale, calendar)}`}
      </p>
    </>
  );
}

export function TimeControl(props: ControlProps) {
  const { node, words } = props;
  const typed = useTyped(props, timeReading(props));
  return (
    <TypedInput
      control={props}
      typed={typed}
      input={{
        placeholder: words.controls.timePattern,
        autoComplete: "off",
        class: "field c-time",
      }}
    >
      {!props.disabled && (
        <PickerButton
          props={props}
          type="time"
          value={typedTime(node.value ?? "")}
          put={(text) => typed.put(text)}
        />
      )}
    </TypedInput>
  );
}

interface PickerProps {
  props: ControlProps;
  type: "date" | "time";
  value: string;
  put(text: string): Promise<void>;
}

/** Opens the browser's own calendar or clock. The field to type in stays the only stop for the
 *  keyboard's text. */
function PickerButton({ props, type, value, put }: PickerProps) {
  const native = useRef<HTMLInputElement>(null);
  const { words, ids } = props;
  return (
    <span class="c-picker-button">
      <button
        type="button"
        class="button c-icon-button"
        id={`${ids.input}-open-${type}`}
        aria-label={type === "date" ? words.controls.openCalendar : words.controls.openClock}
        aria-labelledby={`${ids.input}-open-${type} ${ids.label}`}
        onClick={() => {
          const input = native.current;
          if (!input) return;
          try {
            input.showPicker();
          } catch {
            input.focus(); // an older browser: its field shows itself while it has the focus
          }
        }}
      >
        <span class={type === "date" ? "c-icon-calendar" : "c-icon-clock"} aria-hidden="true" />
      </button>
      <input
        ref={native}
        class="c-native-picker"
        type={type}
        tabIndex={-1}
        aria-hidden="true"
        value={value}
        onInput={(event) => {
          const text = event.currentTarget.value;
          if (text !== "") void put(text);
        }}
      />
    </span>
  );
}

interface MonthOfYear {
  month: string;
  year: string;
}

function MonthControl(props: ControlProps) {
  const { node, words, disabled } = props;
  const locale = localeOf(props.language);
  const value = node.value ?? "";
  const held = { month: value.slice(5, 7), year: value.slice(0, 4) };
  const [own, setOwn] = useState<MonthOfYear | null>(null);
  const shown = own ?? held;
  async function take(next: MonthOfYear, leaving: boolean) {
    setOwn(next);
    if (/^\d{4}$/.test(next.year.trim()) && next.month !== "") {
      await props.set(`${next.year.trim()}-${next.month}-01`);
      setOwn(null);
    } else if (next.year.trim() === "" && next.month === "") {
      await props.set(null);
      setOwn(null);
    } else if (leaving) {
      await props.refuse(
        `${next.month} ${next.year}`,
        next.month === "" ? words.controls.monthMissing : words.controls.notYear,
      );
    }
  }
  return (
    <div
      {...groupProps(props)}
      role="group"
      class="c-typed-line c-month"
      onFocusOut={(event) => {
        if (own !== null && leaves(event)) void take(own, true);
      }}
    >
      <select
        class="field"
        aria-label={words.controls.month}
        disabled={disabled}
        value={shown.month}
        onChange={(event) => void take({ ...shown, month: event.currentTarget.value }, false)}
      >
        <option value="">{words.controls.month}</option>
        {monthNames(locale).map((name, at) => (
          <option key={name} value={padded(at + 1, 2)}>
            {name}
          </option>
        ))}
      </select>
      <input
        type="text"
        class="field c-year"
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        aria-label={words.controls.year}
        placeholder={words.controls.yearPattern}
        aria-invalid={isInvalid(props) ? "true" : undefined}
        aria-describedby={describedBy(props)}
        readOnly={disabled}
        value={shown.year}
        onInput={(event) => void take({ ...shown, year: event.currentTarget.value }, false)}
      />
    </div>
  );
}

/** The focus leaves the whole group, not only from one of its fields to the next. */
function leaves(event: FocusEvent): boolean {
  const to = event.relatedTarget as Element | null;
  return !to || !(event.currentTarget as Element).contains(to);
}

function YearControl(props: ControlProps) {
  const { words } = props;
  const typed = useTyped(props, {
    read(text) {
      const bare = text.trim();
      if (bare === "") return { value: "" };
      return /^\d{4}$/.test(bare) && bare !== "0000"
        ? { value: `${bare}-01-01` }
        : { reason: words.controls.notYear };
    },
    typed: (value) => value.slice(0, 4),
    shown: (value) => value.slice(0, 4),
  });
  return (
    <TypedInput
      control={props}
      typed={typed}
      input={{
        inputMode: "numeric",
        placeholder: words.controls.yearPattern,
        autoComplete: "off",
        maxLength: 4,
        class: "field c-year",
      }}
    />
  );
}

interface Moment {
  day: string;
  time: string;
}

/** A day and a time. The answer is given when both are there. */
export function DateTimeControl(props: ControlProps) {
  const { node, words, ids } = props;
  const value = node.value ?? "";
  const [half, setHalf] = useState<Moment | null>(null);
  const shown: Moment = half ?? { day: value.slice(0, 10), time: typedTime(value) };
  const latest = useRef(shown);
  latest.current = shown;

  // Each part is a typed answer of its own; the other part is kept here until both make one.
  async function put(part: keyof Moment, text: string) {
    const next = { ...latest.current, [part]: text };
    latest.current = next;
    if (next.day !== "" && next.time !== "") {
      await props.set(`${next.day}T${next.time}`);
      setHalf(null);
      return;
    }
    setHalf(next.day === "" && next.time === "" ? null : next);
    if (value !== "" || props.refused !== undefined) await props.set(null);
  }
  const partProps = (part: keyof Moment): ControlProps => ({
    ...props,
    node: { ...node, value: shown[part] },
    set: (text) => put(part, typeof text === "string" ? text : ""),
    refused: undefined,
    ids: { ...ids, input: `${ids.input}-${part}`, label: `${ids.input}-${part}-label` },
  });
  const part = (name: keyof Moment, Part: (own: ControlProps) => VNode) => {
    const own = partProps(name);
    return (
      <div class="c-datetime-part">
        <label id={own.ids.label} for={own.ids.input} class="c-part-label">
          {words.controls[name]}
        </label>
        <Part {...own} />
      </div>
    );
  };
  return (
    <div
      {...groupProps(props)}
      role="group"
      class="c-datetime"
      onFocusOut={(event) => {
        const { day, time } = latest.current;
        if ((day === "") === (time === "") || !leaves(event)) return;
        void props.refuse(
          `${day} ${time}`,
          day === "" ? words.controls.dayMissing : words.controls.timeMissing,
        );
      }}
    >
      {part("day", DateControl)}
      {part("time", TimeControl)}
    </div>
  );
}

// Texts: one line, several lines, digits, addresses, and texts that nobody looking on may read.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asksForApp, has, optionNumber } from "./appearance";
import type { ControlProps } from "./control";
import { describedBy, isInvalid } from "./describe";
import { localeOf } from "./locale";
import { groupedNumber } from "./number_text";
import { kAsTyped, useTyped, type Reading } from "./typed";
import { TypedInput } from "./typed_input";
import { Notice } from "./notice";

// Taller fields than this hide the question from a phone's screen.
const kRowsMax = 30;
const kRowsDefault = 4;

export function TextControl(props: ControlProps) {
  const { node, words } = props;
  if (has(node, "masked")) return <MaskedText {...props} />;
  const rows = optionNumber(node, "rows");
  if (has(node, "multiline") || (rows !== undefined && rows > 1)) return <LongText {...props} />;
  return (
    <>
      {asksForApp(node) && <Notice text={words.controls.app} />}
      {has(node, "printer") && <Notice text={words.controls.printer} />}
      <ShortText {...props} />
    </>
  );
}

function ShortText(props: ControlProps) {
  const { node, words } = props;
  const locale = localeOf(props.language);
  const grouped = has(node, "numbers") && has(node, "thousands-sep");
  const reading: Reading = grouped
    ? { ...kAsTyped, shown: (value) => groupedNumber(value, locale) }
    : kAsTyped;
  const typed = useTyped(props, reading);
  const address = has(node, "url") ? safeAddress(node.value ?? "") : null;
  return (
    <TypedInput control={props} typed={typed} input={keyboardFor(props)}>
      {address !== null && (
        <a class="c-open" href={address} target="_blank" rel="noopener noreferrer">
          {words.controls.openAddress}
        </a>
      )}
    </TypedInput>
  );
}

/** The keyboard a phone shows, and what a browser may fill in. */
function keyboardFor({ node }: ControlProps): JSX.InputHTMLAttributes<HTMLInputElement> {
  if (has(node, "numbers"))
    return { inputMode: "decimal", autoComplete: "off", class: "field c-digits" };
  if (has(node, "url"))
    return { inputMode: "url", autoComplete: "off", autoCapitalize: "none", spellcheck: false };
  // The form has no type for these; the name of the question is what authors have.
  const name = node.ref.slice(node.ref.lastIndexOf("/") + 1).toLowerCase();
  if (/(^|_)e?mail(_|$)/.test(name)) {
    return {
      inputMode: "email",
      autoComplete: "email",
      autoCapitalize: "none",
      spellcheck: false,
    };
  }
  if (/(^|_)(phone|tel|telefon|mobile?)(_|$)/.test(name))
    return { inputMode: "tel", autoComplete: "tel" };
  return { autoComplete: "off" };
}

/** Only what opens a page or a mail; a form or an answer must not start anything else. */
function safeAddress(text: string): string | null {
  if (!/^(https?:\/\/|mailto:)\S+$/i.test(text)) return null;
  return text;
}

function LongText(props: ControlProps) {
  const { node, words, language } = props;
  const typed = useTyped(props, kAsTyped);
  const rows = optionNumber(node, "rows") ?? kRowsDefault;
  const count = `${props.ids.input}-count`;
  const length = [...typed.text].length;
  return (
    <div class="c-typed c-typed-long">
      <textarea
        id={props.ids.input}
        class="field"
        rows={Math.min(Math.max(2, Math.round(rows)), kRowsMax)}
        value={typed.text}
        readOnly={props.disabled}
        aria-required={node.required ? "true" : undefined}
        aria-invalid={isInvalid(props) ? "true" : undefined}
        aria-describedby={describedBy(props, length > 0 && count)}
        onInput={(event) => typed.input(event.currentTarget.value)}
        onFocus={typed.focus}
        onBlur={typed.blur}
      />
      <p id={count} class="c-count" hidden={length === 0}>
        {words.controls.characters(length.toLocaleString(localeOf(language)), length)}
      </p>
    </div>
  );
}

function MaskedText(props: ControlProps) {
  const typed = useTyped(props, kAsTyped);
  const [open, setOpen] = useState(false);
  const { words } = props;
  return (
    <TypedInput
      control={props}
      typed={typed}
      input={{ type: open ? "text" : "password", autoComplete: "off", spellcheck: false }}
    >
      <button type="button" class="button" aria-pressed={open} onClick={() => setOpen(!open)}>
        {words.controls.showText}
      </button>
    </TypedInput>
  );
}

// Steps of a range, exactly as the form writes them: 0.1 + 0.2 must be "0.3". Pure.

export interface Scale {
  start: number;
  end: number;
  step: number;
  /** Digits after the point of the finest of the three. */
  digits: number;
}

// More steps than this are not a scale but a mistake in the form; the list of a picker would
// freeze the page.
const kStepsMax = 100_000;

function digitsOf(text: string): number {
  const at = text.indexOf(".");
  return at < 0 ? 0 : text.slice(at + 1).replace(/0+$/, "").length;
}

/** The scale of a range's options, or null where they are not numbers or never arrive at the end.
 *  */
export function scaleOf(start: string, end: string, step: string): Scale | null {
  const scale = {
    start: Number(start),
    end: Number(end),
    step: Math.abs(Number(step)),
    digits: Math.max(digitsOf(start), digitsOf(end), digitsOf(step)),
  };
  if (![scale.start, scale.end, scale.step].every(Number.isFinite)) return null;
  if (start.trim() === "" || end.trim() === "" || scale.step === 0 || scale.start === scale.end)
    return null;
  return stepCount(scale) > kStepsMax ? null : scale;
}

export function stepCount(scale: Scale): number {
  const exact = Math.abs(scale.end - scale.start) / scale.step;
  return Math.floor(exact + 1e-9);
}

/** The lexical value of step number `at`, counted from the start; the end may be smaller than the
 *  start. */
export function valueAt(scale: Scale, at: number): string {
  const direction = scale.end < scale.start ? -1 : 1;
  const within = Math.min(Math.max(0, at), stepCount(scale));
  return (scale.start + direction * within * scale.step).toFixed(scale.digits);
}

/** The step number of a value, or null if it is not on the scale. */
export function stepOf(scale: Scale, value: string): number | null {
  if (value.trim() === "") return null;
  const number = Number(value);
  if (!Number.isFinite(number)) return null;
  const direction = scale.end < scale.start ? -1 : 1;
  const exact = ((number - scale.start) * direction) / scale.step;
  const at = Math.round(exact);
  return Math.abs(exact - at) > 1e-6 || at < 0 || at > stepCount(scale) ? null : at;
}

/** Every how many steps a tick stands: the form's interval, else so that at most `most` ticks
 *  stand. */
export function ticks(scale: Scale, interval: number | null, most: number): number[] {
  const count = stepCount(scale);
  let every = interval === null ? 1 : Math.max(1, Math.round(Math.abs(interval) / scale.step));
  if (interval === null) while (count / every > most) every *= every % 5 === 0 ? 2 : 5;
  const all: number[] = [];
  for (let at = 0; at <= count && all.length <= most * 4; at += every) all.push(at);
  return all;
}

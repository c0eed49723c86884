// Latitude and longitude to type, with what is wrong about them.

import { useRef, useState } from "preact/hooks";
import type { Words } from "../words/words";
import type { ControlProps } from "./control";
import { describedBy, isInvalid } from "./describe";
import { readDegrees, type Place } from "./geo_text";
import { typedNumber } from "./number_text";
import { localeOf } from "./locale";

interface Typed {
  latitude?: string;
  longitude?: string;
}

interface Props {
  /** Ids of the fields begin with this. */
  id: string;
  props: ControlProps;
  place: Place | null;
  put(place: Place): void;
}

export function PlaceFields({ id, props, place, put }: Props) {
  const { words, language, disabled } = props;
  const locale = localeOf(language);
  const [own, setOwn] = useState<Typed>({});
  // True at once, not only after the next drawing: leaving a field and leaving both come
  // together.
  const typedNow = useRef<Typed>({});
  const type = (next: Typed) => {
    typedNow.current = next;
    setOwn(next);
  };
  const textOf = (typed: Typed) => ({
    latitude: typed.latitude ?? (place ? typedNumber(String(place.latitude), locale) : ""),
    longitude: typed.longitude ?? (place ? typedNumber(String(place.longitude), locale) : ""),
  });
  function take(leaving: boolean) {
    const now = typedNow.current;
    if (now.latitude === undefined && now.longitude === undefined) return;
    const text = textOf(now);
    const latitude =
      text.latitude.trim() === "" ? undefined : readDegrees(text.latitude, "latitude");
    const longitude =
      text.longitude.trim() === "" ? undefined : readDegrees(text.longitude, "longitude");
    const typed = `${text.latitude} ${text.longitude}`;
    if (latitude === null) return void props.refuse(typed, words.controls.notLatitude);
    if (longitude === null) return void props.refuse(typed, words.controls.notLongitude);
    if (latitude === undefined || longitude === undefined) {
      if (!leaving) return;
      if (latitude === longitude) return void props.set(null);
      return void props.refuse(typed, words.controls.coordinateMissing);
    }
    type({});
    put({ latitude, longitude });
  }
  const field = (axis: "latitude" | "longitude") => (
    <div class="c-place-field">
      <label class="c-part-label" for={`${id}-${axis}`}>
        {words.controls[axis]}
      </label>
      <input
        id={`${id}-${axis}`}
        type="text"
        class="field c-digits"
        autoComplete="off"
        spellcheck={false}
        placeholder={
          axis === "latitude" ? words.controls.latitudePattern : words.controls.longitudePattern
        }
        readOnly={disabled}
        value={textOf(own)[axis]}
        aria-invalid={isInvalid(props) ? "true" : undefined}
        aria-describedby={describedBy(props)}
        onInput={(event) => type({ ...typedNow.current, [axis]: event.currentTarget.value })}
        onBlur={() => take(false)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          take(true);
          // Ready for the next point.
          if (place === null) document.getElementById(`${id}-latitude`)?.focus();
        }}
      />
    </div>
  );
  return (
    <div
      class="c-place"
      onFocusOut={(event) => {
        const to = event.relatedTarget as Element | null;
        if (!to || !event.currentTarget.contains(to)) take(true);
      }}
    >
      {field("latitude")}
      {field("longitude")}
    </div>
  );
}

/** "51,05040° N, 13,73730° O, auf 5 m genau". */
export function placeInWords(place: Place, words: Words, locale: string): string {
  const angle = (size: number, sides: string) => {
    const digits = Math.abs(size).toLocaleString(locale, {
      minimumFractionDigits: 5,
      maximumFractionDigits: 5,
    });
    return `${digits}° ${sides.charAt(size < 0 ? 1 : 0)}`;
  };
  const parts = [angle(place.latitude, "NS"), angle(place.longitude, words.controls.eastWest)];
  if (place.accuracy !== undefined && place.accuracy > 0) {
    parts.push(words.controls.within(Math.round(place.accuracy).toLocaleString(locale)));
  }
  return parts.join(", ");
}

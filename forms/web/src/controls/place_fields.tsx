// Latitude and longitude to type, with what is wrong about them.

import { useState } from "preact/hooks";
import type { Words } from "../words/words";
import type { ControlProps } from "./control";
import { describedBy, isInvalid } from "./describe";
import { readDegrees, type Place } from "./geo_text";
import { typedNumber } from "./number_text";
import { localeOf } from "./locale";

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
  const [own, setOwn] = useState<{ latitude?: string; longitude?: string }>({});
  const text = {
    latitude: own.latitude ?? (place ? typedNumber(String(place.latitude), locale) : ""),
    longitude: own.longitude ?? (place ? typedNumber(String(place.longitude), locale) : ""),
  };
  function take(leaving: boolean) {
    if (own.latitude === undefined && own.longitude === undefined) return;
    const latitude = text.latitude.trim() === "" ? undefined : readDegrees(text.latitude, "latitude");
    const longitude = text.longitude.trim() === "" ? undefined : readDegrees(text.longitude, "longitude");
    const typed = `${text.latitude} ${text.longitude}`;
    if (latitude === null) return void props.refuse(typed, words.controls.notLatitude);
    if (longitude === null) return void props.refuse(typed, words.controls.notLongitude);
    if (latitude === undefined || longitude === undefined) {
      if (!leaving) return;
      if (latitude === longitude) return void props.set(null);
      return void props.refuse(typed, words.controls.coordinateMissing);
    }
    setOwn({});
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
        placeholder={axis === "latitude" ? words.controls.latitudePattern : words.controls.longitudePattern}
        readOnly={disabled}
        value={text[axis]}
        aria-invalid={isInvalid(props) ? "true" : undefined}
        aria-describedby={describedBy(props)}
        onInput={(event) => setOwn({ ...own, [axis]: event.currentTarget.value })}
        onBlur={() => take(false)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          take(true);
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
    const digits = Math.abs(size).toLocaleString(locale, { minimumFractionDigits: 5, maximumFractionDigits: 5 });
    return `${digits}° ${sides.charAt(size < 0 ? 1 : 0)}`;
  };
  const parts = [angle(place.latitude, "NS"), angle(place.longitude, words.controls.eastWest)];
  if (place.accuracy !== undefined && place.accuracy > 0) {
    parts.push(words.controls.within(Math.round(place.accuracy).toLocaleString(locale)));
  }
  return parts.join(", ");
}

// A line or an area: walked and recorded, or its points typed one by one.

import { useRef, useState } from "preact/hooks";
import type { ControlProps } from "./control";
import { groupProps } from "./describe";
import {
  distance,
  length,
  placesText,
  placeText,
  readPlaces,
  withoutClosing,
  type Place,
} from "./geo_text";
import { localeOf } from "./locale";
import { Notice } from "./notice";
import { PlaceFields, placeInWords } from "./place_fields";
import { usePosition } from "./position";

// A recorded point is kept when it is this far from the last one: standing still draws no tangle.
const kStepMetres = 5;
const kAccuracyMax = 50;
// More points than a day's walk; the answer must stay a text that can be sent.
const kPointsMax = 5_000;

export function Geotrace(props: ControlProps) {
  const { node, words, disabled, ids, set } = props;
  const closed = node.type === "geoshape";
  const locale = localeOf(props.language);
  const held = withoutClosing(readPlaces(node.value ?? ""));
  // Too few points are no answer yet; they are kept here until there are enough.
  const [few, setFew] = useState<Place[]>(() => readPlaces(props.refused ?? ""));
  const points = held.length > 0 ? held : few;
  const latest = useRef(points);
  latest.current = points;
  const [adding, setAdding] = useState(false);
  const least = closed ? 3 : 2;

  function put(next: Place[]) {
    latest.current = next;
    const text = placesText(next, closed);
    setFew(text === "" ? next : []);
    if (text !== "") void set(text);
    else if (next.length === 0) void set(null);
    else
      void props.refuse(
        next.map(placeText).join(";"),
        words.controls.pointsMissing(least - next.length),
      );
  }
  const position = usePosition({
    onPlace(found) {
      const last = latest.current[latest.current.length - 1];
      if ((found.accuracy ?? 0) > kAccuracyMax || latest.current.length >= kPointsMax) return;
      if (last && distance(last, found) < kStepMetres) return;
      put([...latest.current, found]);
    },
  });
  return (
    <div {...groupProps(props)} role="group" class="c-geo">
      <Notice text={closed ? words.controls.noMapShape : words.controls.noMapTrace} />
      <ol class="c-points">
        {points.map((point, at) => (
          <li key={`${at}-${point.latitude}-${point.longitude}`} class="c-point">
            <div class="c-point-line">
              <span>{placeInWords(point, words, locale)}</span>
              {!disabled && (
                <button
                  type="button"
                  class="button c-step"
                  aria-label={words.controls.removePoint(at + 1)}
                  onClick={() => {
                    document.getElementById(ids.input)?.focus();
                    put(points.filter((_, other) => other !== at));
                  }}
                >
                  <span aria-hidden="true">×</span>
                </button>
              )}
            </div>
          </li>
        ))}
      </ol>
      <p class="c-state" role="status">
        {points.length >= least &&
          words.controls.pointsLength(
            points.length,
            Math.round(length(points, closed)).toLocaleString(locale),
          )}
      </p>
      {!disabled && (
        <div class="c-buttons">
          {position.running ? (
            <button type="button" class="button button-main" onClick={position.stop}>
              {words.controls.stopWalk}
            </button>
          ) : (
            <button type="button" class="button" onClick={position.start}>
              {words.controls.startWalk}
            </button>
          )}
          <button
            type="button"
            class="button"
            aria-expanded={adding}
            aria-controls={`${ids.input}-fields`}
            onClick={() => setAdding(!adding)}
          >
            {words.controls.typePoint}
          </button>
        </div>
      )}
      {position.running && (
        <p role="status" class="c-state">
          {words.controls.walking}
        </p>
      )}
      {position.problem !== null && (
        <p class="c-reason" role="alert">
          {words.controls.position[position.problem]}
        </p>
      )}
      <div id={`${ids.input}-fields`} hidden={!adding}>
        {adding && (
          <PlaceFields
            id={ids.input}
            props={props}
            place={null}
            put={(place) => put([...latest.current, place])}
          />
        )}
      </div>
    </div>
  );
}

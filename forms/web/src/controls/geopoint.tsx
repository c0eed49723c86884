// A place: the browser's own position with its accuracy, or latitude and longitude typed. No map
// is needed.

import { useState } from "preact/hooks";
import { has, optionNumber } from "./appearance";
import { ClearButton } from "./choice_list";
import type { ControlProps } from "./control";
import { groupProps } from "./describe";
import { placeText, readPlace, type Place } from "./geo_text";
import { localeOf } from "./locale";
import { Notice } from "./notice";
import { PlaceFields, placeInWords } from "./place_fields";
import { usePosition } from "./position";

// Metres at which a position is taken by itself, and beyond which it is marked as poor (ODK's
// defaults).
const kAccuracyWanted = 5;
const kAccuracyPoor = 100;

export function Geopoint(props: ControlProps) {
  const { node, words, disabled, ids, set } = props;
  const wanted = optionNumber(node, "accuracyThreshold") ?? kAccuracyWanted;
  const poor = optionNumber(node, "unacceptableAccuracyThreshold") ?? kAccuracyPoor;
  const place = readPlace(node.value ?? "");
  const answer = (found: Place) => void set(placeText(found));
  const position = usePosition({
    onPlace(found) {
      // ODK takes a position by itself as soon as it is as accurate as asked for.
      if (found.accuracy === undefined || found.accuracy > wanted) return;
      position.stop();
      answer(found);
    },
  });
  const locale = localeOf(props.language);
  const [typing, setTyping] = useState(false);
  const map = has(node, "placement-map", "maps");
  return (
    <div {...groupProps(props)} role="group" class="c-geo">
      {map && <Notice text={words.controls.noMap} />}
      {place !== null && (
        <p class="c-geo-place">
          {placeInWords(place, words, locale)}
          {(place.accuracy ?? 0) > poor && (
            <span class="c-poor"> {words.controls.poorPosition}</span>
          )}
        </p>
      )}
      {position.running ? (
        <div class="c-geo-search">
          <p role="status">
            {position.place === null
              ? words.controls.searching
              : words.controls.foundWithin(
                  Math.round(position.place.accuracy ?? 0).toLocaleString(locale),
                  wanted,
                )}
          </p>
          <div class="c-buttons">
            {position.place !== null && (
              <button
                type="button"
                class="button button-main"
                onClick={() => {
                  const found = position.place;
                  position.stop();
                  if (found) answer(found);
                }}
              >
                {words.controls.takePosition}
              </button>
            )}
            <button type="button" class="button" onClick={position.stop}>
              {words.controls.cancel}
            </button>
          </div>
        </div>
      ) : (
        !disabled && (
          <div class="c-buttons">
            <button type="button" class="button" onClick={position.start}>
              {place === null ? words.controls.findPosition : words.controls.findAgain}
            </button>
            <button
              type="button"
              class="button"
              aria-expanded={typing}
              aria-controls={`${ids.input}-fields`}
              onClick={() => setTyping(!typing)}
            >
              {words.controls.typePosition}
            </button>
            <ClearButton props={props} />
          </div>
        )
      )}
      {position.problem !== null && (
        <p class="c-reason" role="alert">
          {words.controls.position[position.problem]}
        </p>
      )}
      <div id={`${ids.input}-fields`} hidden={!typing}>
        {typing && <PlaceFields id={ids.input} props={props} place={place} put={answer} />}
      </div>
    </div>
  );
}

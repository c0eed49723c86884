// What stands beside a radio button or in a list: text, picture, sound.

import { useContext, useState } from "preact/hooks";
import type { Choice } from "../engine/node";
import { Formatted } from "../parts/formatted";
import { MediaContext } from "../parts/media";

/** The text a choice is found and announced by. */
export function choiceText(choice: Choice): string {
  return choice.label.text.trim() || choice.value;
}

export function ChoiceLabel({ choice }: { choice: Choice }) {
  const { label } = choice;
  const address = useContext(MediaContext);
  const [broken, setBroken] = useState(false);
  const picture = label.image === undefined || broken ? undefined : address(label.image);
  const named = label.text.trim() !== "";
  return (
    <span class={`c-choice-label${picture === undefined ? "" : " c-choice-pictured"}`}>
      {picture !== undefined && (
        // Beside its text the picture says nothing more to those who hear it.
        <img
          class="c-choice-picture"
          src={picture}
          alt={named ? "" : choice.value}
          onError={() => setBroken(true)}
        />
      )}
      {named ? <Formatted text={label} /> : picture === undefined ? choice.value : null}
    </span>
  );
}

/** Sound and film of a choice: outside its label, because pressing "play" is not answering. */
export function ChoiceMedia({ choice }: { choice: Choice }) {
  const address = useContext(MediaContext);
  const sound = choice.label.audio === undefined ? undefined : address(choice.label.audio);
  const film = choice.label.video === undefined ? undefined : address(choice.label.video);
  if (sound === undefined && film === undefined) return null;
  const name = choiceText(choice);
  return (
    <span class="c-choice-media">
      {sound !== undefined && <audio controls preload="none" src={sound} aria-label={name} />}
      {film !== undefined && <video controls preload="none" src={film} aria-label={name} />}
    </span>
  );
}

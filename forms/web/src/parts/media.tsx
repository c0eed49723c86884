// Pictures, sounds and films of a form, by their `jr://` address.

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { ShownText } from "../engine/node";
import type { Words } from "../words/words";

/** Where the page finds a file of the form; nothing where the form came without it. */
export type MediaAddress = (url: string) => string | undefined;

export const MediaContext = createContext<MediaAddress>(() => undefined);

interface Props {
  text: ShownText | undefined;
  words: Words;
}

/** What stands beside a text: its picture, sound, film. */
export function TextMedia({ text, words }: Props) {
  const address = useContext(MediaContext);
  const [broken, setBroken] = useState(false);
  const image = text?.image && address(text.image);
  useEffect(() => setBroken(false), [image]);
  if (!text || !(text.image || text.audio || text.video)) return null;
  const audio = text.audio && address(text.audio);
  const video = text.video && address(text.video);
  return (
    <span class="text-media">
      {text.image &&
        (image && !broken ? (
          <img src={image} alt={text.text === "" ? fileName(text.image) : ""} loading="lazy"
            onError={() => setBroken(true)} />
        ) : (
          <span class="media-missing">{words.imageMissing}</span>
        ))}
      {audio && <audio src={audio} controls preload="none" aria-label={words.playAudio} />}
      {video && <video src={video} controls preload="none" aria-label={words.playVideo} />}
    </span>
  );
}

function fileName(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

// After finishing: what became of the record, and one's own answers to keep.

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { QueueEntry } from "../home/home";
import type { Words } from "../words/words";
import type { KeptAnswers } from "./answers";
import { OwnAnswers } from "./own_answers";
import { queueReason } from "./queue_view";

interface Props {
  entry: QueueEntry | undefined;
  /** Missing on a device for guests: nobody sees another's answers. */
  kept?: KeptAnswers;
  words: Words;
  locale: string;
  again(): void;
  againText: string;
}

function dayText(day: string, locale: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(day)
    ? new Date(`${day}T00:00:00`).toLocaleDateString(locale, { dateStyle: "long" })
    : day;
}

export function ThanksPage({ entry, kept, words, locale, again, againText }: Props): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus();
    document.title = words.thanksTitle;
  }, []);
  const state = entry?.state ?? "waiting";
  const said = {
    sent: words.thanksSent,
    sending: words.thanksSending,
    waiting: words.thanksWaiting,
    refused: words.thanksRefused,
  }[state];
  const reason = entry ? queueReason(entry, words) : "";
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words.thanksTitle}
      </h1>
      <div role="status" class={`outcome outcome-${state}`}>
        <p>{said}</p>
        {reason && <p>{reason}</p>}
      </div>
      {entry?.receipt && (
        <p class="receipt">
          {words.receipt}: <code>{entry.receipt.revision}</code>
          {entry.receipt.day && `, ${dayText(entry.receipt.day, locale)}`}
        </p>
      )}
      {kept && <OwnAnswers kept={kept} words={words} />}
      <div class="steps">
        <button type="button" class="button" onClick={again}>
          {againText}
        </button>
      </div>
    </>
  );
}

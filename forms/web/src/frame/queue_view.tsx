// Finished records: what waits, what is sent, what was refused. Nothing disappears from here by
// itself but the answers of a record whose receipt is here.

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { AnswerHome, QueueEntry } from "../home/home";
import type { Words } from "../words/words";
import { fileName, saveFile } from "./save_file";

// What was sent long ago only fills the page.
const kSentShownMax = 5;

export function queueState(entry: QueueEntry, words: Words): string {
  switch (entry.state) {
    case "waiting":
      return words.queueWaiting;
    case "sending":
      return words.queueSending;
    case "sent":
      return words.queueSent;
    case "refused":
      return words.queueRefused;
  }
}

export function queueReason(entry: QueueEntry, words: Words): string {
  if (entry.state === "refused") return words.refusedReason(entry.reason ?? "");
  if (entry.state === "waiting" && entry.waits) return words.waits[entry.waits];
  return "";
}

interface Props {
  home: AnswerHome;
  entries: QueueEntry[];
  words: Words;
  locale: string;
}

export function QueueView({ home, entries, words, locale }: Props): VNode | null {
  const [busy, setBusy] = useState(false);
  const open = entries.filter((one) => one.state !== "sent");
  const sent = entries.filter((one) => one.state === "sent").slice(0, kSentShownMax);
  if (entries.length === 0) return null;
  return (
    <section class="queue" aria-labelledby="queue-title">
      <h2 id="queue-title">{words.queueTitle}</h2>
      {open.length > 0 && (
        <>
          <p role="status">{words.queueCount(open.length)}</p>
          <div class="steps queue-tools">
            <button
              type="button"
              class="button"
              disabled={busy}
              onClick={async () => {
                setBusy(true);
                await home.sync().finally(() => setBusy(false));
              }}
            >
              {words.sendNow}
            </button>
            <button
              type="button"
              class="button"
              onClick={async () =>
                saveFile(fileName(entries[0]?.title ?? "", "json"), await home.exportQueue())
              }
            >
              {words.exportQueue}
            </button>
          </div>
        </>
      )}
      <ul class="entries">
        {[...open, ...sent].map((entry) => {
          const reason = queueReason(entry, words);
          return (
            <li key={entry.instance} class={`queue-entry queue-${entry.state}`}>
              <div class="entry-line">
                <span class="entry-name">
                  {new Date(entry.finalised).toLocaleString(locale, {
                    dateStyle: "medium",
                    timeStyle: "short",
                  })}
                  {reason && <span class="entry-summary">{reason}</span>}
                  {entry.receipt && (
                    <span class="entry-summary receipt">
                      {words.receipt} {entry.receipt.revision.slice(0, 12)}
                    </span>
                  )}
                </span>
                <span class="queue-state">{queueState(entry, words)}</span>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

// What stands above every page: the form, how far one is, whether it is saved, language, overview.

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Words } from "../words/words";
import { nameOf, tagOf } from "../words/words";
import { useFill, useFilling } from "./context";
import { failureText } from "./failures";
import { Overview } from "./overview";

// Saving is announced only when it takes longer than this; each answer announced would be noise.
const kSlowSaveMs = 1500;

interface LanguageProps {
  languages: readonly string[];
  current: string | null;
  words: Words;
  choose(language: string): void;
}

export function LanguageChoice({ languages, current, words, choose }: LanguageProps) {
  if (languages.length < 2) return null;
  return (
    <label class="language-choice">
      <span class="unseen">{words.language}</span>
      <select
        class="field"
        value={current ?? ""}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {languages.map((one) => (
          <option key={one} value={one} lang={tagOf(one)}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** True while the browser says that there is a network. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return online;
}

function SaveStatus() {
  const { words } = useFill();
  const filling = useFilling();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (filling.saveState !== "saving") {
      setSlow(false);
      return undefined;
    }
    const timer = setTimeout(() => setSlow(true), kSlowSaveMs);
    return () => clearTimeout(timer);
  }, [filling.saveState]);
  const online = useOnline();
  return (
    <p class="save-status" role="status">
      {filling.saveState === "failed"
        ? words.notSaved
        : slow
          ? words.saving
          : filling.savedOnce
            ? words.saved
            : ""}
      {!online && <span class="offline"> {words.offline}</span>}
    </p>
  );
}

/** Shown while the last answer could not be saved. Nothing goes on before it is. */
function SaveFailure({ saveCopy }: { saveCopy(): void }) {
  const { words } = useFill();
  const filling = useFilling();
  if (filling.saveState !== "failed") return null;
  return (
    <div class="problems save-failure" role="alert">
      <h2>{words.notSaved}</h2>
      <p>{failureText(filling.saveFailure, words)}</p>
      <div class="steps">
        <button type="button" class="button button-main" onClick={() => void filling.save()}>
          {words.tryAgain}
        </button>
        <button type="button" class="button" onClick={saveCopy}>
          {words.saveAsFile}
        </button>
      </div>
    </div>
  );
}

interface Props {
  languages: readonly string[];
  choose(language: string): void;
  saveCopy(): void;
  /** Leaves the draft, which stays; missing where there is nowhere to go. */
  leave?(): void;
  leaveText: string;
}

export function TopBar({ languages, choose, saveCopy, leave, leaveText }: Props): VNode {
  const { words, pageLanguage } = useFill();
  const filling = useFilling();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const of = filling.pages.length;
  const at = filling.at + 1;
  return (
    <header class="top" lang={pageLanguage}>
      <div class="top-line">
        <p class="top-title">{filling.draft.title}</p>
        <div class="top-tools">
          <LanguageChoice
            languages={languages}
            current={filling.session.language}
            words={words}
            choose={choose}
          />
          <button ref={opener} type="button" class="button button-quiet" aria-haspopup="dialog"
            onClick={() => setOpen(true)}>
            {words.overview}
          </button>
          {leave && (
            <button type="button" class="button button-quiet" onClick={leave}>
              {leaveText}
            </button>
          )}
        </div>
      </div>
      <progress class="progress" max={of} value={at} aria-label={words.progress(at, of)} />
      <SaveStatus />
      <SaveFailure saveCopy={saveCopy} />
      {open && (
        <Overview
          close={() => {
            setOpen(false);
            if (document.activeElement === document.body) opener.current?.focus();
          }}
        />
      )}
    </header>
  );
}

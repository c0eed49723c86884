// A device for guests: begins again after finishing and after a pause, and lets nobody back.

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { BrowserHome } from "../home/browser_home";
import { randomId, sha256 } from "../home/sha256";
import type { Words } from "../words/words";

// After this long without a touch the page asks; after the second time it begins again.
const kIdleS = 90;
const kAskS = 30;
// How long the thank-you stays.
export const kThanksS = 20;

const kCodeDigitsMin = 4;

interface Code {
  salt: string;
  sha256: string;
}

const codeSetting = (home: BrowserHome) => `kiosk ${home.link}`;
const draftSetting = (home: BrowserHome) => `kiosk draft ${home.link}`;

/** True where this browser is a device for guests of this link. */
export async function isKiosk(home: BrowserHome): Promise<boolean> {
  return (await home.setting(codeSetting(home))) !== undefined;
}

/** Makes it one, with the code that the link brings. */
export async function takeCode(home: BrowserHome, code: Code): Promise<void> {
  await home.setSetting(codeSetting(home), code);
}

async function setCode(home: BrowserHome, code: string): Promise<void> {
  const salt = randomId();
  await takeCode(home, { salt, sha256: await sha256(salt + code) });
}

async function isCode(home: BrowserHome, code: string): Promise<boolean> {
  const kept = (await home.setting(codeSetting(home))) as Code | undefined;
  return kept !== undefined && kept.sha256 === (await sha256(kept.salt + code));
}

/** Remembers the guest's draft, so that a reload does not leave it to the next guest. */
export async function rememberGuest(home: BrowserHome, draft: string | undefined): Promise<void> {
  await home.setSetting(draftSetting(home), draft);
}

export async function forgetGuest(home: BrowserHome): Promise<void> {
  const draft = (await home.setting(draftSetting(home))) as string | undefined;
  if (draft === undefined) return;
  await home.discard(draft).catch(() => undefined);
  await rememberGuest(home, undefined);
}

/** Seconds left, counting down while `running`; calls `over` once at 0. */
export function useCountdown(seconds: number, running: boolean, over: () => void): number {
  const [left, setLeft] = useState(seconds);
  const end = useRef(over);
  end.current = over;
  useEffect(() => {
    setLeft(seconds);
    if (!running) return undefined;
    const until = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(rest);
      if (rest > 0) return;
      clearInterval(timer);
      end.current();
    }, 250);
    return () => clearInterval(timer);
  }, [seconds, running]);
  return left;
}

/** Asks "are you still there?" after a pause, and ends the draft when nobody is. */
export function IdleWatch({ words, over }: { words: Words; over(): void }): VNode | null {
  const [asking, setAsking] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (asking) return undefined;
    let timer = 0;
    const again = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setAsking(true), kIdleS * 1000);
    };
    again();
    const signs = ["pointerdown", "keydown", "scroll", "input"] as const;
    for (const sign of signs) window.addEventListener(sign, again, { passive: true });
    return () => {
      window.clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, again);
    };
  }, [asking]);
  useEffect(() => {
    if (asking) dialog.current?.showModal();
  }, [asking]);
  const left = useCountdown(kAskS, asking, over);
  if (!asking) return null;
  return (
    <dialog ref={dialog} class="ask" aria-labelledby="idle-title" onClose={() => setAsking(false)}>
      <h2 id="idle-title">{words.kioskIdleTitle}</h2>
      <p>{words.kioskIdle(left)}</p>
      <div class="steps">
        <button type="button" class="button button-main" onClick={() => dialog.current?.close()}>
          {words.kioskStay}
        </button>
        <button type="button" class="button" onClick={over}>
          {words.kioskRestart}
        </button>
      </div>
    </dialog>
  );
}

interface FormProps {
  home: BrowserHome;
  words: Words;
  done(): void;
}

/** Chooses the code; then the device is for guests. */
export function KioskSetup({ home, words, done }: FormProps): VNode {
  const [code, setCodeText] = useState("");
  const [wrong, setWrong] = useState(false);
  return (
    <form
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        if (!new RegExp(`^\\d{${kCodeDigitsMin},}$`).test(code)) {
          setWrong(true);
          return;
        }
        await setCode(home, code);
        done();
      }}
    >
      <h1>{words.kioskSetup}</h1>
      <p>{words.kioskSetupText}</p>
      <CodeField words={words} label={words.kioskCode} code={code} change={setCodeText} />
      <div class="question-error" id="code-error" role="alert">
        {wrong && <p>{words.kioskShort}</p>}
      </div>
      <div class="steps">
        <button type="submit" class="button button-main">
          {words.kioskBegin}
        </button>
      </div>
    </form>
  );
}

function CodeField(props: { words: Words; label: string; code: string; change(code: string): void }) {
  return (
    <p>
      <label for="kiosk-code">{props.label}</label>
      <input
        id="kiosk-code"
        class="field field-short"
        type="password"
        inputMode="numeric"
        autocomplete="off"
        aria-describedby="code-error"
        value={props.code}
        onInput={(event) => props.change(event.currentTarget.value)}
      />
    </p>
  );
}

/** The way out, for those who know the code. */
export function KioskLeave({ home, words, done }: FormProps): VNode {
  const [open, setOpen] = useState(false);
  const [code, setCodeText] = useState("");
  const [wrong, setWrong] = useState(false);
  if (!open) {
    return (
      <button type="button" class="button button-quiet" onClick={() => setOpen(true)}>
        {words.kioskLeave}
      </button>
    );
  }
  return (
    <form
      noValidate
      class="kiosk-leave"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!(await isCode(home, code))) {
          setWrong(true);
          setCodeText("");
          return;
        }
        await home.setSetting(codeSetting(home), undefined);
        done();
      }}
    >
      <CodeField words={words} label={words.kioskLeaveCode} code={code} change={setCodeText} />
      <div class="question-error" id="code-error" role="alert">
        {wrong && <p>{words.kioskWrong}</p>}
      </div>
      <div class="steps">
        <button type="submit" class="button">
          {words.kioskLeave}
        </button>
        <button type="button" class="button" onClick={() => setOpen(false)}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

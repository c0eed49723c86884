// Answers by link, from the first page to the thank-you.

import type { VNode } from "preact";
import { useCallback, useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { BrowserHome } from "../home/browser_home";
import type { DraftInfo, FormInfo, QueueEntry } from "../home/home";
import { wordsFor } from "../words/words";
import type { KeptAnswers } from "./answers";
import { chooseLanguage } from "./choose_language";
import { failureText } from "./failures";
import { FillScreen } from "./fill_screen";
import type { Filling } from "./filling";
import {
  forgetGuest,
  IdleWatch,
  KioskLeave,
  KioskSetup,
  kThanksS,
  rememberGuest,
  takeCode,
  useCountdown,
} from "./kiosk";
import type { Forms, OpenForm } from "./open_draft";
import { prefillOf } from "./prefill";
import { QueueView } from "./queue_view";
import { StartPage } from "./start_page";
import { ThanksPage } from "./thanks_page";
import { useOnline } from "./top_bar";

type Screen =
  | { kind: "start"; returned: boolean }
  | { kind: "filling"; form: OpenForm; filling: Filling }
  | { kind: "thanks"; instance: string; kept: KeptAnswers };

// How often the first page asks the server again; many devices do it at once.
const kLookAgainMs = 180_000;

/** What the home knows, as it is now. */
interface Known {
  info: FormInfo;
  drafts: DraftInfo[];
  queue: QueueEntry[];
  persistent: boolean | undefined;
}

interface Props {
  home: BrowserHome;
  forms: Forms;
  /** Where a code must be chosen first, "setup". */
  kiosk: false | "setup" | "running";
  link: string;
  /** Set when a new version of the page waits. */
  update?: () => void;
}

function useKnown(home: BrowserHome): { known?: Known; failure: unknown } {
  const [known, setKnown] = useState<Known | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(undefined);
  useEffect(() => {
    let here = true;
    let running = false;
    let once = false;
    const look = async (fresh: boolean) => {
      if (running) {
        once = true;
        return;
      }
      running = true;
      try {
        const [info] = fresh ? await home.forms() : await home.keptForms();
        const [drafts, queue] = [await home.drafts(), await home.queue()];
        const persistent = await home.persistent();
        if (here && info) setKnown({ info, drafts, queue, persistent });
      } catch (error) {
        if (here) setFailure(error);
      } finally {
        running = false;
        if (once && here) {
          once = false;
          void look(false);
        }
      }
    };
    void look(true);
    const end = home.subscribe(() => void look(false));
    return () => {
      here = false;
      end();
    };
  }, [home]);
  return { known, failure };
}

export function LinkApp({ home, forms, kiosk, link, update }: Props): VNode {
  const [screen, setScreen] = useState<Screen>({ kind: "start", returned: false });
  const [form, setForm] = useState<OpenForm | undefined>(undefined);
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [setUp, setSetUp] = useState(kiosk !== "setup");
  const [, again] = useReducer((count: number) => count + 1, 0);
  const { known, failure: cannotLoad } = useKnown(home);
  const online = useOnline();
  const guest = kiosk !== false;

  // The code that the office gave the link needs no other.
  const given = known?.info.kiosk;
  useEffect(() => {
    if (kiosk === "setup" && given) void takeCode(home, given).then(() => setSetUp(true));
  }, [given]);

  // A page that stays open must learn that the link was closed, or has a new version.
  const atStart = screen.kind === "start";
  useEffect(() => {
    if (!atStart) return undefined;
    const timer = setInterval(() => void home.forms().catch(() => undefined), kLookAgainMs);
    return () => clearInterval(timer);
  }, [atStart, home]);

  const hash = known?.info.ref.hash;
  useEffect(() => {
    if (!known) return;
    forms.form(known.info.ref).then(setForm, setFailure);
  }, [hash]);

  const languages = form?.loaded.languages ?? [];
  const language = chosen ?? chooseLanguage(languages, known?.info.language, navigator.languages);
  const { words, language: pageLanguage } = wordsFor(
    language ?? languages[0] ?? null,
    navigator.languages,
  );

  const open = useRef<Filling | undefined>(undefined);
  const begin = useCallback(
    async (get: () => ReturnType<BrowserHome["draft"]>) => {
      setBusy(true);
      setFailure(undefined);
      try {
        const draft = await get();
        const opened = await forms.fill(draft, language ?? undefined);
        open.current = opened.filling;
        if (guest) await rememberGuest(home, draft.id);
        setScreen({ kind: "filling", ...opened });
        window.scrollTo(0, 0);
      } catch (error) {
        setFailure(error);
      } finally {
        setBusy(false);
      }
    },
    [forms, home, language, guest],
  );

  const toStart = useCallback(async () => {
    await open.current?.close();
    open.current = undefined;
    if (guest) {
      await forgetGuest(home);
      setChosen(null);
    }
    setScreen({ kind: "start", returned: true });
    void home.forms().catch(() => undefined);
    window.scrollTo(0, 0);
  }, [home, guest]);

  const thanks = useCountdown(kThanksS, guest && screen.kind === "thanks", () => void toStart());

  if (!known) {
    return (
      <main id="main" class="page">
        {cannotLoad === undefined ? (
          <p role="status">{words.loading}</p>
        ) : (
          <div role="alert">
            <h1>{words.cannotLoad}</h1>
            <p>{failureText(cannotLoad, words)}</p>
            <button type="button" class="button" onClick={() => location.reload()}>
              {words.tryAgain}
            </button>
          </div>
        )}
      </main>
    );
  }

  if (screen.kind === "filling") {
    return (
      <>
        <FillScreen
          form={screen.form}
          filling={screen.filling}
          kiosk={guest}
          finished={async (instance, kept) => {
            await screen.filling.close();
            open.current = undefined;
            if (guest) await rememberGuest(home, undefined);
            else history.replaceState(null, "");
            setScreen({ kind: "thanks", instance, kept });
          }}
          leave={() => void toStart()}
        />
        {guest && <IdleWatch words={words} over={() => void toStart()} />}
      </>
    );
  }

  const unsent = known.queue.filter((one) => one.state !== "sent").length;
  const said = failure === undefined ? "" : failureText(failure, words);
  return (
    <main id="main" class="page" lang={pageLanguage}>
      {!setUp && given ? (
        <p role="status">{words.loading}</p>
      ) : !setUp ? (
        <KioskSetup home={home} words={words} done={() => setSetUp(true)} />
      ) : screen.kind === "thanks" ? (
        <ThanksPage
          entry={known.queue.find((one) => one.instance === screen.instance)}
          kept={guest ? undefined : screen.kept}
          words={words}
          locale={pageLanguage}
          again={() => void toStart()}
          againText={guest ? words.kioskRestart : words.another}
        />
      ) : (
        <StartPage
          info={known.info}
          words={words}
          pageLanguage={pageLanguage}
          languages={languages}
          language={language ?? languages[0] ?? null}
          choose={(one) => {
            setChosen(one);
            again(0 as never);
          }}
          drafts={guest ? [] : known.drafts}
          persistent={known.persistent}
          busy={busy || (form === undefined && said === "")}
          failure={said}
          start={() =>
            void begin(() =>
              home.start(known.info.ref, prefillOf(location.search, form?.package.noPrefill ?? [])),
            )
          }
          resume={(id) => void begin(() => home.draft(id))}
          discard={(id) => void home.discard(id).catch(setFailure)}
          kiosk={guest}
          returned={screen.returned}
        />
      )}
      {guest && screen.kind === "thanks" && <p role="timer">{words.kioskReturn(thanks)}</p>}
      {!online && <p class="hint">{words.offline}</p>}
      {guest ? (
        setUp &&
        screen.kind === "start" && (
          <footer class="kiosk-foot">
            <p>{words.kioskUnsent(unsent)}</p>
            <KioskLeave
              home={home}
              words={words}
              done={() => location.replace(`/f/${encodeURIComponent(link)}`)}
            />
          </footer>
        )
      ) : (
        <>
          <QueueView home={home} entries={known.queue} words={words} locale={pageLanguage} />
          {update && (
            <p class="hint">
              {words.updateReady}{" "}
              <button type="button" class="button" onClick={update}>
                {words.updateNow}
              </button>
            </p>
          )}
        </>
      )}
    </main>
  );
}

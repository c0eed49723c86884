// The collector's window: what is on this device, and an interview when one is open.

import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { CollectorHome, Office, OfficeEvent, OfficeForm } from "../home/collector_home";
import { HomeFailure, type Draft } from "../home/home";
import { kOfficeWords, type OfficeWords } from "../words/office";
import { kWords, type Words } from "../words/words";
import { chooseLanguage } from "./choose_language";
import { failureText } from "./failures";
import { FillScreen } from "./fill_screen";
import type { Filling } from "./filling";
import type { Forms, OpenForm } from "./open_draft";
import { DraftLine } from "./start_page";

// What was finalised long ago only fills the page.
const kShownAtFirst = 20;

type Language = "de" | "en";
type Screen =
  | { kind: "lists" }
  | { kind: "filling"; form: OpenForm; filling: Filling }
  | { kind: "closed" };

interface Props {
  home: CollectorHome;
  forms: Forms;
}

interface ListProps {
  office: Office;
  own: OfficeWords;
  locale: Language;
}

function when(instant: string, locale: Language): string {
  return new Date(instant).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
}

/** What is here now, looked at again whenever something changed. */
function useOffice(home: CollectorHome) {
  const [office, setOffice] = useState<Office | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(undefined);
  useEffect(() => {
    let here = true;
    let looking = false;
    let again = false;
    const look = async () => {
      if (looking) {
        again = true;
        return;
      }
      looking = true;
      do {
        again = false;
        try {
          const now = await home.office();
          if (here) setOffice(now);
          if (here) setFailure(undefined);
        } catch (error) {
          if (here) setFailure(error);
        }
      } while (again && here);
      looking = false;
    };
    void look();
    const end = home.subscribe(() => void look());
    return () => {
      here = false;
      end();
    };
  }, [home]);
  return { office, failure };
}

/** The newest version of each form, then the older ones. */
function byAge(forms: OfficeForm[]): { newest: OfficeForm[]; older: OfficeForm[] } {
  const seen = new Set<string>();
  const newest: OfficeForm[] = [];
  const older: OfficeForm[] = [];
  for (const form of forms) {
    (seen.has(form.id) ? older : newest).push(form);
    seen.add(form.id);
  }
  return { newest, older };
}

function FormList({ office, own, busy, begin }: ListProps & {
  busy: boolean;
  begin(form: OfficeForm): void;
}): VNode {
  const { newest, older } = byAge(office.forms);
  const line = (form: OfficeForm) => (
    <li key={form.hash}>
      <div class="entry-line">
        <span class="entry-name">
          {form.title || form.id}
          <span class="entry-summary">
            {form.version && own.version(form.version)}
            {form.withdrawn && ` · ${own.withdrawn}`}
          </span>
        </span>
        {!form.withdrawn && (
          <button
            type="button"
            class="button button-main"
            aria-label={own.beginForm(form.title || form.id)}
            disabled={busy}
            onClick={() => begin(form)}
          >
            {own.begin}
          </button>
        )}
      </div>
    </li>
  );
  return (
    <section aria-labelledby="new-title">
      <h2 id="new-title">{own.newInterview}</h2>
      {office.forms.length === 0 ? <p>{own.noForms}</p> : <ul class="entries">{newest.map(line)}</ul>}
      {older.length > 0 && (
        <details>
          <summary>{own.older}</summary>
          <ul class="entries">{older.map(line)}</ul>
        </details>
      )}
    </section>
  );
}

function InterviewList({ office, own, locale, busy, correct }: ListProps & {
  busy: boolean;
  correct(instance: string): void;
}): VNode {
  const [all, setAll] = useState(false);
  const { interviews } = office;
  const shown = all ? interviews : interviews.slice(0, kShownAtFirst);
  return (
    <section aria-labelledby="done-title">
      <h2 id="done-title">{own.interviews}</h2>
      {interviews.length === 0 && <p>{own.noInterviews}</p>}
      <ul class="entries">
        {shown.map((one) => {
          const name = one.title || one.form_title;
          return (
            <li key={one.instance}>
              <div class="entry-line">
                <span class="entry-name">
                  {name}
                  <span class="entry-summary">
                    {when(one.finalised, locale)}
                    {one.title !== "" && ` · ${one.form_title}`}
                  </span>
                  {one.review && <span class="entry-summary">{own.review(one.review)}</span>}
                </span>
                <span class="entry-actions">
                  <span class={`queue-state delivery-${one.delivery}`}>
                    {own.delivery[one.delivery]}
                  </span>
                  {one.delivery !== "erased" && (
                    <button
                      type="button"
                      class="button button-quiet"
                      aria-label={own.correctNamed(name)}
                      disabled={busy}
                      onClick={() => correct(one.instance)}
                    >
                      {own.correct}
                    </button>
                  )}
                </span>
              </div>
            </li>
          );
        })}
      </ul>
      {shown.length < interviews.length && (
        <button type="button" class="button button-quiet" onClick={() => setAll(true)}>
          {own.showAll(interviews.length)}
        </button>
      )}
    </section>
  );
}

function SyncView({ office, own, locale, start }: ListProps & { start(): void }): VNode {
  const { sync, counts } = office;
  const said = sync.running
    ? sync.of > 0
      ? own.syncProgress(sync.done, sync.of)
      : own.syncing
    : sync.failure
      ? own.syncFailed(sync.failure.message)
      : sync.report
        ? own.synced(sync.report)
        : "";
  return (
    <section aria-labelledby="sync-title">
      <h2 id="sync-title">{own.sync}</h2>
      {!office.enrolled && <p class="hint">{own.notEnrolled}</p>}
      {office.revoked && <p class="hint">{own.revoked}</p>}
      {(office.finding === "copied" || office.finding === "restored") && (
        <p class="hint">{own.copied}</p>
      )}
      <p>
        {own.waiting(counts.waiting)} {counts.files > 0 && own.files(counts.files)}{" "}
        {office.last_contact ? own.lastContact(when(office.last_contact, locale)) : own.noContact}
      </p>
      {sync.running && (
        <progress aria-labelledby="sync-title" max={sync.of || 1} value={sync.of ? sync.done : undefined} />
      )}
      <p role="status">{said}</p>
      {(sync.notices ?? []).map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
      <button
        type="button"
        class="button"
        disabled={!office.enrolled || sync.running}
        onClick={start}
      >
        {sync.running ? own.syncing : own.syncNow}
      </button>
    </section>
  );
}

function LogView({ home, own, locale, office }: ListProps & { home: CollectorHome }): VNode {
  const [events, setEvents] = useState<OfficeEvent[] | undefined>(undefined);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open) home.log().then(setEvents, () => undefined);
  }, [home, open, office]);
  return (
    <details onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}>
      <summary>{own.log}</summary>
      {events?.length === 0 && <p>{own.noLog}</p>}
      <ol class="entries">
        {(events ?? []).map((event, at) => (
          <li key={`${event.at} ${at}`}>
            <div class="entry-line">
              <span>{own.event(event)}</span>
              <time class="entry-summary" dateTime={event.at}>
                {when(event.at, locale)}
              </time>
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Gone({ own, closed }: { own: OfficeWords; closed: boolean }): VNode {
  return (
    <main id="main" class="page" role="alert">
      <h1>{closed ? own.closed : own.gone}</h1>
      <p>{closed ? own.closedHow : own.goneHow}</p>
    </main>
  );
}

export function OfficeApp({ home, forms }: Props): VNode {
  const [language, setLanguage] = useState<Language>(
    document.documentElement.lang === "de" ? "de" : "en",
  );
  const [screen, setScreen] = useState<Screen>({ kind: "lists" });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [said, setSaid] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const { office, failure: cannotLook } = useOffice(home);
  const own = kOfficeWords[language];
  const words: Words = kWords[language];

  useEffect(() => {
    document.documentElement.lang = language;
    if (screen.kind === "lists") document.title = own.title;
  }, [language, screen, own]);

  const attempt = useCallback(async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(undefined);
    setSaid("");
    try {
      await work();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }, []);

  const fill = (get: () => Promise<Draft>) =>
    void attempt(async () => {
      const opened = await forms.fill(await get());
      setScreen({ kind: "filling", ...opened });
      window.scrollTo(0, 0);
    });
  const begin = (form: OfficeForm) =>
    fill(async () => {
      const { loaded } = await forms.form(form);
      const chosen = chooseLanguage(loaded.languages, undefined, [language]);
      return home.start(form, undefined, chosen ?? "");
    });
  const toLists = async (filling: Filling, message: string) => {
    await filling.close();
    history.replaceState(null, "");
    setSaid(message);
    setScreen({ kind: "lists" });
    window.scrollTo(0, 0);
    requestAnimationFrame(() => heading.current?.focus());
  };

  if (screen.kind === "closed") return <Gone own={own} closed />;
  if (screen.kind === "filling") {
    return (
      <FillScreen
        form={screen.form}
        filling={screen.filling}
        finished={() => void toLists(screen.filling, own.done)}
        leave={() => void toLists(screen.filling, "")}
      />
    );
  }
  const isGone = cannotLook instanceof HomeFailure && cannotLook.kind === "closed";
  if (isGone) return <Gone own={own} closed={false} />;
  if (!office) {
    return (
      <main id="main" class="page">
        <p role="status">{cannotLook === undefined ? words.loading : failureText(cannotLook, words)}</p>
      </main>
    );
  }
  const lists = { office, own, locale: language };
  return (
    <main id="main" class="page office" lang={language}>
      <div class="start-head">
        <label>
          {own.language}{" "}
          <select
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value as Language)}
          >
            <option value="de" lang="de">
              Deutsch
            </option>
            <option value="en" lang="en">
              English
            </option>
          </select>
        </label>
      </div>
      <h1 ref={heading} tabIndex={-1}>
        {own.title}
      </h1>
      {office.project && <p>{office.project}</p>}
      <p role="status">{said}</p>
      {failure !== undefined && (
        <div class="problems" role="alert">
          <p>{(failure as Error).message || failureText(failure, words)}</p>
        </div>
      )}
      <section aria-labelledby="drafts-title">
        <h2 id="drafts-title">{own.drafts}</h2>
        {office.drafts.length === 0 && <p>{own.noDrafts}</p>}
        <ul class="entries">
          {office.drafts.map((draft) => {
            const name = draft.title || draft.form_title;
            return (
              <DraftLine
                key={draft.id}
                draft={{ ...draft, title: draft.correction ? `${name} (${own.correction})` : name }}
                words={words}
                locale={language}
                resume={() => fill(() => home.draft(draft.id))}
                discard={() => void attempt(() => home.discard(draft.id))}
              />
            );
          })}
        </ul>
      </section>
      <FormList {...lists} busy={busy} begin={begin} />
      <SyncView {...lists} start={() => void attempt(() => home.sync())} />
      <InterviewList
        {...lists}
        busy={busy}
        correct={(instance) => fill(() => home.correct(instance))}
      />
      <LogView {...lists} home={home} />
      <div class="steps">
        <button
          type="button"
          class="button"
          onClick={() =>
            void attempt(async () => {
              await home.closeWindow();
              setScreen({ kind: "closed" });
            })
          }
        >
          {own.close}
        </button>
      </div>
    </main>
  );
}

// The first page: who asks, who sees, how long; the language; drafts to go on with.

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DraftInfo, FormInfo, Notice } from "../home/home";
import type { Words } from "../words/words";
import { Confirm } from "./repeat_list";
import { LanguageChoice } from "./top_bar";

export function NoticeView({ notice, words, locale }: {
  notice: Notice | undefined;
  words: Words;
  locale: string;
}): VNode | null {
  if (!notice) return null;
  const day = (text: string) =>
    /^\d{4}-\d\d-\d\d$/.test(text)
      ? new Date(`${text}T00:00:00`).toLocaleDateString(locale, { dateStyle: "long" })
      : text;
  const kept = notice.kept_until
    ? words.keptUntil(day(notice.kept_until))
    : notice.kept_days
      ? words.keptDays(notice.kept_days)
      : "";
  return (
    <dl class="notice">
      {notice.sender && (
        <>
          <dt>{words.sender}</dt>
          <dd>{notice.sender}</dd>
        </>
      )}
      {notice.purpose && (
        <>
          <dt>{words.purpose}</dt>
          <dd>{notice.purpose}</dd>
        </>
      )}
      {notice.recipients.length > 0 && (
        <>
          <dt>{words.recipients}</dt>
          <dd>
            {notice.recipients.length === 1 ? (
              notice.recipients[0]
            ) : (
              <ul>
                {notice.recipients.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            )}
          </dd>
        </>
      )}
      {kept && (
        <>
          <dt>{words.kept}</dt>
          <dd>{kept}</dd>
        </>
      )}
      {notice.contact && (
        <>
          <dt>{words.contact}</dt>
          <dd>{notice.contact}</dd>
        </>
      )}
    </dl>
  );
}

interface DraftProps {
  draft: DraftInfo;
  words: Words;
  locale: string;
  resume(): void;
  discard(): void;
}

export function DraftLine({ draft, words, locale, resume, discard }: DraftProps): VNode {
  const [asking, setAsking] = useState(false);
  const changed = new Date(draft.changed).toLocaleString(locale, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <li>
      <div class="entry-line">
        <span class="entry-name">
          {draft.title}
          <span class="entry-summary">{words.draftLine(changed)}</span>
          {draft.outdated && <span class="entry-summary">{words.outdated}</span>}
        </span>
        <span class="entry-actions">
          <button type="button" class="button button-main" onClick={resume}>
            {words.resume}
          </button>
          <button type="button" class="button button-quiet" onClick={() => setAsking(true)}>
            {words.discard}
          </button>
        </span>
      </div>
      {asking && (
        <Confirm
          question={words.discardQuestion}
          yes={words.discardYes}
          no={words.removeNo}
          confirm={discard}
          cancel={() => setAsking(false)}
        />
      )}
    </li>
  );
}

interface Props {
  info: FormInfo;
  words: Words;
  pageLanguage: "de" | "en";
  languages: readonly string[];
  language: string | null;
  choose(language: string): void;
  drafts: DraftInfo[];
  persistent: boolean | undefined;
  busy: boolean;
  failure: string;
  start(): void;
  resume(id: string): void;
  discard(id: string): void;
  kiosk: boolean;
  /** One came back from a draft: the heading takes the focus, as after every step. */
  returned: boolean;
}

export function StartPage(props: Props): VNode {
  const { info, words, pageLanguage, drafts } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = info.title;
    document.documentElement.lang = pageLanguage;
  }, [info.title, pageLanguage]);
  useEffect(() => {
    if (props.returned) heading.current?.focus();
  }, [props.returned]);
  const notice = info.notice?.[pageLanguage] ?? info.notice?.en ?? info.notice?.de;
  return (
    <>
      <div class="start-head">
        <LanguageChoice
          languages={props.languages}
          current={props.language}
          words={words}
          choose={props.choose}
        />
      </div>
      <h1 ref={heading} tabIndex={-1}>
        {info.title}
      </h1>
      {props.failure && (
        <div class="problems" role="alert">
          <p>{props.failure}</p>
        </div>
      )}
      {!info.open && (
        <div class="closed">
          <p>
            <strong>{words.closedTitle}.</strong> {info.reason}
          </p>
          {drafts.length > 0 && <p>{words.closedDrafts}</p>}
        </div>
      )}
      {drafts.length > 0 && !props.kiosk && (
        <section aria-labelledby="drafts-title">
          <h2 id="drafts-title">{words.draftsTitle}</h2>
          <ul class="entries">
            {drafts.map((draft) => (
              <DraftLine
                key={draft.id}
                draft={draft}
                words={words}
                locale={pageLanguage}
                resume={() => props.resume(draft.id)}
                discard={() => props.discard(draft.id)}
              />
            ))}
          </ul>
        </section>
      )}
      <NoticeView notice={notice} words={words} locale={pageLanguage} />
      {!props.kiosk && <p>{words.onDevice}</p>}
      {props.persistent === false && !props.kiosk && <p class="hint">{words.notPersistent}</p>}
      {info.open && (
        <div class="steps">
          <button
            type="button"
            class={`button ${drafts.length > 0 && !props.kiosk ? "" : "button-main"}`}
            disabled={props.busy}
            onClick={props.start}
          >
            {props.busy ? words.loading : drafts.length > 0 && !props.kiosk ? words.newDraft : words.start}
          </button>
        </div>
      )}
    </>
  );
}

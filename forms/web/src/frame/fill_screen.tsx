// A draft on the screen: the bar above, the page, and what keeps both in step with the browser.

import type { VNode } from "preact";
import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { HomeViolation } from "../home/home";
import { MediaContext } from "../parts/media";
import { tagOf, wordsFor } from "../words/words";
import { answersAsJson, answersOf, type KeptAnswers } from "./answers";
import { FillContext, type Fill } from "./context";
import type { OpenForm } from "./open_draft";
import { PageView } from "./page_view";
import type { Filling } from "./filling";
import { fileName, saveFile } from "./save_file";
import { TopBar } from "./top_bar";

interface Props {
  form: OpenForm;
  filling: Filling;
  /** No trace in the browser's history, nothing to leave to: a device for guests. */
  kiosk?: boolean;
  finished(instance: string, kept: KeptAnswers): void;
  leave(): void;
}

export function keptAnswers(filling: Filling, words: Fill["words"], language: string): KeptAnswers {
  const { session, draft, pages } = filling;
  return {
    title: draft.title,
    form: { id: draft.form.id, version: draft.form.version },
    language,
    saved: new Date().toLocaleString(language, { dateStyle: "long", timeStyle: "short" }),
    lines: answersOf(session, pages, words, language),
  };
}

/** One step of the browser's history for each page, so that its "back" is the form's. */
function useHistory(filling: Filling, kiosk: boolean): void {
  const going = useRef(false);
  useEffect(() => {
    if (kiosk) return undefined;
    const state = () => ({ draft: filling.draft.id, page: filling.page.key });
    let shown = filling.page.key;
    history.replaceState(state(), "");
    const end = filling.subscribe(() => {
      if (filling.page.key === shown) return;
      shown = filling.page.key;
      if (!going.current) history.pushState(state(), "");
      going.current = false;
    });
    const go = (event: PopStateEvent) => {
      const to = event.state as { draft?: string; page?: string } | null;
      const at = filling.pages.findIndex((page) => page.key === to?.page);
      if (to?.draft !== filling.draft.id || at < 0) return;
      going.current = at !== filling.at;
      void filling.goToPage(at);
    };
    window.addEventListener("popstate", go);
    return () => {
      end();
      window.removeEventListener("popstate", go);
    };
  }, [filling, kiosk]);
}

export function FillScreen({ form, filling, kiosk = false, finished, leave }: Props): VNode {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const { session } = filling;
  useHistory(filling, kiosk);
  useEffect(() => {
    // Asks before the window closes only where an answer would be lost.
    const ask = (event: BeforeUnloadEvent) => {
      if (filling.saveState !== "saved") event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [filling]);

  const current = session.language;
  const fill = useMemo((): Fill => {
    const { words, language } = wordsFor(current, navigator.languages);
    return { filling, words, pageLanguage: language, language: tagOf(current) ?? language };
  }, [filling, current]);
  const { words } = fill;

  useEffect(() => {
    const name = () => {
      const heading = document.querySelector("#main h1")?.textContent?.trim();
      document.title = heading ? words.pageTitle(heading, filling.draft.title) : filling.draft.title;
    };
    name();
    const end = filling.subscribe(() => requestAnimationFrame(name));
    document.documentElement.lang = fill.pageLanguage;
    return end;
  }, [fill]);

  const kept = () => keptAnswers(filling, words, fill.language);
  const finish = async (): Promise<HomeViolation[]> => {
    const answers = kept();
    const outcome = await filling.finish();
    if (!outcome.queued) return outcome.violations;
    finished(outcome.instance, { ...answers, instance: outcome.instance });
    return [];
  };
  return (
    <FillContext.Provider value={fill}>
      <MediaContext.Provider value={form.media}>
        <a class="skip-link" href="#main">
          {words.skipToQuestion}
        </a>
        <TopBar
          languages={form.loaded.languages}
          choose={(language) => void filling.setLanguage(language).then(() => again(0 as never))}
          saveCopy={() =>
            saveFile(
              fileName(filling.draft.title, "json"),
              new Blob([answersAsJson(kept())], { type: "application/json" }),
            )
          }
          leave={leave}
          leaveText={kiosk ? words.kioskAbandon : words.pause}
        />
        <PageView finish={finish} kept={kiosk ? undefined : kept} />
      </MediaContext.Provider>
    </FillContext.Provider>
  );
}

// One page of questions, with the way back and on.

import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { HomeViolation } from "../home/home";
import { Formatted } from "../parts/formatted";
import { TextMedia } from "../parts/media";
import type { KeptAnswers } from "./answers";
import { useFill, useFilling, useNode } from "./context";
import { EndPage } from "./end_page";
import { entryName } from "./entry_name";
import { GroupItems, Items } from "./items";
import type { Page } from "./pages";
import { focusQuestion, ProblemSummary } from "./problems";
import { RepeatPage } from "./repeat_list";

/** "Firm › Person 2": where in the form this page is. */
function Trail({ page }: { page: Page }): VNode | null {
  const { filling, words } = useFill();
  const parts = page.trail.flatMap((id): string[] => {
    const node = filling.session.node(id);
    if (!node) return [];
    if (node.kind === "repeat") return [entryName(filling.session, node, words)];
    return node.label?.text ? [node.label.text] : [];
  });
  if (parts.length === 0) return null;
  return <p class="trail">{parts.join(" › ")}</p>;
}

/** The heading of a page that is a group or a repeat entry. */
function GroupHeading({ id }: { id: string }): VNode | null {
  const { filling, words } = useFill();
  const node = useNode(id);
  if (!node) return null;
  return (
    <>
      <h1 id={`${id}-label`} tabIndex={-1} class={node.label || node.kind === "repeat" ? "" : "unseen"}>
        {node.kind === "repeat" ? (
          entryName(filling.session, node, words)
        ) : node.label ? (
          <Formatted text={node.label} />
        ) : (
          filling.draft.title
        )}
      </h1>
      <TextMedia text={node.label} words={words} />
    </>
  );
}

function PageBody({ page }: { page: Page }): VNode {
  if (page.kind === "repeat") return <RepeatPage id={page.node} />;
  const only = page.items[0];
  if (page.items.length === 1 && only?.kind === "question" && only.node === page.node) {
    return <Items items={page.items} level={1} />;
  }
  return (
    <>
      <GroupHeading id={page.node} />
      <GroupItems id={page.node} items={page.items} level={2} />
    </>
  );
}

interface Props {
  /** Finishes the form; what the home found wrong. */
  finish(): Promise<HomeViolation[]>;
  /** The answers so far, to look at; missing where nobody may see them later. */
  kept?(): KeptAnswers;
}

export function PageView({ finish, kept }: Props): VNode {
  const { words, language } = useFill();
  const filling = useFilling();
  const { page } = filling;
  const main = useRef<HTMLElement>(null);
  const [problems, setProblems] = useState<string[]>([]);
  useEffect(() => {
    setProblems([]);
    window.scrollTo(0, 0);
    main.current?.querySelector<HTMLElement>("h1")?.focus();
  }, [page.key]);
  useEffect(() => {
    if (problems.length > 1) document.getElementById("problems-title")?.focus();
  }, [problems]);

  const goOn = async () => {
    // A text is an answer when its field is left; the Enter key does not leave it.
    const active = document.activeElement;
    if (active instanceof HTMLElement && active.matches("input, textarea")) active.blur();
    const found = (await filling.next()).map((problem) => problem.node);
    setProblems(found);
    if (found.length === 1) focusQuestion(found[0] as string);
  };
  const body = useMemo(() => <PageBody key={page.key} page={page} />, [page]);
  const open = problems.filter((id) => filling.problemsOf(page).some((one) => one.node === id));

  if (page.kind === "end") return <EndPage finish={finish} kept={kept} />;
  return (
    <main id="main" ref={main} class="page">
      <form
        noValidate
        lang={language}
        onSubmit={(event) => {
          event.preventDefault();
          void goOn();
        }}
      >
        <Trail page={page} />
        {open.length > 1 && (
          <ProblemSummary ids={open} words={words} filling={filling} go={focusQuestion} />
        )}
        {body}
        <div class="steps">
          {filling.at > 0 && (
            <button type="button" class="button" onClick={() => void filling.back()}>
              {words.back}
            </button>
          )}
          <button type="submit" class="button button-main">
            {words.next}
          </button>
        </div>
      </form>
    </main>
  );
}

// All pages of the form with what is answered, to jump to. Drawn only while it is open.

import { Fragment, type VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useFill } from "./context";
import { entryName } from "./entry_name";
import { questionsOf, type Page } from "./pages";
import { labelOf } from "./problems";

type Mark = "answered" | "blank" | "wrong" | "none";

export function Overview({ close }: { close(): void }): VNode {
  const { filling, words, language } = useFill();
  const { session } = filling;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current
      ?.querySelector<HTMLElement>("[aria-current]")
      ?.scrollIntoView({ block: "center" });
    dialog.current?.querySelector<HTMLElement>("[aria-current]")?.focus();
  }, []);

  const rows = useMemo(() => {
    let trail: string[] = [];
    return filling.pages.map((page) => {
      const headings = page.trail.filter((id, at) => trail[at] !== id);
      trail = page.trail;
      return { page, headings };
    });
  }, [filling, filling.pages]);

  const name = (id: string): string => {
    const node = session.node(id);
    if (!node) return "";
    return node.kind === "repeat" ? entryName(session, node, words) : (node.label?.text ?? "");
  };
  const title = (page: Page): string => {
    if (page.kind === "end") return words.endTitle;
    const node = session.node(page.node);
    if (page.kind === "repeat") {
      const count = words.entries(node?.children?.length ?? 0);
      return node?.label ? `${node.label.text}: ${count}` : count;
    }
    if (node?.kind === "repeat") return entryName(session, node, words);
    if (node?.label?.text.trim()) return node.label.text;
    return labelOf(session.node(questionsOf(page)[0] ?? ""), words);
  };
  const mark = (page: Page): Mark => {
    const asked = questionsOf(page).flatMap((id) => {
      const node = session.node(id);
      return node && node.control !== "note" && !node.readonly ? [node] : [];
    });
    if (asked.length === 0) return "none";
    if (filling.problemsOf(page).some((one) => one.kind !== "required" || filling.pressed.has(one.node))) {
      return "wrong";
    }
    return asked.some((node) => node.value !== undefined) ? "answered" : "blank";
  };
  const said: Record<Mark, string> = {
    answered: words.markAnswered,
    blank: words.markBlank,
    wrong: words.markWrong,
    none: "",
  };

  return (
    <dialog ref={dialog} class="overview" aria-label={words.overview} onClose={close}>
      <div class="overview-head">
        <h2>{words.overview}</h2>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {words.close}
        </button>
      </div>
      <ul lang={language}>
        {rows.map(({ page, headings }, at) => {
          const is = mark(page);
          return (
            <Fragment key={page.key}>
              {headings.map((id) => {
                const text = name(id);
                return (
                  text && (
                    <li key={id} class="overview-heading">
                      {text}
                    </li>
                  )
                );
              })}
              <li>
                <button
                  type="button"
                  class={`overview-page mark-${is}`}
                  aria-current={at === filling.at ? "step" : undefined}
                  onClick={() => {
                    dialog.current?.close();
                    void filling.goToPage(at);
                  }}
                >
                  <span class="overview-title">{title(page)}</span>
                  {said[is] && <span class="overview-mark">{said[is]}</span>}
                </button>
              </li>
            </Fragment>
          );
        })}
      </ul>
    </dialog>
  );
}

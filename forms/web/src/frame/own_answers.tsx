// The list of one's own answers, with print and save.

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Words } from "../words/words";
import { answersAsHtml, answersAsJson, type KeptAnswers } from "./answers";
import { fileName, saveFile } from "./save_file";

interface Props {
  kept: KeptAnswers;
  words: Words;
  /** Goes to a question; missing once the form is finished. */
  go?(node: string): void;
}

export function OwnAnswers({ kept, words, go }: Props): VNode {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    // What is folded up would be missing on paper.
    const open = () => {
      if (details.current) details.current.open = true;
    };
    window.addEventListener("beforeprint", open);
    return () => window.removeEventListener("beforeprint", open);
  }, []);
  const save = (content: string, type: string, ending: string) =>
    saveFile(fileName(kept.title, ending), new Blob([content], { type }));
  return (
    <details class="own-answers" ref={details}>
      <summary>{words.answersTitle}</summary>
      <div class="own-answers-tools">
        <button type="button" class="button" onClick={() => window.print()}>
          {words.print}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => save(answersAsHtml(kept, words), "text/html", "html")}
        >
          {words.saveHtml}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => save(answersAsJson(kept), "application/json", "json")}
        >
          {words.saveJson}
        </button>
      </div>
      <div class="answer-list" lang={kept.language}>
        {kept.lines.map((line, at) =>
          line.kind === "heading" ? (
            <h2 key={at}>{line.text}</h2>
          ) : (
            <dl key={line.node}>
              <dt>{line.label}</dt>
              <dd class={line.text ? "" : "answer-none"}>
                {line.text || words.unanswered}{" "}
                {go && (
                  <button type="button" class="link-button" onClick={() => go(line.node)}>
                    {words.change}
                    <span class="unseen"> {line.label}</span>
                  </button>
                )}
              </dd>
            </dl>
          ),
        )}
      </div>
    </details>
  );
}

// The end of the form: what is still missing, else finishing.

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Node } from "../engine/node";
import type { HomeViolation } from "../home/home";
import type { KeptAnswers } from "./answers";
import { useFill, useFilling } from "./context";
import { failureText } from "./failures";
import { OwnAnswers } from "./own_answers";
import { focusQuestion, ProblemSummary } from "./problems";

function countAnswers(nodes: Iterable<Node>) {
  let asked = 0;
  let answered = 0;
  for (const node of nodes) {
    if (node.kind !== "value" || !node.control || !node.relevant || node.readonly) continue;
    if (node.control === "note") continue;
    asked += 1;
    if (node.value !== undefined) answered += 1;
  }
  return { asked, answered };
}

interface Props {
  finish(): Promise<HomeViolation[]>;
  kept?(): KeptAnswers;
}

export function EndPage({ finish, kept }: Props): VNode {
  const { words, pageLanguage } = useFill();
  const filling = useFilling();
  const [problems, setProblems] = useState<string[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    let here = true;
    void filling.check().then((found) => {
      if (here) setProblems(found.map((one) => one.node));
    });
    return () => {
      here = false;
    };
  }, [filling]);

  const go = async (id: string) => {
    if (await filling.goTo(id)) requestAnimationFrame(() => focusQuestion(id));
  };
  const nodeOf = ({ ref }: HomeViolation): string[] => {
    for (const node of filling.session.nodes.values()) if (node.ref === ref) return [node.id];
    return [];
  };
  const { asked, answered } = countAnswers(filling.session.nodes.values());
  const ready = problems !== null && problems.length === 0;
  return (
    <main id="main" class="page" lang={pageLanguage}>
      <h1 tabIndex={-1} ref={heading}>
        {words.endTitle}
      </h1>
      {problems !== null && problems.length > 0 && (
        <ProblemSummary ids={problems} words={words} filling={filling} go={(id) => void go(id)} />
      )}
      {ready && <p>{words.endReady}</p>}
      <p>{words.endAnswered(answered, asked)}</p>
      {ready && <p>{words.endCheck}</p>}
      {failure && (
        <div class="problems" role="alert">
          <h2>{words.finaliseRefused}</h2>
          <p>{failure}</p>
        </div>
      )}
      {kept && <OwnAnswers kept={kept()} words={words} go={(id) => void go(id)} />}
      <div class="steps">
        <button type="button" class="button" onClick={() => void filling.back()}>
          {words.back}
        </button>
        {ready ? (
          <button
            type="button"
            class="button button-main"
            disabled={busy}
            onClick={async () => {
              setBusy(true);
              setFailure("");
              try {
                const found = await finish();
                if (found.length > 0) setProblems(found.flatMap(nodeOf));
              } catch (error) {
                setFailure(failureText(error, words));
              } finally {
                setBusy(false);
              }
            }}
          >
            {busy ? words.finalising : words.finalise}
          </button>
        ) : (
          problems !== null && (
            <button
              type="button"
              class="button button-main"
              onClick={() => void go(problems[0] as string)}
            >
              {words.goToProblem}
            </button>
          )
        )}
      </div>
    </main>
  );
}

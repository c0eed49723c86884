// Questions of a group that stand together: rows of a table where there is room for one, columns
// of a grid, else one below the other.

import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { widthOf } from "./appearance";
import { ChoiceTable } from "./choice_table";
import type { LayoutMember, LayoutProps } from "./control";
import { runsOf } from "./layout_runs";

// What a table needs in rem: room for the questions, and for each choice a column with a word in
// it.
const kRowHeadRem = 11;
const kColumnRem = 4.5;
const kGridDefault = 4;

export function FieldList(props: LayoutProps): VNode {
  const { group, members, question } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidthInRem(box);
  const draw = (member: LayoutMember) =>
    (member.drawn as VNode | undefined) ?? question(member.node);
  if (members.some((member) => widthOf(member.node) !== null)) {
    return (
      <div class="c-grid" style={{ "--columns": String(widthOf(group) ?? kGridDefault) }}>
        {members.map((member) => (
          <div
            key={member.node.id}
            class="c-cell"
            style={{ "--span": String(spanOf(member, group)) }}
          >
            {draw(member)}
          </div>
        ))}
      </div>
    );
  }
  return (
    <div class="c-field-list" ref={box}>
      {runsOf(members).map((run) => {
        if (run.kind === "one") return <Keyed key={run.member.node.id}>{draw(run.member)}</Keyed>;
        const first = run.rows[0] as LayoutMember;
        const columns = first.node.choices?.length ?? 0;
        if (width >= kRowHeadRem + columns * kColumnRem) {
          return (
            <ChoiceTable key={first.node.id} layout={props} heads={run.heads} rows={run.rows} />
          );
        }
        return <Keyed key={first.node.id}>{[...run.heads, ...run.rows].map(draw)}</Keyed>;
      })}
    </div>
  );
}

function Keyed({ children }: { children: VNode | VNode[] }) {
  return <>{children}</>;
}

function spanOf(member: LayoutMember, group: LayoutProps["group"]): number {
  const columns = widthOf(group) ?? kGridDefault;
  return Math.min(widthOf(member.node) ?? columns, columns);
}

/** Width of an element in rem: with larger letters less fits. */
function useWidthInRem(box: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      setWidth(element.clientWidth / rem);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}

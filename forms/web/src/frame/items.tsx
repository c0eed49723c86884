// The questions of one page, with groups as headings and repeats in place.

import type { VNode } from "preact";
import { layoutFor } from "../controls";
import type { LayoutMember } from "../controls/control";
import { Formatted } from "../parts/formatted";
import { TextMedia } from "../parts/media";
import { useFill, useNode, useNodes } from "./context";
import type { Item } from "./pages";
import { Question, QuestionRow } from "./question";
import { RepeatInPlace } from "./repeat_list";

type Level = 1 | 2 | 3;

const deeper = (level: Level): Level => (level === 1 ? 2 : 3);

export function Items({ items, level }: { items: Item[]; level: Level }): VNode {
  return <>{items.map((item) => <OneItem key={keyOf(item)} item={item} level={level} />)}</>;
}

function keyOf(item: Item): string {
  return item.kind === "repeat" ? item.range : item.node;
}

function OneItem({ item, level }: { item: Item; level: Level }): VNode {
  if (item.kind === "question") return <Question id={item.node} level={level} />;
  if (item.kind === "repeat") return <RepeatInPlace item={item} level={level} />;
  return <Group id={item.node} items={item.items} level={level} />;
}

/** A group inside a page: a heading and what is in it. */
function Group({ id, items, level }: { id: string; items: Item[]; level: Level }): VNode | null {
  const { words } = useFill();
  const node = useNode(id);
  if (!node) return null;
  const Heading = `h${level}` as "h2";
  return (
    <section class="group" aria-labelledby={node.label ? `${id}-label` : undefined}>
      {node.label && (
        <Heading class="group-label" id={`${id}-label`}>
          <Formatted text={node.label} />
        </Heading>
      )}
      <TextMedia text={node.label} words={words} />
      <GroupItems id={id} items={items} level={node.label ? deeper(level) : level} />
    </section>
  );
}

/** What is in a group, laid out as the group asks. */
export function GroupItems({ id, items, level }: { id: string; items: Item[]; level: Level }) {
  const fill = useFill();
  const group = useNode(id);
  const layout = group ? layoutFor(group) : undefined;
  // A layout may draw its questions itself, in the cells of a table.
  useNodes(layout ? items.map(keyOf) : []);
  if (!group || !layout) return <Items items={items} level={level} />;
  const { session } = fill.filling;
  const members: LayoutMember[] = items.flatMap((item) => {
    const node = session.node(keyOf(item));
    if (!node) return [];
    if (item.kind === "question") return [{ node }];
    return [{ node, drawn: <OneItem key={keyOf(item)} item={item} level={level} /> }];
  });
  const Layout = layout;
  return (
    <Layout
      group={group}
      members={members}
      words={fill.words}
      language={fill.language}
      question={(node) => <Question key={node.id} id={node.id} level={level} />}
      row={(node, draw) => <QuestionRow key={node.id} id={node.id} draw={draw} />}
    />
  );
}

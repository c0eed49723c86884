// Several questions with the same choices as the rows of one table.

import type { VNode } from "preact";
import { ChoiceLabel } from "./choice_label";
import { ChoiceInput, ClearButton } from "./choice_list";
import { useLatest } from "./latest";
import type { LayoutMember, LayoutProps, RowParts } from "./control";

interface Props {
  layout: LayoutProps;
  /** Questions that only name the columns. */
  heads: LayoutMember[];
  rows: LayoutMember[];
}

export function ChoiceTable({ layout, heads, rows }: Props): VNode {
  const first = rows[0]?.node;
  const table = `${first?.id ?? "table"}-table`;
  const choices = first?.choices ?? [];
  return (
    <div class="c-table-box">
      {heads.map(({ node }) => layout.row(node, (parts) => <TableHead parts={parts} />))}
      <table class="c-table">
        <thead>
          <tr>
            <td />
            {choices.map((choice, at) => (
              <th key={choice.value} scope="col" id={`${table}-${at}`}>
                <ChoiceLabel choice={choice} />
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ node }) =>
            layout.row(node, (parts) => <TableRow parts={parts} table={table} />),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** The text of a question that only names the columns. */
function TableHead({ parts }: { parts: RowParts }) {
  const { control, label, hint } = parts;
  if (!control.node.label && !control.node.hint) return null;
  return (
    <div class="c-table-head" data-node={control.node.id}>
      {control.node.label && (
        <p class="c-table-title" id={control.ids.label}>
          {label}
        </p>
      )}
      {hint}
    </div>
  );
}

function TableRow({ parts, table }: { parts: RowParts; table: string }) {
  const { control, label, hint, problem } = parts;
  const { node, ids } = control;
  const many = node.control === "select";
  const latest = useLatest(control);
  return (
    <tr data-node={node.id} class={node.violation ? "c-row-wrong" : undefined}>
      <th scope="row">
        <span id={ids.label}>{label}</span>
        {hint}
        {problem}
      </th>
      {(node.choices ?? []).map((choice, at) => (
        <td key={choice.value}>
          <label class="c-table-target">
            <ChoiceInput
              props={control}
              choice={choice}
              many={many}
              latest={latest}
              id={at === 0 ? ids.input : `${ids.input}-${at}`}
              labelledBy={`${ids.label} ${table}-${at}`}
              describedBy={
                [node.hint ? ids.hint : "", node.violation ? ids.error : ""].join(" ").trim() ||
                undefined
              }
            />
          </label>
        </td>
      ))}
      <td class="c-table-clear">{!many && <ClearButton props={control} short />}</td>
    </tr>
  );
}

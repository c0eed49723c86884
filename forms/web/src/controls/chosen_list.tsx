// What is chosen so far, each with a button that takes it away.

import { choiceText } from "./choice_label";
import { toggled } from "./choice_list";
import type { ControlProps } from "./control";
import type { Latest } from "./latest";

export function ChosenList({ props, latest }: { props: ControlProps; latest: Latest }) {
  const { node, words, disabled, ids } = props;
  const choices = node.choices ?? [];
  const chosen = new Set(latest.values);
  const named = choices.filter((choice) => chosen.has(choice.value));
  return (
    <ul
      id={`${ids.input}-chosen`}
      class="c-chosen"
      aria-label={words.controls.chosen(named.length)}
      hidden={named.length === 0}
    >
      {named.map((choice) => (
        <li key={choice.value} class="c-chosen-one">
          <span>{choiceText(choice)}</span>
          {!disabled && (
            <button
              type="button"
              class="c-chosen-remove"
              aria-label={words.controls.removeNamed(choiceText(choice))}
              onClick={() => {
                document.getElementById(ids.input)?.focus();
                void latest.put(toggled(choices, latest.now(), choice.value, false));
              }}
            >
              <span aria-hidden="true">×</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

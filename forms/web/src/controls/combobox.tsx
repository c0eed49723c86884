// A choice by searching (appearances minimal, search, autocomplete; long lists): the combobox
// pattern of the ARIA Authoring Practices with a list of which only the visible rows exist.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Choice } from "../engine/node";
import { ClearButton, toggled } from "./choice_list";
import { ChoiceLabel, choiceText } from "./choice_label";
import { ChosenList } from "./chosen_list";
import type { ControlProps } from "./control";
import { describedBy, isInvalid } from "./describe";
import { useLatest } from "./latest";
import { listWindow, scrollToRow } from "./list_window";
import { Notice } from "./notice";
import { find, searchIndex, type SearchIndex } from "./search";

// Rows have one height, so that the place of each is known without drawing it (two lines of text).
const kRowRem = 3.25;
const kVisibleRows = 6;

export function Combobox(props: ControlProps) {
  const { node, words, ids, disabled } = props;
  const choices = node.choices ?? [];
  const many = node.control === "select";
  const latest = useLatest(props);
  const chosen = new Set(latest.values);
  const shownText = many ? "" : textOf(choices, latest.value);
  const [query, setQuery] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const searching = open && (query ?? "").trim() !== "";
  const index = useIndex(choices, searching);
  const found = useMemo(() => {
    if (!open) return [];
    return searching ? find(index, query ?? "") : choices.map((_, at) => at);
  }, [open, searching, index, query, choices.length]);
  const input = useRef<HTMLInputElement>(null);
  const list = `${ids.input}-list`;
  const status = `${ids.input}-status`;

  function show(from: "first" | "last" | "chosen" = "chosen") {
    if (disabled || open) return;
    setOpen(true);
    const start =
      many || from !== "chosen" ? -1 : choices.findIndex((choice) => choice.value === node.value);
    setActive(from === "first" ? 0 : from === "last" ? choices.length - 1 : start);
  }
  function close() {
    setOpen(false);
    setQuery(null);
    setActive(-1);
  }
  function choose(choice: Choice | undefined) {
    if (!choice) return;
    const { value } = choice;
    if (many) {
      void latest.put(toggled(choices, latest.now(), value, !latest.now().includes(value)));
      setQuery(null);
      return;
    }
    void latest.put(value).then(() => {
      if (node.appearances?.includes("quick")) props.advance?.();
    });
    close();
  }
  function key(event: KeyboardEvent) {
    if (disabled) return;
    const last = found.length - 1;
    const to = (row: number) => {
      event.preventDefault();
      if (!open) show(row <= 0 ? "chosen" : "last");
      else setActive(Math.min(Math.max(0, row), last));
    };
    if (event.key === "ArrowDown") to(open ? (active >= last ? 0 : active + 1) : 0);
    else if (event.key === "ArrowUp") to(open ? (active <= 0 ? last : active - 1) : 1);
    else if (event.key === "PageDown" && open) to(active + kVisibleRows);
    else if (event.key === "PageUp" && open) to(active - kVisibleRows);
    else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(choices[found[active < 0 && query !== null && found.length === 1 ? 0 : active] ?? -1]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && many && (query ?? "") === "" && chosen.size > 0) {
      void latest.put(latest.now().slice(0, -1));
    }
  }

  if (choices.length === 0) return <Notice id={ids.input} text={words.controls.noChoices} />;
  return (
    <div class="c-combobox">
      {many && <ChosenList props={props} latest={latest} />}
      <div
        class="c-combobox-box"
        onFocusOut={(event) => {
          const to = event.relatedTarget as Element | null;
          if (!to || !event.currentTarget.contains(to)) close();
        }}
      >
        <input
          ref={input}
          id={ids.input}
          class="field c-combobox-input"
          type="text"
          role="combobox"
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          readOnly={disabled}
          value={query ?? shownText}
          placeholder={words.controls.searchHere}
          aria-expanded={open}
          aria-controls={list}
          aria-autocomplete="list"
          aria-required={node.required ? "true" : undefined}
          aria-invalid={isInvalid(props) ? "true" : undefined}
          aria-describedby={describedBy(props, many && chosen.size > 0 && `${ids.input}-chosen`)}
          aria-activedescendant={
            open && active >= 0 && active < found.length ? `${list}-${active}` : undefined
          }
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setOpen(true);
            setActive(event.currentTarget.value === "" ? -1 : 0);
          }}
          onClick={(event) => {
            show();
            event.currentTarget.select();
          }}
          onKeyDown={key}
        />
        <span class="c-combobox-mark" aria-hidden="true" />
        {open && (
          <ChoiceWindow
            {...{ props, list, found, active, chosen, many }}
            choose={(choice) => {
              choose(choice);
              input.current?.focus();
            }}
          />
        )}
        <p id={status} class="unseen" role="status">
          {open ? words.controls.found(found.length) : ""}
        </p>
      </div>
      {!many && <ClearButton props={props} />}
    </div>
  );
}

function textOf(choices: readonly Choice[], value: string | undefined): string {
  if (value === undefined || value === "") return "";
  const choice = choices.find((one) => one.value === value);
  return choice ? choiceText(choice) : value;
}

/**
 * The index of the list, made when somebody types, and anew only when a label changed: each answer
 * brings a new list that is equal.
 */
function useIndex(choices: readonly Choice[], wanted: boolean): SearchIndex {
  const kept = useRef<{ labels: string[]; index: SearchIndex }>({
    labels: [],
    index: { texts: [] },
  });
  return useMemo(() => {
    if (!wanted) return kept.current.index;
    const labels = choices.map(choiceText);
    const old = kept.current;
    if (
      old.labels.length === labels.length &&
      labels.every((text, at) => text === old.labels[at])
    ) {
      return old.index;
    }
    kept.current = { labels, index: searchIndex(labels) };
    return kept.current.index;
  }, [choices, wanted]);
}

interface WindowProps {
  props: ControlProps;
  list: string;
  /** Positions of the found choices. */
  found: readonly number[];
  /** The row that Enter chooses. */
  active: number;
  chosen: ReadonlySet<string>;
  many: boolean;
  choose(choice: Choice | undefined): void;
}

function ChoiceWindow({ props, list, found, active, chosen, many, choose }: WindowProps) {
  const { node, words, ids } = props;
  const choices = node.choices ?? [];
  const [scrolled, setScrolled] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const row = useMemo(rowHeight, []);
  const visible = row * kVisibleRows;
  const shown = listWindow(found.length, row, scrolled, visible);
  // The row that is read out must exist, also while its new place is not yet scrolled to.
  useEffect(() => {
    const element = box.current;
    if (!element || active < 0) return;
    element.scrollTop = scrollToRow(
      active,
      row,
      element.scrollTop,
      element.clientHeight || visible,
    );
    setScrolled(element.scrollTop);
  }, [active, found]);

  return (
    <div
      ref={box}
      id={list}
      class="c-list"
      role="listbox"
      aria-labelledby={ids.label}
      aria-multiselectable={many ? "true" : undefined}
      tabIndex={-1}
      style={{ maxHeight: `${visible + row / 2}px` }}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
      onMouseDown={(event) => event.preventDefault()}
    >
      <div role="presentation" style={{ height: `${shown.above}px` }} />
      {found.slice(shown.first, shown.end).map((position, offset) => {
        const at = shown.first + offset;
        const choice = choices[position];
        if (!choice) return null;
        return (
          <div
            // By place: rows keyed by choice went missing when the window's choices changed.
            key={at}
            id={`${list}-${at}`}
            role="option"
            class={`c-option${at === active ? " c-option-active" : ""}`}
            aria-selected={chosen.has(choice.value)}
            aria-posinset={at + 1}
            aria-setsize={found.length}
            style={{ height: `${row}px` }}
            onClick={() => choose(choice)}
          >
            <span class="c-option-mark" aria-hidden="true" />
            <ChoiceLabel key={choice.value} choice={choice} />
          </div>
        );
      })}
      <div role="presentation" style={{ height: `${shown.below}px` }} />
      {found.length === 0 && (
        <div class="c-option-none" role="option" aria-disabled="true" aria-selected="false">
          {words.controls.nothingFound}
        </div>
      )}
    </div>
  );
}

function rowHeight(): number {
  return kRowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize || "16");
}

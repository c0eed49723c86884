// A soft check: the answer looks odd. Change it, or say why it is right.

import { useState } from "preact/hooks";
import type { Node } from "../engine/node";
import { useFill } from "./context";

export function SoftCheck({ node }: { node: Node }) {
  const { filling, words } = useFill();
  const [reason, setReason] = useState("");
  const soft = node.softViolation;
  if (!soft) return null;
  if (soft.reason) return <p class="soft-kept">{words.softKept(soft.reason)}</p>;
  return (
    <div class="soft-check" role="alert">
      <p>
        <strong>{words.softTitle}</strong> {soft.message}
      </p>
      <label for={`${node.id}-reason`}>{words.softReason}</label>
      <input
        id={`${node.id}-reason`}
        class="field"
        type="text"
        autocomplete="off"
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <button
        type="button"
        class="button"
        disabled={reason.trim() === ""}
        onClick={() => void filling.overrule(node.id, reason.trim())}
      >
        {words.softKeep}
      </button>
    </div>
  );
}

import { EngineRefusal } from "../engine/engine";
import { HomeFailure } from "../home/home";
import type { Words } from "../words/words";

/** A failure as a sentence for the person; what is none of theirs goes to the console too. */
export function failureText(failure: unknown, words: Words): string {
  if (failure instanceof HomeFailure) {
    switch (failure.kind) {
      case "quota":
        return words.quotaFull;
      case "elsewhere":
        return words.openElsewhere;
      case "gone":
        return words.storageGone;
      case "offline":
        return words.offlineFirst;
      case "closed":
        return failure.message || words.closedTitle;
      case "told":
        return failure.message;
      case "storage":
        return words.storageBroken;
    }
  }
  console.error(failure);
  if (failure instanceof EngineRefusal) return words.formBroken;
  return words.cannotLoad;
}

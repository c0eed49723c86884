// What a reply to a sent record means. Only what is surely the server's own counts: a Wi-Fi that
// answers with its sign-in page has neither taken the record nor refused it.

import type { Waits } from "./database";
import type { Receipt } from "./home";

export interface RawReply {
  status: number;
  contentType: string;
  text: string;
  retryAfter: string | null;
}

export type Verdict =
  | { kind: "stored"; receipt: Receipt }
  | { kind: "missing"; files: string[] }
  | { kind: "refused"; message: string }
  | { kind: "later"; waits: Waits; afterS?: number };

// The longest the server may make us wait; more is a mistake.
const kRetryAfterMaxS = 3600;

function objectOf(reply: RawReply): Record<string, unknown> | undefined {
  if (!/^application\/(?:problem\+)?json\b/i.test(reply.contentType)) return undefined;
  try {
    const value: unknown = JSON.parse(reply.text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function receiptOf(value: unknown): Receipt | undefined {
  const receipt = value as Partial<Receipt> | undefined;
  return typeof receipt?.instance === "string" &&
    typeof receipt.revision === "string" &&
    typeof receipt.sha256 === "string"
    ? {
        instance: receipt.instance,
        revision: receipt.revision,
        sequence: Number(receipt.sequence ?? 0),
        day: String(receipt.day ?? ""),
        sha256: receipt.sha256,
      }
    : undefined;
}

export function judgeReply(
  reply: RawReply,
  expected: { instance: string; sha256: string },
): Verdict {
  const said = objectOf(reply);
  const { status } = reply;
  if (!said) return { kind: "later", waits: status >= 500 ? "busy" : "portal" };
  if (status === 200 || status === 201) {
    const receipt = receiptOf(said.receipt);
    if (!receipt) return { kind: "later", waits: "portal" };
    const ours =
      receipt.instance === expected.instance &&
      receipt.sha256.toLowerCase() === expected.sha256.toLowerCase();
    return ours ? { kind: "stored", receipt } : { kind: "later", waits: "receipt" };
  }
  if (status === 409 && Array.isArray(said.missing)) {
    return { kind: "missing", files: said.missing.map(String) };
  }
  if (status === 429 || status >= 500) {
    const afterS = Math.min(Number(reply.retryAfter), kRetryAfterMaxS);
    return { kind: "later", waits: "busy", ...(afterS > 0 ? { afterS } : {}) };
  }
  if (status >= 400 && typeof said.code === "string") {
    return { kind: "refused", message: String(said.message ?? said.code) };
  }
  return { kind: "later", waits: "portal" };
}

/** Milliseconds until the next attempt: doubling from 5 s to 10 min, and a chance part so that
 *  many devices do not come at once. `chance` is from 0 to 1. */
export function waitMs(attempts: number, chance: number): number {
  const whole = Math.min(5_000 * 2 ** Math.min(attempts, 10), 600_000);
  return Math.round(whole * (0.75 + 0.5 * chance));
}

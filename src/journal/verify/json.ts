// Reads events whose words are a JSON text.
import { HEAD } from "../../core/event.ts";
import type { VerifiedEvent } from "./campaign.ts";
import type { Findings, VerifyCheck } from "./findings.ts";

export function readJson<T>(
  { words, at, size }: VerifiedEvent,
  findings: Findings,
  check: VerifyCheck = "revisions",
): T | null {
  const length = words[at + HEAD.body] ?? 0;
  try {
    if (Math.ceil(length / 4) !== size - 3) throw new RangeError(`${length} bytes of JSON`);
    const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * (at + 3), length);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const stated = JSON.parse(text) as T | null;
    if (typeof stated === "object" && stated !== null) return stated;
    throw new RangeError(text.slice(0, 40));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    findings.wrong(check, "a text in JSON", found);
    return null;
  }
}

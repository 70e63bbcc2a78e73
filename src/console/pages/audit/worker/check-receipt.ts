// What `hongbao receipt check` does, in a browser.
import { utf8 } from "../../../../base/bytes.ts";
import { parseVerifierKey } from "../../../../journal/log/note-keys.ts";
import { checkReceipt } from "../../../../journal/log/receipt-check.ts";
import type { ReceiptResult } from "./messages.ts";

/** @param witnesses keys of witnesses that must have cosigned, one a line */
export function receiptResult(text: string, key: string, witnesses: string): ReceiptResult {
  const trusted = parseVerifierKey(key.trim());
  if (trusted === null) {
    return { wrong: "the key: expected one such as name+0123abcd+AR…, found other text" };
  }
  const others = [];
  for (const line of witnesses.split("\n").filter((one) => one.trim() !== "")) {
    const other = parseVerifierKey(line.trim());
    if (other === null) return { wrong: `${line}: expected a witness's key, found other text` };
    others.push(other);
  }
  const found = checkReceipt(utf8(text), { key: trusted, witnesses: others });
  if (typeof found === "string") return { wrong: found };
  const { parts, signedBy, witnesses: seen, ...facts } = found;
  return {
    facts: {
      ...facts,
      subject: parts.subject,
      key: signedBy.by.text,
      witnesses: seen.map(({ by, atMs }) => ({ name: by.name, atMs })),
    },
  };
}

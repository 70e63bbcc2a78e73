// What page and worker say to each other: plain data only.
import type { VerifierKey } from "../../../../journal/log/note-keys.ts";
import type { ReceiptFacts } from "../../../../journal/log/receipt-check.ts";
import type { JournalQuestion, JournalResult, Progress } from "./verify-journal.ts";

export type ToWorker =
  | ({ kind: "journal" } & JournalQuestion)
  | { kind: "receipt"; text: string; key: string; witnesses: string };

export type FromWorker =
  | ({ kind: "progress" } & Progress)
  | { kind: "journal"; result: JournalResult }
  | { kind: "receipt"; result: ReceiptResult }
  | { kind: "refused"; refusal: Refusal };

/** The facts, or why the file proves nothing. */
export type ReceiptResult = { facts: ToldFacts } | { wrong: string };

export type ToldFacts = Omit<ReceiptFacts, "parts" | "signedBy" | "witnesses"> & {
  subject: ReceiptFacts["parts"]["subject"];
  key: VerifierKey["text"];
  witnesses: { name: string; atMs: number | null }[];
};

/** Files that could not be verified at all. */
export interface Refusal {
  message: string;
  /** misgiven: it was no journal; damaged: it is one, and broken; failed: neither. */
  why: "misgiven" | "damaged" | "failed";
  file?: string;
  offset?: number;
  sequence?: number;
}

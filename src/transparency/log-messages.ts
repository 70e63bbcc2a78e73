// What the server's thread and the log's thread say to each other: plain data only.
import type { GrantHistoryTarget } from "../host/history-target.ts";
import type { ReceiptTarget } from "../host/receipt-target.ts";
import type { JournalCopy } from "./journal-copy.ts";
import type { ConsistencyProof, PublishedCheckpoint, ReceiptAnswer } from "./log-service.ts";
import type { LogStatus } from "./log-status.ts";
import type { FoundHistory } from "./read-history.ts";
import type { LogPlace } from "./transparency-log.ts";
import type { WitnessAddress } from "./witness-list.ts";

export interface LogThreadData {
  place: LogPlace;
  intervalMs: number;
  witnesses: readonly WitnessAddress[];
  durable: number;
}

/** What can be asked, with its answer. */
export interface LogQuestions {
  checkpoint: { input: null; answer: PublishedCheckpoint };
  consistency: { input: { old: number; size: number | null }; answer: ConsistencyProof | null };
  receipt: { input: ReceiptTarget; answer: ReceiptAnswer };
  grantHistory: { input: { target: GrantHistoryTarget; upTo: number }; answer: FoundHistory };
  copy: { input: null; answer: JournalCopy };
  copyBytes: { input: { name: string; from: number; bytes: number }; answer: Uint8Array };
  status: { input: null; answer: LogStatus };
  campaignHistory: { input: { campaign: number; upTo: number }; answer: FoundHistory };
}

export type LogQuestion = keyof LogQuestions;

export type ToLogThread =
  | { kind: "durable"; sequence: number }
  | { kind: "ask"; id: number; question: LogQuestion; input: unknown }
  | { kind: "close"; durable: number };

export type FromLogThread =
  | { kind: "answer"; id: number; answer: unknown }
  | { kind: "error"; id: number; code: string; message: string; retryable: boolean }
  | { kind: "notice"; text: string };

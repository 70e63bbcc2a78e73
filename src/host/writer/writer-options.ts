// What the writer needs of its surroundings, each a function, so that simulations can stand in.
import type { HongbaoError } from "../../base/error.ts";
import type { EventWriter } from "../../core/event.ts";
import type { Journal, RecordDraft } from "../../journal/port.ts";

/** Called after each durable record; its payload is there during the call only. */
export type DurableListener = (sequence: number, record: RecordDraft) => void;

export interface WriterOptions {
  journal: Journal;
  /** The journal's `prepare`, by way of whoever wants to know that there is no room. */
  prepare: Journal["prepare"];
  /** The instant of the next decision; throws when the clock cannot be trusted. */
  nowMs: () => number;
  /** ms of a clock that never steps. */
  monotonicMs: () => number;
  entropy: (bytes: number) => Uint8Array;
  /** Applies to the state what `out` holds and is not applied yet. */
  apply: (out: EventWriter) => void;
  /** Writes totals events, for every thousandth record. */
  totals: (atMs: number, out: EventWriter) => void;
  /** Called once when the writer has stopped for good. */
  onStop: (error: HongbaoError) => void;
  /** Called when a line failed by a bug, before the writer stops. */
  quarantine: (description: string) => Promise<void>;
  onDurable: DurableListener;
  /** Runs a function soon, after pending I/O. */
  soon: (run: () => void) => void;
  queueLines: number;
  sliceMs: number;
}

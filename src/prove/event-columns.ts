// One row an event, as the journal's export writes it and the evaluation reads it. Users and ids
// are pseudonyms (32 hex digits); money is minor units; what an event does not have is null.
import type { Column } from "./columns.ts";

export interface EventRow {
  readonly sequence: number;
  /** Place of the event in its record. */
  readonly index: number;
  readonly atMs: number;
  /** Name of the event's kind, such as "granted". */
  readonly kind: string;
  /** The campaign's id. */
  readonly campaign: string;
  readonly user: string | null;
  /** 0 is the holdout, 1 the first variant. */
  readonly arm: number | null;
  /** The audience whose holdout decided the arm, before contact. */
  readonly audience: string | null;
  readonly assignedBy: "claim" | "offers" | "given" | "audience" | null;
  readonly offer: string | null;
  /** Ordinal of the grant. */
  readonly grant: number | null;
  /** Ordinal of the redemption within its grant. */
  readonly redemption: number | null;
  /** clawed_back: the unspent rest that returned. */
  readonly amountMinor: number | null;
  /** What is left of the grant afterwards. */
  readonly restMinor: number | null;
  /** Pseudonym of the caller's id. */
  readonly id: string | null;
  /** withheld: the status that the claim would have had. */
  readonly wouldStatus: string | null;
  /** assigned: with which chance the user got into the arm; null: the caller gave it. */
  readonly probability: number | null;
  /** By what this event exposes its user, the first time: claim, offers, invite, draw; met. */
  readonly exposure: string | null;
  /** When that was. */
  readonly exposedAtMs: number | null;
  /** The campaign is a rehearsal: nothing of it was money. */
  readonly rehearsal: boolean;
}

/** Exports of before there were exposures in it lack these. */
export const EXPOSURE_COLUMNS: readonly (keyof EventRow)[] = [
  "probability",
  "exposure",
  "exposedAtMs",
];

export const EVENT_COLUMNS: readonly (Column & { readonly name: keyof EventRow })[] = [
  { name: "sequence", type: "int64" },
  { name: "index", type: "int32" },
  { name: "atMs", type: "int64" },
  { name: "kind", type: "text" },
  { name: "campaign", type: "text" },
  { name: "user", type: "text" },
  { name: "arm", type: "int32" },
  { name: "audience", type: "text" },
  { name: "assignedBy", type: "text" },
  { name: "offer", type: "text" },
  { name: "grant", type: "int64" },
  { name: "redemption", type: "int64" },
  { name: "amountMinor", type: "int64" },
  { name: "restMinor", type: "int64" },
  { name: "id", type: "text" },
  { name: "wouldStatus", type: "text" },
  { name: "probability", type: "double" },
  { name: "exposure", type: "text" },
  { name: "exposedAtMs", type: "int64" },
  { name: "rehearsal", type: "boolean" },
];

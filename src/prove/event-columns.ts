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
  readonly amountMinor: number | null;
  /** What is left of the grant afterwards. */
  readonly restMinor: number | null;
  /** Pseudonym of the caller's id. */
  readonly id: string | null;
  /** withheld: the status that the claim would have had. */
  readonly wouldStatus: string | null;
}

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
];

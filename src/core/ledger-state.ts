// All campaigns of a ledger, in the order in which they were opened.
import type { CampaignState } from "./state.ts";

export interface LedgerState {
  readonly campaigns: CampaignState[];
  readonly byId: Map<string, CampaignState>;
  /** Bits of the hash tables' hashes; 32 outside tests. */
  readonly hashBits: number;
}

export function emptyLedger(hashBits = 32): LedgerState {
  return { campaigns: [], byId: new Map(), hashBits };
}

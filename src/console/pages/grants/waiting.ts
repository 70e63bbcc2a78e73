// What of a grant is not spent and not lost: of a held one nothing can be spent for now, and so the
// server says that nothing is left, but its money waits.
import type { GrantState } from "../../parts/grant-badge.tsx";

interface Amounts {
  readonly state: GrantState;
  readonly amountMinor: number;
  readonly spentMinor: number;
  readonly restMinor: number;
}

export function waitingMinor({ state, amountMinor, spentMinor, restMinor }: Amounts): number {
  return state === "held" ? amountMinor - spentMinor : restMinor;
}

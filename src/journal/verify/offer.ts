// verify's books of one offer: its grants in order, and how far they are swept.
import { type VerifyColumn, wordColumn } from "./columns.ts";

/** An offer's grants, and how far the sweep has come. */
export class VerifiedOffer {
  readonly grants: VerifyColumn<Uint32Array> = wordColumn();
  length = 0;
  /** The rule for new grants, by number. */
  expiry = 0;
  /** Stretches of its grants that a cursor each sweeps. */
  stretches: Stretch[] = [{ from: 0, cursor: 0 }];
  /** How often each user drew. */
  readonly draws: VerifyColumn<Uint32Array> = wordColumn();

  endOf(stretch: number): number {
    return this.stretches[stretch + 1]?.from ?? this.length;
  }
}

export interface Stretch {
  from: number;
  cursor: number;
}

// What was made good, as verify keeps it: the batches that were stated, and the grants that
// were lost.

/** How many lines its list has, how many grants so far, and who got one without a lost grant. */
export interface OwedBatch {
  lines: number;
  grants: number;
  readonly users: Set<number>;
}

export class OwedBook {
  readonly batches: Map<string, OwedBatch> = new Map();
  /** Grants that were lost and made good. */
  readonly madeGood: Set<number> = new Set();
}

// Layout of the events of suspicion: what is done to one grant, by whom and why.

/** held, released, extended, clawed back, receivable settled; then cells and the note's texts. */
export const SUSPECT = {
  grant: 2,
  /** clawed back: cells. */
  counts: 3,
  id: 4,
  fingerprint: 8,
  /** Lengths of the note's texts: by | evidence << 8 | why << 16. */
  note: 10,
  /**
   * held: what is held; released, extended: until when it lives at least; clawed back: what
   * returns; receivable settled: what came in. Wide.
   */
  amount: 11,
  /**
   * clawed back: the receivable; receivable settled: what is left of it; extended: when it expired
   * before. Wide.
   */
  owed: 13,
  tail: 15,
} as const;

/** Flags of a swept event: of which queue beside the classes it is. */
export const SWEPT_RELEASED = 1;
export const SWEPT_HELD = 2;
export const SWEPT_EXTENDED = 4;

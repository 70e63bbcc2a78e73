// One list of users who are made good for the same reason, and how far that has come.

/** One list of users who are made good for the same reason. */
export interface CompensationBatch {
  /** The operator's name of it; every grant of the batch carries it as its mark. */
  batch: string;
  by: string;
  why: string;
  /** Of the list: how many lines, and its SHA-256 in hex. */
  lines: number;
  sha256: string;
}

export interface StatedBatch extends CompensationBatch {
  /** Made in its name so far. */
  grants: number;
}

// Where a rule would make a piece worse: the exceptions, each with its reason. A test checks that
// every one of them is still needed.

interface LongPiece {
  lines: number;
  reason: string;
}

interface Exceptions {
  /** By path. */
  fileLines: Record<string, LongPiece>;
  /** By `path#function`. */
  functionLines: Record<string, LongPiece>;
  /** By path: the reason. */
  wideLines: Record<string, string>;
}

export const EXCEPTIONS: Exceptions = {
  fileLines: {},
  functionLines: {
    "src/base/keystream.ts#chachaBlock": {
      lines: 230,
      reason: "twenty rounds, unrolled over local variables: ten times as quick as a loop",
    },
  },
  wideLines: {},
};

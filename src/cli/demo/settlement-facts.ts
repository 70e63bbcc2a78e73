// What all merchants are owed, held against the two books that share nothing with it: the server's,
// and those of verify.
import { type SettlementLine, settledSums } from "../../journal/settlement.ts";

export interface SettlementFacts {
  readonly merchants: number;
  /** Statements of a merchant and a day. */
  readonly lines: number;
  readonly spentMinor: number;
  readonly addsUp: boolean;
}

export function settlementFacts(
  lines: readonly SettlementLine[],
  ...books: readonly number[]
): SettlementFacts {
  const { spentMinor } = settledSums(lines);
  return {
    merchants: new Set(lines.map(({ merchant }) => merchant)).size,
    lines: lines.length,
    spentMinor,
    addsUp: books.every((minor) => minor === spentMinor),
  };
}

// The value of a company as the sum of its parts, each by a multiple of its own figure, and per
// share.
import { assert } from "../base/assert.ts";

export interface Part {
  readonly name: string;
  /** Million yuan: EBITA, revenue, or whatever the multiple is of. */
  readonly figure: number;
  readonly multiple: number;
}

export interface SumOfTheParts {
  /** Million yuan, in the order of the parts. */
  readonly parts: readonly (Part & { readonly value: number })[];
  readonly netCash: number;
  readonly equity: number;
  /** Yuan. */
  readonly perShare: number;
}

/**
 * @param netCash million yuan; negative for net debt
 * @param shares millions, ordinary
 */
export function sumOfTheParts(
  parts: readonly Part[],
  netCash: number,
  shares: number,
): SumOfTheParts {
  assert(shares > 0, `expected shares above 0, got ${shares}`);
  const valued = parts.map((part) => ({ ...part, value: part.figure * part.multiple }));
  const equity = valued.reduce((sum, part) => sum + part.value, netCash);
  return { parts: valued, netCash, equity, perShare: equity / shares };
}

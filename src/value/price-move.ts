// How large was the move of the share price against the campaign? A day's move of a large company
// is many campaigns wide, so it cannot be read as the campaign's value.
import { assert } from "../base/assert.ts";

export interface PriceMove {
  /** Million of the listing's currency. */
  readonly marketValue: number;
  readonly moved: number;
  /** Size of the move over the cost, both in the listing's currency. */
  readonly timesCost: number;
}

/**
 * @param shares millions; @param move ratio, such as -.029
 * @param cost million yuan; @param rate listing's currency for one yuan
 */
export function priceMove(
  shares: number,
  price: number,
  move: number,
  cost: number,
  rate: number,
): PriceMove {
  assert(shares > 0 && price > 0 && rate > 0, "expected shares, price and rate above 0");
  assert(cost > 0, `expected a cost above 0, got ${cost}`);
  const marketValue = shares * price;
  const moved = marketValue * move;
  return { marketValue, moved, timesCost: Math.abs(moved) / (cost * rate) };
}

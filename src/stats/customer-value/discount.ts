// How later purchases and payments are counted less.
import { requireDomain } from "../domain.ts";

export interface Discount {
  /** Of purchases: continuous rate per unit of time, >= 0; ln(1 + r) for an effective rate r. */
  readonly rate: number;
  /** Units of time from now; Infinity needs a rate above 0. */
  readonly horizon: number;
}

/** A discount that leaves a sum finite. */
export function requireHorizon({ rate, horizon }: Discount): void {
  requireDomain(rate >= 0 && rate < 1e6, "discount", `a rate >= 0 per unit, got ${rate}`);
  requireDomain(horizon >= 0, "discount", `a horizon >= 0, got ${horizon}`);
  const ends = rate > 0 || horizon < Number.POSITIVE_INFINITY;
  requireDomain(ends, "discount", "a rate above 0, or a horizon that ends");
}

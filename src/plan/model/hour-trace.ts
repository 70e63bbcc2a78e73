// What happens in each step of one campaign, for whoever looks at hours and not at sums.
import type { Grid } from "./grid.ts";
import type { HourTotals } from "./hour-totals.ts";
import type { OfferRun } from "./offer-run.ts";

export class HourTrace {
  readonly grid: Grid;
  /** Of the step: requests for rewards, those in vain included, and orders. */
  readonly claims: Float64Array;
  readonly orders: Float64Array;
  /** By wave, money of its offers by the end of the step: granted, and spent. */
  readonly granted: readonly Float64Array[];
  readonly spent: readonly Float64Array[];
  private claimsBefore = 0;
  private ordersBefore = 0;

  constructor(grid: Grid, waves: number) {
    const ofSteps = (): Float64Array => new Float64Array(grid.count);
    this.grid = grid;
    this.claims = ofSteps();
    this.orders = ofSteps();
    this.granted = Array.from({ length: waves }, ofSteps);
    this.spent = Array.from({ length: waves }, ofSteps);
  }

  endStep(step: number, totals: HourTotals, offers: readonly OfferRun[]): void {
    if (step === 0) this.claimsBefore = this.ordersBefore = 0;
    this.claims[step] = totals.claims - this.claimsBefore;
    this.orders[step] = totals.orders - this.ordersBefore;
    this.claimsBefore = totals.claims;
    this.ordersBefore = totals.orders;
    for (const each of this.granted) each[step] = 0;
    for (const each of this.spent) each[step] = 0;
    for (const { wave, grantedInAll, spentInAll } of offers) {
      const [granted, spent] = [this.granted[wave]!, this.spent[wave]!];
      granted[step] = granted[step]! + grantedInAll;
      spent[step] = spent[step]! + spentInAll;
    }
  }
}

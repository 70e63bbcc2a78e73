// What the hours of one campaign add up to.
import type { OfferTerms } from "./terms.ts";

/** Hours in a month of 30 days. */
export const HOURS_OF_MONTH = 720;

/** Reused from draw to draw. Money in major units. */
export class HourTotals {
  /** Asked for, refused repetitions included. */
  claims = 0;
  refused = 0;
  grants = 0;
  granted = 0;
  orders = 0;
  spent = 0;
  /** In the busiest hour. */
  claimsMost = 0;
  ordersMost = 0;
  /** Existing users who got the first wave's first offer. */
  existingRewarded = 0;
  /** Distinct people who arrived in the wave and got its first offer. */
  readonly rewardedOfWave: Float64Array;
  readonly grantedOfWave: Float64Array;
  readonly spentOfWave: Float64Array;
  /** Days from the wave's start until its money was gone; Infinity if it never was. */
  readonly runOutDays: Float64Array;
  readonly grantsOfMonth: Float64Array;
  readonly grantedOfMonth: Float64Array;
  readonly spentOfMonth: Float64Array;
  readonly ordersOfMonth: Float64Array;
  private readonly months: number;

  constructor(waves: number, months: number) {
    this.months = months;
    this.rewardedOfWave = new Float64Array(waves);
    this.grantedOfWave = new Float64Array(waves);
    this.spentOfWave = new Float64Array(waves);
    this.runOutDays = new Float64Array(waves);
    this.grantsOfMonth = new Float64Array(months);
    this.grantedOfMonth = new Float64Array(months);
    this.spentOfMonth = new Float64Array(months);
    this.ordersOfMonth = new Float64Array(months);
  }

  clear(): void {
    this.claims = this.refused = this.grants = this.granted = this.orders = this.spent = 0;
    this.claimsMost = this.ordersMost = this.existingRewarded = 0;
    this.rewardedOfWave.fill(0);
    this.grantedOfWave.fill(0);
    this.spentOfWave.fill(0);
    this.runOutDays.fill(Number.POSITIVE_INFINITY);
    this.grantsOfMonth.fill(0);
    this.grantedOfMonth.fill(0);
    this.spentOfMonth.fill(0);
    this.ordersOfMonth.fill(0);
  }

  count({ wave, reward }: OfferTerms, hour: number, asked: number, grants: number): void {
    const month = this.monthOf(hour);
    const money = grants * reward;
    this.claims += asked;
    this.refused += asked - grants;
    this.grants += grants;
    this.granted += money;
    this.grantedOfWave[wave] = this.grantedOfWave[wave]! + money;
    this.grantedOfMonth[month] = this.grantedOfMonth[month]! + money;
    this.grantsOfMonth[month] = this.grantsOfMonth[month]! + grants;
  }

  /** The last month takes what comes later. */
  monthOf(hour: number): number {
    return Math.min(this.months - 1, Math.floor(hour / HOURS_OF_MONTH));
  }
}

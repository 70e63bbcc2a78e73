// What the hours of one campaign add up to.
import type { OfferRun } from "./offer-run.ts";
import { RewardedPeople } from "./rewarded-people.ts";
import type { HourlyTerms } from "./terms.ts";

/** Hours in a month of 30 days. */
export const HOURS_OF_MONTH = 720;

/** Reused from draw to draw. Money in major units. */
export class HourTotals {
  /** Requests, those in vain included. */
  claims = 0;
  refused = 0;
  grants = 0;
  granted = 0;
  orders = 0;
  spent = 0;
  /** In the busiest hour. */
  claimsMost = 0;
  ordersMost = 0;
  readonly rewarded: RewardedPeople;
  readonly grantedOfWave: Float64Array;
  readonly spentOfWave: Float64Array;
  /** Days from the wave's start until its money was gone; Infinity if it never was. */
  readonly runOutDays: Float64Array;
  readonly grantsOfMonth: Float64Array;
  readonly grantedOfMonth: Float64Array;
  readonly spentOfMonth: Float64Array;
  readonly ordersOfMonth: Float64Array;
  /** Summed up by the end of each hour. */
  readonly grantsByHour: Float64Array;
  readonly grantedByHour: Float64Array;
  readonly spentByHour: Float64Array;
  readonly ordersByHour: Float64Array;

  constructor(terms: HourlyTerms) {
    const ofWaves = (): Float64Array => new Float64Array(terms.waves.length);
    const ofMonths = (): Float64Array => new Float64Array(terms.months);
    const ofHours = (): Float64Array => new Float64Array(terms.hourWeights.length);
    this.rewarded = new RewardedPeople(terms);
    this.grantedOfWave = ofWaves();
    this.spentOfWave = ofWaves();
    this.runOutDays = ofWaves();
    this.grantsOfMonth = ofMonths();
    this.grantedOfMonth = ofMonths();
    this.spentOfMonth = ofMonths();
    this.ordersOfMonth = ofMonths();
    this.grantsByHour = ofHours();
    this.grantedByHour = ofHours();
    this.spentByHour = ofHours();
    this.ordersByHour = ofHours();
  }

  clear(): void {
    this.claims = this.refused = this.grants = this.granted = this.orders = this.spent = 0;
    this.claimsMost = this.ordersMost = 0;
    this.grantedOfWave.fill(0);
    this.spentOfWave.fill(0);
    this.runOutDays.fill(Number.POSITIVE_INFINITY);
  }

  /** The first time counts: what is given back opens a wave again for a while. */
  noteRunOut(wave: number, days: number): void {
    if (days < this.runOutDays[wave]!) this.runOutDays[wave] = days;
  }

  endHour(hour: number): void {
    this.grantsByHour[hour] = this.grants;
    this.grantedByHour[hour] = this.granted;
    this.spentByHour[hour] = this.spent;
    this.ordersByHour[hour] = this.orders;
  }

  /** Sums by wave and by month, once all hours have passed. */
  finish(offers: readonly OfferRun[]): void {
    for (const { wave, grantedInAll, spentInAll } of offers) {
      this.grantedOfWave[wave] = this.grantedOfWave[wave]! + grantedInAll;
      this.spentOfWave[wave] = this.spentOfWave[wave]! + spentInAll;
    }
    byMonth(this.grantsByHour, this.grantsOfMonth);
    byMonth(this.grantedByHour, this.grantedOfMonth);
    byMonth(this.spentByHour, this.spentOfMonth);
    byMonth(this.ordersByHour, this.ordersOfMonth);
    this.rewarded.finish();
  }
}

/** What each month added; the last one takes what comes later. */
function byMonth(summed: Float64Array, into: Float64Array): void {
  const last = summed.length - 1;
  let before = 0;
  for (let month = 0; month < into.length; month++) {
    const isLast = month === into.length - 1;
    const ends = isLast ? last : Math.min(last, (month + 1) * HOURS_OF_MONTH - 1);
    into[month] = summed[ends]! - before;
    before = summed[ends]!;
  }
}

// What the hours of one campaign add up to.
import { byHour, type Grid } from "./grid.ts";
import type { OfferRun } from "./offer-run.ts";
import { RewardedPeople } from "./rewarded-people.ts";
import type { HourlyTerms } from "./terms.ts";

/** Hours in a month of 30 days. */
const HOURS_OF_MONTH = 720;

/** Reused from draw to draw. Money in major units. */
export class HourTotals {
  /** Requests, those in vain included. */
  claims = 0;
  refused = 0;
  /** Conversations that ended without an order: claims refused, orders that nobody could take. */
  failed = 0;
  /** Claims refused in the step at hand, and in its busiest hour. */
  refusedNow = 0;
  refusedMost = 0;
  grants = 0;
  granted = 0;
  orders = 0;
  spent = 0;
  /** In the busiest hour. */
  claimsMost = 0;
  ordersMost = 0;
  /** Calls of the model in steps with failures, as if the busiest second lasted an hour. */
  callsMost = 0;
  readonly rewarded: RewardedPeople;
  readonly grantedOfWave: Float64Array;
  readonly spentOfWave: Float64Array;
  /** Days from the wave's start until its money was gone; Infinity if it never was. */
  readonly runOutDays: Float64Array;
  readonly grantsOfMonth: Float64Array;
  readonly grantedOfMonth: Float64Array;
  readonly spentOfMonth: Float64Array;
  readonly ordersOfMonth: Float64Array;
  readonly failedOfMonth: Float64Array;
  /** Summed up by the end of each step. */
  readonly spentByStep: Float64Array;
  private readonly grantsByStep: Float64Array;
  private readonly grantedByStep: Float64Array;
  private readonly ordersByStep: Float64Array;
  private readonly failedByStep: Float64Array;
  private readonly grid: Grid;

  constructor(terms: HourlyTerms, grid: Grid) {
    const ofWaves = (): Float64Array => new Float64Array(terms.waves.length);
    const ofMonths = (): Float64Array => new Float64Array(terms.months);
    const ofSteps = (): Float64Array => new Float64Array(grid.count);
    this.grid = grid;
    this.rewarded = new RewardedPeople(terms, grid);
    this.grantedOfWave = ofWaves();
    this.spentOfWave = ofWaves();
    this.runOutDays = ofWaves();
    this.grantsOfMonth = ofMonths();
    this.grantedOfMonth = ofMonths();
    this.spentOfMonth = ofMonths();
    this.ordersOfMonth = ofMonths();
    this.failedOfMonth = ofMonths();
    this.grantsByStep = ofSteps();
    this.grantedByStep = ofSteps();
    this.spentByStep = ofSteps();
    this.ordersByStep = ofSteps();
    this.failedByStep = ofSteps();
  }

  /** The same by hour; few ask, so that it is made when they do. */
  get spentByHour(): Float64Array {
    return byHour(this.grid, this.spentByStep);
  }

  get ordersByHour(): Float64Array {
    return byHour(this.grid, this.ordersByStep);
  }

  clear(): void {
    this.failed = this.callsMost = 0;
    this.claims = this.refused = this.grants = this.granted = this.orders = this.spent = 0;
    this.claimsMost = this.ordersMost = 0;
    this.grantedOfWave.fill(0);
    this.spentOfWave.fill(0);
    this.runOutDays.fill(Number.POSITIVE_INFINITY);
  }

  noteCalls(calls: number): void {
    if (calls > this.callsMost) this.callsMost = calls;
  }

  endStep(step: number): void {
    this.grantsByStep[step] = this.grants;
    this.grantedByStep[step] = this.granted;
    this.spentByStep[step] = this.spent;
    this.ordersByStep[step] = this.orders;
    this.failedByStep[step] = this.failed;
  }

  /** Sums by wave and by month, once all hours have passed. */
  finish(offers: readonly OfferRun[]): void {
    for (const { wave, grantedInAll, spentInAll } of offers) {
      this.grantedOfWave[wave] = this.grantedOfWave[wave]! + grantedInAll;
      this.spentOfWave[wave] = this.spentOfWave[wave]! + spentInAll;
    }
    this.byMonth(this.grantsByStep, this.grantsOfMonth);
    this.byMonth(this.grantedByStep, this.grantedOfMonth);
    this.byMonth(this.spentByStep, this.spentOfMonth);
    this.byMonth(this.ordersByStep, this.ordersOfMonth);
    this.byMonth(this.failedByStep, this.failedOfMonth);
    this.rewarded.finish();
  }

  /** What each month added; the last one takes what comes later. */
  private byMonth(summed: Float64Array, into: Float64Array): void {
    const { stepOfHour, count } = this.grid;
    const hours = stepOfHour.length - 1;
    let before = 0;
    for (let month = 0; month < into.length; month++) {
      const ends = (month + 1) * HOURS_OF_MONTH - 1;
      const isLast = month === into.length - 1 || ends >= hours;
      const now = summed[isLast ? count - 1 : stepOfHour[ends]!]!;
      into[month] = now - before;
      before = now;
    }
  }
}

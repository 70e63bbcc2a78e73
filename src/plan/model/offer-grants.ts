// What becomes of an offer's grants: some are spent, some are given back, the rest waits until it
// expires.
import type { HourChance } from "./hour-chance.ts";
import type { CampaignInputs, OfferInputs } from "./inputs.ts";
import type { OfferDemand } from "./offer-demand.ts";
import { Scatter } from "./scatter.ts";
import type { OfferTerms } from "./terms.ts";

/** Part of an offer's grants that is spent at once, instead of by ever smaller parts. */
const CRUMBS = 1e-6;

export class OfferGrants {
  /** Mean amount of a grant in this draw. */
  reward = 0;
  /** Of it, what an order uses up. */
  rewardUsed = 0;
  /** Grants that will be spent and wait for it; those that will be given back. */
  pool = 0;
  unwanted = 0;
  /** What the pool is worth, in mean grants: chance decides which amounts are spent. */
  private worth = 0;
  /** Of this hour: orders, and the money of those that were taken. */
  orders = 0;
  money = 0;
  /** Money granted and neither spent nor given back. */
  open = 0;
  /** Of a grant, the part of its money that is neither spent nor given back before it expires. */
  unspent = 0;
  /** Variance of one grant's amount against the square of their mean. */
  private spread = 0;
  private crumbs = 0;
  private redeemed = 0;
  private resold = 0;
  private delay = 1;
  private orderRate = 0;
  /** Of what was granted in a step, how much less of it is spent in it. */
  private orderRateLess = 0;
  private fresh = 0;
  private cancelled = 0;
  private cancelDelay = 1;
  private cancelRate = 0;
  private readonly spenders = new Scatter();
  private readonly amounts = new Scatter();
  private readonly ordering = new Scatter();
  private readonly leaving = new Scatter();
  private readonly goingBack = new Scatter();

  /** @param expected grants of the whole campaign */
  begin(offer: OfferInputs, draw: CampaignInputs, terms: OfferTerms, expected: number): void {
    const { expires } = terms;
    this.reward = meanReward(terms, offer.chanceReward, expected);
    // Of those who would spend it some time, only so many are in time.
    const inTime = expires.kind === "after" ? 1 - Math.exp(-expires.hours / offer.delay) : 1;
    this.redeemed = offer.redeemed * inTime;
    this.resold = (draw.resold ?? offer.redeemed) * inTime;
    this.spread = ((terms.deviation ?? 0) / terms.reward) ** 2;
    this.rewardUsed = this.reward * offer.used;
    this.delay = offer.delay;
    this.cancelled = Math.min(offer.cancelled, 1 - this.redeemed);
    this.cancelDelay = offer.cancelDelay;
    this.unspent = 1 - this.redeemed * offer.used - this.cancelled;
    this.crumbs = CRUMBS * expected;
    this.pool = this.worth = this.open = this.unwanted = this.fresh = 0;
    this.spenders.begin();
    this.amounts.begin();
    this.ordering.begin();
    this.leaving.begin();
    this.goingBack.begin();
  }

  /** Sets how long the steps are that follow. */
  setStep(hours: number): void {
    this.orderRate = 1 - Math.exp(-hours / this.delay);
    const atOnce = hours === 1 ? this.orderRate : 1 - (this.orderRate * this.delay) / hours;
    this.orderRateLess = this.orderRate - atOnce;
    this.cancelRate = 1 - Math.exp(-hours / this.cancelDelay);
  }

  /** Grants this part of what is asked for. */
  grant(demand: OfferDemand, served: number, chance: HourChance | null): void {
    const toPeople = demand.people * served;
    const toBots = demand.bots * served;
    const grants = toPeople + toBots;
    this.open += grants * this.reward;
    if (chance !== null) return this.grantByChance(toPeople, toBots, chance);
    this.fresh = toPeople * this.redeemed + toBots * this.resold;
    this.pool += this.fresh;
    this.worth += this.fresh;
    this.unwanted += grants * this.cancelled;
  }

  private grantByChance(toPeople: number, toBots: number, chance: HourChance): void {
    const grants = toPeople + toBots;
    const { redeemed, resold, cancelled } = this;
    const mean = toPeople * redeemed + toBots * resold;
    const variance = toPeople * redeemed * (1 - redeemed) + toBots * resold * (1 - resold);
    this.fresh = mean > 0 ? this.spenders.draw(mean, variance, grants, chance) : 0;
    this.pool += this.fresh;
    // Which of the amounts, given their sum: as many more or less as they differ.
    const ofAmounts = variance * this.spread;
    this.worth +=
      ofAmounts > 0
        ? this.amounts.draw(this.fresh, ofAmounts, Number.MAX_VALUE, chance)
        : this.fresh;
    if (grants * cancelled === 0) return;
    // Counted by money: amounts differ.
    const ofBack = grants * cancelled * (1 - cancelled + this.spread);
    this.unwanted += this.leaving.draw(grants * cancelled, ofBack, Number.MAX_VALUE, chance);
  }

  /** Money that is given back in an hour. */
  takeBack(chance: HourChance | null): number {
    const { unwanted, cancelRate } = this;
    const mean = unwanted < this.crumbs ? unwanted : unwanted * cancelRate;
    const variance = mean * (1 - mean / unwanted);
    const given = chance === null ? mean : this.goingBack.draw(mean, variance, unwanted, chance);
    this.unwanted = unwanted - given;
    const money = given * this.reward;
    this.open -= money;
    return money;
  }

  get isEmpty(): boolean {
    return this.pool === 0 && this.unwanted === 0;
  }

  /** Counts the orders of an hour, if shops and couriers can take all. */
  order(chance: HourChance | null): void {
    const { pool } = this;
    // The last crumbs at once: they would halve for ever.
    const isLast = pool < this.crumbs;
    const mean = isLast ? pool : pool * this.orderRate - this.fresh * this.orderRateLess;
    this.fresh = 0;
    this.orders =
      chance === null || mean === 0
        ? mean
        : this.ordering.draw(mean, mean * (1 - mean / pool), pool, chance);
  }

  /** Spends the part of them that is taken; counts their money. */
  spend(served: number): void {
    const orders = this.orders * served;
    const worth = this.pool > 0 ? this.worth * (orders / this.pool) : 0;
    this.money = worth * this.rewardUsed;
    this.pool -= orders;
    this.worth -= worth;
    this.open -= this.money;
  }

  /** Ends all grants; returns their money. */
  expire(): number {
    const money = Math.max(0, this.open);
    this.pool = this.worth = this.open = this.unwanted = 0;
    return money;
  }
}

/**
 * The mean amount of so many grants: their sum has the deviation and skewness that its terms give
 * it, by Wilson and Hilferty's (1931) cube, which holds well for the sums of prizes.
 */
function meanReward(
  { reward, deviation = 0, skewness = 0 }: OfferTerms,
  chance: number,
  grants: number,
): number {
  if (chance === 0 || deviation === 0 || !(grants > 1)) return reward;
  const skew = skewness / Math.sqrt(grants);
  const cube = Math.max(0, 1 + (skew * chance) / 6 - skew ** 2 / 36);
  const score = skew > 1e-6 ? (2 / skew) * (cube ** 3 - 1) : chance;
  return Math.max(0, reward + (score * deviation) / Math.sqrt(grants));
}

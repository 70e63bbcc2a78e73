// Orders hour by hour: what was granted is spent, as far as shops, couriers and caps let it.
import type { Grid } from "./grid.ts";
import type { HourChance } from "./hour-chance.ts";
import type { HourTotals } from "./hour-totals.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { MoneyLeft } from "./money-left.ts";
import type { OfferRun } from "./offer-run.ts";
import { SharedCaps } from "./shared-caps.ts";
import type { HourlyTerms } from "./terms.ts";

export class OrderLoop {
  private readonly grid: Grid;
  private readonly offers: readonly OfferRun[];
  private readonly left: MoneyLeft;
  private readonly totals: HourTotals;
  /** Offers that have something to spend, the first `awake` of them. */
  private readonly spending: Int32Array;
  private awake = 0;
  /** On what all spend together; null: there are none. */
  private readonly caps: SharedCaps | null;

  constructor(
    terms: HourlyTerms,
    grid: Grid,
    offers: readonly OfferRun[],
    left: MoneyLeft,
    totals: HourTotals,
  ) {
    this.grid = grid;
    this.offers = offers;
    this.left = left;
    this.totals = totals;
    this.spending = new Int32Array(offers.length);
    const caps = new SharedCaps(terms, "redemption");
    this.caps = caps.isNone ? null : caps;
  }

  begin(): void {
    this.caps?.begin();
  }

  /** @param spending offers that can be spent from this step on, by index */
  enter(step: number, spending: readonly number[]): void {
    // Offers with nothing left to spend are passed over.
    this.awake = 0;
    for (const i of spending) if (!this.offers[i]!.isDone(step)) this.spending[this.awake++] = i;
  }

  /** Orders of one step, no more than shops and couriers can take, and what is given back. */
  spend(step: number, hours: number, draw: CampaignInputs, chance: HourChance | null): void {
    const { totals, offers, spending, left, caps } = this;
    caps?.enter(step, this.grid);
    let wanted = 0;
    for (let k = 0; k < this.awake; k++) {
      const { grants } = offers[spending[k]!]!;
      grants.order(chance);
      wanted += grants.orders;
    }
    const most = draw.capacity * hours;
    const served = wanted <= most ? 1 : most / wanted;
    let orders = wanted * served;
    const isAll = served === 1 && caps === null;
    for (let k = this.awake - 1; k >= 0; k--) {
      const offer = offers[spending[k]!]!;
      const { grants } = offer;
      if (isAll) grants.spend(1);
      else orders -= this.spendPart(offer, served);
      offer.spentInAll += grants.money;
      totals.spent += grants.money;
      if (grants.unwanted > 0) left.put(offer.wave, grants.takeBack(chance));
      if (offer.isDone(step + 1)) this.rest(k);
    }
    totals.orders += orders;
    if (orders > totals.ordersMost * hours) totals.ordersMost = orders / hours;
    if (totals.refusedNow > 0 || orders < wanted)
      this.noteFailed(orders, wanted - orders, hours, draw);
  }

  /** Spends a part of an offer's orders; returns how many less caps let through. */
  private spendPart(offer: OfferRun, served: number): number {
    const { grants } = offer;
    const part = this.caps === null ? served : this.servedUnderCaps(offer, served);
    offer.failedInAll += grants.orders * (1 - part);
    const less = grants.orders * (served - part);
    grants.spend(part);
    return less;
  }

  /** Conversations of a step that ended without an order: load that nothing comes of. */
  private noteFailed(orders: number, untaken: number, hours: number, draw: CampaignInputs): void {
    const { callsPerOrder, callsPerRefused, orderPeak, claimPeak } = draw;
    const { totals } = this;
    totals.failed += totals.refusedNow + untaken;
    const ofOrders = (orders * callsPerOrder + untaken * callsPerRefused) / hours;
    const ofClaims = totals.refusedNow > 0 ? totals.refusedMost * callsPerRefused : 0;
    totals.noteCalls(ofOrders * orderPeak + ofClaims * claimPeak);
  }

  /** What caps on redemptions let through of an offer's orders, as a part of them. */
  private servedUnderCaps({ index, grants }: OfferRun, served: number): number {
    const { orders, rewardUsed } = grants;
    if (!(orders > 0)) return served;
    const room = this.caps!.room(index, rewardUsed);
    const taken = Math.min(orders * served, room);
    this.caps!.take(index, taken, rewardUsed);
    return taken / orders;
  }

  /** Takes an offer off the list of those that are looked at; their order stays. */
  private rest(place: number): void {
    this.awake -= 1;
    for (let k = place; k < this.awake; k++) this.spending[k] = this.spending[k + 1]!;
  }
}

// A campaign hour by hour: who asks, what the budgets and the pacing let out, who comes back after
// a refusal, and when what was granted is spent. Plain arithmetic on means, so that a year takes
// microseconds.
import { type Arrivals, spreadOverHours } from "./arrivals.ts";
import { HourTotals } from "./hour-totals.ts";
import type { CampaignInputs } from "./inputs.ts";
import { beginOffer, newOfferState, type OfferState } from "./offer-state.ts";
import type { HourlyTerms } from "./terms.ts";

/** A budget counts as used up when less than this part of it is left. */
const USED_UP = 1e-9;

export class HourLoop {
  readonly totals: HourTotals;
  /** Money spent, and orders, by the end of each hour. */
  readonly spentByHour: Float64Array;
  readonly ordersByHour: Float64Array;
  private readonly terms: HourlyTerms;
  private readonly states: OfferState[];
  private readonly shares: Float64Array[];
  private readonly left: Float64Array;
  /** Money of expired grants, by wave and the hour at which it can be granted again. */
  private readonly returned: Float64Array[];
  private readonly leading: readonly boolean[];

  constructor(terms: HourlyTerms) {
    this.terms = terms;
    const { waves, offers, hourWeights, months } = terms;
    this.spentByHour = new Float64Array(hourWeights.length);
    this.ordersByHour = new Float64Array(hourWeights.length);
    this.shares = waves.map(({ fromHour, toHour }) => new Float64Array(toHour - fromHour));
    this.left = new Float64Array(waves.length);
    this.leading = offers.map(({ wave }, i) => offers.findIndex((o) => o.wave === wave) === i);
    this.states = offers.map(newOfferState);
    this.returned = waves.map(() => new Float64Array(hourWeights.length));
    this.totals = new HourTotals(waves.length, months);
  }

  run(draw: CampaignInputs, arrivals: Arrivals): HourTotals {
    const { terms, totals } = this;
    this.begin(draw, arrivals);
    const inviteRate = 1 - Math.exp(-1 / draw.inviteDelay);
    let budgetLeft = terms.budget;
    for (let hour = 0; hour < terms.hourWeights.length; hour++) {
      let asked = 0;
      budgetLeft += this.takeReturned(hour);
      for (let i = 0; i < terms.offers.length; i++) {
        const offer = terms.offers[i]!;
        const wave = terms.waves[offer.wave]!;
        if (hour < wave.fromHour || hour >= wave.toHour) continue;
        const before = totals.granted;
        asked += this.grantHour(i, hour, draw, arrivals, inviteRate, budgetLeft);
        budgetLeft -= totals.granted - before;
      }
      if (asked > totals.claimsMost) totals.claimsMost = asked;
      this.spendHour(hour, draw);
    }
    return totals;
  }

  private begin(draw: CampaignInputs, arrivals: Arrivals): void {
    const { terms, totals } = this;
    totals.clear();
    for (let wave = 0; wave < terms.waves.length; wave++) {
      this.left[wave] = terms.waves[wave]!.budget;
      this.returned[wave]!.fill(0);
      spreadOverHours(terms, wave, draw.waves[wave]!.halfLife, this.shares[wave]!);
    }
    for (let i = 0; i < terms.offers.length; i++) {
      beginOffer(this.states[i]!, draw.offers[i]!, draw, terms.offers[i]!, terms, arrivals);
    }
  }

  /** Grants of one offer in one hour; returns how many were asked for. */
  private grantHour(
    index: number,
    hour: number,
    draw: CampaignInputs,
    arrivals: Arrivals,
    inviteRate: number,
    budgetLeft: number,
  ): number {
    const { terms, totals } = this;
    const offer = terms.offers[index]!;
    const state = this.states[index]!;
    const wave = terms.waves[offer.wave]!;
    const share = this.shares[offer.wave]![hour - wave.fromHour]!;
    const open = 1 - terms.holdout;
    const fresh = state.waitingNew + arrivals.ofWave[offer.wave]! * share * state.takeUp * open;
    const existing = offer.wave === 0 ? draw.existing * state.takeUp : 0;
    const back = earlierPeople(arrivals, offer.wave) * draw.offers[index]!.returning;
    const known = state.waitingKnown + (existing + back) * share * open;
    const invited = state.invited * inviteRate;
    state.invited -= invited;
    const more = state.waitingMore + invited;
    const asked = (fresh + known + more) / (1 - draw.abuse);
    const wanted = asked * offer.reward;
    let most = Math.min(this.left[offer.wave]!, budgetLeft);
    if (wave.released !== null) {
      const released = wave.budget * wave.released[hour - wave.fromHour]!;
      most = Math.min(most, Math.max(0, released - (wave.budget - this.left[offer.wave]!)));
    }
    const served = wanted <= most ? 1 : most / wanted;
    const grants = asked * served;
    this.left[offer.wave] = this.left[offer.wave]! - grants * offer.reward;
    const isGone =
      Math.min(this.left[offer.wave]!, budgetLeft - grants * offer.reward) <= USED_UP * wave.budget;
    if (isGone && totals.runOutDays[offer.wave] === Number.POSITIVE_INFINITY) {
      totals.runOutDays[offer.wave] = (hour - wave.fromHour + served) / 24;
    }
    const again = (1 - served) * draw.retry;
    state.waitingNew = fresh * again;
    state.waitingKnown = known * again;
    state.waitingMore = more * again;
    state.invited += (fresh + known) * served * state.more;
    state.pool += grants * state.redeemed;
    if (offer.expires.kind === "after") {
      const spent = state.redeemed * draw.offers[index]!.used;
      const back = hour + Math.ceil(offer.expires.hours);
      this.giveBack(offer.wave, back, grants * offer.reward * (1 - spent));
    } else {
      state.open += grants * offer.reward;
    }
    totals.count(offer, hour, asked, grants);
    if (this.leading[index]) {
      totals.rewardedOfWave[offer.wave] = totals.rewardedOfWave[offer.wave]! + fresh * served;
      if (offer.wave === 0) totals.existingRewarded += known * served;
    }
    return asked;
  }

  /** What expired at an hour can be granted again after the settling lag. */
  private giveBack(wave: number, hour: number, money: number): void {
    const due = hour + Math.ceil(this.terms.settlingHours);
    const returned = this.returned[wave]!;
    if (due < returned.length) returned[due] = returned[due]! + money;
  }

  private takeReturned(hour: number): number {
    let sum = 0;
    for (let wave = 0; wave < this.returned.length; wave++) {
      const money = this.returned[wave]![hour]!;
      this.left[wave] = this.left[wave]! + money;
      sum += money;
    }
    return sum;
  }

  /** Orders of one hour, no more than shops and couriers can take. */
  private spendHour(hour: number, draw: CampaignInputs): void {
    const { terms, totals, states } = this;
    let wanted = 0;
    for (let i = 0; i < states.length; i++) {
      const state = states[i]!;
      const { expires, wave } = terms.offers[i]!;
      if (expires.kind === "at" && hour >= expires.hours) {
        this.giveBack(wave, hour, state.open);
        state.pool = state.open = 0;
      }
      wanted += state.pool * state.orderRate;
    }
    const served = wanted <= draw.capacity ? 1 : draw.capacity / wanted;
    const month = totals.monthOf(hour);
    let orders = 0;
    for (let i = 0; i < states.length; i++) {
      const state = states[i]!;
      const { wave, reward } = terms.offers[i]!;
      const taken = state.pool * state.orderRate * served;
      const money = taken * reward * draw.offers[i]!.used;
      state.pool -= taken;
      state.open = Math.max(0, state.open - money);
      orders += taken;
      totals.spent += money;
      totals.spentOfWave[wave] = totals.spentOfWave[wave]! + money;
      totals.spentOfMonth[month] = totals.spentOfMonth[month]! + money;
    }
    totals.orders += orders;
    totals.ordersOfMonth[month] = totals.ordersOfMonth[month]! + orders;
    if (orders > totals.ordersMost) totals.ordersMost = orders;
    this.spentByHour[hour] = totals.spent;
    this.ordersByHour[hour] = totals.orders;
  }
}

function earlierPeople(arrivals: Arrivals, wave: number): number {
  let sum = 0;
  for (let earlier = 0; earlier < wave; earlier++) sum += arrivals.ofWave[earlier]!;
  return sum;
}

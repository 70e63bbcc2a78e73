// A campaign hour by hour: who asks, what the budgets and the pacing let out, who comes back after
// a refusal, and when what was granted is spent. Plain arithmetic on counts, so that a year takes
// microseconds.
import { type Arrivals, spreadOverHours } from "./arrivals.ts";
import { furtherRewards } from "./further-rewards.ts";
import { CHANCE_PEOPLE_MOST, HourChance } from "./hour-chance.ts";
import { HourTotals } from "./hour-totals.ts";
import type { CampaignInputs } from "./inputs.ts";
import { OfferRun } from "./offer-run.ts";
import { type Segment, segmentsOf } from "./segments.ts";
import type { HourlyTerms } from "./terms.ts";
import type { RetentionShape } from "./two-point-retention.ts";

export class HourLoop {
  readonly totals: HourTotals;
  private readonly terms: HourlyTerms;
  private readonly offers: readonly OfferRun[];
  private readonly segments: readonly Segment[];
  /** By wave: shares of its arrivals by its hours. */
  private readonly shares: readonly Float64Array[];
  /** Money left, of the campaign and by wave. */
  private budgetLeft = 0;
  private readonly left: Float64Array;
  /** Money of expired grants by the hour at which it can be granted again, in all and by wave. */
  private readonly returned: Float64Array;
  private readonly returnedOfWave: readonly Float64Array[];
  /** Offers that have something to spend, the first `awake` of them. */
  private readonly spending: Int32Array;
  private awake = 0;
  private readonly chance = new HourChance();

  constructor(terms: HourlyTerms) {
    this.terms = terms;
    const { waves, offers, hourWeights } = terms;
    const ofHours = (): Float64Array => new Float64Array(hourWeights.length);
    this.shares = waves.map(({ fromHour, toHour }) => new Float64Array(toHour - fromHour));
    this.left = new Float64Array(waves.length);
    this.offers = offers.map((_, i) => new OfferRun(terms, i, this.shares));
    this.spending = new Int32Array(offers.length);
    this.segments = segmentsOf(terms);
    this.returned = ofHours();
    this.returnedOfWave = waves.map(ofHours);
    this.totals = new HourTotals(terms);
  }

  run(draw: CampaignInputs, arrivals: Arrivals, shape: RetentionShape): HourTotals {
    const { totals, offers } = this;
    const isMany = arrivals.people + draw.existing > CHANCE_PEOPLE_MOST;
    const chance = draw.chanceHours === 0 || isMany ? null : this.chance;
    chance?.begin(draw.chanceHours);
    totals.clear();
    totals.rewarded.begin(shape);
    this.begin(draw, arrivals, chance);
    for (const { from, to, granting, spending, ending } of this.segments) {
      for (const i of ending) this.giveBack(offers[i]!.wave, from, offers[i]!.grants.expire());
      this.wake(spending, from);
      for (let hour = from; hour < to; hour++) {
        if (this.returned[hour]! > 0) this.takeReturned(hour);
        this.grantHour(hour, granting, chance);
        this.spendHour(hour, draw.capacity, chance);
        totals.endHour(hour);
      }
    }
    totals.finish(offers);
    return totals;
  }

  private begin(draw: CampaignInputs, arrivals: Arrivals, chance: HourChance | null): void {
    const { terms, totals } = this;
    this.budgetLeft = terms.budget;
    this.returned.fill(0);
    for (let wave = 0; wave < terms.waves.length; wave++) {
      const { budget, curves } = terms.waves[wave]!;
      this.left[wave] = budget;
      this.returnedOfWave[wave]!.fill(0);
      if (curves !== undefined) continue;
      spreadOverHours(terms, wave, draw.waves[wave]!.halfLife, this.shares[wave]!);
    }
    for (let i = 0; i < this.offers.length; i++) {
      const offer = this.offers[i]!;
      const { demand, grants, wave, leads } = offer;
      const inputs = draw.offers[i]!;
      offer.grantedInAll = offer.spentInAll = 0;
      demand.begin(inputs, draw, this.fullBefore(wave, draw), arrivals, chance);
      const most = terms.waves[wave]!.budget / offer.terms.reward;
      grants.begin(inputs, draw, offer.terms, Math.min(demand.expected, most));
      if (leads) totals.rewarded.expect(wave, inputs.takeUp);
    }
  }

  /** Share of the people of earlier waves who have all that a user may have. */
  private fullBefore(wave: number, draw: CampaignInputs): number {
    let part = 0;
    for (let i = 0; i < this.offers.length; i++) {
      if (this.offers[i]!.wave < wave) part = Math.max(part, draw.offers[i]!.byInvites);
    }
    return wave === 0 ? 0 : furtherRewards(draw, part, this.terms.rewardsPerUser).full;
  }

  private grantHour(hour: number, granting: readonly number[], chance: HourChance | null): void {
    const { totals, offers } = this;
    let load = 0;
    for (let k = 0; k < granting.length; k++) {
      const offer = offers[granting[k]!]!;
      this.grantOffer(offer, hour, chance);
      load += offer.demand.load;
    }
    totals.claims += load;
    if (load > totals.claimsMost) totals.claimsMost = load;
  }

  private grantOffer(offer: OfferRun, hour: number, chance: HourChance | null): void {
    const { totals, left } = this;
    const { demand, grants, wave, open } = offer;
    const at = hour - open.fromHour;
    demand.ask(at, chance);
    const wanted = demand.asked * grants.reward;
    const ofWave = left[wave]!;
    let most = Math.min(ofWave, this.budgetLeft);
    if (open.released !== null) {
      most = Math.min(most, Math.max(0, open.budget * open.released[at]! - (open.budget - ofWave)));
    }
    // Rounding may leave a budget a hair below nothing.
    const served = wanted <= most ? 1 : most > 0 ? most / wanted : 0;
    const money = wanted * served;
    left[wave] = ofWave - money;
    this.budgetLeft -= money;
    if (left[wave]! <= offer.usedUp || this.budgetLeft <= offer.usedUp) {
      totals.noteRunOut(wave, (at + served) / 24);
    }
    demand.serve(served, chance);
    grants.grant(demand, served, chance);
    if (offer.expiresAfter > 0) {
      this.giveBack(wave, hour + offer.expiresAfter, money * grants.unspent);
    }
    offer.grantedInAll += money;
    totals.granted += money;
    totals.grants += demand.asked * served;
    totals.refused += demand.asked * (1 - served);
    if (offer.leads) totals.rewarded.count(wave, hour, demand.fresh, demand.known);
  }

  /** What expired at an hour can be granted again after the settling lag. */
  private giveBack(wave: number, hour: number, money: number): void {
    const due = hour + Math.ceil(this.terms.settlingHours);
    if (due >= this.returned.length) return;
    this.returned[due] = this.returned[due]! + money;
    const ofWave = this.returnedOfWave[wave]!;
    ofWave[due] = ofWave[due]! + money;
  }

  private takeReturned(hour: number): void {
    this.budgetLeft += this.returned[hour]!;
    for (let wave = 0; wave < this.left.length; wave++) {
      this.left[wave] = this.left[wave]! + this.returnedOfWave[wave]![hour]!;
    }
  }

  /** Offers with nothing left to spend are passed over. */
  private wake(spending: readonly number[], hour: number): void {
    this.awake = 0;
    for (const i of spending) {
      if (!this.offers[i]!.isDone(hour)) this.spending[this.awake++] = i;
    }
  }

  /** Orders of one hour, no more than shops and couriers can take, and what is given back. */
  private spendHour(hour: number, capacity: number, chance: HourChance | null): void {
    const { totals, offers, spending } = this;
    let wanted = 0;
    for (let k = 0; k < this.awake; k++) {
      const { grants } = offers[spending[k]!]!;
      grants.order(chance);
      wanted += grants.orders;
    }
    const served = wanted <= capacity ? 1 : capacity / wanted;
    for (let k = this.awake - 1; k >= 0; k--) {
      const offer = offers[spending[k]!]!;
      const { grants } = offer;
      grants.spend(served);
      offer.spentInAll += grants.money;
      totals.spent += grants.money;
      if (grants.unwanted > 0) this.takeBack(offer, chance);
      if (offer.isDone(hour + 1)) this.rest(k);
    }
    const orders = wanted * served;
    totals.orders += orders;
    if (orders > totals.ordersMost) totals.ordersMost = orders;
  }

  private takeBack({ grants, wave }: OfferRun, chance: HourChance | null): void {
    const money = grants.takeBack(chance);
    this.left[wave] = this.left[wave]! + money;
    this.budgetLeft += money;
  }

  /** Takes an offer off the list of those that are looked at; their order stays. */
  private rest(place: number): void {
    this.awake -= 1;
    for (let k = place; k < this.awake; k++) this.spending[k] = this.spending[k + 1]!;
  }
}

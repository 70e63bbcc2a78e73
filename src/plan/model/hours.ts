// A campaign hour by hour: who asks, what the budgets and the pacing let out, who comes back after
// a refusal, and when what was granted is spent. Plain arithmetic on counts, so that a year takes
// microseconds.
import { type Arrivals, scatterOverWaves, spreadOverSteps } from "./arrivals.ts";
import { furtherRewards } from "./further-rewards.ts";
import { type Grid, gridOf, HOURS_OF_DAY } from "./grid.ts";
import { CHANCE_PEOPLE_MOST, HourChance } from "./hour-chance.ts";
import { HourTotals } from "./hour-totals.ts";
import type { CampaignInputs } from "./inputs.ts";
import { OfferRun } from "./offer-run.ts";
import { type Segment, segmentsOf } from "./segments.ts";
import type { HourlyTerms } from "./terms.ts";
import type { RetentionShape } from "./two-point-retention.ts";

export class HourLoop {
  readonly totals: HourTotals;
  readonly offers: readonly OfferRun[];
  private readonly terms: HourlyTerms;
  private readonly grid: Grid;
  private readonly segments: readonly Segment[];
  /** By wave: shares of its arrivals by its steps. */
  private readonly shares: readonly Float64Array[];
  /** Money left, of the campaign and by wave. */
  private budgetLeft = 0;
  private readonly left: Float64Array;
  /** Money of expired grants by the step in which it can be granted again, in all and by wave. */
  private readonly returned: Float64Array;
  private readonly returnedOfWave: readonly Float64Array[];
  /** Offers that have something to spend, the first `awake` of them. */
  private readonly spending: Int32Array;
  private awake = 0;
  private readonly chance = new HourChance();

  constructor(terms: HourlyTerms) {
    this.terms = terms;
    const { waves, offers } = terms;
    const grid = gridOf(terms);
    this.grid = grid;
    const ofSteps = (): Float64Array => new Float64Array(grid.count);
    this.shares = waves.map(({ fromHour, toHour }) => {
      return new Float64Array(grid.stepOfHour[toHour]! - grid.stepOfHour[fromHour]!);
    });
    this.left = new Float64Array(waves.length);
    this.offers = offers.map((_, i) => new OfferRun(terms, grid, i, this.shares));
    this.spending = new Int32Array(offers.length);
    this.segments = segmentsOf(terms, grid);
    this.returned = ofSteps();
    this.returnedOfWave = waves.map(ofSteps);
    this.totals = new HourTotals(terms, grid);
  }

  run(draw: CampaignInputs, arrivals: Arrivals, shape: RetentionShape): HourTotals {
    const { totals, offers } = this;
    const isMany = arrivals.people + draw.existing > CHANCE_PEOPLE_MOST;
    const chance = draw.chanceHours === 0 || isMany ? null : this.chance;
    chance?.begin(draw.chanceHours);
    if (chance !== null) scatterOverWaves(arrivals, chance);
    totals.clear();
    totals.rewarded.begin(shape);
    this.begin(draw, arrivals, chance);
    for (const segment of this.segments) {
      this.enter(segment);
      for (let step = segment.from; step < segment.to; step++) {
        if (this.returned[step]! > 0) this.takeReturned(step);
        this.grantStep(step, segment, chance);
        this.spendStep(step, segment.hours, draw.capacity, chance);
        totals.endStep(step);
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
      const { budget, curves, fromHour } = terms.waves[wave]!;
      this.left[wave] = budget;
      this.returnedOfWave[wave]!.fill(0);
      if (curves !== undefined) continue;
      const from = this.grid.stepOfHour[fromHour]!;
      spreadOverSteps(this.grid, from, draw.waves[wave]!.halfLife, this.shares[wave]!);
    }
    for (let i = 0; i < this.offers.length; i++) {
      const offer = this.offers[i]!;
      const { demand, grants, wave, leads } = offer;
      const inputs = draw.offers[i]!;
      offer.grantedInAll = offer.spentInAll = offer.freshInAll = offer.knownInAll = 0;
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

  /** What begins and ends with a segment. */
  private enter({ from, hours, granting, spending, ending }: Segment): void {
    const { offers } = this;
    const hour = this.grid.hour[from]!;
    for (const i of ending) this.giveBack(offers[i]!.wave, hour, offers[i]!.grants.expire());
    for (const i of granting) offers[i]!.demand.setStep(hours);
    for (const i of spending) offers[i]!.grants.setStep(hours);
    // Offers with nothing left to spend are passed over.
    this.awake = 0;
    for (const i of spending) if (!offers[i]!.isDone(from)) this.spending[this.awake++] = i;
  }

  private grantStep(step: number, { granting }: Segment, chance: HourChance | null): void {
    const { totals, offers } = this;
    let load = 0;
    for (let k = 0; k < granting.length; k++) {
      const offer = offers[granting[k]!]!;
      this.grantOffer(offer, step, chance);
      load += offer.demand.load;
    }
    totals.claims += load;
    const most = load * this.grid.busiest[step]!;
    if (most > totals.claimsMost) totals.claimsMost = most;
  }

  private grantOffer(offer: OfferRun, step: number, chance: HourChance | null): void {
    const { totals, left } = this;
    const { demand, grants, wave, open } = offer;
    const hour = this.grid.hour[step]!;
    const hours = this.grid.hours[step]!;
    demand.ask(step - offer.fromStep, chance);
    const wanted = demand.asked * grants.reward;
    const ofWave = left[wave]!;
    let most = Math.min(ofWave, this.budgetLeft);
    if (open.released !== null) {
      const released = open.budget * open.released[hour - open.fromHour + hours - 1]!;
      most = Math.min(most, Math.max(0, released - (open.budget - ofWave)));
    }
    // Rounding may leave a budget a hair below nothing.
    const served = wanted <= most ? 1 : most > 0 ? most / wanted : 0;
    const money = wanted * served;
    left[wave] = ofWave - money;
    this.budgetLeft -= money;
    if (left[wave]! <= offer.usedUp || this.budgetLeft <= offer.usedUp) {
      totals.noteRunOut(wave, (hour - open.fromHour + served * hours) / HOURS_OF_DAY);
    }
    demand.serve(served, chance);
    grants.grant(demand, served, chance);
    if (offer.expiresAfter > 0) {
      this.giveBack(wave, hour + hours - 1 + offer.expiresAfter, money * grants.unspent);
    }
    offer.grantedInAll += money;
    offer.freshInAll += demand.fresh.served;
    offer.knownInAll += demand.known.served;
    totals.granted += money;
    totals.grants += demand.asked * served;
    totals.refused += demand.asked * (1 - served) * (1 + demand.tries);
    if (!offer.leads) return;
    totals.rewarded.count(wave, step, demand.fresh, demand.known, chance);
  }

  /** What expired at an hour can be granted again after the settling lag. */
  private giveBack(wave: number, hour: number, money: number): void {
    const { stepOfHour, count } = this.grid;
    const due = stepOfHour[hour + Math.ceil(this.terms.settlingHours)] ?? count;
    if (due === count) return;
    this.returned[due] = this.returned[due]! + money;
    const ofWave = this.returnedOfWave[wave]!;
    ofWave[due] = ofWave[due]! + money;
  }

  private takeReturned(step: number): void {
    this.budgetLeft += this.returned[step]!;
    for (let wave = 0; wave < this.left.length; wave++) {
      this.left[wave] = this.left[wave]! + this.returnedOfWave[wave]![step]!;
    }
  }

  /** Orders of one step, no more than shops and couriers can take, and what is given back. */
  private spendStep(
    step: number,
    hours: number,
    capacity: number,
    chance: HourChance | null,
  ): void {
    const { totals, offers, spending } = this;
    let wanted = 0;
    for (let k = 0; k < this.awake; k++) {
      const { grants } = offers[spending[k]!]!;
      grants.order(chance);
      wanted += grants.orders;
    }
    const most = capacity * hours;
    const served = wanted <= most ? 1 : most / wanted;
    for (let k = this.awake - 1; k >= 0; k--) {
      const offer = offers[spending[k]!]!;
      const { grants } = offer;
      grants.spend(served);
      offer.spentInAll += grants.money;
      totals.spent += grants.money;
      if (grants.unwanted > 0) this.takeBack(offer, chance);
      if (offer.isDone(step + 1)) this.rest(k);
    }
    const orders = wanted * served;
    totals.orders += orders;
    if (orders > totals.ordersMost * hours) totals.ordersMost = orders / hours;
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

// A campaign hour by hour: who asks, what the budgets and the pacing let out, who comes back after
// a refusal, and when what was granted is spent. Plain arithmetic on counts, so that a year takes
// microseconds.
import type { Arrivals } from "./arrival-counts.ts";
import { scatterOverWaves, spreadOverSteps } from "./arrivals.ts";
import { furtherRewards } from "./further-rewards.ts";
import { type Grid, gridOf, HOURS_OF_DAY } from "./grid.ts";
import { CHANCE_PEOPLE_MOST, HourChance } from "./hour-chance.ts";
import { HourTotals } from "./hour-totals.ts";
import { HourTrace } from "./hour-trace.ts";
import type { CampaignInputs } from "./inputs.ts";
import { MoneyLeft } from "./money-left.ts";
import { OfferRun } from "./offer-run.ts";
import { OrderLoop } from "./order-loop.ts";
import { type Segment, segmentsOf } from "./segments.ts";
import type { HourlyTerms, WaveTerms } from "./terms.ts";
import type { RetentionShape } from "./two-point-retention.ts";
import { WaveComers } from "./wave-comers.ts";

export class HourLoop {
  readonly totals: HourTotals;
  readonly offers: readonly OfferRun[];
  /** By wave. */
  readonly comers: readonly WaveComers[];
  private readonly terms: HourlyTerms;
  private readonly grid: Grid;
  private readonly segments: readonly Segment[];
  /** By wave: shares of its arrivals by its steps. */
  private readonly shares: readonly Float64Array[];
  private readonly left: MoneyLeft;
  private readonly orders: OrderLoop;
  /** By wave: requests of waves that are open for a part of a step, as of a whole one. */
  private readonly rushes: Float64Array;
  private readonly hasRushes: boolean;
  private readonly chance = new HourChance();

  private trace: HourTrace | null = null;

  constructor(terms: HourlyTerms) {
    this.terms = terms;
    const { waves, offers } = terms;
    const grid = gridOf(terms);
    this.grid = grid;
    this.shares = waves.map(({ fromHour, toHour }) => {
      return new Float64Array(grid.stepOfHour[toHour]! - grid.stepOfHour[fromHour]!);
    });
    this.left = new MoneyLeft(terms, grid);
    this.rushes = new Float64Array(waves.length);
    this.hasRushes = waves.some(({ lateBy = 0, earlyBy = 0 }) => lateBy > 0 || earlyBy > 0);
    this.offers = offers.map((_, i) => new OfferRun(terms, grid, i, this.shares));
    this.segments = segmentsOf(terms, grid);
    this.totals = new HourTotals(terms, grid);
    this.comers = waves.map(({ fromHour, curves }, wave) => {
      return new WaveComers(
        curves?.arrivals ?? this.shares[wave]!,
        grid,
        grid.stepOfHour[fromHour]!,
      );
    });
    this.orders = new OrderLoop(terms, grid, this.offers, this.left, this.totals);
  }

  /** From now on every run notes each of its steps there. */
  traced(): HourTrace {
    this.trace ??= new HourTrace(this.grid, this.terms.waves.length);
    return this.trace;
  }

  run(draw: CampaignInputs, arrivals: Arrivals, shape: RetentionShape): HourTotals {
    const { totals, offers, left } = this;
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
        if (left.returned[step]! > 0) left.takeReturned(step);
        left.caps?.enter(step, this.grid);
        this.grantStep(step, segment, chance);
        this.orders.spend(step, segment.hours, draw, chance);
        totals.endStep(step);
        this.trace?.endStep(step, totals, offers);
      }
    }
    totals.finish(offers);
    for (const { leads, wave, freshInAll } of offers) {
      if (leads) this.comers[wave]!.having = freshInAll;
    }
    return totals;
  }

  private begin(draw: CampaignInputs, arrivals: Arrivals, chance: HourChance | null): void {
    const { terms, totals } = this;
    this.left.begin();
    this.orders.begin();
    for (let wave = 0; wave < terms.waves.length; wave++) {
      const { curves } = terms.waves[wave]!;
      this.comers[wave]!.begin(draw, arrivals, arrivals.ofWave[wave]!);
      if (curves !== undefined) continue;
      const { halfLife } = draw.waves[wave]!;
      spreadOverSteps(this.grid, terms.waves[wave]!, halfLife, this.shares[wave]!);
    }
    for (let i = 0; i < this.offers.length; i++) {
      const offer = this.offers[i]!;
      const { demand, grants, wave, leads } = offer;
      const inputs = draw.offers[i]!;
      offer.clear();
      demand.begin(inputs, draw, this.fullBefore(wave, draw), arrivals, chance);
      const most = terms.waves[wave]!.budget / offer.terms.reward;
      grants.begin(inputs, draw, offer.terms, Math.min(demand.expected, most));
      if (!leads) continue;
      totals.rewarded.expect(wave, inputs.takeUp);
      this.comers[wave]!.claims(demand.perPerson);
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

  /** Who of earlier waves stayed away does not come back for this one. */
  private lostBefore(wave: number): number {
    let lost = 0;
    for (let of = 0; of < wave; of++) lost += this.comers[of]!.stayedAway;
    return lost;
  }

  /** What begins and ends with a segment. */
  private enter({ from, hours, granting, spending, ending }: Segment): void {
    const { offers } = this;
    const hour = this.grid.hour[from]!;
    for (const i of ending) this.left.putLater(offers[i]!.wave, hour, offers[i]!.grants.expire());
    for (const i of granting) {
      const { demand, fromStep, wave } = offers[i]!;
      demand.setStep(hours);
      if (fromStep === from) demand.loseOthers(this.lostBefore(wave));
    }
    for (const i of spending) offers[i]!.grants.setStep(hours);
    this.orders.enter(from, spending);
  }

  private grantStep(step: number, { granting }: Segment, chance: HourChance | null): void {
    const { totals, offers } = this;
    let load = 0;
    totals.refusedNow = 0;
    for (let k = 0; k < granting.length; k++) {
      const offer = offers[granting[k]!]!;
      this.grantOffer(offer, step, chance);
      load += offer.demand.load;
    }
    totals.claims += load;
    const rush = this.hasRushes ? this.rushOf(step, granting) : load;
    const most = rush * this.grid.busiest[step]!;
    if (totals.refusedNow > 0) totals.refusedMost = totals.refusedNow * (most / load);
    if (most > totals.claimsMost) totals.claimsMost = most;
  }

  /**
   * Requests of a step, as if it went on as it does while waves are open. Of those that are open
   * for minutes of an hour, no two are at once.
   */
  private rushOf(step: number, granting: readonly number[]): number {
    const { rushes, offers } = this;
    rushes.fill(0);
    let [calm, most] = [0, 0];
    for (const i of granting) {
      const { demand, wave } = offers[i]!;
      const part = offers[i]!.openPart(step);
      if (part === 1) calm += demand.load;
      else rushes[wave] = rushes[wave]! + demand.load / part;
    }
    for (const rush of rushes) most = Math.max(most, rush);
    return calm + most;
  }

  private grantOffer(offer: OfferRun, step: number, chance: HourChance | null): void {
    const { totals, left } = this;
    const { demand, grants, wave, open, leads } = offer;
    const hour = this.grid.hour[step]!;
    const hours = this.grid.hours[step]!;
    const comers = this.comers[wave]!;
    const at = step - offer.fromStep;
    const ofWave = left.ofWave[wave]!;
    // Rounding may leave a budget a hair below nothing.
    let lasting = Math.max(0, Math.min(ofWave, left.inAll));
    let most = lasting;
    if (offer.isLimited) {
      left.limit(offer, hour + hours);
      most = left.most;
      lasting = left.lasting;
    }
    if (comers.isShort) {
      if (leads) comers.expect(lasting <= offer.usedUp);
      demand.come = comers.come;
    }
    demand.ask(at, chance);
    let wanted = demand.asked * grants.reward;
    if (leads && wanted > most) {
      if (!comers.isShort) comers.startShort(at);
      if (most >= lasting && comers.isShort) {
        demand.come = comers.cut(most / wanted);
        demand.thin(chance);
        wanted = demand.asked * grants.reward;
      }
    }
    const served = wanted <= most ? 1 : most / wanted;
    const money = wanted * served;
    left.ofWave[wave] = ofWave - money;
    left.inAll -= money;
    if (left.caps !== null) left.caps.take(offer.index, demand.asked * served, grants.reward);
    if (ofWave - money <= offer.usedUp || left.inAll <= offer.usedUp) {
      // The first time counts: what is given back opens a wave again for a while.
      const isFirst = totals.runOutDays[wave] === Number.POSITIVE_INFINITY;
      if (isFirst) totals.runOutDays[wave] = daysOpen(open, hour, hours, served);
    }
    const waiting = demand.waitingFresh;
    demand.serve(served, chance);
    grants.grant(demand, served, chance);
    if (offer.expiresAfter > 0) {
      left.putLater(wave, hour + hours - 1 + offer.expiresAfter, money * grants.unspent);
    }
    offer.grantedInAll += money;
    offer.freshInAll += demand.fresh.served;
    offer.knownInAll += demand.known.served;
    totals.granted += money;
    totals.grants += demand.asked * served;
    if (served < 1) {
      const refused = demand.asked * (1 - served) * (1 + demand.tries);
      totals.refused += refused;
      totals.refusedNow += refused;
      offer.failedInAll += refused;
    }
    if (!leads) return;
    const { fresh, known } = demand;
    totals.rewarded.count(wave, step, fresh, known, chance);
    if (comers.isShort) comers.count(at, waiting, served, fresh.served);
  }
}

/** Days since a wave opened, when a part of a step has passed. */
function daysOpen(open: WaveTerms, hour: number, hours: number, part: number): number {
  const from = open.fromHour + (open.lateBy ?? 0);
  const begins = Math.max(hour, from);
  const ends = Math.min(hour + hours, open.toHour - (open.earlyBy ?? 0));
  return (begins + part * (ends - begins) - from) / HOURS_OF_DAY;
}
